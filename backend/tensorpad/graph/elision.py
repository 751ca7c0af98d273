"""Leaves out the part of a graph that is too far from the root, and edges that are too many, to be drawn."""

from collections.abc import Container

from msgspec.structs import replace

from tensorpad.graph import order
from tensorpad.graph.contraction import merged, without_empty_groups
from tensorpad.graph.model import INPUTS, Edge, Fold, Graph, Node

REST = "rest"
"""Id of the node that stands for what is left out."""


def elide(graph: Graph, drawn_nodes: int) -> Graph:
    """`graph` with at most `drawn_nodes` nodes: those nearest the root with their leaves, and one node for the rest.

    An operation is kept only if everything that uses it is, so the node for the rest is never part of a cycle.
    """
    drawn_nodes = max(drawn_nodes, 2)
    if len(graph.nodes) <= drawn_nodes:
        return graph
    nodes = {node.id: node for node in graph.nodes}
    producers: dict[str, list[str]] = {}
    for edge in graph.edges:
        producers.setdefault(edge.target, []).append(edge.source)
    kept = _kept(graph.root, nodes, producers, drawn_nodes - 1)
    rest, fold, folded = _rest(graph, kept)
    edges = merged(graph.edges, {name: REST for name in nodes if name not in kept})
    # Inputs of the rest come before it, so that nodes stay in forward order.
    feeding = {edge.source for edge in edges if edge.target == REST}
    shown = [node for node in graph.nodes if node.id in kept]
    first = [node for node in shown if node.id in feeding]
    then = [node for node in shown if node.id not in feeding]
    return without_empty_groups(
        replace(graph, nodes=(*first, rest, *then), edges=edges, elided=fold.count, folded=(*folded, fold))
    )


def _rest(graph: Graph, kept: Container[str]) -> tuple[Node, Fold, list[Fold]]:
    """The node for all that is not kept, what it stands for, and the folds of the nodes that are kept."""
    earlier = {fold.id: fold for fold in graph.folded}
    # What an earlier elision left out is among its members. Functions that were never recorded are members of nothing.
    unrecorded = graph.elided - (len(earlier[REST].members) if REST in earlier else 0)
    members: list[str] = []
    for node in graph.nodes:
        if node.id not in kept:
            fold = earlier.pop(node.id, None)
            members += fold.members if fold is not None else (node.id,)
    count = len(members) + unrecorded
    return Node(REST, "elided", "…", count=count), Fold(REST, "rest", "…", count, tuple(members)), [*earlier.values()]


def thinned(graph: Graph, most: int) -> Graph:
    """`graph` with at most `most` edges: parallel ones become one, and if that is not enough the last are left out."""
    if len(graph.edges) <= most:
        return graph
    counts: dict[tuple[str, str], int] = {}
    for edge in graph.edges:
        ends = (edge.source, edge.target)
        counts[ends] = counts.get(ends, 0) + edge.count
    pairs = list(counts.items())[:most]
    edges = tuple(Edge(f"e{number}", *ends, count=count) for number, (ends, count) in enumerate(pairs, 1))
    return replace(graph, edges=edges)


def _kept(root: str, nodes: dict[str, Node], producers: dict[str, list[str]], room: int) -> set[str]:
    """Ids of at most `room` nodes: each operation brings its leaves with it while there is room for them."""
    kept: set[str] = {root}
    for node_id in order.from_root(root, producers):
        if node_id != root:
            if node_id in kept or nodes[node_id].kind in INPUTS or node_id == REST:
                continue
            if len(kept) >= room:
                break
            kept.add(node_id)
        for producer in producers.get(node_id, ()):
            if nodes[producer].kind in INPUTS and len(kept) < room:
                kept.add(producer)
    return kept
