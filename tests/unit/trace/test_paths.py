"""Paths of libraries in texts: where a machine has them is nobody's business."""

import json

import numpy as np
import torch
from tensorpad.trace.base.paths import without_roots


def test_files_of_libraries_are_called_by_their_modules() -> None:
    files = [torch.__file__, np.__file__, json.__file__]
    assert [without_roots(f'File "{file}", line 3') for file in files] == [
        'File "torch/__init__.py", line 3',
        'File "numpy/__init__.py", line 3',
        'File "json/__init__.py", line 3',
    ]


def test_other_paths_stay() -> None:
    for text in ("/tmp/data.pt", "data/usr/x.py", f"my{torch.__file__}", "1/2"):
        assert without_roots(text) == text
