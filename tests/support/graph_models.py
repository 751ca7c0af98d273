"""Graph models made without a program, and what must be true of every one."""

import random

from tensorpad.graph.model import Edge, Graph, Group, Node, NodeKind


def assert_sound(graph: Graph) -> None:
    """Ids are unique, edges and groups refer to what is there, and inputs come before their uses."""
    places = {node.id: place for place, node in enumerate(graph.nodes)}
    assert len(places) == len(graph.nodes)
    assert [edge.id for edge in graph.edges] == [f"e{number}" for number in range(1, len(graph.edges) + 1)]
    for edge in graph.edges:
        assert places[edge.source] < places[edge.target]
        assert edge.count >= 1
    groups: set[str | None] = {None}
    for group in graph.groups:
        assert group.parent in groups
        assert group.id not in groups
        groups.add(group.id)
    assert {node.group for node in graph.nodes} <= groups
    folded = [node for node in graph.nodes if node.kind in ("folded", "elided")]
    assert {fold.id for fold in graph.folded} == {node.id for node in folded}
    counts = {fold.id: len(fold.members) for fold in graph.folded}
    assert all(node.count == counts[node.id] for node in folded if node.kind == "folded")


def accounted(graph: Graph) -> list[str]:
    """The ids of all nodes, drawn or folded."""
    drawn = [node.id for node in graph.nodes if node.kind not in ("folded", "elided")]
    return drawn + [member for fold in graph.folded for member in fold.members]


def random_graph(source: random.Random, size: int) -> Graph:
    """A graph of `size` operations, partly in loops and modules, with leaves and constants; every node leads to the root."""
    groups = [Group("m1", "module", "a", "Block"), Group("m2", "module", "a.b", "Linear", parent="m1")]
    groups += [Group("m3", "module", "c", "Block")]
    nodes: list[Node] = []
    edges: list[Edge] = []
    used: set[str] = set()
    made: list[str] = []
    body = [source.choice("xyz") for _ in range(source.randrange(1, 6))]
    group: str | None = None
    for number in range(size):
        if source.random() < 0.1:
            group = source.choice([None, "m1", "m2", "m3"])
        name = f"f{number}"
        function = body[number % len(body)] if source.random() < 0.97 else source.choice("pqr")
        inputs = [made[-1]] if made else []
        if made and source.random() < 0.3:
            inputs.append(source.choice(made[-20:]))
        if not made or source.random() < 0.3:
            kind: NodeKind = source.choice(("leaf", "parameter", "constant"))
            inputs.append(f"t{source.randrange(1 + number // 2) if source.random() < 0.5 else number + size}")
            if inputs[-1] not in used:
                nodes.append(Node(inputs[-1], kind, inputs[-1], group=group))
        used.update(inputs)
        edges += [Edge("", one, name) for one in inputs]
        nodes.append(Node(name, "operation", function, function=function, group=group))
        made.append(name)
    nodes[-1] = Node(made[-1], "result", "out", function="out")
    numbered = tuple(Edge(f"e{number}", edge.source, edge.target) for number, edge in enumerate(edges, 1))
    return Graph("g1", made[-1], "out", False, tuple(nodes), numbered, 0, tuple(groups))
