"""What a program does to the gradients of its leaves, beside what backward passes do."""

from typing import Any

import torch
from tensorpad.protocol.records import FullValues, TensorRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.comparison import run

CELL = """\
w = torch.ones(2, requires_grad=True)
(w * 3).sum().backward()
w.grad.mul_(2)
w.grad = None
(w * 5).sum().backward()
torch.optim.SGD([w], lr=1.0).zero_grad()
w.grad = torch.full((2,), 7.0)
"""


def leaf(trace: TraceRecord) -> TensorRecord:
    (found,) = [tensor for tensor in trace.tensors if tensor.names == ("w",)]
    return found


def lines(trace: TraceRecord, record: TensorRecord) -> list[int]:
    spans = [trace.steps[change.step].span for change in record.grad_changes]
    return [span.line for span in spans if span is not None]


def test_writes_clears_and_replacements_are_told_with_their_statement_and_value() -> None:
    trace = run(CELL).trace
    w = leaf(trace)
    assert lines(trace, w) == [3, 4, 6, 7]
    plain: Any = torch.ones(2, requires_grad=True)
    (plain * 3).sum().backward()
    doubled = tuple(plain.grad.mul_(2).tolist())
    found = [change.values and (isinstance(change.values, FullValues) and change.values.data) for change in w.grad_changes]
    assert found == [doubled, None, None, (7.0, 7.0)]


def test_what_the_engine_accumulates_is_no_change_of_the_program() -> None:
    trace = run("w = torch.ones(2, requires_grad=True)\nfor _ in range(3):\n    (w * w).sum().backward()").trace
    assert leaf(trace).grad_changes == ()


def test_a_gradient_that_is_cleared_in_the_statement_of_its_pass_is_told() -> None:
    cell = "w = torch.ones(2, requires_grad=True)\n[(w * w).sum().backward() for _ in range(2)]\n"
    trace = run(cell + "_ = ((w * w).sum().backward(), setattr(w, 'grad', None))").trace
    assert lines(trace, leaf(trace)) == [3]


def test_no_leaf_is_kept_alive() -> None:
    cell = "import weakref\nw = torch.ones(2, requires_grad=True)\nw.grad = torch.ones(2)\n"
    cell += "seen = weakref.ref(w)\ndel w\nprint(seen())"
    assert run(cell).printed == "None\n"
