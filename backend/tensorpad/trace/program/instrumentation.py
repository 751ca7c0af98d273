"""Cells made to tell which statement has run.

NOTE [Calls between statements]
1. After each statement of a cell, and at the start of each body that binds names (a function's, a loop's, a handler's), a
   call is put into the syntax tree. It is given the values of the names that were bound there. Expressions are left alone:
   names that they bind (`:=`) are told after the statement, or at the start of the body, `case` or `else` that a head leads
   to, as far as they are bound there for sure; at the level of a cell the others are looked up among its names. What a
   `for` goes over is evaluated once, before the rounds: at the level of a cell the call stands beside it.
2. The call has no line of its own: the compiler gives it the place of what stands before it, and one at the beginning of
   a function has the place of what is evaluated first there. So debuggers, `inspect` and
   tracebacks see the lines of the cell and no others.
3. What is called is no name, which a program could see or rebind, but a constant of the code object: a string stands for it
   until the cell is compiled, and is then replaced by the function.
4. Class bodies are left alone, because their names may be looked up in an object of the program's; their methods are not.
   So are lambdas and comprehensions, which have no statements.
5. In a function, where there may be no room left for another call, such a call stands in a `try` that lets it go: so a
   recursion of the program's own functions comes to its end where, and with the words with which, it would.
6. What remains to be seen: a function's code object is longer, has those constants, and cannot be marshalled. An operation
   of torch's needs a few calls more, for its mode: within about eight calls of the limit it fails where it would not.
"""

import ast
from collections.abc import Callable
from types import CodeType
from typing import Any

from tensorpad.trace.program import probe_points
from tensorpad.trace.program.cells import Cell
from tensorpad.trace.program.probe_points import Point
from tensorpad.trace.program.syntax import FUNCTIONS, always_leaves, begins, bodies, own

_MARKER = "\0what is called after a statement"
_LIMIT = "\0what is raised at the limit of recursion"
_NOWHERE: Any = {"lineno": -1, "end_lineno": -1, "col_offset": -1, "end_col_offset": -1}
_LOAD = ast.Load()
_SIMPLE = (
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


class Statements:
    """The points of a run, and the function that is called at each with its number and values."""

    def __init__(self, passed: Callable[..., None]) -> None:
        self.points: list[Point] = []
        self._passed = passed

    def instrument(self, tree: Any, cell: Cell) -> None:
        """Put calls into the syntax tree of a cell."""
        tree.body = self._body(tree.body, cell, "", frozenset(), hooked=True)

    def last(self, node: ast.Expr, cell: Cell) -> int:
        """The number of the point after a cell's last expression."""
        return self._point(probe_points.after_last(node, cell))

    def installed(self, code: CodeType) -> CodeType:
        """The code of an instrumented cell with the function in its place."""
        known: dict[str, Any] = {_MARKER: self._passed, _LIMIT: RecursionError}
        constants = tuple(
            known[constant]
            if type(constant) is str and constant in known
            else self.installed(constant)
            if type(constant) is CodeType
            else constant
            for constant in code.co_consts
        )
        return code.replace(co_consts=constants)

    def _point(self, point: Point) -> int:
        self.points.append(point)
        return len(self.points) - 1

    def _body(self, body: list[Any], cell: Cell, scope: str, outer: frozenset[str], hooked: bool) -> list[Any]:
        made: list[Any] = []
        for node in body:
            if hooked and isinstance(node, ast.Return):
                made.append(self._call(probe_points.of(node, cell, scope), outer))
            made.append(node)
            self._inside(node, cell, scope, outer, hooked)
            if hooked and isinstance(node, _SIMPLE) and not _silent(node):
                made.append(self._call(probe_points.after(node, cell, scope), outer))
            elif hooked and isinstance(node, (ast.Try, ast.TryStar)):
                point = probe_points.after_try(node, scope)
                if point is not None and not always_leaves(node):
                    made.append(self._call(point, outer))
        return made

    def _inside(self, node: Any, cell: Cell, scope: str, outer: frozenset[str], hooked: bool) -> None:
        """The bodies of a statement."""
        if isinstance(node, FUNCTIONS):
            name = f"{scope}.{node.name}" if scope else node.name
            names = frozenset(name for inner in own(node.body) if isinstance(inner, ast.Global) for name in inner.names)
            head = 1 if ast.get_docstring(node, clean=False) is not None else 0
            entry = probe_points.at_entry(node, cell, name)
            at = begins(node.body[head]) if node.body[head:] else None
            inside = self._body(node.body[head:], cell, name, names, hooked=True)
            call: Any = self._call(entry, frozenset(), at)
            if at is not None and isinstance(node.body[head], ast.Return):
                # A second `try` on the line would make debuggers stop there twice.
                first: Any = inside.pop(0)
                call.body += first.body
            node.body = [*node.body[:head], call, *inside]
        elif isinstance(node, ast.ClassDef):
            name = f"{scope}.{node.name}" if scope else node.name
            node.body = self._body(node.body, cell, name, frozenset(), hooked=False)
        else:
            for owner, field in bodies(node):
                inside = self._body(getattr(owner, field), cell, scope, outer, hooked)
                if hooked and (point := probe_points.at_head(node, owner, field, cell, scope)):
                    inside = [self._call(point, outer), *inside]
                setattr(owner, field, inside)
            if hooked and isinstance(node, (ast.If, ast.While)) and not node.orelse:
                point = probe_points.at_head(node, node, "orelse", cell, scope)
                node.orelse = [self._call(point, outer)] if point is not None else []
            if isinstance(node, ast.For) and not scope and (point := probe_points.within(node.iter, cell, scope)):
                node.iter = self._told(node.iter, point)
            if hooked and isinstance(node, ast.Match) and (point := probe_points.without_a_case(node, cell, scope)):
                pattern = ast.MatchAs(**_NOWHERE)
                node.cases.append(ast.match_case(pattern=pattern, guard=None, body=[self._call(point, outer)]))

    def _call(self, point: Point, outer: frozenset[str], at: Any = None) -> ast.stmt:
        """A call at a point; `at` is the node whose place it takes, where nothing stands before it."""
        point.outer = outer.intersection((*point.names, *point.gone))
        place = _NOWHERE if at is None else {name: getattr(at, name) for name in _NOWHERE}
        call = ast.Expr(self._called(point, _called(place) if at is not None else _CALLED, place), **place)
        return _attempted(call, place) if point.scope else call

    def _told(self, expression: Any, point: Point) -> ast.expr:
        """An expression that gives what it did, after a call at a point."""
        place = {name: getattr(expression, name) for name in _NOWHERE}
        both = ast.Tuple([expression, self._called(point, _called(place), place)], _LOAD, **place)
        return ast.Subscript(both, ast.Constant(0, **place), _LOAD, **place)

    def _called(self, point: Point, function: ast.IfExp, place: dict[str, Any]) -> ast.Call:
        arguments: list[ast.expr] = [ast.Constant(self._point(point), **place)]
        arguments += [ast.Name(name, _LOAD, **place) for name in point.names]
        return ast.Call(func=function, args=arguments, keywords=[], **place)


def _called(place: dict[str, Any]) -> ast.IfExp:
    """What is called; a condition, because the compiler warns of constants that are called."""
    test, body, orelse = (ast.Constant(value, **place) for value in (True, _MARKER, None))
    return ast.IfExp(test=test, body=body, orelse=orelse, **place)


_CALLED = _called(_NOWHERE)


def _attempted(call: ast.stmt, place: dict[str, Any]) -> ast.Try:
    """A call in a function, which may have come to the limit of recursion."""
    handler = ast.ExceptHandler(type=ast.Constant(_LIMIT, **place), name=None, body=[ast.Pass(**place)], **place)
    return ast.Try(body=[call], handlers=[handler], orelse=[], finalbody=[], **place)


def _silent(node: Any) -> bool:
    """Whether a statement does nothing: a text that documents, a request to the compiler."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"
