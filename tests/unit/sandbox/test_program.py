import sys
from pathlib import Path

import pytest
import torch
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import CellDone, CellStarted, Finished, Reporting, SoFar

from tests.support.comparison import run
from tests.support.patience import in_time


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def result(*cells: str) -> str | None:
    last = run(*cells).cells[-1]
    assert last.error is None, last.error.traceback
    return last.result and last.result.text


def test_cells_share_one_namespace_and_are_reported_in_order() -> None:
    course = run("a = 1\nprint('one')", "print(a + 1)")
    first, last = [CellStarted, SoFar, CellDone], [CellStarted, CellDone]
    assert [type(report) for report in course.reports] == [*first, *last, Reporting, Finished]
    assert [cell.index for cell in course.cells] == [0, 1]
    assert course.printed == "one\n2\n"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("1 + 1", "2"),
        ("a = 3\na", "3"),
        ("a = 3", None),
        ("None", None),
        ("1 + 1;", None),
        ("1 + 1 ;  # quiet", None),
        ("(1 +\n 1)\n# a comment; with a semicolon", "2"),
        ("(1,\n 2) \\\n;", None),
        ("'é;'", "'é;'"),
        ("'é';", None),
        ("if True:\n    5", None),
        ("", None),
        ("# nothing", None),
        ("torch.arange(2)", "tensor([0, 1])"),
        ("np.float64(1.5) + math.floor(1.2)", "np.float64(2.5)"),
        ("__name__", "'__main__'"),
    ],
)
def test_a_cell_shows_its_last_expression(source: str, shown: str | None) -> None:
    assert result(source) == shown


def test_underscore_holds_the_last_result_until_the_program_takes_it() -> None:
    assert result("41", "_ + 1") == "42"
    assert result("_ = 'mine'", "41", "_") == "'mine'"


def test_objects_without_a_representation_are_shown_as_in_a_notebook() -> None:
    text = result("(torch.ones(1, requires_grad=True) + 2).grad_fn")
    assert text is not None
    assert text.startswith("<AddBackward0 at 0x")


def test_a_tensor_result_is_named_in_the_trace() -> None:
    course = run("x = torch.ones(2)\nx")
    shown = course.cell.result
    assert shown is not None
    assert [tensor.names for tensor in course.trace.tensors if tensor.id == shown.tensor] == [("x",)]


def test_classes_and_pickle_work_as_in_a_script() -> None:
    source = """
import pickle, dataclasses
@dataclasses.dataclass
class Point:
    x: int
print(pickle.loads(pickle.dumps(Point(3))), Point.__module__)
"""
    assert run(source).printed == "Point(x=3) __main__\n"


def test_future_features_last_for_the_following_cells() -> None:
    assert result("from __future__ import annotations", "def f(x: nowhere): pass\nf.__annotations__") == "{'x': 'nowhere'}"


def test_the_interpreter_is_as_before_afterwards() -> None:
    before = sys.modules["__main__"], sys.modules.get("IPython"), sys.getrecursionlimit()
    run("import IPython.display", "x = 1")
    assert (sys.modules["__main__"], sys.modules.get("IPython"), sys.getrecursionlimit()) == before
    assert torch.overrides._get_current_function_mode_stack() == []  # pyright: ignore


def test_source_of_the_programs_functions_can_be_found() -> None:
    assert result("def f():\n    return 1  # one\n", "import inspect\ninspect.getsource(f)") == repr(
        "def f():\n    return 1  # one\n"
    )


def test_seeded_generators_repeat_and_unseeded_ones_do_not() -> None:
    source = "import random\nprint(torch.rand(2), np.random.rand(2), random.random())"
    expected = torch.rand(2, generator=torch.Generator().manual_seed(5))
    assert run(source, seed=5).printed == run(source, seed=5).printed
    assert run(source, seed=5).printed.startswith(str(expected))
    assert run(source, seed=None).printed != run(source, seed=None).printed
    assert run(source, seed=-1).printed == run(source, seed=-1).printed


def test_the_first_failing_cell_is_the_last() -> None:
    course = run("x = torch.ones(2)", "y = x * 2\n1 / 0\nz = 3", "print('never')")
    assert [cell.status for cell in course.cells] == ["ok", "error"]
    assert course.printed == ""
    assert [variable.name for variable in course.trace.variables] == ["x", "y"]


def test_a_program_without_a_trace_reports_its_cells_only() -> None:
    course = run("x = torch.ones(2)\nx", trace=False)
    assert course.cell.result is not None
    assert course.cell.result.tensor is None
    assert course.trace.variables == course.trace.tensors == ()


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        ("import sys\nsys.exit(3)", "SystemExit", "3"),
        ("raise SystemExit", "SystemExit", "None"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", ""),
        ("raise GeneratorExit('out')", "GeneratorExit", "out"),
        ("raise torch.OutOfMemoryError('none left')", "torch.OutOfMemoryError", "none left"),
        ("class Mine(Exception): pass\nraise Mine('!')", "Mine", "!"),
        ("{}['key']", "KeyError", "'key'"),
        ("raise ExceptionGroup('two', [ValueError('a'), TypeError('b')])", "ExceptionGroup", "two (2 sub-exceptions)"),
    ],
)
def test_whatever_ends_a_cell_is_its_error(source: str, kind: str, message: str) -> None:
    error = run(source).cell.error
    assert error is not None
    assert (error.type, error.message) == (kind, message)
    assert kind.rsplit(".", maxsplit=1)[-1] in error.traceback


def test_the_deadline_ends_the_cell_without_an_error_and_keeps_the_trace() -> None:
    with in_time():
        course = run("x = torch.ones(2)\nprint('before')", "y = x + 1\nwhile True:\n    z = x * 2", timeout_s=1.0)
    assert [cell.index for cell in course.cells] == [0]
    assert course.printed == "before\n"
    assert {"x", "y"} <= {variable.name for variable in course.trace.variables}


@pytest.mark.parametrize(
    "source",
    [
        "while True:\n    try:\n        while True: pass\n    except Exception: pass",
        "try:\n    while True: pass\nexcept BaseException as error:\n    raise ValueError('hidden') from error",
        "try:\n    while True: pass\nfinally:\n    1 / 0",
        "class Slow:\n    def __repr__(self):\n        while True: pass\nSlow()",
        "class Slow(Exception):\n    def __str__(self):\n        while True: pass\nraise Slow",
        "class D:\n    def __del__(self):\n        while True: pass\nD()\nwhile True: pass",
        "x = torch.ones(1, requires_grad=True)\nx.register_hook(lambda g: [0 for _ in iter(int, 1)])\n(x * 2).backward()",
    ],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_deadline_cannot_be_turned_into_an_error(source: str) -> None:
    course = run(source, timeout_s=0.2)
    assert course.cells == []


def test_a_program_may_close_or_take_away_its_streams() -> None:
    course = run("import sys\nsys.stdout = None\nsys.stderr = 5", "1")
    assert [cell.status for cell in course.cells] == ["ok", "ok"]


def test_long_results_are_cut_and_it_is_said() -> None:
    course = run("'a' * 1000", limits=Limits(text_chars=100))
    assert course.cell.result is not None
    assert len(course.cell.result.text) == 100
    assert course.cell.result.text.endswith("… [1002 characters, cut]")
    assert [part.what for part in course.trace.truncated] == ["result text"]
