import pytest
import torch
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import ErrorRecord

from tests.support.comparison import run


def error(*cells: str, limits: Limits | None = None) -> ErrorRecord:
    found = run(*cells, limits=limits or Limits()).cells[-1].error
    assert found is not None
    return found


def marked(source: str, found: ErrorRecord) -> str:
    """The source between the places that an error names, one line long."""
    assert found.line is not None
    assert found.end_line == found.line
    return source.split("\n")[found.line - 1][found.column : found.end_column]


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("x = torch.ones(2)\ny = x + (x @ torch.ones(3))", "x @ torch.ones(3)"),
        ("名字 = torch.ones(2); 结果 = '😀' + str(名字 @ torch.ones(3))", "名字 @ torch.ones(3)"),
        ("def f(v):\n    return 1 + v.nothing\nf(torch.ones(1))", "v.nothing"),
        ("import torch.nn as nn\nnn.Linear(2, 3)(torch.ones(5))", "nn.Linear(2, 3)(torch.ones(5))"),
        ("a = {}\nb = a['é'] + 1", "a['é']"),
    ],
)
def test_the_place_is_the_very_expression_in_characters(source: str, piece: str) -> None:
    assert marked(source, error(source)) == piece


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("x = 1\né é = 2", "é"),
        ("def f():\n    pass\n名 = 1; return 名", "return 名"),
        ("x = (1", "("),
        ("a = 1\nb = 'x\0y'", "\0"),
        ("s = 'ok'\nt = 'é\ud800'", "\ud800"),
        ("名 = 1; f(x for x in y, 1)", "x for x in y"),
    ],
)
def test_what_the_compiler_refuses_has_a_place_in_characters(source: str, piece: str) -> None:
    found = error(source)
    assert marked(source, found) == piece
    assert found.type in ("SyntaxError", "UnicodeEncodeError")
    assert "tensorpad" not in found.traceback


@pytest.mark.parametrize(
    "source", ["(" * 300, "-" * 100_000 + "1", "x = " + "(" * 150 + "1" + ")" * 150, "a." * 20_000 + "b"]
)
def test_source_that_is_nested_too_deeply_is_an_error_of_the_cell(source: str) -> None:
    course = run("1", source)
    assert len(course.cells) == 2


def test_the_traceback_shows_source_and_no_frames_but_the_programs_and_torchs() -> None:
    source = "def inner():\n    torch.nn.functional.cross_entropy(torch.ones(2, 3), torch.ones(5))\ninner()"
    trace = error("import torch", source).traceback
    assert "tensorpad" not in trace
    assert trace.count('File "<cell 2>"') == 2
    assert "    inner()\n" in trace
    assert "handle_torch_function" not in trace


def test_the_servers_paths_are_nowhere_in_an_error() -> None:
    source = "def read():\n    return torch.nn.Linear(2, 3)(torch.ones(5))\ntry:\n    read()\nexcept RuntimeError as e:\n"
    found = error("import torch", source + "    raise ValueError(f'{torch.__file__} said {e}') from e")
    root = torch.__file__.removesuffix("torch/__init__.py")
    assert found.message.startswith("torch/__init__.py said ")
    assert 'File "torch/nn/modules/linear.py"' in found.traceback
    assert root not in found.traceback


def test_what_the_program_prints_of_an_error_is_as_python_prints_it() -> None:
    failing = "import torch, traceback\ntry:\n    torch.nn.Linear(2, 3)(torch.ones(5))\nexcept RuntimeError:\n"
    assert f'File "{torch.nn.__path__[0]}/modules/linear.py"' in run(failing + "    traceback.print_exc()").printed


def test_chained_exceptions_are_shown_and_recursion_is_cut_short() -> None:
    trace = error("try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('second') from e").traceback
    assert "ZeroDivisionError" in trace
    assert "direct cause" in trace
    found = error("def f(n):\n    return f(n + 1)\nf(0)")
    assert found.type == "RecursionError"
    assert "Previous line repeated" in found.traceback
    assert len(found.traceback) < 3_000


HOSTILE = {
    "message_raises": "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E",
    "message_is_huge": "raise ValueError('x' * 10_000_000)",
    "message_holds_half_a_pair": "raise ValueError('a\\ud800b\\x00\\x1b')",
    "repr_raises": "class R:\n    def __repr__(self): 1 / 0\nR()",
    "repr_is_no_text": "class R:\n    def __repr__(self): return 5\nR()",
    "class_lies": "class L:\n    @property\n    def __class__(self): raise ValueError\nraise TypeError(L())",
    "name_lies": """
class M(type):
    @property
    def __qualname__(cls): return 5
class E(Exception, metaclass=M): pass
raise E('m')""",
    "chain_is_long": "e = None\nfor i in range(3000):\n    n = ValueError(i); n.__cause__ = e; e = n\nraise e",
    "chain_is_a_circle": "a, b = ValueError(), TypeError()\na.__cause__ = b; b.__cause__ = a\nraise a",
    "group_is_deep": "e = ValueError()\nfor _ in range(2000): e = ExceptionGroup('g', [e])\nraise e",
    "no_room_for_recursion": "import sys\nsys.setrecursionlimit(60)\n1 / 0",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_exception_is_an_error_and_the_report_is_whole(source: str) -> None:
    found = error("kept = torch.ones(1)", source)
    assert found.type
    assert len(found.message) <= Limits().text_chars
    assert len(found.traceback) <= Limits().text_chars


def test_long_texts_are_cut_and_it_is_said() -> None:
    course = run("raise ValueError('x' * 1000)", limits=Limits(text_chars=200))
    found = course.cell.error
    assert found is not None
    assert found.message.endswith("… [1000 characters, cut]")
    assert found.traceback.startswith("Traceback")
    assert [part.what for part in course.trace.truncated] == ["error text"]
