"""Which leaves are drawn anew."""

from tensorpad.graph.model import Edge, Graph, Node
from tensorpad.render.layout import REACH, place


def chain(length: int, uses: list[int]) -> Graph:
    nodes = [Node("t1", "leaf", "w"), *(Node(f"f{number}", "operation", "op") for number in range(1, length + 1))]
    pairs = [(f"f{number}", f"f{number + 1}") for number in range(1, length)] + [("t1", f"f{use}") for use in uses]
    edges = tuple(Edge(f"e{number}", *pair) for number, pair in enumerate(pairs, 1))
    return Graph("g1", f"f{length}", "out", False, tuple(nodes), edges)


def test_uses_that_are_near_share_one_drawing() -> None:
    placed = place(chain(30, [1, 2, REACH]))
    assert placed.copies == {}
    assert placed.sources == {}


def test_far_uses_have_a_drawing_each() -> None:
    graph = chain(100, [1, 50, 100])
    placed = place(graph)
    assert placed.copies == {"t1": ("t1", "t1-2", "t1-3")}
    ends = {edge.target: placed.sources.get(edge.id, "t1") for edge in graph.edges if edge.source == "t1"}
    assert ends == {"f1": "t1", "f50": "t1-2", "f100": "t1-3"}


def test_edges_between_operations_stay() -> None:
    graph = chain(100, [1, 100])
    assert all(graph.edges[int(edge[1:]) - 1].source == "t1" for edge in place(graph).sources)
