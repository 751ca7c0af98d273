"""Cells with a notebook's lines, run as the worker runs them."""

import re

import pytest
import torch
from tensorpad.sandbox.measuring import duration

from tests.support.comparison import Course, run


def notes(course: Course) -> list[tuple[str, str, int]]:
    return [(note.kind, note.text, note.span.line) for note in course.trace.notes if note.span is not None]


def texts(course: Course) -> list[str | None]:
    return [cell.result.text if cell.result else None for cell in course.cells]


def test_lines_that_mean_nothing_here_are_passed_over_and_noted() -> None:
    course = run(
        "%matplotlib inline\n!pip install torch nosuchpackage\nif True:\n    !ls\nx = 3\nx", "%cd data\n%%bash", "x"
    )
    assert texts(course) == ["3", None, "3"]
    assert notes(course) == [
        ("ignored", "%matplotlib inline", 1),
        ("uninstalled", "nosuchpackage", 2),
        ("skipped", "!ls", 4),
    ]
    assert course.cells[1].error is not None, "a cell's magic is at its top, or Python refuses it"


@pytest.mark.parametrize(
    ("cells", "text", "spans"),
    [
        (("import torch\n%time y = torch.ones(2) * 2\ny",), "tensor([2., 2.])", [(2, 10, 23), (2, 10, 27)]),
        (("import torch\nx = torch.ones(2)", "%time x.sum()"), "tensor(2.)", [(2, 4, 17), (1, 6, 13)]),
        (("%%time\nimport torch\ntorch.ones(2).sum()",), "tensor(2.)", [(3, 0, 13), (3, 0, 19)]),
        (("import torch\n%time for i in range(2): y = torch.ones(i)\ny",), "tensor([1.])", [(2, 29, 42), (2, 29, 42)]),
    ],
)
def test_what_is_timed_runs_and_is_traced_at_its_place(
    cells: tuple[str, ...], text: str, spans: list[tuple[int, int, int]]
) -> None:
    course = run(*cells)
    assert texts(course)[-1] == text
    assert re.fullmatch(r"CPU times: user .+, sys: .+, total: .+\nWall time: [\d.]+ \S+\n", course.printed)
    operations = [operation.span for operation in course.trace.operations]
    assert [(span.line, span.column, span.end_column) for span in operations if span] == spans
    assert [note.kind for note in course.trace.notes] == ["timed"]
    assert notes(run(*cells, trace=False)) == []


def test_what_is_measured_is_repeated_and_not_recorded() -> None:
    program = "import torch\nx = torch.zeros(1)\ndef f(v):\n    return v.add_(1)\n%timeit -n 3 -r 2 f(x)\nx"
    course = run(program)
    assert re.fullmatch(r".+ ± .+ per loop \(mean ± std\. dev\. of 2 runs, 3 loops each\)\n", course.printed)
    assert texts(course) == ["tensor([6.])"]
    assert [operation.name for operation in course.trace.operations] == ["torch.zeros"]
    assert not any(step.kind == "call" for step in course.trace.steps)
    (x,) = [tensor for tensor in course.trace.tensors if "x" in tensor.names]
    assert len(x.history) == 2, "the write is seen after the line"
    assert "per loop" in run("%%timeit -n 2 -r 1 y = 2\ny + 1").printed
    assert "NameError" in str(run("%timeit -n 2 nowhere").cell.error)


def test_help_shows_signature_docstring_and_type() -> None:
    course = run(
        "import torch\ndef double(x, times=2):\n    '''Doubles.'''\n    return x * times",
        "double?\n?torch.ones\ndouble??\nmissing?",
    )
    assert "Signature: double(x, times=2)\nDocstring:\nDoubles.\nType: function\n" in course.printed
    assert "ones(*size, *, out=None" in course.printed
    assert "Source:\ndef double(x, times=2):\n" in course.printed
    assert course.printed.endswith("Object `missing` not found.\n")


def test_python_keeps_its_meaning_and_errors_keep_their_lines() -> None:
    program = "%matplotlib inline\na = (7\n % 4)\nt = '''\n%time x\n!ls\n'''\nprint(a, t.split(), f'{a!r}')\n1 / 0"
    course = run(program)
    assert course.printed == "3 ['%time', 'x', '!ls'] 3\n"
    error = course.cell.error
    assert error is not None
    assert (error.type, error.line) == ("ZeroDivisionError", 9)
    assert "1 / 0" in error.traceback

    refused = run("%matplotlib inline\nx = 1\n%time y = = 2\n").cell.error
    assert refused is not None
    assert (refused.type, refused.line, refused.column) == ("SyntaxError", 3, 10)
    other = run("!ls\nx = (1\n").cell.error
    assert other is not None
    assert (other.message, other.line, other.column) == ("'(' was never closed", 2, 4)


def test_a_cell_that_cannot_be_parsed_leaves_the_others_alone() -> None:
    course = run("x = 1 +", "y = 2\ny", "def f(:", "y + 1")
    assert [cell.status for cell in course.cells] == ["error", "ok", "error", "ok"]
    assert texts(course) == [None, "2", None, "3"]
    assert [step.kind for step in course.trace.steps] == ["statement"] * 3
    missing = run("x = 1 +", "x", "y = 2")
    assert [cell.error.type if cell.error else None for cell in missing.cells] == ["SyntaxError", "NameError"]
    assert [step.kind for step in run("y = 2", "x = 1 +").trace.steps] == ["statement", "error"]


def test_await_outside_a_function_runs_as_in_a_notebook() -> None:
    program = (
        "import asyncio, torch\nasync def f(n):\n    await asyncio.sleep(0)\n    return torch.ones(n)\n",
        "r = await f(2)\nlater = asyncio.ensure_future(f(3))\nr",
        "[await later, await f(1)]",
        "async with asyncio.Lock():\n    await g()",
    )
    course = run(*program)
    assert texts(course) == [None, str(torch.ones(2)), str([torch.ones(3), torch.ones(1)]), None]
    assert [operation.span.line for operation in course.trace.operations if operation.span] == [4, 4, 4]
    error = course.cells[-1].error
    assert error is not None
    assert (error.type, error.line, error.column) == ("NameError", 2, 10)
    assert "asyncio/" not in error.traceback


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "0 ns"), (5e-7, "500 ns"), (1.234e-5, "12.3 µs"), (0.05, "50 ms"), (1.5, "1.5 s"), (150, "2min 30s")],
)
def test_times_have_three_digits(seconds: float, text: str) -> None:
    assert duration(seconds) == text
