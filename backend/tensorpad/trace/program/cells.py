"""The source of a program: which frames belong to it, and which part of it a frame is at.

Python counts columns in UTF-8 bytes; a person, and every record here, counts characters.
"""

import ast
import io
from functools import cached_property
from types import CodeType, FrameType
from typing import Any

from tensorpad.protocol.records import Span

Position = tuple[int, int]
"""A line from 1, and a column from 0 in UTF-8 bytes."""


class MethodCalls:
    """The beginnings of method calls that span several lines.

    For a call such as

        (x
            .add(1))

    the compiler records the position of `add`, so that a traceback shows the line of that call. Its source begins at `x`.
    """

    def __init__(self, source: str) -> None:
        self._source = source

    def beginning(self, start: Position, end: Position) -> Position:
        """The position at which the source of a call begins that the compiler records from `start` to `end`."""
        return self._beginnings.get((start, end), start)

    @cached_property
    def _beginnings(self) -> dict[tuple[Position, Position], Position]:
        beginnings: dict[tuple[Position, Position], Position] = {}
        try:
            nodes = list(ast.walk(ast.parse(self._source)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return beginnings  # what runs was compiled, perhaps from less than the whole
        for node in nodes:
            match node:
                case ast.Call(func=ast.Attribute(end_lineno=int(line), end_col_offset=int(column), attr=name) as function):
                    if function.value.end_lineno != line:
                        start = (line, column - len(name.encode()))
                        end = (node.end_lineno or line, node.end_col_offset or column)
                        beginnings[start, end] = (node.lineno, node.col_offset)
                case _:
                    pass
        return beginnings


EXPRESSION_CHARS = 300
CALL = object()
"""The last constant of functions that call torch in the name of a cell, see `trace.program.call_sites`."""


def is_call(code: CodeType) -> bool:
    """Whether it is a function that calls torch in the name of a cell; it is then no code of the program."""
    return bool(code.co_consts) and code.co_consts[-1] is CALL


class Cell:
    """One cell: its index in the program, the name under which it is compiled, and its lines with their ends."""

    def __init__(self, index: int, source: str) -> None:
        self.index = index
        self.source = source
        self.filename = f"<cell {index + 1}>"
        # Lines as the compiler counts them; str.splitlines would also split at a form feed and U+2028.
        self.lines = io.StringIO(source, newline=None).readlines()
        self._method_calls = MethodCalls(source)

    def column(self, line: int, byte: int) -> int:
        """The column in characters of a column in UTF-8 bytes."""
        if not 0 < line <= len(self.lines):
            return byte
        text = self.lines[line - 1]
        if text.isascii():
            return byte
        return len(text.encode("utf-8", "surrogatepass")[:byte].decode("utf-8", "ignore"))

    def span(self, line: int, end_line: int, byte: int, end_byte: int) -> Span:
        """The span of what the compiler has from one position to another."""
        if self._before(line, byte).endswith("."):
            line, byte = self._method_calls.beginning((line, byte), (end_line, end_byte))
        return Span(self.index, line, self.column(line, byte), end_line, self.column(end_line, end_byte))

    def span_of(self, node: Any) -> Span:
        """The span of a piece of syntax."""
        return self.span(node.lineno, node.end_lineno or node.lineno, node.col_offset, node.end_col_offset or 0)

    def _before(self, line: int, byte: int) -> str:
        return self.lines[line - 1][: self.column(line, byte)].rstrip() if 0 < line <= len(self.lines) else ""

    def text(self, span: Span, limit: int = EXPRESSION_CHARS) -> str:
        """The source text of a span, shortened."""
        lines = self.lines[span.line - 1 : span.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column]
        lines[0] = lines[0][span.column :]
        text = "".join(lines)
        return text if len(text) <= limit else text[: limit - 1] + "…"


class Cells:
    """The cells that have been started."""

    def __init__(self) -> None:
        self._by_filename: dict[str, Cell] = {}
        self._positions: dict[CodeType, list[tuple[int | None, int | None, int | None, int | None]]] = {}

    def add(self, cell: Cell) -> None:
        """Take a cell in before it runs."""
        self._by_filename[cell.filename] = cell

    def of(self, code: CodeType) -> Cell | None:
        """The cell that a piece of code was compiled from."""
        return self._by_filename.get(code.co_filename)

    def span(self, code: CodeType, instruction: int) -> Span | None:
        """The piece of source that an instruction of a cell's code came from (`instruction` is a byte offset)."""
        cell = self.of(code)
        if cell is None:
            return None
        positions = self._positions.get(code)
        if positions is None:
            positions = self._positions[code] = list(code.co_positions())
        index = instruction // 2
        if not 0 <= index < len(positions):
            return None
        line, end_line, start, end = positions[index]
        if line is None:
            return None
        return cell.span(line, end_line or line, start or 0, end or 0)

    def nearest(self, frame: FrameType | None) -> FrameType | None:
        """The innermost frame at or around `frame` that runs a cell's code."""
        cells = self._by_filename
        while frame is not None and (frame.f_code.co_filename not in cells or is_call(frame.f_code)):
            frame = frame.f_back
        return frame
