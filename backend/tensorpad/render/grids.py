"""The few numbers of a tensor that fit on a node: a matrix of texts, large ones as their corners."""

import math
from collections.abc import Sequence
from typing import TypeVar

from tensorpad.protocol.records import FullValues, Number, OpaqueValues, SummaryValues, Values
from tensorpad.render.numbers import complex_texts, texts
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
            if rows == 0 or columns == 0:
                return [_EMPTY]  # the other side may be longer than anything that can be counted off
            row_places, column_places = _chosen(range(rows)), _chosen(range(columns))
            flat, stride = values.data, columns
            cells = [[row * stride + column for column in column_places] for row in row_places]
        case SummaryValues():
            row_places, column_places = _chosen(values.rows), _chosen(values.columns)
            flat, stride = values.corners, len(values.columns)
            lines_of = {place: index for index, place in enumerate(values.rows)}
            columns_of = {place: index for index, place in enumerate(values.columns)}
            cells = [[lines_of[row] * stride + columns_of[column] for column in column_places] for row in row_places]
            rows, columns = matrix_sides(values.shape)
    if rows == 0 or columns == 0:
        return [_EMPTY]
    shown = _texts(flat, [place for row in cells for place in row], values.complex)
    grid = [shown[start : start + len(column_places)] for start in range(0, len(shown), len(column_places) or 1)]
    return _aligned(_with_gaps(grid, row_places, column_places, rows, columns))


def matrix_sides(shape: Sequence[int]) -> tuple[int, int]:
    """Rows and columns of a tensor of `shape` seen as a matrix; a scalar is one by one, a vector one row."""
    if not shape:
        return 1, 1
    return math.prod(shape[:-1]), shape[-1]


def _chosen(places: Sequence[int]) -> list[int]:
    if len(places) <= SIDE:
        return list(places)
    return [places[0], places[1], places[-1]]


def _texts(flat: Sequence[Number], places: list[int], complex_: bool) -> list[str]:
    """The elements at `places`; a place beyond the data reads "?", so that no record can raise here."""
    width = 2 if complex_ else 1
    there = [place for place in places if (place + 1) * width <= len(flat)]
    if complex_:
        found = complex_texts([part for place in there for part in flat[2 * place : 2 * place + 2]])
    else:
        found = texts([flat[place] for place in there])
    by_place = dict(zip(there, found, strict=True))
    return [by_place.get(place, "?") for place in places]


def _with_gaps(
    grid: list[list[str]], row_places: list[int], column_places: list[int], rows: int, columns: int
) -> list[list[str]]:
    column_gaps = _gaps(column_places, columns)
    row_gaps = _gaps(row_places, rows)
    wide = [_joined(row, column_gaps, _GAP) for row in grid]
    if not wide:
        return wide
    return _joined(wide, row_gaps, [_GAP] * len(wide[0]))


def _gaps(places: list[int], size: int) -> set[int]:
    """Indices into `places` before which something is left out."""
    gaps = {index for index in range(1, len(places)) if places[index] != places[index - 1] + 1}
    if places and places[-1] < size - 1:
        gaps.add(len(places))
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
