"""Graph models of real programs: constants, the gradients on edges, loops, and what a graph of 10,000 operations becomes."""

from typing import Any

import torch
from tensorpad.graph.builder import build
from tensorpad.graph.model import WHOLE, Choice, Graph
from tensorpad.protocol.limits import Limits

from tests.support.autograd_records import values_of
from tests.support.comparison import run
from tests.support.graph_models import accounted, assert_sound


def last_graph(source: str, choice: Choice = WHOLE) -> Graph:
    trace = run(source).trace
    graph = build(trace, trace.graphs[-1], Limits().drawn_nodes, choice)
    assert_sound(graph)
    return graph


def test_a_tensor_without_gradient_is_a_constant_of_the_operation_that_used_it() -> None:
    graph = last_graph(
        "import torch\nw = torch.ones(2, requires_grad=True)\ndata = torch.tensor([2., 3.])\nout = (w * data + 1).sum()"
    )
    (constant,) = [node for node in graph.nodes if node.kind == "constant"]
    assert (constant.label, constant.shape) == ("data", (2,))
    assert constant.value == values_of(torch.tensor([2.0, 3.0]))
    (edge,) = [edge for edge in graph.edges if edge.source == constant.id]
    product = next(node for node in graph.nodes if node.id == edge.target)
    assert product.expression == "w * data"
    assert edge.tensor == constant.id
    added = next(node for node in graph.nodes if node.expression == "w * data + 1")
    assert "1" in " ".join(added.arguments)


def test_a_leaf_without_a_name_is_called_by_its_source_and_a_parameter_by_its_id() -> None:
    graph = last_graph("import torch\nout = (torch.ones(2, requires_grad=True) * 2).sum()")
    assert [node.label for node in graph.nodes if node.kind == "leaf"] == ["torch.ones(2, requires_grad=True)"]
    graph = last_graph("import torch\nx = torch.ones(2, requires_grad=True)\nout = (x * 2).sum()\nx = None")
    assert [node.label for node in graph.nodes if node.kind == "leaf"] == ["torch.ones(2, requires_grad=True)"]
    graph = last_graph("import torch\nout = torch.nn.Linear(2, 2)(torch.ones(2)).sum()", Choice(layers=False))
    parameters = [node for node in graph.nodes if node.kind == "parameter"]
    assert [node.label == node.tensor for node in parameters] == [True, True]


def test_a_constant_that_is_written_in_place_keeps_the_source_that_made_it() -> None:
    graph = last_graph(
        "import torch\nw = torch.ones(3, requires_grad=True)\nx = torch.ones(3)\nout = (w + x).sum()\nx[0] = 5\nx.add_(1)"
    )
    (constant,) = [node for node in graph.nodes if node.kind == "constant"]
    assert (constant.expression, constant.span and constant.span.line) == ("torch.ones(3)", 3)


def test_each_edge_tells_its_share_of_the_gradient() -> None:
    graph = last_graph(
        "import torch\nx = torch.tensor([1., 2.], requires_grad=True)\ny = x * 3\nout = (y * y + y.exp()).sum()\n"
        "out.backward()"
    )
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 3
    y.retain_grad()
    loss: Any = (y * y + y.exp()).sum()
    loss.backward()
    node = next(node for node in graph.nodes if node.names == ("y",))
    shares = [edge.gradient for edge in graph.edges if edge.source == node.id]
    value = y.detach()
    assert sorted(map(str, shares)) == sorted(map(str, (values_of(value), values_of(value), values_of(value.exp()))))
    assert node.grad == values_of(y.grad)
    assert {edge.tensor for edge in graph.edges if edge.source == node.id} == {node.tensor}


def test_without_a_backward_pass_edges_have_no_gradient() -> None:
    graph = last_graph("import torch\nx = torch.ones(2, requires_grad=True)\nout = (x * x).sum()")
    assert all(edge.gradient is None for edge in graph.edges)


def test_a_loop_in_a_program_is_folded_with_what_it_used() -> None:
    graph = last_graph(
        "import torch\nW = torch.eye(2, requires_grad=True)\nh = torch.ones(1, 2)\nxs = torch.ones(200, 2)\n"
        "for step in range(200):\n    x = xs[step]\n    h = torch.tanh(h @ W + x)\nout = h.sum()"
    )
    repeated = next(fold for fold in graph.folded if fold.kind == "repetition")
    assert repeated.count == 198
    assert "torch.tanh(h @ W + x)" in repeated.pattern
    assert graph.nodes[-1].label == "out"
    assert len(graph.nodes) < 20


def test_every_recorded_function_is_drawn_or_folded() -> None:
    source = "import torch\nx = torch.ones(2, requires_grad=True)\ny = x\nfor _ in range(10_000):\n    y = y * 1.0001"
    trace = run(source).trace
    (record,) = trace.graphs
    graph = build(trace, record, 400)
    assert_sound(graph)
    shown = set(accounted(graph))
    leaves = {function.id for function in record.functions if function.name.endswith("AccumulateGrad")}
    assert {function.id for function in record.functions} - leaves <= shown
    elided = sum(node.count for node in graph.nodes if node.kind == "elided")
    assert len(record.functions) + elided == 10_001
    assert len(graph.nodes) < 10


def test_data_that_is_made_to_require_a_gradient_later_is_a_constant_of_the_graph_before() -> None:
    cell = (
        "import torch\nw = torch.ones(2, requires_grad=True)\nx = torch.ones(2)\nout = (w * x).sum()\nx.requires_grad_()\n"
    )
    assert [node.kind for node in last_graph(cell).nodes if node.label == "x"] == ["constant"]
