"""What tensors held before and after an operation, and what of their values is needed to decide something."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

from tensorpad.protocol.records import FullValues, Id, Number, Span, SummaryValues, TensorRecord, Values, VersionRecord
from tensorpad.protocol.steps import OperationRecord, StepRecord
from tensorpad.protocol.traces import TraceRecord

Odd = Literal["nan", "infinity"]


_LOOKS = 20
"""How often each element may be looked at, on average."""
_SOME = 1_000


class Moments:
    """The values of tensors at the steps of a trace."""

    def __init__(self, trace: TraceRecord) -> None:
        self._steps = trace.steps
        self._tensors = {tensor.id: tensor for tensor in trace.tensors}
        self._began: dict[Id, list[int]] = {}
        self._odd: dict[tuple[Id, int], Odd | None] = {}
        self._left = _LOOKS * (_SOME + sum(_size(tensor) for tensor in trace.tensors))

    def before(self, operation: OperationRecord, tensor: Id) -> Values | None:
        """What an operation found in a tensor; None if that is not known."""
        record, version = self._tensors[tensor], self._before(operation, tensor)
        return None if version is None else _values(record, version)

    def after(self, operation: OperationRecord, tensor: Id) -> Values | None:
        """What a tensor held when an operation was done; None if that is not known."""
        record, version = self._tensors[tensor], self._after(operation, tensor)
        return None if version is None else _values(record, version)

    def layout_of(self, operation: OperationRecord, tensor: Id) -> tuple[Sequence[int], Sequence[int]] | None:
        """The shape and stride that a tensor had after an operation; None if that is not known."""
        record, version = self._tensors[tensor], self._after(operation, tensor)
        if version is None:
            return None
        layout = (record.history[version].layout if record.history else None) or record.layout
        return layout.shape, layout.stride

    def is_stretched(self, operation: OperationRecord, tensor: Id) -> bool:
        """Whether a tensor had several elements in one place of memory after an operation, as `expand` makes it."""
        layout = self.layout_of(operation, tensor)
        return layout is not None and any(size > 1 and not stride for size, stride in zip(*layout, strict=False))

    def odd_before(self, operation: OperationRecord, tensor: Id) -> Odd | None:
        """Which number that is not finite an operation found in a tensor."""
        return self._oddness(tensor, self._before(operation, tensor))

    def odd_after(self, operation: OperationRecord, tensor: Id) -> Odd | None:
        """Which number that is not finite an operation left in a tensor."""
        return self._oddness(tensor, self._after(operation, tensor))

    def elements(self, values: Values | None) -> tuple[Number, ...] | None:
        """All elements, as `elements` gives them; None once they have been asked for too often, as a hostile report may."""
        listed = elements(values)
        self._left -= len(listed or ())
        return listed if self._left >= 0 else None

    def statement(self, operation: OperationRecord) -> StepRecord | None:
        """The statement that ended next after an operation: its own, if the operation was the last in it."""
        place = self.place(operation)
        if place is None:
            return None
        following = self._following[place]
        return self._steps[following] if following is not None else None

    def is_statement(self, operation: OperationRecord) -> bool:
        """Whether an operation is a whole statement, so that nobody got what it returned."""
        statement = self.statement(operation)
        return statement is not None and operation.span is not None and statement.span == operation.span

    def place(self, operation: OperationRecord) -> int | None:
        """The step that an operation is."""
        return self._places.get(operation.id)

    @cached_property
    def _places(self) -> dict[Id, int]:
        return {
            step.ref: place for place, step in enumerate(self._steps) if step.kind == "operation" and step.ref is not None
        }

    @cached_property
    def _following(self) -> list[int | None]:
        """For each step the next one that is a statement."""
        following: list[int | None] = [None] * len(self._steps)
        latest: int | None = None
        for place in reversed(range(len(self._steps))):
            following[place] = latest
            if self._steps[place].kind == "statement":
                latest = place
        return following

    def _starts(self, tensor: Id) -> list[int]:
        starts = self._began.get(tensor)
        if starts is None:
            history: Sequence[VersionRecord] = self._tensors[tensor].history
            last = len(self._steps)
            starts = self._began[tensor] = [last if version.step is None else version.step for version in history]
        return starts

    def _after(self, operation: OperationRecord, tensor: Id) -> int | None:
        starts, place = self._starts(tensor), self.place(operation)
        if len(starts) < 2:
            return 0  # it never had another value
        return None if place is None else max(bisect_right(starts, place) - 1, 0)

    def _before(self, operation: OperationRecord, tensor: Id) -> int | None:
        starts, place = self._starts(tensor), self.place(operation)
        if len(starts) < 2 and not any(write.tensor == tensor for write in operation.writes):
            return 0
        if place is None:
            return None
        version = bisect_left(starts, place) - 1
        if version >= 0:
            return version
        # It is seen here for the first time. What it was before a write is not known then.
        return None if any(write.tensor == tensor for write in operation.writes) else 0

    def _oddness(self, tensor: Id, version: int | None) -> Odd | None:
        if version is None:
            return None
        key = (tensor, version)
        if key not in self._odd:
            self._odd[key] = odd(_values(self._tensors[tensor], version))
        return self._odd[key]


def odd(values: Values | None) -> Odd | None:
    """`nan` or `infinity` if one is among the values."""
    match values:
        case FullValues(data=data):
            # A sum of finite numbers is finite, but for an overflow, and takes a tenth of the time.
            if math.isfinite(sum(data)):
                return None
            floats = [item for item in data if type(item) is float]
            if any(math.isnan(item) for item in floats):
                return "nan"
            return "infinity" if any(math.isinf(item) for item in floats) else None
        case SummaryValues(nan=nan, infinite=infinite):
            return "nan" if nan else "infinity" if infinite else None
        case _:
            return None


def is_known(values: Values | None) -> bool:
    """Whether it is known if numbers that are not finite are among the values."""
    return isinstance(values, FullValues | SummaryValues)


def is_zero(values: Values | None) -> bool:
    """Whether all numbers are known to be zero, and there are some."""
    match values:
        case FullValues(data=data):
            return bool(data) and not any(data)
        case SummaryValues(count=count, zeros=zeros):
            return 0 < count == zeros
        case _:
            return False


def elements(values: Values | None) -> tuple[Number, ...] | None:
    """All elements, where they are listed and no complex numbers."""
    return values.data if isinstance(values, FullValues) and not values.complex else None


def index_of(place: int, shape: Sequence[int]) -> tuple[int, ...]:
    """The index of the element that is at a place in row-major order."""
    index: list[int] = []
    for size in reversed(shape):
        place, position = divmod(place, max(size, 1))
        index.append(position)
    return tuple(reversed(index))


def written(index: Sequence[int]) -> str:
    """An index as Python writes it: `[0, 2]`."""
    return "[" + ", ".join(map(str, index)) + "]"


def number(value: Number) -> str:
    """A number in a sentence: a few digits of it, whole if it is whole."""
    if type(value) is not float:
        return str(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e9 else f"{value:.4g}"


def encloses(outer: Span | None, inner: Span | None) -> bool:
    """Whether a piece of source lies in another."""
    if outer is None or inner is None or outer.cell != inner.cell:
        return False
    return (outer.line, outer.column) <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= (
        outer.end_line,
        outer.end_column,
    )


def _size(record: TensorRecord) -> int:
    values = (record.values, *(version.values for version in record.history))
    return sum(len(item.data) for item in values if isinstance(item, FullValues))


def _values(record: TensorRecord, version: int) -> Values:
    if not record.history:
        return record.values
    return record.history[version].values or record.values
