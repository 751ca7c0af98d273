"""Data sets that were measured; `files/README.md` says by whom."""

import gzip
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor

_FILES: Final = Path(__file__).parent / "files"
IRIS: Final = ("setosa", "versicolor", "virginica")
"""The names of the classes of `iris`."""
DIGITS: Final = tuple("0123456789")
"""The names of the classes of `digits`."""


def iris() -> tuple[Tensor, Tensor]:
    """150 irises of three species (Anderson, Fisher 1936).

    Returns features `(150, 4)` of float32, in centimetres: length and width of the sepals, length and width of the petals;
    and classes `(150,)` of int64, whose names are `IRIS`. Sorted by class, 50 of each.
    """
    table = np.loadtxt(_FILES / "iris.csv", delimiter=",", skiprows=1)
    return torch.tensor(table[:, :4], dtype=torch.float32), torch.tensor(table[:, 4], dtype=torch.int64)


def digits() -> tuple[Tensor, Tensor]:
    """1,797 handwritten digits of 8 by 8 pixels (Alpaydin and Kaynak 1998).

    Returns images `(1797, 1, 8, 8)` of float32, from 0 for paper to 1 for ink, in steps of 1/16; and classes `(1797,)` of
    int64, the digit.
    """
    with gzip.open(_FILES / "digits.csv.gz", "rt", encoding="ascii") as file:
        table = np.loadtxt(file, delimiter=",")
    images = torch.tensor(table[:, :64] / 16, dtype=torch.float32)
    return images.reshape(-1, 1, 8, 8), torch.tensor(table[:, 64], dtype=torch.int64)
