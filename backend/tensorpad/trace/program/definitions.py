"""The definitions of the program's functions: the span of the `def` or `lambda` that a function object came from."""

import ast
import functools
import warnings
from types import CodeType, FunctionType, MethodType
from typing import Any

from tensorpad.protocol.records import Span
from tensorpad.trace.program.cells import Cell, Cells, first_line

_type: Any = type
_METHOD: Any = MethodType
_PARTIAL: Any = functools.partial
_Node = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Definitions:
    """Finds definitions in the source of cells; each cell is parsed at most once."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._nodes: dict[int, list[_Node]] = {}
        self._spans: dict[CodeType, Span | None] = {}

    def of(self, called: Any) -> tuple[str, Span | None]:
        """The name of a callable, and the span of its definition. No code of the program's runs."""
        function = _function(called)
        if function is None:
            kind = _type(called)
            name = called.__qualname__ if kind is _type(len) else kind.__name__
            return (name if _type(name) is str else "object"), None
        code: CodeType = function.__code__
        if code not in self._spans:
            self._spans[code] = self._span(code)
        return function.__qualname__, self._spans[code]

    def _span(self, code: CodeType) -> Span | None:
        cell = self._cells.of(code)
        if cell is None:
            return None
        # What begins every function's code has a position without extent.
        extents = [extent for extent in code.co_positions() if None not in extent and extent[0::2] != extent[1::2]]
        best: _Node | None = None
        for node in self._functions(cell):
            if _matches(node, code, extents) and (best is None or _within(best, _extent(node))):
                best = node
        return None if best is None else cell.span_of(best)

    def _functions(self, cell: Cell) -> list[_Node]:
        nodes = self._nodes.get(cell.index)
        if nodes is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = cell.tree()
            nodes = [node for node in ast.walk(tree) if isinstance(node, _Node)]
            self._nodes[cell.index] = nodes
        return nodes


def _function(called: Any) -> Any:
    """The Python function behind a callable; None if there is none."""
    for _ in range(8):
        kind: Any = _type(called)
        if kind is FunctionType:
            return called
        if kind is _METHOD:
            called = called.__func__
        elif kind is _PARTIAL:
            called = called.func
        else:
            called = _static(kind, "__call__")
            if _type(called) is not FunctionType:
                return None
    return None


def _static(kind: Any, name: str) -> Any:
    for base in kind.__mro__:
        members: dict[str, Any] = base.__dict__
        if name in members:
            return members[name]
    return None


def _matches(node: _Node, code: CodeType, extents: list[Any]) -> bool:
    """Whether a definition can be that of a code object, whose instructions have these extents."""
    if first_line(node) != code.co_firstlineno:
        return False
    if isinstance(node, ast.Lambda):
        return code.co_name == "<lambda>" and all(_within(node, extent) for extent in extents)
    return node.name == code.co_name


def _extent(node: _Node) -> Any:
    return node.lineno, node.end_lineno, node.col_offset, node.end_col_offset


def _within(node: _Node, extent: Any) -> bool:
    line, end_line, column, end_column = extent
    start, end = (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)
    return start <= (line, column) and (end_line, end_column) <= end
