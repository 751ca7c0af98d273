"""When the limits of the trace are full, recording ends for good, and the program goes on as if nobody had ever watched."""

from dataclasses import replace
from typing import Any

import pytest
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.series import rounds
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.bindings import Bindings

from tests.support.comparison import plainly, run
from tests.support.trace_records import elements, tensor_named

LIMITS = replace(Limits(), records=40, steps=120)
LOOK = "[type(mode).__name__ for mode in torch.overrides._get_current_function_mode_stack()]"
TRAINING = """\
import torch
w = torch.ones(2, requires_grad=True)
seen = []
for number in range({rounds}):
    loss = (w * number).exp().sum()
    loss.backward()
    with torch.no_grad():
        w -= 1e-3 * w.grad
        w.grad = None
    seen.append(torch.overrides._get_current_function_mode_stack() == [])
print(w, loss, seen[-1], torch.autograd.graph._engine_run_backward.__qualname__)
"""


def cut(trace: TraceRecord) -> set[str]:
    return {part.what for part in trace.truncated}


def test_nothing_watches_a_loop_any_more_and_it_prints_what_plain_python_prints() -> None:
    source = TRAINING.format(rounds=60)
    course = run(source, limits=LIMITS)
    assert course.printed == plainly(source)
    assert "True _engine_run_backward" in course.printed
    assert {"steps", "operations", "recording"} <= cut(course.trace)


def test_recording_does_not_end_before_the_limits_are_full() -> None:
    course = run(TRAINING.format(rounds=3), limits=LIMITS)
    assert "False" in course.printed
    assert cut(course.trace) == set()


def test_what_the_program_has_at_its_end_is_reported_all_the_same() -> None:
    trace = run(TRAINING.format(rounds=60), "last = w * 2\nlast.sum().backward()", limits=LIMITS).trace
    names: dict[str, object] = {}
    exec(TRAINING.format(rounds=60) + "last = w * 2\nlast.sum().backward()", names)
    for name in ("w", "loss", "last"):
        plain: Any = names[name]
        assert elements(tensor_named(trace, name).values) == tuple(plain.reshape(-1).tolist())
    assert elements(tensor_named(trace, "w").grad) == (2.0, 2.0)
    assert [graph.root_name for graph in trace.graphs][-1] in ("loss", "last")


def test_the_first_rounds_are_recorded_as_ever() -> None:
    short, long = (run(TRAINING.format(rounds=rounds), limits=LIMITS).trace for rounds in (3, 60))
    count = len(short.steps) - 1  # the last statement is another one
    assert [(step.kind, step.span) for step in long.steps[:count]] == [
        (step.kind, step.span) for step in short.steps[:count]
    ]
    assert len(long.steps) == LIMITS.steps


@pytest.mark.parametrize(
    "around",
    [
        "for number in range(300):\n    x = x + 1\nprint({look})",
        "def f(x):\n    for number in range(300):\n        x = x + 1\n    return x\nx = f(x)\nprint({look})",
        "with torch.overrides.BaseTorchFunctionMode():\n    for number in range(300):\n        x = x + 1\nprint({look})",
        "class Net(torch.nn.Module):\n    def forward(self, x):\n        return x + 1\nn = Net()\n"
        "for number in range(300):\n    x = n(x)\nprint({look})",
        "for number in range(300):\n    x = x + 1\nx.requires_grad_()\nfor number in range(50):\n"
        "    (x * 2).sum().backward()\nprint({look}, x.grad)",
    ],
    ids=["a_loop", "a_function", "a_mode_of_the_program", "a_module", "passes_after_a_long_chain"],
)
def test_recording_ends_wherever_the_limits_are_met(around: str) -> None:
    source = "import torch\nx = torch.zeros(2)\n" + around.format(look=LOOK)
    course = run(source, limits=LIMITS)
    assert course.printed == plainly(source)
    assert course.printed.startswith("[]")
    assert "recording" in cut(course.trace)


def test_recording_ends_after_a_pass_and_not_in_one() -> None:
    source = """\
import torch
x = torch.ones(2, requires_grad=True)
counts = []
def hook(gradient):
    counts.append(1)
    for _ in range(200):
        counts[0] += 1
        gradient = gradient * 1
    return gradient
y = x * 2
y.register_hook(hook)
y.sum().backward()
print(x.grad, counts)
for _ in range(200):
    z = x + 1
print(torch.overrides._get_current_function_mode_stack())
"""
    course = run(source, limits=LIMITS)
    assert course.printed == plainly(source)
    assert course.printed.endswith("[]\n")


def test_statements_are_not_reported_once_there_is_no_room_for_what_they_give(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = 0
    passed = Bindings.passed

    def counted(self: Bindings, index: int, /, *values: object) -> None:
        nonlocal calls
        calls += 1
        passed(self, index, *values)

    monkeypatch.setattr(Bindings, "passed", counted)
    limits = replace(LIMITS, series=1_000)
    course = run("total = 0\nfor number in range(10_000):\n    total += number\nprint(total)", limits=limits)
    assert course.printed == "49995000\n"
    assert limits.steps < calls <= limits.steps + 2 * rounds(limits) + 10
    assert cut(course.trace) == {"steps"}


def test_operations_after_a_long_loop_of_python_are_recorded() -> None:
    source = "import torch\ntotal = 0\nfor number in range(10_000):\n    total += number\nx = torch.ones(2) * total"
    trace = run(source, limits=LIMITS).trace
    assert "torch.ones(2) * total" in {operation.expression for operation in trace.operations}


def test_an_error_after_the_end_of_recording_has_its_place() -> None:
    course = run(TRAINING.format(rounds=60), "y = w\ny @ torch.ones(3)", limits=LIMITS)
    error = course.cells[-1].error
    assert error is not None
    assert (error.line, error.column) == (2, 0)
    assert course.trace.steps[-1].kind == "error"
