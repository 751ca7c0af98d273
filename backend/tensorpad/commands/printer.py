"""A run as text: what the program shows goes to the output, what is to be said of it to standard error."""

import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import TextIO

from tensorpad.commands.answers import Answer, CellEnded, Displayed, Error, Printed, Queued
from tensorpad.commands.exchange import read
from tensorpad.commands.terminal import Colour, Progress, coloured, harmless
from tensorpad.explain.words.findings import Explanation, Fix
from tensorpad.texts import CATALOGUES, Lang

_FENCE = "```"
_INDENT = "  "


class Printer:
    """Prints the events of one run as they come; `cells` are the program's."""

    def __init__(self, cells: Sequence[str], output: TextIO, progress: Progress, lang: Lang) -> None:
        self._cells = cells
        self._output = output
        self._progress = progress
        self._words = CATALOGUES[lang].commands

    def event(self, name: str, data: bytes) -> None:
        """Print what an event tells."""
        match name:
            case "queued":
                ahead = read(data, Queued).ahead
                self._progress.say(self._words["queued"].format(ahead=ahead) if ahead else self._words["running"])
            case "stdout":
                printed = read(data, Printed)
                self._progress.write(printed.text, sys.stderr if printed.stream == "stderr" else self._output)
            case "display":
                shown = read(data, Displayed).display
                text = f"[{shown.title}]" if shown.title else shown.text
                self._progress.write(f"{text or '[…]'}\n", self._output)
            case "cell":
                cell = read(data, CellEnded).cell
                if cell.result is not None:
                    self._progress.write(f"{cell.result.text}\n", self._output)
            case _:
                pass

    def end(self, answer: Answer) -> None:
        """Print how it ended: the error with its explanation, the ending, the notices."""
        self._progress.end()
        errors = [cell.error for cell in answer.cells if cell.error is not None]
        for error in errors:
            self._error(error)
        # The error of a program that was stopped says it already.
        if answer.message and answer.message not in [error.message for error in errors]:
            self._say(answer.message, "red")
        for notice in answer.notices:
            self._say("")
            self._say(self._words["notice"].format(title=self._title(notice)), "yellow")
            self._explain(notice)

    def _error(self, error: Error) -> None:
        self._say(error.traceback.rstrip() or f"{error.type}: {error.message}")
        if error.explanation is not None:
            self._say("")
            self._say(self._title(error.explanation), "bold")
            self._explain(error.explanation)

    def _title(self, explanation: Explanation) -> str:
        if explanation.span is None:
            return explanation.title
        key = "cell_line" if len(self._cells) > 1 else "line"
        where = self._words[key].format(cell=explanation.span.cell + 1, line=explanation.span.line)
        return self._words["place"].format(title=explanation.title, where=where)

    def _explain(self, explanation: Explanation) -> None:
        self._say(textwrap.indent("\n".join(_lines(explanation.text)), _INDENT))
        if explanation.fix is None:
            return
        self._say(_INDENT + self._words["fix"].format(description=explanation.fix.description))
        for sign, line in changed(self._cells, explanation.fix):
            self._say(f"{_INDENT * 2}{sign} {line}", "red" if sign == "-" else "green")

    def _say(self, text: str, colour: Colour | None = None) -> None:
        text = harmless(text)
        print(coloured(text, colour, sys.stderr) if colour else text, file=sys.stderr)


def changed(cells: Sequence[str], fix: Fix) -> Iterator[tuple[str, str]]:
    """The lines that a fix takes out (`-`) and puts in (`+`)."""
    span = fix.span
    if span.cell not in range(len(cells)):
        return
    # Not by str.splitlines: lines of Python end with a line break alone, and so those of the span are counted.
    lines = cells[span.cell].split("\n")
    old = lines[span.line - 1 : span.end_line]
    if not old:
        return
    before, after = old[0][: span.column], old[-1][span.end_column :]
    new = f"{before}{fix.replacement}{after}".split("\n")
    # A replacement that adds lines repeats those around it; what stays the same is not shown.
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    yield from (("-", line) for line in old)
    yield from (("+", line) for line in new)


def _lines(text: str) -> Iterator[str]:
    """The text of an explanation for a terminal: the fences of its figures are gone, and their columns line up."""
    return (line for line in text.split("\n") if line.strip() != _FENCE)
