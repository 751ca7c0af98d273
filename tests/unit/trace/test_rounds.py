"""With some rounds of each loop recorded, those are whole, and whatever is shown is what plain Python had there."""

from typing import Any

import pytest
from tensorpad.protocol.openings import OpeningInquiry, OpeningRecord
from tensorpad.protocol.records import TensorRecord
from tensorpad.protocol.steps import StepRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.comparison import plainly, run
from tests.support.trace_records import elements, tensor_named

LOOK = "[type(mode).__name__ for mode in torch.overrides._get_current_function_mode_stack()]"
TRAINING = """\
import torch
w = torch.ones(2, requires_grad=True)
kept = []
for number in range(120):
    loss = (w * 3 - number).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        for parameter in (w,):
            parameter -= 1e-3 * parameter.grad
    kept.append((loss.item(), w.tolist(), w.grad.tolist()))
    w.grad = None
print(loss, w)
"""
WHOLE = [0, 1, 9, 99]
"""The rounds of it that are recorded where two are asked for, counted from 0."""


def bound(step: StepRecord, name: str) -> str | None:
    """The text of the value that a step gave a name."""
    return next((binding.text for binding in step.bound if binding.name == name), None)


def heads(trace: TraceRecord, name: str = "number") -> dict[int, int]:
    """By the number of a round that is recorded, the step of the loop's head."""
    found: dict[int, int] = {}
    for index, step in enumerate(trace.steps):
        if (text := bound(step, name)) is not None and len(step.bound) == 1:
            found[int(text)] = index
    return found


def values_at(tensor: TensorRecord, step: int) -> tuple[float, ...]:
    """What a tensor held after a step."""
    versions = [version for version in tensor.history if version.step is not None and version.step <= step]
    return elements(versions[-1].values or tensor.values)


def plain(source: str) -> dict[str, Any]:
    """The names of a program that plain Python has run."""
    names: dict[str, Any] = {}
    exec(source, names)
    return names


def test_the_first_rounds_and_the_tenth_and_hundredth_are_recorded_whole() -> None:
    full, some = run(TRAINING).trace, run(TRAINING, rounds=2).trace
    begins = heads(some)
    assert [*begins] == WHOLE
    ever = heads(full)
    for number, begin in begins.items():
        length = ever[number + 1] - ever[number]
        whole = [(step.kind, step.span) for step in full.steps[ever[number] : ever[number + 1]]]
        assert [(step.kind, step.span) for step in some.steps[begin : begin + length]] == whole
    assert {part.what: part.limit for part in some.truncated} == {"rounds": 2}


def test_what_is_shown_at_a_recorded_round_is_what_plain_python_had() -> None:
    trace, kept = run(TRAINING, rounds=2).trace, plain(TRAINING)["kept"]
    w = tensor_named(trace, "w")
    for number, step in heads(trace).items():
        before = [1.0, 1.0] if number == 0 else kept[number - 1][1]
        assert values_at(w, step) == tuple(before), number
    losses = [binding.value for step in trace.steps for binding in step.bound if binding.name == "loss"]
    by_id = {tensor.id: tensor for tensor in trace.tensors}
    shown = [elements(by_id[key].values)[0] for key in dict.fromkeys(losses) if key is not None]
    # Those of the recorded rounds, and those that were there when recording went on, and at the end.
    assert shown == [kept[number][0] for number in (0, 1, 8, 9, 98, 99, 119)]


def test_numbers_are_kept_for_all_rounds() -> None:
    trace, kept = run(TRAINING, rounds=2).trace, plain(TRAINING)["kept"]
    (loss,) = [series for series in trace.series if series.name == "loss"]
    assert loss.values == pytest.approx([row[0] for row in kept])
    # The steps are those of the first values.
    assert [bound(trace.steps[step], "loss") is None and bool(trace.steps[step].bound) for step in loss.steps] == [True] * 2


def test_one_step_at_the_head_has_all_that_happened_meanwhile() -> None:
    body = "    x += 1\n    y = n * 2\n    if n == 20: z = 7\n"
    source = f"import torch\nx, y = torch.ones(2), 0\nfor n in range(30):\n{body}print(y)"
    course = run(source, rounds=2)
    assert course.printed == plainly(source)
    caught_up = [step for step in course.trace.steps if bound(step, "z")]
    (step,) = caught_up
    assert (bound(step, "n"), bound(step, "y"), bound(step, "z")) == ("29", "58", "7")
    assert step.span is not None
    assert (step.span.line, step.span.column) == (3, 4)
    index = course.trace.steps.index(step)
    assert values_at(tensor_named(course.trace, "x"), index) == (31.0, 31.0)
    assert values_at(tensor_named(course.trace, "x"), index - 1) == (11.0, 11.0)  # after the 10th round


def test_nothing_watches_in_a_round_that_is_left_out() -> None:
    source = f"import torch\nseen = []\nfor n in range(12):\n    seen.append(len({LOOK}))\nprint(seen, len({LOOK}))"
    assert run(source, rounds=3).printed == f"{[1, 1, 1, *[0] * 6, 1, 0, 0]} 1\n"


@pytest.mark.parametrize(
    ("loop", "last"),
    [
        ("for n in range(50):\n    x = x + 1\n    if n == 30: break", 30),
        ("n = 0\nwhile n < 40:\n    n += 1\n    x = x + 1", 40),
        ("for n in range(20):\n    x = x + 1\nelse:\n    n = 7", 7),
        ("def f(x):\n    for n in range(50):\n        x = x + 1\n        if n == 30:\n            return n\nn = f(x)", 30),
        ("try:\n    for n in range(50):\n        x = x + 1\n        1 / (30 - n)\nexcept ZeroDivisionError:\n    pass", 30),
        ("for n in range(50):\n    if n % 2: continue\n    x = x + 1", 49),
        ("for m in range(20):\n    for n in range(20):\n        x = x + m * n", 19),
        ("def f(n):\n    for _ in range(9):\n        if n: return f(n - 1)\n    return n\nn = f(20) + 3", 3),
        ("def f():\n    global n\n    n = n + 1\nn = 0\nfor _ in range(50): f()", 50),
        ("net = torch.nn.Linear(2, 2)\nfor n in range(15):\n    x = net(x)", 14),
    ],
    ids=["break", "while", "else", "return", "exception", "continue", "nested", "recursion", "global", "module"],
)
def test_recording_goes_on_however_a_loop_is_left(loop: str, last: int) -> None:
    source = f"import torch\nx = torch.ones(2)\n{loop}\nafter = x + n\nprint(after, n, {LOOK} == [])"
    course = run(source, rounds=3)
    assert course.printed == plainly(source).replace("True", "False")  # it is recorded again
    assert "x + n" in {operation.expression for operation in course.trace.operations}
    assert [text for step in course.trace.steps if step.scope == "" and (text := bound(step, "n"))][-1] == str(last)


def test_a_loop_in_a_function_binds_the_function_s_names_and_the_globals_apart() -> None:
    source = (
        "count = 0\ndef f():\n    global count\n    for i in range(20):\n        count += 1\n        square = i * i\n"
        "    return square\ny = f()"
    )
    trace = run(source, rounds=2).trace
    last = [step for step in trace.steps if bound(step, "i") == "19"][-1]
    assert (last.scope, bound(last, "square"), bound(last, "count")) == ("f", "361", None)
    before = trace.steps[trace.steps.index(last) - 1]
    assert (before.scope, bound(before, "count")) == ("", "20")


def test_a_loop_that_yields_is_recorded_as_ever() -> None:
    trace = run("def f():\n    for i in range(30):\n        yield i\nvalues = list(f())", rounds=2).trace
    assert [bound(step, "i") for step in trace.steps if step.scope == "f" and step.bound] == [str(i) for i in range(30)]


def test_an_error_in_a_round_that_is_left_out_has_its_place_and_traceback() -> None:
    source = "import torch\nfor n in range(30):\n    x = torch.ones(n + 1)\n    if n == 20:\n        y = x @ torch.ones(3)\n"
    course = run(source, rounds=2)
    error = course.cell.error
    assert error is not None
    assert error.traceback + "\n" == plainly(source)
    last = course.trace.steps[-1]
    assert last.kind == "error"
    assert last.span is not None
    assert last.span.line == 5
    assert bound(course.trace.steps[-2], "n") == "20"


def test_a_program_that_is_stopped_in_such_a_round_keeps_its_trace() -> None:
    course = run("import torch\nx = torch.ones(2)\nwhile True:\n    x = x + 1", rounds=2, timeout_s=0.3)
    assert course.trace.steps[-1].kind == "error"
    assert len(course.trace.operations) >= 3
    assert "x" in {variable.name for variable in course.trace.variables}


def test_a_question_about_such_a_run_finds_what_the_run_had() -> None:
    operation = run(TRAINING, rounds=2).trace.operations[-1]
    answer = run(TRAINING, rounds=2, inquiries=(OpeningInquiry(operation.id),)).trace.answers[0]
    assert isinstance(answer, OpeningRecord)
    assert (answer.name, answer.expression) == (operation.name, operation.expression)


def test_later_cells_are_recorded_from_their_first_rounds_on() -> None:
    cell = "for n in range(20):\n    y = n"
    trace = run(cell, cell, rounds=4).trace
    for index in range(2):
        own = [step for step in trace.steps if step.span is not None and step.span.cell == index]
        assert [text for step in own if len(step.bound) == 1 and (text := bound(step, "n"))] == ["0", "1", "2", "3", "9"]
