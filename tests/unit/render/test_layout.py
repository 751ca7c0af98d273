"""Which nodes are drawn anew."""

from msgspec.structs import replace
from tensorpad.graph.model import Edge, Graph, Node
from tensorpad.render.layout import FAR, REACH, arrange


def chain(length: int, uses: list[int]) -> Graph:
    nodes = [Node("t1", "leaf", "w"), *(Node(f"f{number}", "operation", "op") for number in range(1, length + 1))]
    pairs = [(f"f{number}", f"f{number + 1}") for number in range(1, length)] + [("t1", f"f{use}") for use in uses]
    edges = tuple(Edge(f"e{number}", *pair) for number, pair in enumerate(pairs, 1))
    return Graph("g1", f"f{length}", "out", False, tuple(nodes), edges)


def test_uses_that_are_near_share_one_drawing() -> None:
    placed = arrange(chain(30, [1, 2, REACH]))
    assert placed.copies == {}
    assert placed.sources == {}


def test_far_uses_have_a_drawing_each() -> None:
    graph = chain(100, [1, 50, 100])
    placed = arrange(graph)
    assert placed.copies == {"t1": ("t1", "t1-2", "t1-3")}
    ends = {edge.target: placed.sources.get(edge.id, "t1") for edge in graph.edges if edge.source == "t1"}
    assert ends == {"f1": "t1", "f50": "t1-2", "f100": "t1-3"}


def test_an_operation_that_is_used_far_away_is_referred_to_there() -> None:
    graph = chain(100, [1])
    skip = (Edge("e200", "f1", "f3"), Edge("e201", "f1", "f60"), Edge("e202", "f1", "f62"), Edge("e203", "f1", "f90"))
    placed = arrange(replace(graph, edges=(*graph.edges, *skip)))
    assert placed.copies == {"f1": ("f1", "f1-2", "f1-3")}
    assert placed.sources == {"e201": "f1-2", "e202": "f1-2", "e203": "f1-3"}


def test_no_edge_between_operations_is_long() -> None:
    graph = chain(300, [1])
    back = tuple(Edge(f"e{1000 + use}", f"f{use // 7 + 1}", f"f{use}") for use in range(20, 301))
    graph = replace(graph, edges=(*graph.edges, *back))
    sources = arrange(graph).sources
    ranks = {f"f{number}": number for number in range(1, 301)}
    joined = [edge for edge in graph.edges if edge.id not in sources and edge.source in ranks]
    assert max(ranks[edge.target] - ranks[edge.source] for edge in joined) < FAR
    assert len(sources) > 200


def test_a_drawing_is_in_the_group_of_its_uses() -> None:
    graph = chain(100, [1, 50, 52, 100])
    groups = {"f50": "m1", "f52": "m1", "f100": "m2"}
    nodes = tuple(replace(node, group=groups.get(node.id)) for node in graph.nodes)
    placed = arrange(replace(graph, nodes=nodes))
    assert placed.groups == {"t1-2": "m1", "t1-3": "m2"}
