"""The source of a program: which frames belong to it, and which part of it a frame is at.

Python counts columns in UTF-8 bytes; a person, and every record here, counts characters.
"""

import ast
import io
from collections.abc import Callable
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

    def __init__(self, tree: Callable[[], Any]) -> None:
        self._tree = tree

    def beginning(self, start: Position, end: Position) -> Position:
        """The position at which the source of a call begins that the compiler records from `start` to `end`."""
        return self._beginnings.get((start, end), start)

    @cached_property
    def _beginnings(self) -> dict[tuple[Position, Position], Position]:
        beginnings: dict[tuple[Position, Position], Position] = {}
        try:
            nodes = list(ast.walk(self._tree()))
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
    """One cell: its index in the program, the name under which it is compiled, and its lines with their ends.

    It may be compiled with `before` lines in front of it, as a notebook's cell with a magic command is. Methods take the
    positions that the compiler has, and return those in `source`.
    """

    def __init__(self, index: int, source: str, filename: str | None = None, before: int = 0) -> None:
        self.index = index
        self.source = source
        self.python = source
        """What Python compiles: the source, with `pass` in the place of lines that only a notebook understands."""
        self.filename = f"<cell {index + 1}>" if filename is None else filename
        self.before = before
        # Lines as the compiler counts them; str.splitlines would also split at a form feed and U+2028.
        self.lines = io.StringIO(source, newline=None).readlines()
        self._method_calls = MethodCalls(self.tree)

    @property
    def compiled(self) -> str:
        """What is compiled."""
        return "\n" * self.before + self.python

    def tree(self) -> Any:
        """The syntax tree, with the compiler's positions. Raises what the parser raises."""
        return ast.increment_lineno(ast.parse(self.python), self.before)

    def line(self, line: int) -> str:
        """The text of a line, with its end; empty if there is no such line."""
        index = line - self.before - 1
        return self.lines[index] if 0 <= index < len(self.lines) else ""

    def column(self, line: int, byte: int) -> int:
        """The column in characters of a column in UTF-8 bytes."""
        text = self.line(line)
        if text.isascii():
            return byte
        return len(text.encode("utf-8", "surrogatepass")[:byte].decode("utf-8", "ignore"))

    def span(self, line: int, end_line: int, byte: int, end_byte: int) -> Span:
        """The span of what the compiler has from one position to another."""
        if self._before(line, byte).endswith("."):
            line, byte = self._method_calls.beginning((line, byte), (end_line, end_byte))
        return Span(
            self.index, line - self.before, self.column(line, byte), end_line - self.before, self.column(end_line, end_byte)
        )

    def span_of(self, node: Any) -> Span:
        """The span of a piece of syntax."""
        return self.span(node.lineno, node.end_lineno or node.lineno, node.col_offset, node.end_col_offset or 0)

    def _before(self, line: int, byte: int) -> str:
        return self.line(line)[: self.column(line, byte)].rstrip()

    def text(self, span: Span, limit: int = EXPRESSION_CHARS) -> str:
        """The source text of a span, shortened."""
        lines = self.lines[span.line - 1 : span.end_line]
        if not lines:
            return ""
        lines[-1] = lines[-1][: span.end_column]
        lines[0] = lines[0][span.column :]
        text = "".join(lines)
        return text if len(text) <= limit else text[: limit - 1] + "…"


class Excerpt(Cell):
    """A part of a file, shown without its indentation. `nodes` are its statements, with positions in the file."""

    def __init__(self, index: int, filename: str, file_lines: list[str], nodes: list[Any]) -> None:
        first, last = first_line(nodes[0]), nodes[-1].end_lineno or nodes[-1].lineno
        whole = file_lines[first - 1 : last]
        # A statement after another on its line, or after the head of a compound one, does not begin the line.
        start: int = nodes[0].col_offset
        head = whole[0].encode()[:start]
        if head.strip():
            whole[0] = " " * start + whole[0].encode()[start:].decode()
        self._indents = [min(start, len(line) - len(line.lstrip(" \t"))) for line in whole]
        super().__init__(index, "", filename, first - 1)
        self.lines = [line[indent:] for line, indent in zip(whole, self._indents, strict=True)]
        self.source = "".join(self.lines)
        self.nodes = nodes

    def tree(self) -> Any:
        """The statements in the tree of the file."""
        return ast.Module(body=self.nodes, type_ignores=[])

    def holds(self, line: int) -> bool:
        """Whether it has a line of the file."""
        return 0 < line - self.before <= len(self.lines)

    def column(self, line: int, byte: int) -> int:
        """The column in characters, without the indentation."""
        index = line - self.before - 1
        indent = self._indents[index] if 0 <= index < len(self._indents) else 0
        return super().column(line, max(byte - indent, 0))


def first_line(node: Any) -> int:
    """The line at which a statement begins, that of its first decorator included."""
    return min([node.lineno, *(part.lineno for part in getattr(node, "decorator_list", ()))])


class Cells:
    """The cells that have been started."""

    def __init__(self) -> None:
        self.filenames: set[str] = set()
        """Those of cells that are compiled as they stand, and no part of a file."""
        self.floor: FrameType | None = None
        """The frame that the program is a part of, if it is one. What is around it is not the program's."""
        self._by_filename: dict[str, Cell] = {}
        self._excerpts: dict[str, list[Excerpt]] = {}
        self._held: dict[int, tuple[CodeType, Excerpt | None]] = {}
        self._positions: dict[CodeType, list[tuple[int | None, int | None, int | None, int | None]]] = {}

    def add(self, cell: Cell) -> None:
        """Take a cell in before it runs."""
        if isinstance(cell, Excerpt):
            self._excerpts.setdefault(cell.filename, []).append(cell)
            self._held.clear()
        else:
            self._by_filename[cell.filename] = cell
            self.filenames.add(cell.filename)

    def of(self, code: CodeType) -> Cell | None:
        """The cell that a piece of code was compiled from."""
        cell = self._by_filename.get(code.co_filename)
        return self._excerpt(code) if cell is None and code.co_filename in self._excerpts else cell

    def begins(self, frame: FrameType) -> bool:
        """Whether what is around a frame is not the program's any more."""
        code = frame.f_code
        return frame is self.floor or (code.co_name == "<module>" and code.co_filename in self.filenames)

    def _excerpt(self, code: CodeType) -> Excerpt | None:
        """The part of a file that a piece of code was compiled from; of the code at the floor, a part of it was."""
        known = self._held.get(id(code))
        if known is None:
            parts = self._excerpts[code.co_filename]
            found = next((part for part in parts if part.holds(code.co_firstlineno)), None)
            if self.floor is not None and self.floor.f_code is code:
                found = parts[0]
            known = self._held[id(code)] = code, found
        return known[1]

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
        if line is None or (isinstance(cell, Excerpt) and not cell.holds(line)):
            return None
        return cell.span(line, end_line or line, start or 0, end or 0)

    def nearest(self, frame: FrameType | None) -> FrameType | None:
        """The innermost frame at or around `frame` that runs a cell's code."""
        whole, parts = self._by_filename, self._excerpts
        while frame is not None:
            code = frame.f_code
            name = code.co_filename
            if (name in whole or (name in parts and self._excerpt(code) is not None)) and not is_call(code):
                break
            frame = frame.f_back
        return frame
