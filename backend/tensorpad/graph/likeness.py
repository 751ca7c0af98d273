"""Which graphs of a run have the same structure: a training loop makes one like the other in each round."""

from collections.abc import Hashable, Sequence

from tensorpad.graph.model import Graph


def later(graphs: Sequence[Graph]) -> dict[str, str]:
    """For each graph that a later one is like, the last of those."""
    last: dict[Hashable, str] = {}
    like: dict[str, str] = {}
    for graph in reversed(graphs):
        latest = last.setdefault(_structure(graph), graph.id)
        if latest != graph.id:
            like[graph.id] = latest
    return like


def _structure(graph: Graph) -> Hashable:
    """What is the same for graphs that the same source made: kinds, functions, shapes, and what is joined to what."""
    indices = {node.id: index for index, node in enumerate(graph.nodes)}
    nodes = tuple((node.kind, node.function, node.span, node.shape, node.count) for node in graph.nodes)
    return graph.root_name, nodes, tuple((indices[edge.source], indices[edge.target]) for edge in graph.edges)
