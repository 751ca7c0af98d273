"""The source of a program, read as tokens: enough to find a name, an argument list or a simple statement.

It is never parsed: hostile source can crash the compiler, and this runs in the service.
"""

import io
import token
import tokenize
from dataclasses import dataclass
from functools import cached_property

from tensorpad.protocol.records import Span

_CHARS = 20_000
"""Longest source that is read at once."""
_CHARS_IN_ALL = 500_000
"""Most source that is read for one program: a report can have thousands of operations with long spans."""
_SKIPPED = frozenset({token.NEWLINE, token.INDENT, token.DEDENT, token.ENDMARKER, tokenize.NL, tokenize.COMMENT})
_COMPOUND = frozenset(
    [
        "if",
        "elif",
        "else",
        "for",
        "while",
        "with",
        "def",
        "class",
        "try",
        "except",
        "finally",
        "async",
        "match",
        "return",
        "yield",
        "lambda",
        "del",
    ]
)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Token:
    """A token that means something (no line ends, comments or indentation) and its span."""

    text: str
    span: Span
    is_name: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A simple statement that has a line to itself: its tokens, its span without a comment, and its indentation."""

    tokens: list[Token]
    span: Span
    indent: str


class Sources:
    """The cells of a program, and what the page that shows them calls each: `titles`, one for each cell, or none."""

    def __init__(self, cells: tuple[str, ...], titles: tuple[str, ...] = ()) -> None:
        self.titles = titles
        # Lines as the compiler counts them.
        self._left = _CHARS_IN_ALL
        self._read: dict[Span, list[Token]] = {}
        self.cells = [io.StringIO(cell, newline=None).readlines() for cell in cells]

    @cached_property
    def _last_lines(self) -> list[int]:
        """The number of the last line of each cell that is neither blank nor a comment."""
        return [
            max(
                (number for number, line in enumerate(lines, 1) if line.strip() and not line.lstrip().startswith("#")),
                default=0,
            )
            for lines in self.cells
        ]

    def text(self, span: Span | None) -> str:
        """The source of a span; empty if there is none."""
        if span is None or span.cell >= len(self.cells):
            return ""
        lines = self.cells[span.cell][max(span.line - 1, 0) : span.end_line]
        if not lines or len(lines) < span.end_line - span.line + 1:
            return ""
        lines[-1] = lines[-1][: span.end_column]
        lines[0] = lines[0][span.column :]
        return "".join(lines)

    def line(self, cell: int, line: int) -> str:
        """A line of a cell, from 1; empty if there is none."""
        lines = self.cells[cell] if cell < len(self.cells) else []
        return lines[line - 1] if 0 < line <= len(lines) else ""

    def mentions(self, text: str) -> bool:
        """Whether a piece of text is anywhere in the source, strings and comments too: far cheaper than reading tokens."""
        return text in self._text

    @cached_property
    def _text(self) -> str:
        return "".join(line for lines in self.cells for line in lines)

    def whole(self, cell: int) -> Span:
        """The span of a whole cell."""
        lines = self.cells[cell]
        last = lines[-1] if lines else ""
        return Span(cell, 1, 0, max(len(lines), 1), len(last))

    def tokens(self, span: Span | None) -> list[Token]:
        """The tokens of a span, as far as they can be read."""
        known = None if span is None else self._read.get(span)
        if known is not None:
            return known
        if self._left <= 0:
            return []
        text = self.text(span)
        self._left -= len(text)
        if span is None or not text or len(text) > _CHARS:
            return []
        tokens: list[Token] = []
        # Parentheses let the piece go over several lines and begin with spaces.
        reader = tokenize.generate_tokens(io.StringIO("(" + text).readline)
        try:
            for item in reader:
                if item.type in _SKIPPED or not item.string:
                    continue
                tokens.append(Token(item.string, _placed(span, item.start, item.end), item.type == token.NAME))
        except (tokenize.TokenError, SyntaxError):
            pass
        self._read[span] = tokens[1:]
        return self._read[span]

    def name(self, span: Span | None, name: str, last: bool = False) -> Span | None:
        """The span of a name that is used as it is (no attribute, no keyword): the only such use, or the last."""
        tokens = self.tokens(span)
        uses: list[Span] = []
        for index, item in enumerate(tokens):
            before = tokens[index - 1].text if index else ""
            after = tokens[index + 1].text if index + 1 < len(tokens) else ""
            if item.is_name and item.text == name and before != "." and not (after == "=" and before in ("(", ",")):
                uses.append(item.span)
        return uses[-1] if uses and (last or len(uses) == 1) else None

    def statement(self, line: int, cell: int) -> Statement | None:
        """The simple statement that is a whole line; None if the line has more, less, or something compound."""
        lines = self.cells[cell] if cell < len(self.cells) else []
        if not 0 < line <= len(lines):
            return None
        text = lines[line - 1].rstrip("\n")
        tokens = self.tokens(Span(cell, line, 0, line, len(text)))
        if not tokens or tokens[0].text in _COMPOUND or any(item.text == ";" for item in tokens) or text.endswith("\\"):
            return None
        depth = 0
        for item in tokens:
            depth += (item.text in _OPENING) - (item.text in _CLOSING)
            if depth < 0 or item.span.end_line != line:
                return None
        first, last = tokens[0].span, tokens[-1].span
        indent = text[: first.column]
        if depth or indent.strip(" \t"):
            return None
        return Statement(tokens, Span(cell, line, first.column, line, last.end_column), indent)

    def simple(self, span: Span | None) -> Statement | None:
        """The simple statement that a span is, over several lines perhaps, if it has its lines to itself."""
        tokens = self.tokens(span)
        if span is None or not tokens or tokens[0].text in _COMPOUND or tokens[0].text == "@":
            return None
        indent = self.line(span.cell, span.line)[: span.column]
        rest = self.line(span.cell, span.end_line)[span.end_column :].strip()
        if indent.strip(" \t") or (rest and not rest.startswith("#")):
            return None
        return Statement(tokens, span, indent)

    def is_last(self, span: Span) -> bool:
        """Whether a span is the last expression of its cell, which a notebook shows."""
        if span.column > 0 or span.cell >= len(self.cells) or span.end_line != self._last_lines[span.cell]:
            return False
        rest = self.line(span.cell, span.end_line)[span.end_column :].strip()
        return not rest or rest.startswith("#")

    def closing(self, span: Span | None) -> tuple[Span, bool] | None:
        """For a span that ends with a call: the empty span before its last parenthesis, and whether it has arguments."""
        tokens = self.tokens(span)
        if not tokens or tokens[-1].text != ")":
            return None
        end = tokens[-1].span
        before = tokens[-2].text if len(tokens) > 1 else ""
        return Span(end.cell, end.line, end.column, end.line, end.column), before != "("


def _placed(span: Span, start: tuple[int, int], end: tuple[int, int]) -> Span:
    def column(row: int, offset: int) -> int:
        return offset + span.column - 1 if row == 1 else offset

    first, last = start[0], end[0]
    return Span(span.cell, span.line + first - 1, column(first, start[1]), span.line + last - 1, column(last, end[1]))


def after(span: Span) -> Span:
    """The empty span behind a span."""
    return Span(span.cell, span.end_line, span.end_column, span.end_line, span.end_column)


def before(span: Span) -> Span:
    """The empty span in front of a span."""
    return Span(span.cell, span.line, span.column, span.line, span.column)


def spanning(first: Span, last: Span) -> Span:
    """From the start of one span to the end of another."""
    return Span(first.cell, first.line, first.column, last.end_line, last.end_column)
