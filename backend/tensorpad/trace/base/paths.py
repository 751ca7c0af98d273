"""Texts without the paths of the machine that they were made on."""

import re
import sys
from pathlib import Path

_ROOTS = {str(Path(entry)) for entry in sys.path if entry.count("/") > 1} | {str(Path(__file__).parents[3])}
"""The directories that modules are loaded from."""
_ROOT = re.compile(r"(?<![\w./-])(?:" + "|".join(map(re.escape, sorted(_ROOTS, key=len, reverse=True))) + ")/")


def without_roots(text: str) -> str:
    """The text with the paths of library files as their modules are called: `torch/nn/modules/linear.py`."""
    return _ROOT.sub("", text) if "/" in text else text
