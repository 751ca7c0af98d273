"""Classes and functions of a program, read from the lines of its source: what methods they have, and where.

As `sources`, it reads and never parses: by `class`, `def` and indentation.
"""

import re
from dataclasses import dataclass

from tensorpad.explain.program.sources import Sources
from tensorpad.protocol.records import Span

_DEF = re.compile(r"^([ \t]*)(?:async +)?def +(\w+) *\(([^)\n]*)")
_CLASS = re.compile(r"^([ \t]*)class +(\w+)\b")
_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Method:
    """A function: its name with the span of it, its parameters as they are written, and the lines of its body.

    `parameters` is the empty span behind its opening parenthesis. `end` is the line after its last.
    """

    name: str
    span: Span
    parameters: Span
    given: str
    depth: int
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class ClassSource:
    """A class: its methods, and the functions that are defined inside those."""

    cell: int
    methods: list[Method]
    nested: list[Method]

    def method(self, name: str) -> Method | None:
        """The method of a name."""
        return next((method for method in self.methods if method.name == name), None)


def functions(sources: Sources, cell: int) -> list[Method]:
    """All functions and methods of a cell."""
    lines = sources.cells[cell][:_LINES] if cell < len(sources.cells) else []
    found: list[Method] = []
    for number, line in enumerate(lines, 1):
        match = _DEF.match(line)
        if match is None:
            continue
        name = Span(cell, number, match.start(2), number, match.end(2))
        inside = Span(cell, number, match.start(3), number, match.start(3))
        depth = len(match[1].expandtabs())
        found.append(Method(match[2], name, inside, match[3].strip(), depth, number, _end(lines, number, depth)))
    return found


def class_of(sources: Sources, name: str) -> ClassSource | None:
    """The class of a name, if the program defines exactly one."""
    places = [
        (cell, number, len(match[1].expandtabs()))
        for cell, lines in enumerate(sources.cells)
        for number, line in enumerate(lines[:_LINES], 1)
        for match in [_CLASS.match(line)]
        if match is not None and match[2] == name
    ]
    if len(places) != 1:
        return None
    cell, first, depth = places[0]
    end = _end(sources.cells[cell], first, depth)
    inside = [one for one in functions(sources, cell) if first < one.line < end]
    shallow = min((one.depth for one in inside), default=0)
    return ClassSource(
        cell,
        [one for one in inside if one.depth == shallow],
        [one for one in inside if one.depth > shallow],
    )


def around(sources: Sources, span: Span) -> Method | None:
    """The innermost function that a span is in."""
    inside = [one for one in functions(sources, span.cell) if one.line < span.line < one.end]
    return inside[-1] if inside else None


def body(sources: Sources, method: Method) -> list[tuple[int, str]]:
    """The lines of a function's body with their numbers, empty ones and comments left out."""
    lines = sources.cells[method.span.cell][method.line : method.end - 1]
    return [
        (method.line + 1 + index, line.rstrip("\n"))
        for index, line in enumerate(lines)
        if line.strip() and not line.lstrip().startswith("#")
    ]


def _end(lines: list[str], first: int, depth: int) -> int:
    """The line after a block that begins in line `first` (from 1)."""
    for number, line in enumerate(lines[first:_LINES], first + 1):
        text = line.strip()
        if text and not text.startswith(("#", ")")) and len(line.expandtabs()) - len(line.expandtabs().lstrip()) <= depth:
            return number
    return min(len(lines), _LINES) + 1
