"""Which calls of modules to fold, so that as many of a graph's outer ones as possible can be looked into."""

from collections import deque

from tensorpad.graph.model import Graph, Group
from tensorpad.graph.nesting import Nesting


def closed_calls(graph: Graph, most: int, opened: frozenset[str]) -> dict[str, Group]:
    """Calls of modules to fold: the outermost are left open, breadth first, while the number of nodes allows it.

    Those in `opened` are left open at any number.
    """
    nesting = Nesting(graph)
    groups = {group.id: group for group in graph.groups if group.kind == "module"}

    def innermost(group: str | None) -> str | None:
        return next((name for name in reversed(nesting.chain(group)) if name in groups), None)

    inner: dict[str | None, list[str]] = {}
    for group in groups.values():
        inner.setdefault(innermost(group.parent), []).append(group.id)
    own: dict[str | None, int] = {}
    for node in graph.nodes:
        around = innermost(node.group)
        own[around] = own.get(around, 0) + 1
    total = own.get(None, 0) + len(inner.get(None, ()))
    closed: dict[str, Group] = {}
    queue = deque(inner.get(None, ()))
    while queue:
        name = queue.popleft()
        more = own.get(name, 0) + len(inner.get(name, ())) - 1
        if total + more > most and name not in opened:
            closed[name] = groups[name]
        else:
            total += more
            queue.extend(inner.get(name, ()))
    return closed
