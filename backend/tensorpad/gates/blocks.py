"""The lines of a cell: its statements and their blocks, and the comments that have a line to themselves.

The source is read as tokens and never parsed: hostile source can crash the compiler, and this runs in the service.
"""

import io
import token
import tokenize
from dataclasses import dataclass
from functools import cached_property

_SILENT = frozenset({token.INDENT, token.DEDENT, token.ENDMARKER, tokenize.NL, tokenize.ENCODING})
_CONTINUING = frozenset({"else", "elif", "except", "finally"})
"""Words that go on with the compound statement above them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line: its first and last line, its indentation, and its first word."""

    first: int
    last: int
    column: int
    head: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. `alone` tells that nothing else is on its line, and that it is inside no bracket."""

    line: int
    column: int
    text: str
    alone: bool


Extent = tuple[int, int]
"""The first and the last line of a statement."""


class Blocks:
    """A cell, read as far as its tokens can be."""

    def __init__(self, source: str) -> None:
        self.lines: list[Line] = []
        self.comments: list[Comment] = []
        start: tokenize.TokenInfo | None = None
        try:
            for item in tokenize.generate_tokens(io.StringIO(source, newline=None).readline):
                if item.type == tokenize.COMMENT:
                    self.comments.append(Comment(item.start[0], item.start[1], item.string, start is None))
                elif item.type == token.NEWLINE:
                    if start is not None:
                        self.lines.append(Line(start.start[0], item.start[0], start.start[1], start.string))
                    start = None
                elif start is None and item.type not in _SILENT:
                    start = item
        except (tokenize.TokenError, SyntaxError):
            pass  # what follows is not run either

    def above(self, line: int, column: int) -> Extent | None:
        """The statement that ends above a line, in the block of that indentation; None if the block begins there."""
        for item in reversed(self.lines):
            if item.first >= line or item.column > column:
                continue
            if item.column < column:
                return None
            if item.head not in _CONTINUING:
                return item.first, line - 1
        return None

    def below(self, line: int, column: int) -> Extent | None:
        """The statement that begins below a line, in the block of that indentation; None if the block ends there."""
        first: int | None = None
        last = line
        decorated = False
        for item in self.lines:
            if item.first <= line:
                continue
            if first is None:
                if item.column != column:
                    return None
                first = item.first
            elif item.column < column or (item.column == column and not decorated and item.head not in _CONTINUING):
                break
            last, decorated = item.last, item.head == "@" and item.column == column
        return None if first is None else (first, last)

    def is_simple(self, extent: Extent) -> bool:
        """Whether a statement is one logical line."""
        return extent[0] in self._firsts and sum(extent[0] <= item.first <= extent[1] for item in self.lines) == 1

    @cached_property
    def _firsts(self) -> set[int]:
        return {item.first for item in self.lines}
