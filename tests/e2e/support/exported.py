"""Courses that are exported, as a person or an LMS opens them."""

import subprocess
import zipfile
from pathlib import Path

from tests.support.service import TENSORPAD

LMS = Path(__file__).parents[3] / "frontend" / "node_modules" / "scorm-again" / "dist" / "scorm12.js"
"""What stands for an LMS."""
SECOND = """\
---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3, language: python}
jupytext: {notebook_metadata_filter: all, text_representation: {extension: .md, format_name: myst}}
title: A sum has no shape
question: What is left of a row?
goals: [say what a sum is]
minutes: 5
needs: [views]
---

# A sum has no shape

## Example: a sum

```{code-cell} ipython3
import torch

total = torch.ones(3).sum()
```

## Predict: its shape

```{code-cell} ipython3
mean = torch.ones(3).mean()
#? shape mean
#? because A mean of all elements is one number.
```
"""
"""A second lesson, as short as one can be."""


def unpacked(course: Path, lang: str, folder: Path, limit_s: float) -> Path:
    """The package of a course as an LMS unpacks it into a folder, which is a site as well."""
    packed = folder / "course.zip"
    # In a process of its own: the browser has this one's event loop.
    command = [TENSORPAD, "lessons", "export", str(course), "--scorm", "--lang", lang, "-o", str(packed)]
    subprocess.run(command, check=True, timeout=limit_s)
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder / "site")
    return folder / "site"
