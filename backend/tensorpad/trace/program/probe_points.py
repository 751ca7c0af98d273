"""Probe points: the points of a cell at which it reports progress, and which names are bound there."""

import ast
from typing import Any

from tensorpad.protocol.records import Span
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS
from tensorpad.trace.program.bound_names import bound, bound_by, bound_by_head, parameters, perhaps_bound, relaid
from tensorpad.trace.program.cells import Cell
from tensorpad.trace.program.rounds import Loop, bound_in
from tensorpad.trace.program.sources import Source, assigned
from tensorpad.trace.program.syntax import takes_all

_SIMPLE_STATEMENTS = (
    ast.Assign,
    ast.AugAssign,
    ast.AnnAssign,
    ast.Expr,
    ast.Delete,
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Assert,
)


class ProbePoint:
    """A point at which a cell reports progress; see `trace.program.instrumentation`.

    `names` are those that were bound, `gone` those that were unbound; `outer` those of them that a function declares global.
    `perhaps` are names of a cell's own that may have been bound; `star` is the module whose names were all imported.
    `relaid` is a name that was not bound, but whose tensor needs a new snapshot.
    `sources` are the calls whose values were bound, each with the index in `names`.
    `head` says that the head of a compound statement has bound the names; `repeats`, that the point may be reached again and
    again, and gives names their values. `loop` says that it is a point of a loop itself, at which nothing else is reported.
    """

    __slots__ = (
        "entry",
        "gone",
        "head",
        "loop",
        "names",
        "outer",
        "perhaps",
        "relaid",
        "repeats",
        "scope",
        "sources",
        "span",
        "star",
    )

    def __init__(self, scope: str, span: Span | None, names: tuple[str, ...], entry: bool = False) -> None:
        self.scope = cut(scope, NAME_CHARS)[0]
        self.span = span
        self.names = names
        self.entry = entry
        self.gone: tuple[str, ...] = ()
        self.outer: frozenset[str] = frozenset()
        self.perhaps: tuple[str, ...] = ()
        self.relaid: str | None = None
        self.star: str | None = None
        self.head = False
        self.loop: Loop | None = None
        self.repeats = bool(names) and not entry
        self.sources: tuple[tuple[int, Source], ...] = ()


def is_simple(node: Any) -> bool:
    """Whether a statement is reported after it has run: a simple one, or a definition."""
    return isinstance(node, _SIMPLE_STATEMENTS)


def is_silent(node: Any) -> bool:
    """Whether a statement does nothing: a docstring, or a request to the compiler."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def after(node: Any, cell: Cell, scope: str) -> ProbePoint:
    """The point after a simple statement or a definition."""
    point = ProbePoint(scope, cell.span_of(node), tuple(dict.fromkeys(bound(node))))
    if isinstance(node, ast.Delete):
        point.gone = tuple(target.id for target in node.targets if isinstance(target, ast.Name))
    if not scope:
        point.perhaps = tuple(name for name in dict.fromkeys(perhaps_bound(node)) if name not in point.names)
    name = relaid(node)
    if name is not None and name not in point.names:
        _look_again(point, name)
    if isinstance(node, ast.ImportFrom) and not node.level and any(alias.name == "*" for alias in node.names):
        point.star = node.module
    point.sources = assigned(node, point.names, cell)
    return point


def after_try(node: Any, scope: str) -> ProbePoint | None:
    """The point after a `try`, at which the names of its handlers are unbound."""
    names = tuple(handler.name for handler in node.handlers if handler.name)
    if not names:
        return None
    point = ProbePoint(scope, None, ())
    point.gone = names
    return point


def at_entry(node: Any, cell: Cell, scope: str) -> ProbePoint:
    """The point at the beginning of a function."""
    return ProbePoint(scope, _definition(cell, node), parameters(node), entry=True)


def at_head(node: Any, owner: Any, field: str, cell: Cell, scope: str) -> ProbePoint | None:
    """The point at the beginning of a body, `field` of `owner`, of a statement `node` whose head has bound names by then."""
    names = bound_by_head(node, owner, field)
    if not names:
        return None
    point = ProbePoint(scope, _head(cell, owner), names)
    point.head = True
    return point


def of_loop(node: Any, cell: Cell, scope: str, number: int, left: bool) -> ProbePoint:
    """The point at the beginning of each round of a loop, or (`left`) after all of them."""
    head: Any = node.target if isinstance(node, ast.For) else node.test
    point = ProbePoint(scope, cell.span_of(head), ())
    point.loop = Loop(number, left, bound_in(node))
    return point


def without_a_case(node: Any, cell: Cell, scope: str) -> ProbePoint | None:
    """The point at which no case of a `match` was taken, if its subject has bound names and there may be such a point."""
    return None if takes_all(node.cases[-1]) else within(node.subject, cell, scope)


def within(expression: Any, cell: Cell, scope: str) -> ProbePoint | None:
    """The point at which an expression has been evaluated, if it has bound names."""
    names = bound_by(expression)
    return ProbePoint(scope, cell.span_of(expression), names) if names else None


def at(node: Any, cell: Cell, scope: str) -> ProbePoint:
    """The point before a statement that binds nothing."""
    return ProbePoint(scope, cell.span_of(node), ())


def after_last(node: ast.Expr, cell: Cell) -> ProbePoint:
    """The point after a cell's last expression."""
    point = ProbePoint("", cell.span_of(node), ())
    point.perhaps = tuple(dict.fromkeys(perhaps_bound(node)))
    name = relaid(node)
    if name is not None:
        _look_again(point, name)
    return point


def _look_again(point: ProbePoint, name: str) -> None:
    point.relaid = name
    if point.scope:
        point.names += (name,)
    elif name not in point.perhaps:
        point.perhaps += (name,)


def _head(cell: Cell, owner: Any) -> Span | None:
    """The span of the names that a head binds."""
    match owner:
        case ast.For() | ast.AsyncFor():
            return cell.span_of(owner.target)
        case ast.With() | ast.AsyncWith():
            return cell.span_of(owner.items[0].optional_vars or owner.items[0].context_expr)
        case ast.match_case():
            return cell.span_of(owner.pattern)
        case ast.If() | ast.While():
            return cell.span_of(owner.test)
        case _:
            return _definition(cell, owner)


def _definition(cell: Cell, node: Any) -> Span:
    """The first line of a definition, from `def` on, or of a handler."""
    number: int = node.lineno
    line = cell.line(number).rstrip("\r\n")
    shown = number - cell.before
    return Span(cell.index, shown, cell.column(number, node.col_offset), shown, len(line))
