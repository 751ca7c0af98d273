"""Finds the lines of a cell that only a notebook understands: `%magic`, `!command`, `name?`.

NOTE [What is no Python]
1. No statement of Python begins with `%`, `!` or `?`, or ends with `?`. So such a line is a notebook's where a statement may
   begin, and nowhere else: not in a string, between brackets, or after a backslash. That much of the source is read here.
2. Whoever compiles a cell asks only where Python has refused it. A valid program means what it means in Python.
3. Each such line becomes `pass` (`plain`), at its place and with its indentation. All other lines stay as they are, so that
   whatever has a line and a column has those of the source.
"""

import io
import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["magic", "cell", "shell", "help", "assigned"]

_MARK: Final = re.compile(r"'''|\"\"\"|['\"#()\[\]{}]")
_HELP: Final = re.compile(r"(?:(\?\??)\s*([^\W\d][\w.]*)|([^\W\d][\w.]*)(\?\??))\s*$")
_ASSIGNED: Final = re.compile(r"[^\W\d][\w.]*(?:\s*,\s*[^\W\d][\w.]*)*\s*=\s*([%!])\s*([A-Za-z_]\w*)(.*)$", re.DOTALL)
_MAGIC: Final = re.compile(r"%%?\s*([A-Za-z_]\w*)(.*)$", re.DOTALL)
_SHELL: Final = re.compile(r"!!?\s*(\S*)(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A notebook's line, over several lines of the source where backslashes continue it; lines count from 1.

    `name` is that of the magic or command, or what help is wanted for; `text` what follows, which begins at `column`. A
    `cell` magic is about all lines below it.
    """

    kind: Kind
    first: int
    last: int
    indent: str
    name: str
    text: str
    column: int


def notebook_lines(source: str) -> tuple[Line, ...]:
    """The lines of a cell that are a notebook's, in order."""
    lines = io.StringIO(source, newline=None).readlines()
    found: list[Line] = []
    reader = _Reader()
    index, begun = 0, False
    while index < len(lines):
        line = lines[index]
        if reader.between and line.strip():
            end = index
            while lines[end].rstrip("\n").endswith("\\") and end + 1 < len(lines):
                end += 1
            one = _line("".join(lines[index : end + 1]), index + 1, end + 1)
            if one is not None and one.kind == "cell" and begun:
                one = None  # Python has the last word on it
            begun = True
            if one is not None:
                found.append(one)
                if one.kind == "cell":
                    break
                index = end + 1
                continue
        reader.read(line)
        index += 1
    return tuple(found)


def plain(source: str, lines: tuple[Line, ...]) -> str:
    """The source with `pass` in the place of each of its `lines`."""
    whole = io.StringIO(source, newline=None).readlines()
    for line in lines:
        for number in range(line.first, line.last + 1):
            end = "\n" if whole[number - 1].endswith("\n") else ""
            whole[number - 1] = f"{line.indent}pass{end}" if number == line.first else end
    return "".join(whole)


class _Reader:
    """Reads Python line by line, as far as it takes to know where a statement may begin."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._goes_on = False

    @property
    def between(self) -> bool:
        """Whether a statement may begin with the next line."""
        return not (self._quote or self._depth or self._goes_on)

    def read(self, line: str) -> None:
        text = line.rstrip("\n")
        place = 0
        self._goes_on = False
        while place < len(text):
            if self._quote:
                end = _closing(text, place, self._quote)
                if end < 0:
                    break
                self._quote, place = "", end
                continue
            mark = _MARK.search(text, place)
            if mark is None:
                break
            place = mark.end()
            if mark[0] == "#":
                return
            if mark[0] in "([{":
                self._depth += 1
            elif mark[0] in ")]}":
                self._depth = max(self._depth - 1, 0)
            else:
                self._quote = mark[0]
        self._goes_on = text.endswith("\\")
        if len(self._quote) == 1 and not self._goes_on:
            self._quote = ""  # a string that nothing closes ends with its line


def _closing(text: str, place: int, quote: str) -> int:
    """The place behind the quotation mark that closes a string; -1 if this line has none."""
    while place < len(text):
        if text[place] == "\\":
            place += 2
        elif text.startswith(quote, place):
            return place + len(quote)
        else:
            place += 1
    return -1


def _line(text: str, first: int, last: int) -> Line | None:
    bare = text.lstrip(" \t")
    indent = text[: len(text) - len(bare)]
    code = bare.rstrip()

    def made(kind: Kind, match: re.Match[str], name: int, rest: int) -> Line:
        tail = match[rest]
        column = len(indent) + match.start(rest) + len(tail) - len(tail.lstrip())
        return Line(kind, first, last, indent, match[name] or "", tail.strip(), column)

    if match := _HELP.match(code):
        return Line("help", first, last, indent, match[2] or match[3], match[1] or match[4], len(indent))
    if code.startswith("%%") and not indent and (match := _MAGIC.match(code)):
        return made("cell", match, 1, 2)
    if code.startswith("%") and (match := _MAGIC.match(code)):
        return made("magic", match, 1, 2)
    if code.startswith("!") and (match := _SHELL.match(code)):
        return made("shell", match, 1, 2)
    if match := _ASSIGNED.match(code):
        return made("assigned", match, 2, 3)
    return None
