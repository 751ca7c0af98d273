"""The gradients that `torch.autograd.grad` gives are the outputs of its operation, as plain torch gives them."""

from typing import Any

import pytest
import torch
from tensorpad.protocol.records import FullValues
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.comparison import run

LEAVES = """
import torch
x = torch.tensor([1.0, 2.0], requires_grad=True)
w = torch.tensor([3.0, 4.0], requires_grad=True)
"""
CALLS = {
    "one": ("y = (x * x).sum()\ng, = torch.autograd.grad(y, x)", ["g"]),
    "several": ("y = (x * w).exp().sum()\ng, k = torch.autograd.grad(y, [x, w])", ["g", "k"]),
    "by_a_tensor_between": ("m = x * w\ny = (m * m).sum()\ng, = torch.autograd.grad(y, m)", ["g"]),
    "unused": ("y = (x * x).sum()\ng, n = torch.autograd.grad(y, [x, w], allow_unused=True)", ["g"]),
    "unused_made_zeros": ("y = x.sum()\ng, k = torch.autograd.grad(y, [x, w], materialize_grads=True)", ["g", "k"]),
    "with_a_graph": ("y = (x**3).sum()\ng, = torch.autograd.grad(y, x, create_graph=True)", ["g"]),
    "batched": ("y = x * w\ng, = torch.autograd.grad(y, x, torch.eye(2), is_grads_batched=True)", ["g"]),
}


def full(tensor: Any) -> FullValues:
    return FullValues(tuple(tensor.shape), tuple(tensor.flatten().tolist()), single=tensor.dtype == torch.float32)


def gradient_calls(trace: TraceRecord) -> list[OperationRecord]:
    return [operation for operation in trace.operations if operation.name == "torch.autograd.grad"]


@pytest.mark.parametrize(("source", "names"), CALLS.values(), ids=CALLS.keys())
def test_gradients_are_outputs_with_their_names_and_values(source: str, names: list[str]) -> None:
    plain: dict[str, Any] = {}
    exec(LEAVES + source, plain)
    trace = run(LEAVES + source).trace
    tensors = {tensor.id: tensor for tensor in trace.tensors}
    (call,) = gradient_calls(trace)
    assert call.expression == source.rpartition(" = ")[2]
    made = [tensors[output] for output in call.outputs]
    assert [tensor.names for tensor in made] == [(name,) for name in names]
    for tensor, shape in zip(made, call.output_shapes, strict=True):
        expected = plain[tensor.names[0]]
        assert tensor.values == full(expected)
        assert (shape, tensor.requires_grad) == (tuple(expected.shape), expected.requires_grad)
        assert tensor.grad_fn == (type(expected.grad_fn).__name__ if expected.grad_fn is not None else None)


def test_gradients_are_made_in_a_step_after_the_functions_that_the_engine_ran() -> None:
    trace = run(LEAVES + "y = (x * x).sum()\ng, = torch.autograd.grad(y, x)").trace
    (call,) = gradient_calls(trace)
    place = next(place for place, step in enumerate(trace.steps) if step.ref == call.id)
    assert [step.kind for step in trace.steps[place - 3 : place]] == ["backward", "function", "function"]
    assert call.outputs == tuple(change.id for change in trace.steps[place].changed)
    assert [(name.name, name.value) for name in trace.steps[place + 1].bound] == [("g", call.outputs[0])]


def test_a_gradient_that_was_given_is_told_as_the_same_tensor() -> None:
    trace = run(LEAVES + "v = torch.ones(2)\ng, k = torch.autograd.grad(x + w, (x, w), v)").trace
    (call,) = gradient_calls(trace)
    plain: dict[str, Any] = {}
    exec(LEAVES + "v = torch.ones(2)\ng, k = torch.autograd.grad(x + w, (x, w), v)", plain)
    expected = ["same" if plain[name] is plain["v"] else "new" for name in ("g", "k")]
    assert [memory.kind for memory in call.memory] == expected


def test_the_graph_of_a_gradient_names_the_call_that_made_it() -> None:
    trace = run(LEAVES + "y = (x**3).sum()\ng, = torch.autograd.grad(y, x, create_graph=True)\ng.sum().backward()").trace
    (call,) = gradient_calls(trace)
    root = next(function for graph in trace.graphs for function in graph.functions if function.tensor == call.outputs[0])
    assert root.operation == call.id


def _square(a: torch.Tensor) -> torch.Tensor:
    return a**2


def test_functional_derivatives_list_what_each_call_gave() -> None:
    trace = run(LEAVES + "j = torch.autograd.functional.jacobian(lambda a: a**2, x)").trace
    calls = gradient_calls(trace)
    tensors = {tensor.id: tensor for tensor in trace.tensors}
    rows = [tensors[output].values for call in calls for output in call.outputs]
    x = torch.tensor([1.0, 2.0])
    functional: Any = torch.autograd.functional
    expected = functional.jacobian(_square, x)
    assert rows == [full(row) for row in expected]
    (result,) = [tensor for tensor in trace.tensors if tensor.names == ("j",)]
    assert result.values == full(expected)
