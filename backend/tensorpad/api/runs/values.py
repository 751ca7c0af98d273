"""Values as JSON can hold them: nested as the shape is, and no number that JSON lacks."""

import math
from collections.abc import Sequence
from typing import Any, assert_never

from tensorpad.api.runs.value_schemas import (
    CornersBody,
    FullValuesBody,
    HistogramBody,
    NonFinite,
    OpaqueValuesBody,
    SummaryValuesBody,
)
from tensorpad.protocol.records import FullValues, Number, OpaqueValues, SummaryValues, Values

_EMPTY_LISTS = 10_000
"""Lists that a tensor without elements may nest: a shape such as (10**9, 0) costs torch nothing, and would cost us much."""


def values_body(values: Values) -> FullValuesBody | SummaryValuesBody | OpaqueValuesBody:
    """Values as they are sent. What does not fit its own shape, which no honest worker sends, is opaque."""
    match values:
        case FullValues():
            return _full(values)
        case SummaryValues():
            return _summary(values)
        case OpaqueValues():
            return OpaqueValuesBody(values.text)
        case _:
            assert_never(values)


_EXACT = 2**53
"""The integers up to here are the same in whatever reads JSON's numbers as doubles."""


def number(value: float) -> float | NonFinite:
    """A number as JSON can hold it."""
    if not isinstance(value, float) or math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def _full(values: FullValues) -> FullValuesBody | OpaqueValuesBody:
    elements = _elements(values.data, values.complex)
    shape = values.shape
    if any(size < 0 for size in shape) or math.prod(shape) != len(elements):
        return OpaqueValuesBody(f"{len(elements)} elements do not fit the shape {shape}")
    if not elements:
        outer = shape[: shape.index(0)]
        if math.prod(outer) > _EMPTY_LISTS:
            return OpaqueValuesBody(f"no elements, in the shape {shape}")
        return FullValuesBody(_nested([[] for _ in range(math.prod(outer))], outer))
    return FullValuesBody(_nested(elements, shape))


def _nested(flat: list[Any], shape: Sequence[int]) -> Any:
    """The elements of `flat`, row-major, in lists as `shape` says; no size in it is zero."""
    for size in reversed(shape[1:]):
        flat = [flat[start : start + size] for start in range(0, len(flat), size)]
    return flat if shape else flat[0]


def _summary(values: SummaryValues) -> SummaryValuesBody | OpaqueValuesBody:
    corners = _elements(values.corners, values.complex)
    rows, columns = len(values.rows), len(values.columns)
    if rows * columns != len(corners) or len(values.edges) != (len(values.histogram) + 1 if values.histogram else 0):
        return OpaqueValuesBody("a summary that does not fit together")
    return SummaryValuesBody(
        count=values.count,
        nan=values.nan,
        infinite=values.infinite,
        zeros=values.zeros,
        min=_statistic(values.minimum),
        max=_statistic(values.maximum),
        mean=_statistic(values.mean),
        std=_statistic(values.std),
        histogram=HistogramBody(list(values.histogram), [number(edge) for edge in values.edges]),
        corners=CornersBody(
            rows=list(values.rows),
            columns=list(values.columns),
            data=[corners[start : start + columns] for start in range(0, len(corners), columns)] if columns else [],
        ),
    )


def _statistic(value: float | None) -> float | NonFinite | None:
    return None if value is None else number(value)


def _elements(data: Sequence[Number], complex_: bool) -> list[Any]:
    numbers = [_element(value) for value in data]
    if not complex_:
        return numbers
    return [[real, imaginary] for real, imaginary in zip(numbers[::2], numbers[1::2], strict=False)]


def _element(value: Number) -> float | str:
    """As `number`, with the digits of an integer that a double does not hold."""
    return str(value) if isinstance(value, int) and not -_EXACT <= value <= _EXACT else number(value)
