"""Makes one node of several, and never a cycle.

Operations are in forward order. If neighbours in that order become one node, each edge still goes from an earlier node to a
later one. So only such stretches are folded, together with the inputs that nothing else uses.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tensorpad.graph import order
from tensorpad.graph.model import INPUTS, Edge, Fold, Graph, Node


class Stretch(Struct, frozen=True, gc=False):
    """Operations next to each other (`hidden`, in forward order), and the node that stands for them.

    `fold` has no members yet; they are gathered here. With `inputs`, `hidden` are inputs, and nothing goes with them. Inputs
    in `beside` stay, though nothing else uses them.
    """

    node: Node
    fold: Fold
    hidden: Sequence[str]
    inputs: bool = False
    beside: frozenset[str] = frozenset()


def operations(graph: Graph) -> list[Node]:
    """The nodes that are no inputs, in forward order. A stretch is a piece of this list."""
    return [node for node in graph.nodes if node.kind not in INPUTS]


def contract(graph: Graph, stretches: Iterable[Stretch]) -> Graph:
    """`graph` with a node for each stretch in place of what it hides."""
    into: dict[str, str] = {}
    folds: dict[str, Stretch] = {}
    for stretch in stretches:
        folds[stretch.node.id] = stretch
        into.update(dict.fromkeys(stretch.hidden, stretch.node.id))
    if not folds:
        return graph
    _with_inputs(graph, into, folds)
    earlier = {fold.id: fold for fold in graph.folded}
    members: dict[str, list[str]] = {name: [] for name in folds}
    nodes: dict[str, Node] = {}
    for node in graph.nodes:
        name = into.get(node.id, node.id)
        nodes.setdefault(name, folds[name].node if name in folds else node)
        if name in folds:
            folded = earlier.pop(node.id, None)
            members[name] += folded.members if folded else (node.id,)
    made = (replace(stretch.fold, members=tuple(members[name])) for name, stretch in folds.items())
    edges = merged(graph.edges, into)
    arranged = order.forward(nodes, [(edge.source, edge.target) for edge in edges], _times(graph, into, edges))
    counted = {name: replace(stretch.node, count=len(members[name])) for name, stretch in folds.items()}
    return without_empty_groups(
        replace(
            graph,
            nodes=tuple([counted.get(name, nodes[name]) for name in arranged]),
            edges=edges,
            folded=(*earlier.values(), *made),
        )
    )


def _times(graph: Graph, into: Mapping[str, str], edges: Iterable[Edge]) -> dict[str, int]:
    """Times for `order.forward`: operations keep their order, an input comes right before its first use."""
    times: dict[str, int] = {}
    inputs: set[str] = set()
    for index, node in enumerate(graph.nodes):
        if node.kind in INPUTS:
            inputs.add(into.get(node.id, node.id))
        else:
            times.setdefault(into.get(node.id, node.id), index)
    first: dict[str, int] = {}
    for edge in edges:
        if edge.source in inputs and edge.source not in times and edge.target in times:
            time = times[edge.target]
            first[edge.source] = min(first.get(edge.source, time), time)
    return times | first


def _with_inputs(graph: Graph, into: dict[str, str], folds: Mapping[str, Stretch]) -> None:
    """Hide inputs that only one stretch uses."""
    users: dict[str, str | None] = {}
    kinds = {node.id: node.kind for node in graph.nodes}
    for edge in graph.edges:
        if kinds[edge.source] in INPUTS and edge.source not in into:
            user = into.get(edge.target)
            users[edge.source] = user if users.get(edge.source, user) == user else None
    for name, user in users.items():
        if user is not None and name != graph.root and not folds[user].inputs and name not in folds[user].beside:
            into[name] = user


def merged(edges: Iterable[Edge], into: Mapping[str, str]) -> tuple[Edge, ...]:
    """The edges after each node in `into` has become part of another: those with the same new ends are one."""
    counts: dict[tuple[str, str], int] = {}
    kept: list[Edge] = []
    for edge in edges:
        source, target = into.get(edge.source, edge.source), into.get(edge.target, edge.target)
        if edge.source not in into and edge.target not in into:
            kept.append(edge)
        elif source != target:
            if (source, target) not in counts:
                kept.append(replace(edge, id="", source=source, target=target))
            counts[source, target] = counts.get((source, target), 0) + edge.count
    return tuple(_counted(edge, f"e{number}", counts) for number, edge in enumerate(kept, 1))


def _counted(edge: Edge, name: str, counts: Mapping[tuple[str, str], int]) -> Edge:
    count = counts.get((edge.source, edge.target), edge.count)
    return replace(edge, id=name) if count == 1 else Edge(name, edge.source, edge.target, count=count)


def without_empty_groups(graph: Graph) -> Graph:
    """`graph` without groups in which nothing is left."""
    parents = {group.id: group.parent for group in graph.groups}
    held: set[str] = set()
    for node in graph.nodes:
        group = node.group
        while group is not None and group not in held:
            held.add(group)
            group = parents.get(group)
    return replace(graph, groups=tuple(group for group in graph.groups if group.id in held))
