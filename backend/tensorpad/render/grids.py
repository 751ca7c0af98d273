"""The few numbers of a tensor that fit on a node: a matrix of texts, large ones as their corners."""

import math
from collections.abc import Sequence
from typing import TypeVar

from tensorpad.protocol.records import FullValues, Number, OpaqueValues, SummaryValues, Values
from tensorpad.render.numbers import complex_texts, real_texts
from tensorpad.render.text import shorten

T = TypeVar("T")

SIDE = 5
"""Rows and columns that are shown whole; of more, the first two and the last."""
_EMPTY = "[ ]"
_GAP = "…"
# Unlike dots that run down or sit in the middle, this one is in every monospaced font, so columns stay aligned.


def lines(values: Values) -> list[str]:
    """The rows of the tensor seen as a matrix (its last dimension against the others), columns aligned by spaces."""
    match values:
        case OpaqueValues():
            return [shorten(values.text, 24)]
        case FullValues():
            rows, columns = matrix_sides(values.shape)
            return _corners(range(rows), range(columns), values.data, values)
        case SummaryValues():
            return _corners(values.rows, values.columns, values.corners, values)


def _corners(
    rows: Sequence[int], columns: Sequence[int], data: Sequence[Number], values: FullValues | SummaryValues
) -> list[str]:
    """`data` has the elements at the crossings of `rows` and `columns` of the matrix, row by row."""
    size = matrix_sides(values.shape)
    if 0 in size:
        return [_EMPTY]  # the other side may be longer than anything that can be counted off
    shown_rows, shown_columns = _chosen(len(rows)), _chosen(len(columns))
    texts = _texts(data, [row * len(columns) + column for row in shown_rows for column in shown_columns], values.complex)
    width = len(shown_columns)
    grid = [texts[start : start + width] for start in range(0, len(texts), width or 1)]
    row_gaps = _gaps([rows[row] for row in shown_rows], size[0])
    column_gaps = _gaps([columns[column] for column in shown_columns], size[1])
    return _aligned(_with_gaps(grid, row_gaps, column_gaps))


def matrix_sides(shape: Sequence[int]) -> tuple[int, int]:
    """Rows and columns of a tensor of `shape` seen as a matrix; a scalar is one by one, a vector one row."""
    if not shape:
        return 1, 1
    return math.prod(shape[:-1]), shape[-1]


def _chosen(count: int) -> list[int]:
    """Which of so many rows or columns are shown."""
    return list(range(count)) if count <= SIDE else [0, 1, count - 1]


def _texts(data: Sequence[Number], indices: list[int], complex_: bool) -> list[str]:
    """The elements at `indices`."""
    if complex_:
        return complex_texts([part for index in indices for part in data[2 * index : 2 * index + 2]])
    return real_texts([data[index] for index in indices])


def _with_gaps(grid: list[list[str]], row_gaps: set[int], column_gaps: set[int]) -> list[list[str]]:
    wide = [_joined(row, column_gaps, _GAP) for row in grid]
    return _joined(wide, row_gaps, [_GAP] * len(wide[0])) if wide else wide


def _gaps(shown: list[int], size: int) -> set[int]:
    """The positions in `shown`, which are rows or columns of `size`, before which something is left out."""
    gaps = {position for position in range(1, len(shown)) if shown[position] != shown[position - 1] + 1}
    if shown and shown[-1] < size - 1:
        gaps.add(len(shown))
    return gaps


def _joined(items: list[T], gaps: set[int], gap: T) -> list[T]:
    joined: list[T] = []
    for index, item in enumerate(items):
        if index in gaps:
            joined.append(gap)
        joined.append(item)
    if len(items) in gaps:
        joined.append(gap)
    return joined


def _aligned(grid: list[list[str]]) -> list[str]:
    """Rows as lines, numbers lined up at the right as torch lines them up."""
    widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in grid]
