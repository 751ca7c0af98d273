"""Source files of code that runs already: the parts of them that are shown as cells."""

import ast
import linecache
import warnings
from collections.abc import Iterator
from functools import cached_property
from types import CodeType, FrameType
from typing import Any

from tensorpad.trace.program.cells import Cells, Excerpt, first_line
from tensorpad.trace.program.probe_points import at_entry
from tensorpad.trace.program.regions import Regions
from tensorpad.trace.program.syntax import FUNCTIONS, bodies

_OPTIMISED = 0x1
"""The flag of code whose local variables are no dictionary: a function's."""


class NoSource(Exception):
    """The source of code cannot be found, or is not that of the code."""


class File:
    """One file, or another text that Python knows the lines of, as those of a notebook's cells."""

    def __init__(self, filename: str, module: dict[str, Any]) -> None:
        self.filename = filename
        self.lines = linecache.getlines(filename, module)
        if not self.lines:
            raise NoSource(f"the source of {filename} is not known")

    @cached_property
    def body(self) -> list[Any]:
        """Its statements. Raises NoSource."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse("".join(self.lines)).body
        except (SyntaxError, ValueError, RecursionError) as error:
            raise NoSource(f"{self.filename} has changed since it was loaded: {error}") from None

    def block(self, position: tuple[Any, ...]) -> Any:
        """The `with` statement that enters what it manages at a position. Raises NoSource.

        The compiler gives the position of the statement, or (in later versions) that of the expression.
        """
        for node in _statements(self.body):
            if isinstance(node, ast.With):
                places = {_place(node), *(_place(item.context_expr) for item in node.items)}
                if position in places:
                    return node
        raise NoSource(f"there is no `with` statement at line {position[0]} of {self.filename}")

    def definition(self, code: CodeType) -> tuple[Any, str] | None:
        """The function that was compiled to a piece of code; None for what has no statements of its own."""
        for node in _statements(self.body):
            if isinstance(node, FUNCTIONS) and node.name == code.co_name and first_line(node) == code.co_firstlineno:
                return node, code.co_qualname.replace(".<locals>", "")
        return None

    def part(self, line: int, block: Any) -> Any:
        """The outermost statement that has a line and that a block, if any, is not in. None if there is none."""
        body = self.body
        while True:
            around = [node for node in body if first_line(node) <= line <= (node.end_lineno or node.lineno)]
            if not around:
                return None
            if block is None or not _has(around[0], block):
                return None if around[0] is block else around[0]
            body = [node for owner, field in bodies(around[0]) for node in getattr(owner, field)]


class Files:
    """The definitions in files that a program runs: `definitions` has them in the order in which they were found.

    They are cells with numbers from 1; number 0 is the program's own cell, or the block that it consists of.
    """

    def __init__(self, cells: Cells) -> None:
        self.definitions: list[Excerpt] = []
        self._cells = cells
        self._block: Any = None
        self._block_file: File | None = None
        self._files: dict[str, File] = {}

    def block(self, frame: FrameType) -> tuple[Excerpt, Regions]:
        """The block of the `with` statement that a frame is entering. Raises NoSource."""
        code = frame.f_code
        file = self._block_file = self._file(code.co_filename, frame.f_globals)
        positions = list(code.co_positions())
        self._block = file.block(positions[frame.f_lasti // 2])
        excerpt = Excerpt(0, file.filename, file.lines, self._block.body)
        return excerpt, Regions(code, self._block.body, excerpt, "", None)

    def regions(self, frame: FrameType) -> Regions | None:
        """Those of a function of the program's that is being entered; None for code without statements."""
        code = frame.f_code
        try:
            file = self._file(code.co_filename, frame.f_globals)
            excerpt = self._cells.of(code)
            if excerpt is None:
                part = file.part(code.co_firstlineno, self._block if file is self._block_file else None)
                if part is None:
                    return None
                excerpt = Excerpt(len(self.definitions) + 1, file.filename, file.lines, [part])
                self.definitions.append(excerpt)
                self._cells.add(excerpt)
            found = file.definition(code)
        except NoSource:
            return None
        if found is None:
            return None
        node, scope = found
        head = 1 if ast.get_docstring(node, clean=False) is not None else 0
        regions = Regions(code, node.body[head:], excerpt, scope, at_entry(node, excerpt, scope))
        regions.declare_outer({*code.co_varnames, *code.co_cellvars, *code.co_freevars})
        return regions

    def _file(self, filename: str, module: dict[str, Any]) -> File:
        file = self._files.get(filename)
        if file is None:
            file = self._files[filename] = File(filename, module)
        return file


def argument_of(frame: FrameType) -> str | None:
    """The source of the first argument of the call that a frame is making; None if it is not known."""
    code = frame.f_code
    line, end_line, column, end_column = list(code.co_positions())[frame.f_lasti // 2]
    try:
        body = File(code.co_filename, frame.f_globals).body
    except NoSource:
        return None
    for node in (inner for part in body for inner in ast.walk(part)):
        if isinstance(node, ast.Call) and node.args and _place(node) == (line, end_line, column, end_column):
            return ast.unparse(node.args[0])
    return None


def has_fast_locals(frame: FrameType) -> bool:
    """Whether a frame is a function's, whose local variables a dictionary is only a copy of."""
    return bool(frame.f_code.co_flags & _OPTIMISED)


def mentioned(nodes: list[Any]) -> list[str]:
    """The names that statements mention."""
    return list(dict.fromkeys(node.id for part in nodes for node in ast.walk(part) if isinstance(node, ast.Name)))


def mentioned_outside(nodes: list[Any]) -> list[str]:
    """The names that definitions mention and do not bind themselves."""
    every = [node for part in nodes for node in ast.walk(part)]
    bound = {node.id for node in every if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    bound |= {node.arg for node in every if isinstance(node, ast.arg)}
    return [name for name in mentioned(nodes) if name not in bound]


def _statements(body: list[Any]) -> Iterator[Any]:
    for node in body:
        yield node
        for owner, field in bodies(node):
            yield from _statements(getattr(owner, field))


def _place(node: Any) -> tuple[Any, ...]:
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


def _has(node: Any, block: Any) -> bool:
    return node is not block and any(inner is block for inner in ast.walk(node))
