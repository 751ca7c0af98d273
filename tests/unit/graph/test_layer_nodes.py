"""Calls of layers as one node each, and what such a node says."""

import pytest
import torch
from tensorpad.graph.builder import build
from tensorpad.graph.model import WHOLE, Choice, Fold, Graph
from tensorpad.protocol.traces import TraceRecord

from tests.support.comparison import run
from tests.support.graph_models import accounted, assert_sound

TWO = """
import torch
data = torch.ones(4, 2)
net = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
hidden = net[0](data)
loss = net(data).sum() + hidden.mean()
loss.backward()
"""
DEEP = """
import torch
layers = [layer for _ in range(20) for layer in (torch.nn.Linear(8, 8), torch.nn.Tanh())]
loss = torch.nn.Sequential(*layers)(torch.randn(4, 8)).sum()
"""
KINDS = """
import torch
x = torch.ones(2, 3, 8, 8)
layers = torch.nn.Conv2d(3, 6, 3, padding=1), torch.nn.BatchNorm2d(6), torch.nn.Flatten(), torch.nn.LSTM(384, 4)
net = torch.nn.Sequential(*layers)
loss = net(x)[0].sum()
"""
OWN = """
import torch
class Scale(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.factor = torch.nn.Parameter(torch.ones(2))
    def forward(self, x):
        return (x * self.factor).exp()
loss = Scale()(torch.ones(2)).sum()
"""


def graph_of(trace: TraceRecord, choice: Choice = WHOLE) -> Graph:
    graph = build(trace, trace.graphs[-1], 400, choice)
    assert_sound(graph)
    return graph


def folds(source: str) -> tuple[Fold, ...]:
    return graph_of(run(source).trace).folded


def test_a_layer_is_one_node_with_its_parameters_and_what_goes_into_it_stays_beside_it() -> None:
    trace = run(TWO).trace
    graph = graph_of(trace)
    assert [fold.title for fold in graph.folded] == ["Linear 2 → 8", "Linear 2 → 8", "Linear 8 → 1"]
    net = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
    parts = {f"net.2.{part.name}": part.shape for part in graph.folded[-1].parts}
    assert parts == {name: tuple(value.shape) for name, value in net.named_parameters(prefix="net") if "net.2" in name}
    data = next(node for node in graph.nodes if node.names == ("data",))
    assert data.kind == "constant"
    # A weight that two calls use is in neither of them.
    shared = [node for node in graph.nodes if node.kind == "parameter"]
    assert {name for node in shared for name in node.names} == {"net.0.weight", "net.0.bias"}
    assert not any((node.function or "").startswith("TBackward") for node in graph.nodes)
    assert sorted(accounted(graph)) == sorted(node.id for node in graph_of(trace, Choice(layers=False)).nodes)


def test_the_node_of_a_layer_is_the_tensor_that_the_layer_gave() -> None:
    trace = run(TWO).trace
    graph = graph_of(trace)
    (node,) = [node for node in graph.nodes if node.kind == "folded" and "hidden" in node.names]
    tensor = next(tensor for tensor in trace.tensors if tensor.names == ("hidden",))
    assert (node.tensor, node.shape) == (tensor.id, (4, 8))
    fold = next(fold for fold in graph.folded if fold.id == node.id)
    made = [operation.id for operation in trace.operations if tensor.id in operation.outputs and operation.parent]
    assert fold.operations == tuple(made)


def test_equal_layers_one_after_another_are_counted() -> None:
    graph = graph_of(run(DEEP).trace)
    rounds = next(fold for fold in graph.folded if fold.kind == "repetition")
    assert (rounds.count, rounds.pattern) == (18, ("Linear 8 → 8", "tanh"))
    assert len(graph.nodes) < 10


def test_layers_are_called_by_the_features_that_they_change() -> None:
    assert [fold.title for fold in folds(KINDS)] == ["Conv2d 3 → 6", "BatchNorm2d", "LSTM 384 → 4"]


def test_a_module_of_the_program_shows_what_it_does() -> None:
    assert folds(OWN) == ()


def test_a_layer_is_opened_by_any_of_what_is_in_it_and_closed_with_what_is_around_it() -> None:
    trace = run(TWO).trace
    graph = graph_of(trace)
    last = graph.folded[-1]
    for member in last.members:
        opened = graph_of(trace, Choice(open=frozenset((member,))))
        assert last.members == tuple(node.id for node in opened.nodes if node.id in last.members)
    around = next(group for group in graph.groups if group.type == "torch.nn.Sequential")
    closed = graph_of(trace, Choice(closed=frozenset((around.id,))))
    assert [fold.title for fold in closed.folded if fold.type == "torch.nn.Sequential"] == ["Sequential"]


@pytest.mark.parametrize("source", [TWO, DEEP, KINDS, OWN])
def test_the_same_program_is_folded_in_the_same_way(source: str) -> None:
    trace = run(source).trace
    assert graph_of(trace) == graph_of(trace)
