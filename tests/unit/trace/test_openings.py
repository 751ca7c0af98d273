"""An operation opens into what torch did inside it, with the values that plain PyTorch gives for the same steps."""

from typing import Any

import pytest
import torch
from tensorpad.protocol.openings import InnerOperation, OpeningInquiry, OpeningRecord
from tensorpad.protocol.records import FullValues
from tensorpad.trace.forward.torch_functions import operator_name
from tensorpad.trace.inquiries import repeatable
from torch.nn import functional

from tests.support.comparison import run

PREAMBLE = """
import torch
import torch.nn.functional as F
x = torch.tensor([[1., 2., 3.], [0., -1., 4.]], requires_grad=True)
target = torch.tensor([2, 0])
w = torch.tensor([[1., 0., 2.], [3., 1., 1.]])
q = torch.arange(24.).view(1, 2, 3, 4) / 10
"""
x = torch.tensor([[1.0, 2.0, 3.0], [0.0, -1.0, 4.0]])
w = torch.tensor([[1.0, 0.0, 2.0], [3.0, 1.0, 1.0]])
q = torch.arange(24.0).view(1, 2, 3, 4) / 10


def opened(source: str, **options: Any) -> OpeningRecord:
    operation = run(PREAMBLE, source, **options).trace.operations[-1].id
    answer = run(PREAMBLE, source, inquiry=OpeningInquiry(operation), **options).answer
    assert isinstance(answer, OpeningRecord)
    return answer


def steps(opening: OpeningRecord) -> list[InnerOperation]:
    return [operation for operation in opening.operations if operation.parent is None]


def value(opening: OpeningRecord, place: int) -> torch.Tensor:
    values = opening.tensors[place].values
    assert isinstance(values, FullValues)
    return torch.tensor(values.data).view(values.shape)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("F.cross_entropy(x, target)", ["torch.log_softmax", "torch.nn.functional.nll_loss"]),
        ("F.linear(x, w, torch.ones(2))", ["torch.t", "torch.addmm"]),
        ("F.normalize(x)", ["torch.linalg.vector_norm", "torch.clamp_min", "torch.Tensor.expand_as", "torch.div"]),
        ("w[0] = 1", ["torch.select", "torch.fill_"]),
    ],
)
def test_an_operation_opens_into_what_it_is_made_of(source: str, names: list[str]) -> None:
    opening = opened(source)
    assert opening.reason is None
    assert opening.exact
    assert [step.name for step in steps(opening)] == names


def test_the_steps_of_cross_entropy_have_their_values_and_names_of_the_run() -> None:
    opening = opened("loss = F.cross_entropy(x, target)")
    softmax, loss = steps(opening)
    (log,), (out,) = softmax.outputs, loss.outputs
    assert torch.equal(value(opening, log), functional.log_softmax(x, 1))
    assert torch.equal(value(opening, out), functional.cross_entropy(x, torch.tensor([2, 0])))
    assert (opening.tensors[softmax.inputs[0]].label, opening.tensors[log].label) == ("t1", "v1")
    assert opening.tensors[log].tensor is None
    assert opening.tensors[out].tensor == run(PREAMBLE, "loss = F.cross_entropy(x, target)").trace.operations[-1].outputs[0]
    assert [(part.name, part.text) for part in softmax.arguments[:2]] == [("self", "t1"), ("dim", "1")]


def test_what_is_written_in_place_has_a_value_before_and_after() -> None:
    opening = opened("w[0] = 7")
    _, fill = steps(opening)
    assert fill.in_place
    assert torch.equal(value(opening, fill.inputs[0]), w[0])
    assert torch.equal(value(opening, fill.outputs[0]), torch.full((3,), 7.0))


def test_attention_in_one_kernel_opens_into_the_steps_that_give_the_same() -> None:
    opening = opened("F.scaled_dot_product_attention(q, q, q)")
    assert not opening.exact
    result = value(opening, steps(opening)[-1].outputs[0])
    assert torch.allclose(result, functional.scaled_dot_product_attention(q, q, q))
    scores, weighted = (step for step in steps(opening) if step.name == "torch.matmul")
    assert torch.allclose(value(opening, scores.outputs[0]), q @ q.transpose(-1, -2) / 2)
    assert torch.allclose(value(opening, weighted.inputs[0]), (q @ q.transpose(-1, -2) / 2).softmax(-1))


def test_random_numbers_are_those_of_the_run() -> None:
    opening = opened("y = F.dropout(x)", seed=5)
    trace = run(PREAMBLE, "y = F.dropout(x)", seed=5).trace
    (y,) = (tensor for tensor in trace.tensors if tensor.names == ("y",))
    assert opening.exact
    assert opening.tensors[steps(opening)[-1].outputs[0]].values == y.values


def test_what_lies_in_another_step_comes_after_it() -> None:
    opening = opened("F.triplet_margin_loss(x, w, x)")
    distance = next(place for place, one in enumerate(opening.operations) if one.name == "torch.pairwise_distance")
    inside = [one for one in opening.operations if one.parent == distance]
    assert [one.name for one in inside] == ["torch.sub", "torch.add", "torch.norm"]
    assert inside[-1].outputs == opening.operations[distance].outputs


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("x + 1", "one_step"),
        ("F.conv2d(torch.ones(1, 1, 4, 4), torch.ones(1, 1, 2, 2))", "one_step"),
        ("x.sum().backward()", "unsupported"),
    ],
)
def test_what_does_not_open_says_why(source: str, reason: str) -> None:
    opening = opened(source)
    assert (opening.reason, opening.operations) == (reason, ())


def test_what_has_more_elements_than_are_copied_does_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeatable, "ELEMENTS", 26)
    source = "y = torch.zeros(3, 3); z = F.normalize(torch.cat([y, y, y]))"
    assert opened(source).reason == "too_large"
    monkeypatch.setattr(repeatable, "ELEMENTS", 27)
    assert opened(source).reason is None


def test_an_operation_that_is_not_there_says_so() -> None:
    answer = run(PREAMBLE, inquiry=OpeningInquiry("op99")).answer
    assert isinstance(answer, OpeningRecord)
    assert answer.reason == "no_operation"


def test_a_module_has_its_inside_in_the_trace() -> None:
    source = "y = torch.nn.Linear(3, 2)(x)"
    call = next(one for one in run(PREAMBLE, source).trace.operations if one.name == "torch.nn.Linear")
    answer = run(PREAMBLE, source, inquiry=OpeningInquiry(call.id)).answer
    assert isinstance(answer, OpeningRecord)
    assert answer.reason == "in_trace"


def test_the_run_itself_is_as_it_would_be() -> None:
    source = "loss = F.cross_entropy(F.dropout(x), target)\nloss.backward()\nz = torch.rand(3)"
    plain = run(PREAMBLE, source).trace
    asked = run(PREAMBLE, source, inquiry=OpeningInquiry(plain.operations[-3].id)).trace
    assert [tensor.values for tensor in asked.tensors] == [tensor.values for tensor in plain.tensors]
    assert [operation.name for operation in asked.operations] == [operation.name for operation in plain.operations]


def test_names_of_operators_are_those_that_a_program_can_call() -> None:
    aten = torch.ops.aten
    overloads: list[Any] = [aten.add.Tensor, aten.nll_loss.default, aten.linalg_inv.default, aten.view.default]
    assert [operator_name(overload) for overload in overloads] == [
        "torch.add",
        "torch.nn.functional.nll_loss",
        "torch.linalg.inv",
        "torch.Tensor.view",
    ]
    assert operator_name(aten._softmax.default) is None
