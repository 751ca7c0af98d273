"""The calls of modules that operations were made in, as groups within groups.

An operation names the innermost call that it was made in, and the operation that it is part of (`parent`) names the call
around that. So of the path `model.0.linear`, the calls at some prefixes are known.
"""

from collections.abc import Iterable, Mapping, Sequence

from tensorpad.graph.model import INPUTS, Edge, Group, Node
from tensorpad.protocol.steps import ModuleRecord, OperationRecord

_DEPTH = 32
"""Groups within groups, and operations within operations, that are followed."""


class _Call:
    """A group in the making: a call of the module at `path`, or, as number 0, what is outside of all modules."""

    def __init__(self, number: int, parent: "_Call | None", path: str) -> None:
        self.number = number
        self.parent = parent
        self.path = path
        self.call: int | None = None
        self.type: str | None = None
        self.nodes = 0
        self.inner: list[_Call] = []
        self.depth: int = parent.depth + 1 if parent else 0
        self.open: dict[str, _Call] = {}
        self.known: dict[tuple[str, int], _Call] = {}

    @property
    def kept(self) -> bool:
        """Whether it becomes a group: a single node, or a single group, needs none around it."""
        return self.number > 0 and self.nodes + len(self.inner) >= 2


def groups(
    nodes: Sequence[Node],
    edges: Iterable[Edge],
    made_in: Mapping[str, OperationRecord],
    operations: Mapping[str, OperationRecord],
) -> tuple[tuple[Group, ...], dict[str, str]]:
    """The groups of `nodes`, which are in forward order, and for each node that is in one the innermost.

    `made_in` has the operation that each node is a part of, `operations` all of them.
    """
    outermost = _Call(0, None, "")
    calls: list[_Call] = []
    inside = _entered(nodes, made_in, operations, outermost, calls)
    if not calls:
        return (), {}
    _add_inputs(inside, nodes, edges, outermost)
    _count(inside.values(), calls)
    made = tuple(_group(call) for call in calls if call.kept)
    innermost = {name: _kept_around(call) for name, call in inside.items()}
    return made, {name: f"m{call.number}" for name, call in innermost.items() if call is not None}


def _entered(
    nodes: Iterable[Node],
    made_in: Mapping[str, OperationRecord],
    operations: Mapping[str, OperationRecord],
    outermost: _Call,
    calls: list[_Call],
) -> dict[str, _Call]:
    """The call that each operation was made in. `calls` gets all calls, each before those inside it."""
    inside: dict[str, _Call] = {}
    before: list[ModuleRecord] = []
    call = outermost
    for node in nodes:
        operation = made_in.get(node.id)
        if operation is not None and operation.module is not None:
            around = _around(operation, operations)
            if around != before:
                before, call = around, _enter(outermost, around, calls)
            inside[node.id] = call
    return inside


def _add_inputs(inside: dict[str, _Call], nodes: Iterable[Node], edges: Iterable[Edge], outermost: _Call) -> None:
    """Add each input to the innermost call around all of its uses."""
    inputs = {node.id for node in nodes if node.kind in INPUTS}
    for edge in edges:
        if edge.source in inputs:
            user = inside.get(edge.target, outermost)
            inside[edge.source] = _common(inside[edge.source], user) if edge.source in inside else user


def _count(members: Iterable[_Call], calls: Sequence[_Call]) -> None:
    """Count what is directly in each call, once for each node in `members`. A call that is not kept passes it on."""
    for call in members:
        call.nodes += 1
    for call in reversed(calls):  # inner calls first
        if call.parent is not None and call.kept:
            call.parent.inner.append(call)
        elif call.parent is not None:
            call.parent.nodes += call.nodes
            call.parent.inner += call.inner


def _around(operation: OperationRecord, operations: Mapping[str, OperationRecord]) -> list[ModuleRecord]:
    """The calls that are known to be around an operation, innermost first."""
    around: list[ModuleRecord] = []
    outer: OperationRecord | None = operation
    for _ in range(_DEPTH):
        if outer is None:
            break
        if outer.module is not None and (not around or outer.module.path != around[-1].path):
            around.append(outer.module)
        outer = operations[outer.parent] if outer.parent is not None else None
    return around


def _enter(outermost: _Call, around: list[ModuleRecord], calls: list[_Call]) -> _Call:
    """The innermost of the calls in `around`; new ones are added to `calls`.

    Calls of one path differ by their number. A prefix without a number goes on with the call that is open there:
    operations come in the order in which they ran.
    """
    known = {record.path: record for record in around}
    parts = around[0].path.split(".", _DEPTH - 1)
    call = outermost
    for length in range(1, len(parts) + 1):
        path = ".".join(parts[:length])
        record = known.get(path)
        inner = call.open.get(path)
        if record is not None and inner is not None and inner.call not in (None, record.call):
            inner = call.known.get((path, record.call))
        if inner is None:
            inner = _Call(len(calls) + 1, call, path)
            calls.append(inner)
        if record is not None:
            inner.call, inner.type = record.call, record.type
            call.known[path, record.call] = inner
        call.open[path] = inner
        call = inner
    return call


def _common(left: _Call, right: _Call) -> _Call:
    """The innermost call around both."""
    while left is not right:
        if left.depth < right.depth:
            left, right = right, left
        assert left.parent is not None
        left = left.parent
    return left


def _kept_around(call: _Call | None) -> _Call | None:
    """The innermost call, from `call` outwards, that becomes a group."""
    while call is not None and not call.kept:
        call = call.parent
    return call


def _group(call: _Call) -> Group:
    parent = _kept_around(call.parent)
    return Group(f"m{call.number}", "module", call.path, call.type, call.call, f"m{parent.number}" if parent else None)
