"""Backward passes as records."""

from collections.abc import Collection, Iterable
from itertools import zip_longest
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
from tensorpad.trace.backward.graphs import GraphNode
from tensorpad.trace.backward.pass_logs import PassLog
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS
from tensorpad.trace.forward.hooks import Fired
from tensorpad.trace.memory.gradients import Kept
from tensorpad.trace.memory.tracked import NodeInfo
from tensorpad.trace.memory.values import Allowance


def tensors_of(passes: Iterable[PassLog]) -> Iterable[str | None]:
    """The ids of the tensors that the records will name, as far as those are kept."""
    for log in passes:
        for root in log.roots:
            yield root.tensor
        for node in log.runs:
            yield node.info.tensor


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
        pool = _Pool(self._limit, self._allowance)
        at = {node.info: node for node in log.runs}
        returned = {(info, slot): kept for info, slot, kept in log.returned}
        return BackwardRecord(
            id=log.id,
            kind="backward" if log.accumulates else "grad",
            span=log.span,
            expression=log.expression,
            roots=tuple(
                RootRecord(
                    root.info.function or "",
                    root.slot,
                    cut(root.name, NAME_CHARS)[0],
                    self._tensor(root.tensor),
                    pool.index(root.gradient),
                )
                for root in log.roots
            ),
            inputs=None if log.inputs is None else tuple(Slot(info.function or "", slot) for info, slot in log.inputs),
            create_graph=log.create_graph,
            retain_graph=log.retain_graph,
            graphs=tuple(self._graphs[id(graph)] for graph in log.graphs if id(graph) in self._graphs),
            runs=tuple(self._run(node, at, returned, pool) for node in log.runs),
            returned=tuple(ReturnedRecord(info.function or "", slot, pool.index(kept)) for info, slot, kept in log.returned),
            gradients=tuple(pool.values),
            within=log.within,
            failed=log.failed,
            size=log.size,
            unrecorded=log.unrecorded,
        )

    def _run(
        self, node: GraphNode, at: dict[NodeInfo, GraphNode], returned: dict[Any, Kept | None], pool: "_Pool"
    ) -> FunctionRun:
        info = node.info
        arrived = pool.indices(node.gradients)
        hooks = tuple(_hook(fired, pool) for fired in node.hooks)
        accumulation = None
        if node.accumulates:
            accumulation = AccumulationRecord(
                self._tensor(info.tensor),
                pool.index(node.before),
                arrived[0] if arrived else None,
                pool.index(node.accumulated),
            )
        return FunctionRun(
            function=info.function or "",
            name=cut(node.name, NAME_CHARS)[0],
            tensor=self._tensor(info.tensor),
            operation=info.operation if info.operation in self._operations else None,
            next=tuple(edge and Slot(edge[0].function or "", edge[1]) for edge in node.next),
            arrived=arrived,
            sent=pool.indices(_sent(node, at, returned)),
            hooks=hooks,
            accumulation=accumulation,
            frees=node.frees,
            made=tuple(made and made.function for made in node.made)[: len(node.next)],
            completed=node.completed,
        )

    def _tensor(self, tensor: str | None) -> str | None:
        return tensor if tensor in self._tensors else None


class _Pool:
    """The gradients of one pass, each once."""

    def __init__(self, limit: int, allowance: Allowance) -> None:
        self.values: list[Values] = []
        self._indices: dict[int, int] = {}
        self._limit = limit
        self._allowance = allowance

    def index(self, kept: Kept | None, before: Gradient = None) -> Gradient:
        """The index of a gradient in `values`; that of the one `before` it, if the two are equal."""
        if kept is None:
            return None
        index = self._indices.get(id(kept))
        if index is None:
            values = kept.values(self._limit, self._allowance)
            if before is not None and _equal(values, self.values[before]):
                index = before
            else:
                index = len(self.values)
                self.values.append(values)
            self._indices[id(kept)] = index
        return index

    def indices(self, kept: Iterable[Kept | None]) -> tuple[Gradient, ...]:
        return tuple([self.index(gradient) for gradient in kept])


def _sent(node: GraphNode, at: dict[NodeInfo, GraphNode], returned: dict[Any, Kept | None]) -> list[Kept | None]:
    if node.sent is not None:
        return list(node.sent)[: len(node.next)]
    sent: list[Kept | None] = []
    for edge in node.next:
        other = at.get(edge[0]) if edge is not None else None
        if edge is None or other is None or edge[1] >= len(other.gradients):
            sent.append(returned.get(edge))
        else:
            sent.append(other.gradients[edge[1]])
    return sent


def _equal(one: Values, other: Values) -> bool:
    # Compared as they are sent, because NaN does not equal itself. What was left out may differ.
    return not isinstance(one, OpaqueValues) and encode(one) == encode(other)


def _hook(fired: Fired, pool: _Pool) -> HookRecord:
    # Each probe around a hook keeps a copy: that most hooks change nothing shows in the values alone.
    before = pool.indices(fired.before)
    pairs = zip_longest(fired.after, before[: len(fired.after)])
    after = tuple([pool.index(kept, earlier) for kept, earlier in pairs])
    return HookRecord(
        fired.kind,
        cut(fired.name, NAME_CHARS)[0],
        fired.span,
        fired.slot,
        before,
        after,
        fired.raised,
    )
