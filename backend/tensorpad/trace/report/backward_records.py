"""Backward passes as records."""

from collections.abc import Collection, Iterable
from typing import Any

from msgspec.msgpack import encode

from tensorpad.protocol.backwards import (
    AccumulationRecord,
    BackwardRecord,
    FunctionRun,
    Gradient,
    HookRecord,
    ReturnedRecord,
    RootRecord,
    Slot,
)
from tensorpad.protocol.records import OpaqueValues, Values
from tensorpad.trace.backward.graphs import GraphFunction
from tensorpad.trace.backward.hook_calls import HookCall
from tensorpad.trace.backward.pass_logs import PassLog
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS
from tensorpad.trace.memory.gradients import Kept
from tensorpad.trace.memory.tracked import FunctionInfo
from tensorpad.trace.memory.values import Allowance


def tensors_of(passes: Iterable[PassLog]) -> Iterable[str | None]:
    """The ids of the tensors that the records will name, as far as those are kept."""
    for log in passes:
        for root in log.roots:
            yield root.tensor
        for function in log.runs:
            yield function.info.tensor


class BackwardRecords:
    """Makes the records. `tensors` and `operations` are the ids that may be named, `graphs` those of the report's graphs."""

    def __init__(
        self, limit: int, allowance: Allowance, tensors: Collection[str], operations: Collection[str], graphs: dict[int, str]
    ) -> None:
        self._limit = limit
        self._allowance = allowance
        self._tensors = tensors
        self._operations = operations
        self._graphs = graphs

    def records(self, passes: list[PassLog]) -> tuple[BackwardRecord, ...]:
        """One record for each pass. The newest get room first."""
        return tuple([self._record(log) for log in reversed(passes)][::-1])

    def _record(self, log: PassLog) -> BackwardRecord:
        table = _GradientTable(self._limit, self._allowance)
        at = {function.info: function for function in log.runs}
        returned = {(info, slot): kept for info, slot, kept in log.returned}
        return BackwardRecord(
            id=log.id,
            kind="backward" if log.accumulates else "grad",
            span=log.span,
            expression=log.expression,
            roots=tuple(
                RootRecord(
                    root.info.id or "",
                    root.slot,
                    cut(root.name, NAME_CHARS)[0],
                    self._tensor(root.tensor),
                    table.index(root.gradient),
                )
                for root in log.roots
            ),
            inputs=None if log.inputs is None else tuple(Slot(info.id or "", slot) for info, slot in log.inputs),
            create_graph=log.create_graph,
            retain_graph=log.retain_graph,
            graphs=tuple(self._graphs[id(graph)] for graph in log.graphs if id(graph) in self._graphs),
            runs=tuple(self._run(function, at, returned, table) for function in log.runs),
            returned=tuple(ReturnedRecord(info.id or "", slot, table.index(kept)) for info, slot, kept in log.returned),
            gradients=tuple(table.values),
            within=log.within,
            failed=log.failed,
            size=log.size,
            unrecorded=log.unrecorded,
        )

    def _run(
        self,
        function: GraphFunction,
        at: dict[FunctionInfo, GraphFunction],
        returned: dict[Any, Kept | None],
        table: "_GradientTable",
    ) -> FunctionRun:
        info = function.info
        arrived = table.indices(function.gradients)
        hooks = tuple(_hook(call, table) for call in function.hooks)
        accumulation = None
        if function.accumulates:
            accumulation = AccumulationRecord(
                self._tensor(info.tensor),
                table.index(function.before),
                arrived[0] if arrived else None,
                table.index(function.accumulated),
            )
        return FunctionRun(
            function=info.id or "",
            name=cut(function.name, NAME_CHARS)[0],
            tensor=self._tensor(info.tensor),
            operation=info.operation if info.operation in self._operations else None,
            next=tuple(edge and Slot(edge[0].id or "", edge[1]) for edge in function.next),
            arrived=arrived,
            sent=table.indices(_sent(function, at, returned)),
            hooks=hooks,
            accumulation=accumulation,
            frees=function.frees,
            made=tuple(made and made.id for made in function.made)[: len(function.next)],
            completed=function.completed,
        )

    def _tensor(self, tensor: str | None) -> str | None:
        return tensor if tensor in self._tensors else None


class _GradientTable:
    """The gradients of one pass: each once, and those that are equal to the last bit only once."""

    def __init__(self, limit: int, allowance: Allowance) -> None:
        self.values: list[Values] = []
        self._indices: dict[int, int] = {}
        self._equal: dict[bytes, int] = {}
        self._limit = limit
        self._allowance = allowance

    def index(self, kept: Kept | None) -> Gradient:
        """The index of a gradient in `values`."""
        if kept is None:
            return None
        index = self._indices.get(id(kept))
        if index is None:
            values = kept.values(self._limit, self._allowance)
            index = self._place(values)
            if index == len(self.values):
                self.values.append(values)
            self._indices[id(kept)] = index
        return index

    def _place(self, values: Values) -> int:
        if isinstance(values, OpaqueValues):
            return len(self.values)  # what was left out may differ
        # Compared as they are sent, because NaN does not equal itself, and 0.0 equals -0.0.
        return self._equal.setdefault(encode(values), len(self.values))

    def indices(self, kept: Iterable[Kept | None]) -> tuple[Gradient, ...]:
        return tuple([self.index(gradient) for gradient in kept])


def _sent(
    function: GraphFunction, at: dict[FunctionInfo, GraphFunction], returned: dict[Any, Kept | None]
) -> list[Kept | None]:
    if function.sent is not None:
        return list(function.sent)[: len(function.next)]
    sent: list[Kept | None] = []
    for edge in function.next:
        other = at.get(edge[0]) if edge is not None else None
        if edge is None or other is None or edge[1] >= len(other.gradients):
            sent.append(returned.get(edge))
        else:
            sent.append(other.gradients[edge[1]])
    return sent


def _hook(call: HookCall, table: _GradientTable) -> HookRecord:
    # Each probe around a hook keeps a copy: that most hooks change nothing shows in the values alone.
    return HookRecord(
        call.kind,
        cut(call.name, NAME_CHARS)[0],
        call.span,
        call.slot,
        table.indices(call.before),
        table.indices(call.after),
        call.raised,
    )
