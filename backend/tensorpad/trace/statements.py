"""Cells made to tell which statement has run.

NOTE [Calls between statements]
1. After each statement of a cell, and at the start of each body that binds names (a function's, a loop's, a handler's), a
   call is put into the syntax tree. It is given the values of the names that were bound there. Expressions are left alone.
2. The call has no line of its own: the compiler gives it the place of what stands before it, and one at the beginning of
   a function has the place of what is evaluated first there. So debuggers, `inspect` and
   tracebacks see the lines of the cell and no others.
3. What is called is no name, which a program could see or rebind, but a constant of the code object: a string stands for it
   until the cell is compiled, and is then replaced by the function.
4. Class bodies are left alone, because their names may be looked up in an object of the program's; their methods are not.
   So are lambdas and comprehensions, which have no statements.
5. What remains to be seen: a function's code object is longer, has that constant, and cannot be marshalled; and Python's
   limit of recursion is met one call earlier.
"""

import ast
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

from tensorpad.protocol.records import Span
from tensorpad.trace.cells import Cell

_MARKER = "\0what is called after a statement"
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
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


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
        return self._point(Point("", _span(cell, node), ()))

    def installed(self, code: CodeType) -> CodeType:
        """The code of an instrumented cell with the function in its place."""
        constants = tuple(
            self._passed
            if type(constant) is str and constant == _MARKER
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
                made.append(self._call(Point(scope, _span(cell, node), ()), outer))
            made.append(node)
            self._inside(node, cell, scope, outer, hooked)
            if hooked and isinstance(node, _SIMPLE) and not _silent(node):
                made.append(self._call(_simple(node, cell, scope), outer))
            elif hooked and isinstance(node, (ast.Try, ast.TryStar)):
                names = tuple(handler.name for handler in node.handlers if handler.name)
                if names and not _always_leaves(node):
                    point = Point(scope, None, ())
                    point.gone = names
                    made.append(self._call(point, outer))
        return made

    def _inside(self, node: Any, cell: Cell, scope: str, outer: frozenset[str], hooked: bool) -> None:
        """The bodies of a statement."""
        if isinstance(node, _FUNCTION):
            name = f"{scope}.{node.name}" if scope else node.name
            names = frozenset(name for inner in _own(node.body) if isinstance(inner, ast.Global) for name in inner.names)
            head = 1 if ast.get_docstring(node, clean=False) is not None else 0
            entry = Point(name, _definition(cell, node), _parameters(node), entry=True)
            at = _begins(node.body[head]) if node.body[head:] else None
            inside = self._body(node.body[head:], cell, name, names, hooked=True)
            node.body = [*node.body[:head], self._call(entry, frozenset(), at), *inside]
        elif isinstance(node, ast.ClassDef):
            name = f"{scope}.{node.name}" if scope else node.name
            node.body = self._body(node.body, cell, name, frozenset(), hooked=False)
        else:
            for owner, field in _bodies(node):
                inside = self._body(getattr(owner, field), cell, scope, outer, hooked)
                if hooked and field == "body" and (target := _bound_by(owner)):
                    inside = [self._call(Point(scope, _head(cell, owner), target), outer), *inside]
                setattr(owner, field, inside)

    def _call(self, point: Point, outer: frozenset[str], at: Any = None) -> ast.Expr:
        """A call at a point; `at` is the node whose place it takes, where nothing stands before it."""
        point.outer = outer.intersection((*point.names, *point.gone))
        place = _NOWHERE if at is None else {name: getattr(at, name) for name in _NOWHERE}
        arguments: list[ast.expr] = [ast.Constant(self._point(point), **place)]
        arguments += [ast.Name(name, _LOAD, **place) for name in point.names]
        return ast.Expr(
            ast.Call(func=_called(place) if at is not None else _CALLED, args=arguments, keywords=[], **place), **place
        )


def _called(place: dict[str, Any]) -> ast.IfExp:
    """What is called; a condition, because the compiler warns of constants that are called."""
    test, body, orelse = (ast.Constant(value, **place) for value in (True, _MARKER, None))
    return ast.IfExp(test=test, body=body, orelse=orelse, **place)


_CALLED = _called(_NOWHERE)


def _begins(node: Any) -> Any:
    """What of a statement is evaluated first, as far as its line goes."""
    while True:
        match node:
            case ast.For() | ast.AsyncFor():
                following = node.iter
            case ast.With() | ast.AsyncWith():
                following = node.items[0].context_expr
            case ast.If() | ast.While() | ast.Assert() | ast.IfExp():
                following = node.test
            case ast.Assign() | ast.AnnAssign() | ast.Expr() | ast.Return() | ast.NamedExpr() | ast.Await():
                following = node.value
            case ast.Attribute() | ast.Subscript() | ast.Starred():
                following = node.value
            case ast.BinOp() | ast.Compare():
                following = node.left
            case ast.BoolOp():
                following = node.values[0]
            case ast.UnaryOp():
                following = node.operand
            case ast.Call():
                following = node.func
            case ast.Tuple() | ast.List() | ast.Set():
                following = node.elts[0] if node.elts else None
            case ast.AugAssign():
                following = node.target
            case ast.Raise():
                following = node.exc
            case _:
                following = None
        if following is None:
            return node
        node = following


def _simple(node: Any, cell: Cell, scope: str) -> Point:
    point = Point(scope, _span(cell, node), tuple(dict.fromkeys(_bound(node))))
    if isinstance(node, ast.Delete):
        point.gone = tuple(target.id for target in node.targets if isinstance(target, ast.Name))
    value = getattr(node, "value", None)
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(value, ast.Call) and len(point.names) == 1:
        point.callee = _dotted(value.func)
        point.values = tuple(argument.id for argument in value.args if isinstance(argument, ast.Name))
        point.value = _span(cell, value)
        point.text = cell.text(point.value)
    return point


def _bound(node: Any) -> Iterator[str]:
    match node:
        case ast.Assign():
            for target in node.targets:
                yield from _targets(target)
        case ast.AnnAssign(value=None):
            return
        case ast.AnnAssign() | ast.AugAssign():
            yield from _targets(node.target)
        case ast.Import() | ast.ImportFrom():
            for alias in node.names:
                if alias.name != "*":
                    yield alias.asname or alias.name.partition(".")[0]
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case _:
            return


def _targets(target: Any) -> Iterator[str]:
    match target:
        case ast.Name():
            yield target.id
        case ast.Starred():
            yield from _targets(target.value)
        case ast.Tuple() | ast.List():
            for part in target.elts:
                yield from _targets(part)
        case _:
            return


def _bound_by(owner: Any) -> tuple[str, ...]:
    """The names that the head of a body binds."""
    match owner:
        case ast.For() | ast.AsyncFor():
            return tuple(_targets(owner.target))
        case ast.With() | ast.AsyncWith():
            return tuple(name for item in owner.items for name in _targets(item.optional_vars))
        case ast.ExceptHandler(name=str(name)):
            return (name,)
        case ast.match_case():
            return tuple(dict.fromkeys(_captured(owner.pattern)))
        case _:
            return ()


def _captured(pattern: Any) -> Iterator[str]:
    for node in ast.walk(pattern):
        name = getattr(node, "rest", None) if isinstance(node, ast.MatchMapping) else getattr(node, "name", None)
        if isinstance(node, (ast.MatchAs, ast.MatchStar, ast.MatchMapping)) and name:
            yield name


def _bodies(node: Any) -> Iterator[tuple[Any, str]]:
    """The bodies in a compound statement: who holds each, and under which field."""
    for field in ("body", "orelse", "finalbody"):
        if isinstance(getattr(node, field, None), list) and getattr(node, field):
            yield node, field
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part, "body"


def _own(body: list[Any]) -> Iterator[Any]:
    """Every statement of a function, without those of functions and classes in it."""
    for node in body:
        yield node
        if not isinstance(node, (*_FUNCTION, ast.ClassDef)):
            for owner, field in _bodies(node):
                yield from _own(getattr(owner, field))


def _parameters(node: Any) -> tuple[str, ...]:
    given = node.args
    named = [*given.posonlyargs, *given.args, *([given.vararg] if given.vararg else []), *given.kwonlyargs]
    return tuple(part.arg for part in (*named, *([given.kwarg] if given.kwarg else [])))


def _always_leaves(node: Any) -> bool:
    """Whether nothing after a `try` is reached, as far as can be told from the ends of its bodies."""
    ends = [node.orelse or node.body, *(handler.body for handler in node.handlers)]
    return all(isinstance(body[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break)) for body in ends)


def _dotted(node: Any) -> tuple[str, ...]:
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return (node.id, *reversed(names)) if isinstance(node, ast.Name) else ()


def _silent(node: Any) -> bool:
    """Whether a statement does nothing: a text that documents, a request to the compiler."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


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
