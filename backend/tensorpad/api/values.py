"""The one thing that JSON needs in another form than the pipe: the numbers of tensors.

On the pipe the elements of a tensor are one flat list. In JSON they are nested as the shape is, a complex element is
`[re, im]`, and what many readers of JSON cannot hold is a string: `"NaN"`, `"Infinity"`, `"-Infinity"`, and the digits of
an integer beyond 2**53. Everything else in a record is encoded as it is.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import accumulate
from typing import Any, Literal, get_args

from msgspec import Struct, inspect
from msgspec.structs import replace

from tensorpad.protocol import records

NonFinite = Literal["NaN", "Infinity", "-Infinity"]
NON_FINITE: tuple[NonFinite, ...] = get_args(NonFinite)

_EXACT = 2**53
"""Integers up to here are the same in a reader that takes JSON's numbers for doubles."""
_LISTS = 10_000
"""Lists that a tensor may nest besides one for each element. Shapes such as (10**9, 0) and (1000, 1, …, 1) cost torch
nothing, and would cost us much."""


class FullValues(Struct, frozen=True, tag_field="kind", tag="full", gc=False):
    """Every element, nested as the shape is.

    Not-a-number and infinities are "NaN", "Infinity", "-Infinity"; a complex element is [re, im]; an integer beyond 2**53 is
    a string of its digits.
    """

    data: Any
    """The elements: a number, or lists of them nested as the shape is."""


class Histogram(Struct, frozen=True):
    """Counts between consecutive edges; there is one edge more than counts."""

    counts: Sequence[int]
    """How many elements lie between consecutive edges."""
    edges: Sequence[records.Real]
    """The edges, in ascending order."""


class Corners(Struct, frozen=True):
    """Elements at some rows and columns of the tensor as a matrix (its last dimension against the others)."""

    rows: Sequence[int]
    """The rows that are told."""
    columns: Sequence[int]
    """The columns that are told."""
    data: Sequence[Sequence[Any]]
    """A list for each row, with an element for each column."""


class SummaryValues(Struct, frozen=True, tag_field="kind", tag="summary"):
    """A large tensor: statistics over its finite elements, a histogram, its corners."""

    count: int
    """How many elements there are."""
    nan: int
    """How many are not a number."""
    infinite: int
    """How many are infinite."""
    zeros: int
    """How many are zero."""
    min: records.Real | None
    """The smallest finite element; null if there is none."""
    max: records.Real | None
    """The largest finite element; null if there is none."""
    mean: records.Real | None
    """Mean of the finite elements; null if there is none."""
    std: records.Real | None
    """Standard deviation of the finite elements; null if there is none."""
    histogram: Histogram
    """How the finite elements are distributed."""
    corners: Corners
    """Elements at some rows and columns."""


class OpaqueValues(Struct, frozen=True, tag_field="kind", tag="opaque"):
    """A tensor whose elements cannot be listed; `text` says why, or is its representation."""

    text: str
    """Why the elements cannot be listed, or a representation of the tensor."""


def sendable(value: object) -> Any:
    """A record as it is encoded: the same, with the numbers in it as JSON has them. Values must have passed the check."""
    return _form(type(value))(value)


@cache
def _form(kind: type[Any]) -> Callable[[Any], Any]:
    """What makes a value of this type sendable, decided once for all values of the type."""
    if kind in _FORMS:
        return _FORMS[kind]
    if issubclass(kind, Struct) and (names := _numeric(kind)):
        return partial(_record, names)
    return _unchanged


def _members(values: Sequence[object]) -> list[Any]:
    return [_form(type(value))(value) for value in values]


def _record(names: tuple[str, ...], record: Struct) -> Struct:
    changed: dict[str, Any] = {}
    for name in names:
        value: object = getattr(record, name)
        if value:  # most records have no gradient and no history
            changed[name] = _form(type(value))(value)
    return replace(record, **changed) if changed else record


def _unchanged(value: Any) -> Any:
    return value


@cache
def _numeric(kind: type[Struct]) -> tuple[str, ...]:
    """The members of a record that contain floats or values, in whatever depth."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return tuple(field.name for field in info.fields if _has_numbers(field.type))


def _has_numbers(info: inspect.Type) -> bool:
    match info:
        case inspect.FloatType():
            return True
        case inspect.StructType(cls=kind):
            return kind in _FORMS or bool(_numeric(kind))
        case inspect.UnionType(types=types) | inspect.TupleType(item_types=types):
            return any(map(_has_numbers, types))
        case inspect.VarTupleType(item_type=item):
            return _has_numbers(item)
        case inspect.Metadata(type=inner):
            return _has_numbers(inner)
        case _:
            return False


def _full(values: records.FullValues) -> FullValues | OpaqueValues:
    shape = values.shape
    elements = _elements(values.data, values.complex)
    if sum(accumulate(shape[:-1], int.__mul__)) > _LISTS + len(elements):
        return OpaqueValues(f"{'too many dimensions' if elements else 'no elements'}, in the shape {shape}")
    if not elements:
        outer = shape[: shape.index(0)]
        return FullValues(_nested([[] for _ in range(math.prod(outer))], outer))
    return FullValues(_nested(elements, shape))


def _nested(flat: Sequence[Any], shape: Sequence[int]) -> Any:
    """The elements of `flat`, row-major, in lists as `shape` says; no size in it is zero."""
    for size in reversed(shape[1:]):
        flat = [flat[start : start + size] for start in range(0, len(flat), size)]
    return flat if shape else flat[0]


def _summary(values: records.SummaryValues) -> SummaryValues:
    corners, width = _elements(values.corners, values.complex), len(values.columns)
    return SummaryValues(
        count=values.count,
        nan=values.nan,
        infinite=values.infinite,
        zeros=values.zeros,
        min=sendable(values.minimum),
        max=sendable(values.maximum),
        mean=sendable(values.mean),
        std=sendable(values.std),
        histogram=Histogram(values.histogram, sendable(values.edges)),
        corners=Corners(
            rows=values.rows,
            columns=values.columns,
            data=[corners[start : start + width] for start in range(0, len(corners), width)] if width else [],
        ),
    )


def _opaque(values: records.OpaqueValues) -> OpaqueValues:
    return OpaqueValues(values.text)


def _number(value: float) -> float | NonFinite:
    if math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


_FORMS: dict[type[Any], Callable[[Any], Any]] = {
    float: _number,
    tuple: _members,
    list: _members,
    records.FullValues: _full,
    records.SummaryValues: _summary,
    records.OpaqueValues: _opaque,
}
FORMS: tuple[type[Struct], ...] = (FullValues, SummaryValues, OpaqueValues)
"""What the description has in the place of the records of the same names."""


def _elements(data: Sequence[records.Number], complex_: bool) -> Sequence[Any]:
    # Three calls of C say of ordinary elements that they can stay as they are.
    plain = not data or (math.isfinite(sum(data)) and min(data) >= -_EXACT and max(data) <= _EXACT)
    numbers = data if plain else [_element(value) for value in data]
    return list(zip(numbers[::2], numbers[1::2], strict=True)) if complex_ else numbers


def _element(value: records.Number) -> records.Number | str:
    if isinstance(value, float):
        return _number(value)
    return value if -_EXACT <= value <= _EXACT else str(value)
