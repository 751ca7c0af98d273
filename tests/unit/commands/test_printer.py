"""A run as text: fixes as lines, and colours only where they are wanted."""

import io

import pytest
from tensorpad.commands.answers import Answer, Cell, Error
from tensorpad.commands.printer import Printer, changed
from tensorpad.commands.terminal import Progress, coloured
from tensorpad.explain.words.findings import Explanation, Fix
from tensorpad.protocol.records import Span
from tensorpad.texts import Lang

CELLS = ("import torch", "x = 1\nfor i in y:\n    z = f(é, b)\nw = 2")


def fix(*span: int, replacement: str) -> Fix:
    return Fix(Span(*span), replacement, "Do it")


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (fix(1, 3, 10, 3, 11, replacement="c"), ["-     z = f(é, b)", "+     z = f(c, b)"]),
        (fix(1, 4, 0, 4, 0, replacement="v = 3\n"), ["+ v = 3"]),
        (fix(1, 2, 0, 3, 15, replacement="z = 5"), ["- for i in y:", "-     z = f(é, b)", "+ z = 5"]),
        (fix(1, 2, 0, 3, 0, replacement=""), ["- for i in y:"]),
        (fix(0, 1, 12, 1, 12, replacement="\nimport math"), ["+ import math"]),
        (fix(7, 1, 0, 1, 1, replacement="x"), []),
        (fix(-9, 1, 0, 1, 1, replacement="x"), []),
        (fix(0, 9, 0, 9, 1, replacement="x"), []),
    ],
)
def test_fix_is_shown_as_the_lines_that_go_and_come(edit: Fix, lines: list[str]) -> None:
    assert [f"{sign} {line}" for sign, line in changed(CELLS, edit)] == lines


@pytest.mark.parametrize(
    ("lang", "place", "label"),
    [("en", "Wrong (cell 2, line 3)", "Fix: Do it"), ("zh-CN", "Wrong（第 2 个单元格第 3 行）", "修复：Do it")],
)
def test_error_comes_with_its_explanation_and_fix(
    capsys: pytest.CaptureFixture[str], lang: Lang, place: str, label: str
) -> None:
    edit = fix(1, 3, 10, 3, 11, replacement="c")
    text = "Look:\n```\na (2,)\nb (3,)\n```\nSo change it."
    explanation = Explanation("rule", "Wrong", text, (), (), edit.span, edit)
    error = Error("NameError", "é", "Traceback …\nNameError: é\n", explanation)
    Printer(CELLS, io.StringIO(), Progress(), lang).end(Answer("error", None, (Cell(), Cell(error=error))))
    assert capsys.readouterr().err.splitlines() == [
        *("Traceback …", "NameError: é", "", place, "  Look:", "  a (2,)", "  b (3,)", "  So change it."),
        *(f"  {label}", "    -     z = f(é, b)", "    +     z = f(c, b)"),
    ]


ACTING = "\x1b]52;c;aGk=\x07\x1b[2J\x9b2J\u202egnp.exe"
ESCAPED = r"\x1b]52;c;aGk=\x07\x1b[2J\x9b2J\u202egnp.exe"


def test_what_a_service_says_does_nothing_to_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    edit = fix(0, 1, 0, 1, 6, replacement=ACTING)
    explanation = Explanation("rule", ACTING, ACTING, (), (), None, edit)
    error = Error("E", ACTING, f"\tTraceback\n{ACTING}", explanation)
    Printer(CELLS, io.StringIO(), Progress(), "en").end(Answer("error", ACTING + "!", (Cell(error=error),), (explanation,)))
    said = capsys.readouterr().err
    assert said.startswith(f"\tTraceback\n{ESCAPED}\n")
    assert said.count(ESCAPED) == 8
    assert ACTING not in said


def test_what_a_program_prints_acts_on_no_terminal_but_may_have_colours_and_a_file_has_all_of_it() -> None:
    text, progress = f"\x1b[1;31mred\x1b[0m\r50%\b\t{ACTING}\n", Progress()
    screen, file = Terminal(), io.StringIO()
    for stream in (screen, file):
        progress.write(text, stream)
    assert screen.getvalue() == f"\x1b[1;31mred\x1b[0m\r50%\b\t{ESCAPED}\n"
    assert file.getvalue() == text


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals_and_not_for_those_who_want_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert coloured("x", "red", Terminal()) == "\x1b[31mx\x1b[0m"
    assert coloured("x", "red", io.StringIO()) == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert coloured("x", "red", Terminal()) == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert coloured("x", "red", Terminal()) == "x"


def test_progress_is_out_of_the_way_of_output_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    progress, output = Progress(), io.StringIO()
    progress.say("running")
    progress.write("a", output)
    progress.write("b\n", output)
    progress.end()
    erase = "\r\x1b[2K"
    shown = f"{erase}\x1b[2mrunning\x1b[0m"
    assert output.getvalue() == "ab\n"
    assert screen.getvalue() == shown + erase + shown + erase


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    progress = Progress()
    progress.say("running")
    progress.end()
    assert stream.getvalue() == ""
