"""Leaving out the far part of a graph that is too large to draw."""

from msgspec.structs import replace

from tensorpad.graph import order
from tensorpad.graph.contraction import without_empty_groups
from tensorpad.graph.model import INPUTS, Edge, Fold, Graph, Node

REST = "rest"
"""Id of the node that stands for what is left out."""


def elide(graph: Graph, drawn_nodes: int) -> Graph:
    """`graph` with at most `drawn_nodes` nodes: those nearest the root with their leaves, and one node for the rest.

    An operation is kept only if everything that uses it is, so the node for the rest never lies on a cycle.
    """
    drawn_nodes = max(drawn_nodes, 2)
    if len(graph.nodes) <= drawn_nodes:
        return graph
    nodes = {node.id: node for node in graph.nodes}
    producers: dict[str, list[str]] = {}
    for edge in graph.edges:
        producers.setdefault(edge.target, []).append(edge.source)
    kept = _kept(graph.root, nodes, producers, drawn_nodes - 1)

    left_out = [node for node in graph.nodes if node.id not in kept]
    earlier = {fold.id: fold for fold in graph.folded}
    members: list[str] = []
    for node in left_out:
        fold = earlier.pop(node.id, None)
        if fold is not None:
            members += fold.members
        elif node.id != REST:
            members.append(node.id)
    before = {fold.id: len(fold.members) for fold in graph.folded}
    # What an earlier elision left out is among the members again; what was never recorded is no member of anything.
    count = len(members) + graph.elided - before.get(REST, 0)
    folded = (*earlier.values(), Fold(REST, "rest", "…", count, tuple(members)))
    rest = Node(REST, "elided", "…", count=count)
    counts: dict[tuple[str, str], int] = {}
    edges: list[Edge] = []
    for edge in graph.edges:
        pair = (edge.source if edge.source in kept else REST, edge.target if edge.target in kept else REST)
        if pair[0] == pair[1] == REST:
            continue
        if REST not in pair:
            edges.append(edge)
            continue
        if pair not in counts:
            edges.append(Edge("", *pair))
        counts[pair] = counts.get(pair, 0) + edge.count
    # Inputs that feed the rest come before it, so that nodes stay in forward order.
    feeding = {edge.source for edge in edges if edge.target == REST}
    shown = [node for node in graph.nodes if node.id in kept]
    first = [node for node in shown if node.id in feeding]
    then = [node for node in shown if node.id not in feeding]
    numbered = (
        replace(edge, id=f"e{number}", count=counts.get((edge.source, edge.target), edge.count))
        for number, edge in enumerate(edges, 1)
    )
    return without_empty_groups(
        replace(graph, nodes=(*first, rest, *then), edges=tuple(numbered), elided=count, folded=folded)
    )


def _kept(root: str, nodes: dict[str, Node], producers: dict[str, list[str]], room: int) -> set[str]:
    """Ids of at most `room` nodes: each operation brings its leaves with it while there is room for them."""
    kept: set[str] = {root}
    for node_id in order.from_root(root, producers):
        if node_id in kept or nodes[node_id].kind in INPUTS or node_id == REST:
            if node_id != root:
                continue
        elif len(kept) >= room:
            break
        else:
            kept.add(node_id)
        for producer in producers.get(node_id, ()):
            if nodes[producer].kind in INPUTS and len(kept) < room:
                kept.add(producer)
    return kept
