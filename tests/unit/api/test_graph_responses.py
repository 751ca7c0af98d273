"""Graphs as they are sent: everything that the page needs to fold, light up and explain."""

from msgspec.structs import replace
from tensorpad.api.graphs.response import drawn, outline
from tensorpad.graph.builder import build
from tensorpad.graph.folding import fold
from tensorpad.render.renderer import Picture

from tests.support.comparison import run

SOURCE = """
import torch
w = torch.tensor([1., 2.], requires_grad=True)
data = torch.tensor([3., 4.])
y = w * data
out = (y * y).sum() + y.sum()
out.backward()
"""


def test_edges_tell_tensors_and_their_shares_of_gradients() -> None:
    trace = run(SOURCE).trace
    body = drawn(build(trace, trace.graphs[-1], 400), Picture(None, "digraph {}"))
    nodes = {node.id: node for node in body.nodes}
    y = next(node for node in body.nodes if node.names == ("y",))
    constant = next(node for node in body.nodes if node.kind == "constant")
    assert (constant.names, constant.grad) == (("data",), None)
    assert (y.operation, y.call) == (trace.operations[2].id, "torch.Tensor.mul")
    shares = [edge for edge in body.edges if edge.source == y.id]
    assert {edge.tensor for edge in shares} == {y.tensor}
    assert [edge.gradient is not None for edge in shares] == [True] * 3
    assert all(nodes[edge.source].kind == "constant" for edge in body.edges if edge.gradient is None)
    assert (body.groups, body.folded, body.elided, body.like) == ((), (), 0, None)


def test_a_large_gradient_is_left_to_the_backward_pass() -> None:
    trace = run(SOURCE.replace("[1., 2.]", "[1.] * 101").replace("[3., 4.]", "[1.] * 101")).trace
    graph = build(trace, trace.graphs[-1], 400)
    body = drawn(graph, Picture(None, ""))
    sizes = {edge.source: edge.gradient for edge in body.edges}
    assert any(edge.gradient is not None for edge in graph.edges if edge.source.startswith("t"))
    assert all(gradient is None for source, gradient in sizes.items() if source.startswith("t"))


def test_what_is_sent_is_what_the_picture_shows() -> None:
    trace = run("import torch\nx = torch.ones(2, requires_grad=True)\nfor _ in range(20):\n    x = x * 2").trace
    graph = build(trace, trace.graphs[-1], 400)
    shown = fold(graph, 10)
    body = drawn(graph, replace(Picture(None, ""), shown=shown))
    assert [node.id for node in body.nodes] == [node.id for node in shown.nodes]
    (folded,) = body.folded
    assert (folded.kind, folded.count, len(folded.members), folded.pattern) == ("repetition", 18, 18, ("x * 2",))


def test_an_outline_has_the_structure_and_nothing_heavy() -> None:
    trace = run(SOURCE).trace
    graph = build(trace, trace.graphs[-1], 400)
    whole, light = drawn(graph, Picture("<svg/>", "digraph {}")), outline(graph, "g9")
    assert (light.svg, light.dot, light.like) == (None, None, "g9")
    assert any(node.value and node.grad for node in whole.nodes)
    assert light.nodes == tuple(replace(node, value=None, grad=None) for node in whole.nodes)
    assert any(edge.gradient for edge in whole.edges)
    assert light.edges == tuple(replace(edge, gradient=None) for edge in whole.edges)
