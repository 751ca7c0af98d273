"""The calls of modules that operations were made in, as groups within groups.

NOTE [From paths to groups]
1. An operation names the innermost call that it was made in, and the operation that it is part of (`parent`) names the call
   around that. So the calls at some of the path's prefixes are known (`model` of `model.0`).
2. Calls are told apart by their number. Where a prefix has none, the group that is open at that prefix goes on: operations
   come in the order in which they ran.
3. A leaf or constant belongs where all of its uses are. A group of a single node says nothing and is left out, and so is one
   that only holds one other group.
"""

from collections.abc import Iterable, Mapping, Sequence

from tensorpad.graph.model import INPUTS, Edge, Group, Node
from tensorpad.protocol.steps import ModuleRecord, OperationRecord

_DEPTH = 32
"""Groups within groups, and operations within operations, that are followed."""


class _Call:
    """A group in the making."""

    def __init__(self, place: int, parent: "_Call | None", path: str, call: int | None) -> None:
        self.place = place
        self.parent = parent
        self.path = path
        self.call = call
        self.type: str | None = None
        self.nodes = 0
        self.inner: list[_Call] = []
        self.depth: int = parent.depth + 1 if parent else 0
        self.open: dict[str, _Call] = {}
        self.known: dict[tuple[str, int], _Call] = {}


def groups(
    nodes: Sequence[Node],
    edges: Iterable[Edge],
    made_in: Mapping[str, OperationRecord],
    operations: Mapping[str, OperationRecord],
) -> tuple[tuple[Group, ...], dict[str, str]]:
    """The groups of `nodes`, which are in forward order, and for each node that is in one the innermost.

    `made_in` has the operation that each node is a part of, `operations` all of them.
    """
    outermost = _Call(0, None, "", None)
    calls: list[_Call] = []
    inside: dict[str, _Call] = {}
    before: list[ModuleRecord] = []
    entered = outermost
    for node in nodes:
        operation = made_in.get(node.id)
        if operation is not None and operation.module is not None:
            around = _around(operation, operations)
            if around != before:
                before, entered = around, _enter(outermost, around, calls)
            inside[node.id] = entered
    if not calls:
        return (), {}
    kinds = {node.id: node.kind for node in nodes}
    for edge in edges:
        if kinds[edge.source] in INPUTS:
            user = inside.get(edge.target, outermost)
            inside[edge.source] = _common(inside[edge.source], user) if edge.source in inside else user
    for call in inside.values():
        call.nodes += 1
    for call in reversed(calls):
        # What is inside comes later in the list.
        if call.parent is not None and call.nodes + len(call.inner) >= 2:
            call.parent.inner.append(call)
        elif call.parent is not None:
            call.parent.nodes += call.nodes
            call.parent.inner += call.inner
    kept = {call.place for call in calls if call.nodes + len(call.inner) >= 2}
    made = [_group(call, kept) for call in calls if call.place in kept]
    places = {name: _kept(call, kept) for name, call in inside.items()}
    return tuple(made), {name: f"m{place}" for name, place in places.items() if place}


def _around(operation: OperationRecord, operations: Mapping[str, OperationRecord]) -> list[ModuleRecord]:
    """The calls that are known to be around an operation, innermost first."""
    found: list[ModuleRecord] = []
    following: OperationRecord | None = operation
    for _ in range(_DEPTH):
        if following is None:
            break
        if following.module is not None and (not found or following.module.path != found[-1].path):
            found.append(following.module)
        following = operations.get(following.parent) if following.parent else None
    return found


def _enter(outermost: _Call, around: list[ModuleRecord], calls: list[_Call]) -> _Call:
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
            inner = _Call(len(calls) + 1, call, path, None)
            calls.append(inner)
        if record is not None:
            inner.call, inner.type = record.call, record.type
            call.known[path, record.call] = inner
        call.open[path] = inner
        call = inner
    return call


def _common(one: _Call, other: _Call) -> _Call:
    """The innermost group around both."""
    while one is not other:
        if one.depth < other.depth:
            one, other = other, one
        assert one.parent is not None
        one = one.parent
    return one


def _kept(call: _Call, kept: set[int]) -> int:
    """The place of the innermost group around `call` that is kept, 0 for none."""
    following: _Call | None = call
    while following is not None and following.place not in kept:
        following = following.parent
    return following.place if following is not None else 0


def _group(call: _Call, kept: set[int]) -> Group:
    parent = _kept(call.parent, kept) if call.parent is not None else 0
    return Group(f"m{call.place}", "module", call.path, call.type, call.call, f"m{parent}" if parent else None)
