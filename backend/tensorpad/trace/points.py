"""The places at which a cell tells that it has come by: what is bound there, and which source it is about."""

import ast
from typing import Any

from tensorpad.protocol.records import Span
from tensorpad.trace.bound_names import bound, bound_by_head, parameters
from tensorpad.trace.cells import Cell


class Point:
    """A place at which a cell tells that it has come by.

    `names` are those that were bound, `gone` those that were unbound; `outer` those of them that a function declares global.
    `callee` and `values` are, where the statement gives a name the value of a call, what is called (`torch`, `from_numpy`)
    and the names among the arguments; `value` is where that call stands.
    """

    __slots__ = ("callee", "entry", "gone", "names", "outer", "scope", "span", "text", "value", "values")

    def __init__(self, scope: str, span: Span | None, names: tuple[str, ...], entry: bool = False) -> None:
        self.scope = scope
        self.span = span
        self.names = names
        self.entry = entry
        self.gone: tuple[str, ...] = ()
        self.outer: frozenset[str] = frozenset()
        self.callee: tuple[str, ...] = ()
        self.values: tuple[str, ...] = ()
        self.value: Span | None = None
        self.text = ""


def after(node: Any, cell: Cell, scope: str) -> Point:
    """The point after a simple statement or a definition."""
    point = Point(scope, _span(cell, node), tuple(dict.fromkeys(bound(node))))
    if isinstance(node, ast.Delete):
        point.gone = tuple(target.id for target in node.targets if isinstance(target, ast.Name))
    value = getattr(node, "value", None)
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(value, ast.Call) and len(point.names) == 1:
        point.callee = _dotted(value.func)
        point.values = tuple(argument.id for argument in value.args if isinstance(argument, ast.Name))
        point.value = _span(cell, value)
        point.text = cell.text(point.value)
    return point


def after_try(node: Any, scope: str) -> Point | None:
    """The point after a `try`, where the names of its handlers are unbound."""
    names = tuple(handler.name for handler in node.handlers if handler.name)
    if not names:
        return None
    point = Point(scope, None, ())
    point.gone = names
    return point


def at_entry(node: Any, cell: Cell, scope: str) -> Point:
    """The point at the beginning of a function."""
    return Point(scope, _definition(cell, node), parameters(node), entry=True)


def at_head(owner: Any, cell: Cell, scope: str) -> Point | None:
    """The point at the beginning of a body whose head binds names."""
    names = bound_by_head(owner)
    return Point(scope, _head(cell, owner), names) if names else None


def of(node: Any, cell: Cell, scope: str) -> Point:
    """The point of what binds nothing."""
    return Point(scope, _span(cell, node), ())


def _dotted(node: Any) -> tuple[str, ...]:
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return (node.id, *reversed(names)) if isinstance(node, ast.Name) else ()


def _span(cell: Cell, node: Any) -> Span:
    return cell.span(node.lineno, node.end_lineno or node.lineno, node.col_offset, node.end_col_offset or 0)


def _head(cell: Cell, owner: Any) -> Span | None:
    """Where the names stand that a head binds."""
    match owner:
        case ast.For() | ast.AsyncFor():
            return _span(cell, owner.target)
        case ast.With() | ast.AsyncWith():
            return _span(cell, owner.items[0].optional_vars or owner.items[0].context_expr)
        case ast.match_case():
            return _span(cell, owner.pattern)
        case _:
            return _definition(cell, owner)


def _definition(cell: Cell, node: Any) -> Span:
    """The first line of a definition, from `def` on, or of a handler."""
    number: int = node.lineno
    line = cell.lines[number - 1].rstrip("\r\n")
    return Span(cell.index, node.lineno, cell.column(node.lineno, node.col_offset), node.lineno, len(line))
