"""The last step of a program that did not end: where it stopped, and what it had then."""

import pytest
from tensorpad.protocol.records import SummaryValues
from tensorpad.protocol.steps import StepRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.comparison import run
from tests.support.trace_records import elements

FUNCTION = "import torch\ndef f(t):\n    u = t * 2\n    return u @ torch.ones(3)"


def stopped(trace: TraceRecord) -> StepRecord:
    """The last step, which must say that the program stopped; no other may."""
    assert [step.kind for step in trace.steps].count("error") == 1
    assert trace.steps[-1].kind == "error"
    return trace.steps[-1]


def test_a_program_that_ends_has_no_such_step() -> None:
    assert all(step.kind != "error" for step in run("a = 1", "a + 1").trace.steps)


def test_an_exception_in_a_function_is_at_its_line_in_the_call() -> None:
    course = run(FUNCTION, "f(torch.ones(2))")
    last = stopped(course.trace)
    assert last.span is not None
    assert (last.span.cell, last.span.line, last.scope) == (0, 4, "f")
    (call,) = [step for step in course.trace.steps if step.kind == "call"]
    assert last.frame == call.frame
    error = course.cells[-1].error
    assert error is not None
    assert (error.cell, error.line) == (0, 4)


def test_an_exception_in_the_cell_itself_names_no_other_cell() -> None:
    error = run("a = 1", "a / 0").cells[-1].error
    assert error is not None
    assert (error.cell, error.line, error.refused) == (None, 1, False)


def test_what_the_failing_statement_wrote_is_the_last_steps() -> None:
    trace = run("import torch\nx = torch.ones(2)\ny = x.add_(1) @ torch.ones(3)").trace
    stopped(trace)
    (x,) = [tensor for tensor in trace.tensors if "x" in tensor.names]
    assert elements(x.values) == (2.0, 2.0)
    assert x.history[-1].step is not None


def test_a_large_local_tensor_is_known_where_the_program_stopped() -> None:
    trace = run("import torch\ndef f():\n    big = torch.ones(300, 300)\n    raise ValueError\nf()").trace
    stopped(trace)
    (big,) = [tensor for tensor in trace.tensors if tensor.layout.shape == (300, 300)]
    assert isinstance(big.values, SummaryValues)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a = 1\nimport sys\nsys.exit(3)", 3),
        ("a = 1\nraise KeyboardInterrupt", 2),
        ("def g():\n    yield 1\n    raise ValueError\nlist(g())", 3),
        ("class A:\n    def __call__(self):\n        return 1 / 0\nA()()", 3),
        ("[1 / n for n in (1, 0)]", 1),
    ],
)
def test_whatever_ends_a_cell_is_the_last_step(source: str, line: int) -> None:
    course = run("start = 0", source, "never = 1")
    span = stopped(course.trace).span
    assert span is not None
    assert (span.cell, span.line) == (1, line)
    assert len(course.cells) == 2


def test_only_a_refused_cell_is_called_that() -> None:
    refused, raised = run("a = (").cell.error, run("exec('a = (')").cell.error
    assert refused is not None
    assert raised is not None
    assert (refused.refused, raised.refused) == (True, False)


def test_the_deadline_is_the_last_step_in_the_function_that_it_met() -> None:
    trace = run("def f():\n    while True:\n        pass\nn = 1\nf()", timeout_s=0.2).trace
    last = stopped(trace)
    assert last.span is not None
    assert last.scope == "f"
    assert [variable.name for variable in trace.variables] == ["n"]


def test_it_has_room_in_a_full_timeline() -> None:
    trace = run("for i in range(20_000):\n    pass\n1 / 0").trace
    assert stopped(trace).span is not None
    assert [part.what for part in trace.truncated] == ["steps"]
