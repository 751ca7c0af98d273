"""A graph without its numbers: structure, shapes and functions alone."""

from msgspec.structs import replace

from tensorpad.graph.model import Graph


def without_values(graph: Graph) -> Graph:
    """`graph` without the values of its nodes and the gradients of nodes and edges."""
    nodes = tuple([replace(node, value=None, grad=None) for node in graph.nodes])
    edges = tuple([replace(edge, gradient=None) for edge in graph.edges])
    return replace(graph, nodes=nodes, edges=edges)
