"""Tensors that change places: what is told of the two objects, and that the program is left alone."""

from typing import Any

import pytest
import torch
from tensorpad.protocol.records import FullValues, TensorRecord
from tensorpad.trace.memory.tensors import Tensors

from tests.support.comparison import plainly, run, traced

BEGINNING = "x = torch.ones(2, requires_grad=True)\ny = x * 2\nz = torch.zeros(2)\ntorch.utils.swap_tensors(y, z)\n"


def tensors(source: str) -> dict[str, TensorRecord]:
    trace = run("import torch\n" + source).trace
    ids = {step.bound[0].name: step.bound[0].value for step in trace.steps if step.bound and step.bound[0].value}
    return {name: tensor for tensor in trace.tensors for name, value in ids.items() if value == tensor.id}


def test_each_object_is_what_the_other_was() -> None:
    known = tensors(BEGINNING)
    assert (known["y"].grad_fn, known["y"].is_leaf, known["y"].requires_grad) == (None, True, False)
    assert (known["z"].grad_fn, known["z"].is_leaf, known["z"].requires_grad) == ("MulBackward0", False, True)


def test_that_holds_of_one_that_is_gone() -> None:
    known = tensors(BEGINNING + "del y, z")
    assert (known["y"].grad_fn, known["y"].is_leaf, known["y"].requires_grad) == (None, True, False)
    assert (known["z"].grad_fn, known["z"].is_leaf, known["z"].requires_grad) == ("MulBackward0", False, True)


def test_a_backward_function_goes_with_its_tensor() -> None:
    trace = run("import torch\n" + BEGINNING + "z.sum().backward()").trace
    z = next(step.bound[0].value for step in trace.steps if step.bound and step.bound[0].name == "z")
    (backward,) = trace.backwards
    assert [run.tensor for run in backward.runs if run.name == "MulBackward0"] == [z]


def test_the_object_that_has_become_a_view_is_told_as_one() -> None:
    known = tensors("b = torch.arange(4.0)\nv = b[:2]\np = torch.zeros(2)\ntorch.utils.swap_tensors(v, p)\np += 1")
    assert (known["p"].view_of, known["v"].view_of) == (known["b"].id, None)
    assert known["p"].layout.storage == known["b"].layout.storage != known["v"].layout.storage
    values = known["b"].values
    assert isinstance(values, FullValues)
    assert values.data == (1.0, 2.0, 2.0, 3.0)


@pytest.mark.parametrize("refused", ["", "seen = weakref.ref(v)\n"])
def test_a_view_that_was_written_gets_its_function_no_earlier(refused: str) -> None:
    program = f"""
import torch, weakref
b = torch.ones(4, requires_grad=True) * 1
p = torch.zeros(2)
v = b[:2]
b.mul_(2)
{refused}try:
    torch.utils.swap_tensors(v, p)
except RuntimeError as error:
    print(error)
u = b * 3
print((p if p.requires_grad else v).grad_fn._sequence_nr() - u.grad_fn._sequence_nr())
"""
    assert traced(program) == plainly(program)


def test_a_fault_of_the_trace_does_not_reach_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("a fault")

    monkeypatch.setattr(Tensors, "exchange", fail)
    course = run("import torch\n" + BEGINNING + "after = y + 1")
    assert course.cell.error is None
    assert "after" in {variable.name for variable in course.trace.variables}
    assert [operation.expression for operation in course.trace.operations][-1] == "y + 1"


def test_what_a_program_puts_in_its_place_stays() -> None:
    utils: Any = torch.utils
    original = utils.swap_tensors
    try:
        course = run("import torch\ntorch.utils.swap_tensors = lambda *_: 'mine'", "torch.utils.swap_tensors(1, 2)")
    finally:
        utils.swap_tensors = original
    result = course.cells[1].result
    assert result is not None
    assert result.text == "'mine'"
