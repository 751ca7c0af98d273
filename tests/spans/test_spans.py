"""The source of every operation is exact, in characters, however the code is laid out."""

import re
from itertools import chain
from pathlib import Path

import pytest
from tensorpad.protocol.records import Span

from tests.support.comparison import run

SOURCE = Path(__file__).with_name("layouts.txt").read_text(encoding="utf-8")
LINES = SOURCE.split("\n")


def marked() -> list[str]:
    """The pieces that the source names, in order."""
    return list(chain.from_iterable(map(_pieces, re.findall(r"^#: (.*)$", SOURCE, re.MULTILINE))))


def _pieces(mark: str) -> list[str]:
    times, text = re.fullmatch(r"(?:×(\d+) )?(.*)", mark, re.DOTALL).groups()  # pyright: ignore[reportOptionalMemberAccess]
    return [text.replace("\\n", "\n")] * int(times or 1)


def cut_out(span: Span, lines: list[str]) -> str:
    """The source at a span, counted in characters."""
    if span.line == span.end_line:
        return lines[span.line - 1][span.column : span.end_column]
    within = lines[span.line : span.end_line - 1]
    return "\n".join([lines[span.line - 1][span.column :], *within, lines[span.end_line - 1][: span.end_column]])


def test_the_span_of_every_operation_is_its_very_source() -> None:
    course = run(SOURCE)
    assert course.cell.error is None, course.cell.error
    operations = [one for one in course.trace.operations if one.parent is None]
    spans = [one.span for one in operations]
    assert None not in spans
    assert [cut_out(span, LINES) for span in spans if span] == marked()
    assert [one.expression for one in operations] == marked()


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_other_ends_of_lines_change_no_span(ending: str) -> None:
    spans = [one.span for one in run(SOURCE).trace.operations]
    assert [one.span for one in run(SOURCE.replace("\n", ending)).trace.operations] == spans


def test_a_cell_that_ends_in_an_expression_has_the_same_spans() -> None:
    trace = run("import torch; 甲 = torch.ones(2)", "甲 + 1; (甲\n *\n 甲)").trace
    assert [one.expression for one in trace.operations] == ["torch.ones(2)", "甲 + 1", "甲\n *\n 甲"]
    assert trace.operations[1].span == Span(1, 1, 0, 1, 5)
    assert trace.operations[2].span == Span(1, 1, 8, 3, 2)
