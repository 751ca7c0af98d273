"""Copies of the package, each with an interpreter that runs it alone, wherever it was put."""

import subprocess
import sys
import sysconfig
from pathlib import Path


def interpreter(place: Path, code: Path) -> Path:
    """A Python in a new environment at `place`, which finds `tensorpad` in `code` and all else where this one does."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "places.pth").write_text(f"{code}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return place / "bin" / "python"
