"""The one thing that JSON needs in another form than the pipe: the numbers of tensors.

On the pipe the elements of a tensor are one flat list. In JSON they are nested as the shape is, a complex element is
`[re, im]`, and each number is written as `api.decimals` says. Everything else in a record is encoded as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import accumulate
from typing import Any

from msgspec import UNSET, Struct, UnsetType, inspect
from msgspec.structs import replace

from tensorpad.api.decimals import nested, number
from tensorpad.api.records import BackwardRecord
from tensorpad.protocol import records

_LISTS = 10_000
"""Lists that a tensor may nest besides one for each element. Shapes such as (10**9, 0) and (1000, 1, …, 1) cost torch
nothing, and would cost us much."""

Form = Callable[[Any], Any]


class FullValues(Struct, frozen=True, tag_field="kind", tag="full", gc=False, omit_defaults=True):
    """Every element, nested as the shape is.

    Not-a-number and infinities are "NaN", "Infinity", "-Infinity"; a complex element is [re, im]; an integer beyond 2**53 is
    a string of its digits. If `single`, the elements are floats of at most single precision, each with the fewest digits
    that read back to the same float32.
    """

    data: Any
    """The elements: a number, or lists of them nested as the shape is."""
    single: bool = False
    """Whether no element has more than float32's precision."""


class Corners(Struct, frozen=True):
    """Elements at some rows and columns of the tensor as a matrix (its last dimension against the others)."""

    rows: Sequence[int]
    """The rows that are told."""
    columns: Sequence[int]
    """The columns that are told."""
    data: Sequence[Sequence[Any]]
    """A list for each row, with an element for each column."""


class SummaryValues(Struct, frozen=True, tag_field="kind", tag="summary", omit_defaults=True):
    """A large tensor: statistics over its finite elements, a histogram, its corners. `single` is that of `FullValues`."""

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
    histogram: Sequence[int]
    """How many finite elements are in each of so many equal ranges, from `min` to `max`; empty if there is no range."""
    corners: Corners
    """Elements at some rows and columns."""
    single: bool = False
    """Whether no element has more than float32's precision."""


class OpaqueValues(Struct, frozen=True, tag_field="kind", tag="opaque"):
    """A tensor whose elements cannot be listed; `text` says why, or is its representation."""

    text: str
    """Why the elements cannot be listed, or a representation of the tensor."""


class DeferredValues(Struct, frozen=True, tag_field="kind", tag="deferred", gc=False):
    """Values that are not in this answer: `GET /api/v1/runs/{id}/values/{chunk}` has them at `index` of its list."""

    chunk: int
    """Number of the chunk."""
    index: int
    """Place in the chunk's list, from 0."""


class RepeatedValues(Struct, frozen=True, tag_field="kind", tag="repeated", gc=False):
    """Values that the answer has several times: `repeated` of the answer has them at `index`."""

    index: int
    """Place in `repeated`, from 0."""


class Forms:
    """Makes records sendable: the same, with the numbers in them as JSON has them. Values must have passed the check.

    `values` tells what is sent of the values of each type.
    """

    def __init__(self, values: Mapping[type[Any], Form]) -> None:
        self._forms: dict[type[Any], Form] = {float: number, tuple: self._members, list: self._members, **values}

    def __call__(self, value: object) -> Any:
        """What is sent of a record."""
        return self._form(type(value))(value)

    def _form(self, kind: type[Any]) -> Form:
        """What makes a value of this type sendable, decided once for all values of the type."""
        form = self._forms.get(kind)
        if form is None:
            names = _numeric(kind) if issubclass(kind, Struct) else ()
            form = self._forms[kind] = partial(self._record, names) if names else _unchanged
        return form

    def _members(self, values: Sequence[object]) -> list[Any]:
        return [self._form(type(value))(value) for value in values]

    def _record(self, names: tuple[str, ...], record: Struct) -> Struct:
        changed: dict[str, Any] = {}
        for name in names:
            value: object = getattr(record, name)
            if value:  # most records have no gradient and no history
                changed[name] = self._form(type(value))(value)
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
            return kind in WHOLE or bool(_numeric(kind))
        case inspect.UnionType(types=types) | inspect.TupleType(item_types=types):
            return any(map(_has_numbers, types))
        case inspect.VarTupleType(item_type=item):
            return _has_numbers(item)
        case inspect.Metadata(type=inner):
            return _has_numbers(inner)
        case _:
            return False


def _full(values: records.FullValues) -> FullValues | OpaqueValues:
    shape, data = values.shape, values.data
    if sum(accumulate(shape[:-1], int.__mul__)) > _LISTS + len(data) // (1 + values.complex):
        return OpaqueValues(f"{'too many dimensions' if data else 'no elements'}, in the shape {shape}")
    if not data:
        outer = shape[: shape.index(0)]
        empty: Any = []
        for size in reversed(outer):
            empty = [empty] * size
        return FullValues(empty, values.single)
    return FullValues(nested(data, (*shape, 2) if values.complex else shape, single=values.single), values.single)


def _summary(values: records.SummaryValues) -> SummaryValues:
    single, sides = values.single, (len(values.rows), len(values.columns))
    sides = (*sides, 2) if values.complex else sides
    return SummaryValues(
        count=values.count,
        nan=values.nan,
        infinite=values.infinite,
        zeros=values.zeros,
        min=_statistic(values.minimum, single),
        max=_statistic(values.maximum, single),
        mean=_statistic(values.mean, single),
        std=_statistic(values.std, single),
        histogram=values.histogram,
        corners=Corners(
            rows=values.rows,
            columns=values.columns,
            data=nested(values.corners, sides, single=single) if values.corners else [],
        ),
        single=single,
    )


def _statistic(value: float | None, single: bool) -> Any:
    return None if value is None else number(value, single=single)


def _opaque(values: records.OpaqueValues) -> OpaqueValues:
    return OpaqueValues(values.text)


WHOLE: Mapping[type[Any], Form] = {
    records.FullValues: _full,
    records.SummaryValues: _summary,
    records.OpaqueValues: _opaque,
}
"""All of each."""
sendable = Forms(WHOLE)
"""A record with all of its values."""


def _nothing(_values: object) -> UnsetType:
    return UNSET


without_values = Forms({**dict.fromkeys(WHOLE, _nothing), BackwardRecord: lambda record: replace(record, gradients=UNSET)})
"""A record without any."""
ELSEWHERE: tuple[type[Struct], ...] = (DeferredValues, RepeatedValues)
"""What may be in the place of values."""
FORMS: tuple[type[Struct], ...] = (FullValues, SummaryValues, OpaqueValues)
"""What the description has in the place of the records of the same names."""
