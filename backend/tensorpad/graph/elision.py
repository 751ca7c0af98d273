"""Leaving out the far part of a graph that is too large to draw."""

from msgspec.structs import replace

from tensorpad.graph import order
from tensorpad.graph.model import Edge, Graph, Node

REST = "rest"
"""Id of the node that stands for what is left out."""

_LEAVES = ("leaf", "parameter")


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
    count = sum(node.count for node in left_out)
    if REST not in nodes:
        count += graph.elided
    rest = Node(REST, "elided", "…", count=count)
    pairs: list[tuple[str, str]] = []
    joined: set[tuple[str, str]] = set()
    for edge in graph.edges:
        source = edge.source if edge.source in kept else REST
        target = edge.target if edge.target in kept else REST
        if source == target == REST:
            continue
        if REST in (source, target):
            if (source, target) in joined:
                continue
            joined.add((source, target))
        pairs.append((source, target))
    # Leaves that feed the rest come before it, so that nodes stay in forward order.
    feeding = {source for source, target in pairs if target == REST}
    shown = [node for node in graph.nodes if node.id in kept]
    first = [node for node in shown if node.id in feeding]
    then = [node for node in shown if node.id not in feeding]
    edges = tuple(Edge(f"e{number}", source, target) for number, (source, target) in enumerate(pairs, 1))
    return replace(graph, nodes=(*first, rest, *then), edges=edges, elided=count)


def _kept(root: str, nodes: dict[str, Node], producers: dict[str, list[str]], room: int) -> set[str]:
    """Ids of at most `room` nodes: each operation brings its leaves with it while there is room for them."""
    kept: set[str] = {root}
    for node_id in order.from_root(root, producers):
        if node_id in kept or nodes[node_id].kind in _LEAVES or node_id == REST:
            if node_id != root:
                continue
        elif len(kept) >= room:
            break
        else:
            kept.add(node_id)
        for producer in producers.get(node_id, ()):
            if nodes[producer].kind in _LEAVES and len(kept) < room:
                kept.add(producer)
    return kept
