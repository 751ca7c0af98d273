"""Instruments the source of cells, so that the trace knows which statement has run.

    def double(x):                  def double(x):
                                        probe(0, x)
        y = x * 2                       y = x * 2
                                        probe(1, y)
        return y                        probe(2); return y
    z = double(w)                   z = double(w)
                                    probe(3, z)

Each call is made under a condition, which is left out here: `if switch[1_000]:`. Once nothing is recorded any more, that is
all that is left, and costs a program next to nothing. A statement that gives names their values again and again has a switch
of its own (`switch[1_007]`), for its numbers are kept for longer: see `trace.memory.series_log`.

The calls are put into the syntax tree, without lines of their own, so that debuggers, `inspect` and tracebacks see the lines
of the cell and no others. What remains to be seen: a function's code object is longer, has unusual constants, and
cannot be marshalled.
"""

import ast
import itertools
from array import array
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any, Final, NamedTuple

from tensorpad.trace.program import probe_points
from tensorpad.trace.program.cells import Cell
from tensorpad.trace.program.probe_points import ProbePoint
from tensorpad.trace.program.rounds import can_pause
from tensorpad.trace.program.syntax import always_leaves, begins, bodies, own

_PROBE = "\0what is called after a statement"
_LIMIT = "\0what is raised at the limit of recursion"
_SWITCH = "\0whether anything is called"
_NO_POSITION: Any = {"lineno": -1, "end_lineno": -1, "col_offset": -1, "end_col_offset": -1}
_LOAD = ast.Load()
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_Items: Any = type("Items", (array,), {"__slots__": (), "__hash__": object.__hash__})


class _Scope(NamedTuple):
    """The function or class that statements are in; `outer` are the names that it declares global."""

    cell: Cell
    name: str
    outer: frozenset[str] = frozenset()
    probed: bool = True
    repeats: bool = False
    """Whether the statements may run more than once."""

    def within(self, name: str) -> str:
        """The qualified name of a function or class in here."""
        return f"{self.name}.{name}" if self.name else name


class Switch:
    """Whether statements are reported: items of an array, which is a constant of the instrumented code.

    The item at `PLACE` is that of all statements that have none of their own, and that at `LOOPS` that of all loops.

    An attribute would be a name of the program's code, and is no quicker. As long as the compiler works, a string is in the
    array's place; the compiler would compute an item of that, if there were one at `PLACE`. Code is hashed with its
    constants, which arrays and lists cannot be. An item of a list of another class would be a call, which the limit of
    recursion counts.
    """

    PLACE: Final = 1_000
    LOOPS: Final = 1_001

    def __init__(self) -> None:
        self.items: Any = _Items("b", bytes([True]) * (self.LOOPS + 1))

    def turn(self, on: bool, place: int = PLACE) -> None:
        """Turn all statements on or off that share a place."""
        self.items[place] = on

    def another(self) -> int:
        """A new place, which is on."""
        self.items.append(True)
        return len(self.items) - 1


class Instrumentation:
    """The probe points of a run. `probe` is called at each with the point's index and the values of its names."""

    def __init__(self, probe: Callable[..., None]) -> None:
        self.points: list[ProbePoint] = []
        self.switch = Switch()
        self._places: dict[int, int] = {}
        """By the index of a point that has a place of its own in the switch, that place."""
        self._asleep: list[int] = []
        self._probe = probe
        self._loops: Iterator[int] | None = None

    def instrument(self, tree: Any, cell: Cell) -> None:
        """Put calls into the syntax tree of a cell.

        Expressions are left alone, and with them lambdas and comprehensions: names that they bind (`:=`) are reported after
        the statement.
        """
        tree.body = self._body(tree.body, _Scope(cell, ""))

    def after_last(self, node: ast.Expr, cell: Cell) -> int:
        """The index of the point after a cell's last expression, which the caller reports itself."""
        return self._add(probe_points.after_last(node, cell))

    def finished(self, code: CodeType) -> CodeType:
        """The code of an instrumented cell, with the probe in it.

        What is called is no name, which a program could see or rebind, but a constant of the code object: a string takes its
        place until the cell is compiled.
        """
        known: dict[str, Any] = {_PROBE: self._probe, _LIMIT: RecursionError, _SWITCH: self.switch.items}
        constants = tuple(
            known[constant]
            if type(constant) is str and constant in known
            else self.finished(constant)
            if type(constant) is CodeType
            else constant
            for constant in code.co_consts
        )
        return code.replace(co_consts=constants)

    def report_loops(self) -> None:
        """In cells from now on, loops report their rounds: see NOTE [Rounds] in `trace.program.rounds`."""
        self._loops = itertools.count()

    def silence(self, index: int, for_now: bool = False) -> None:
        """The point with this index need not be reported any more, or (`for_now`) not until `wake`."""
        place = self._places.get(index)
        if place is not None:
            self.switch.turn(False, place)
            if for_now:
                self._asleep.append(place)

    def wake(self) -> None:
        """Have all points reported again that were silenced for a while."""
        while self._asleep:
            self.switch.turn(True, self._asleep.pop())

    def _add(self, point: ProbePoint) -> int:
        self.points.append(point)
        return len(self.points) - 1

    def _body(self, body: list[Any], scope: _Scope) -> list[Any]:
        """The statements of a body with a call after each, and before a `return`."""
        statements: list[Any] = []
        for node in body:
            if scope.probed and isinstance(node, ast.Return):
                statements.append(self._call(probe_points.at(node, scope.cell, scope.name), scope))
            statements.append(node)
            self._inside(node, scope)
            if self._loops is not None and scope.probed and can_pause(node):
                statements[-1] = self._loop(node, scope, next(self._loops))
            point = self._point_after(node, scope) if scope.probed else None
            if point is not None:
                statements.append(self._call(point, scope))
        return statements

    def _point_after(self, node: Any, scope: _Scope) -> ProbePoint | None:
        if probe_points.is_simple(node):
            return None if probe_points.is_silent(node) else probe_points.after(node, scope.cell, scope.name)
        if isinstance(node, (ast.Try, ast.TryStar)) and not always_leaves(node):
            return probe_points.after_try(node, scope.name)
        return None

    def _inside(self, node: Any, scope: _Scope) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node, scope)
            case ast.ClassDef():
                self._class(node, scope)
            case _:
                for owner, field in bodies(node):
                    self._block(node, owner, field, scope)
                if scope.probed:
                    self._untaken(node, scope)
                if isinstance(node, ast.For) and not scope.name:
                    self._iterable(node, scope)

    def _function(self, node: Any, scope: _Scope) -> None:
        """A function: a call at the beginning has the position of what is evaluated first there."""
        inner = _Scope(scope.cell, scope.within(node.name), _declared_global(node), repeats=True)
        head = 1 if ast.get_docstring(node, clean=False) is not None else 0
        at = begins(node.body[head]) if node.body[head:] else None
        entry = probe_points.at_entry(node, inner.cell, inner.name)
        statements = self._body(node.body[head:], inner)
        call: Any = self._call(entry, inner._replace(outer=frozenset()), at)
        if at is not None and isinstance(node.body[head], ast.Return):
            # A second `try` on the line would make debuggers stop there twice.
            call.body[0].body += statements.pop(0).body[0].body
        node.body = [*node.body[:head], call, *statements]

    def _class(self, node: ast.ClassDef, scope: _Scope) -> None:
        """A class: its methods get calls. Its body gets none: its names may be looked up in an object of the program's."""
        node.body = self._body(node.body, _Scope(scope.cell, scope.within(node.name), probed=False))

    def _block(self, node: Any, owner: Any, field: str, scope: _Scope) -> None:
        """A body of a compound statement: it begins with a call if the statement's head has bound names by then."""
        if field == "body" and isinstance(owner, _LOOPS):
            scope = scope._replace(repeats=True)
        statements = self._body(getattr(owner, field), scope)
        point = probe_points.at_head(node, owner, field, scope.cell, scope.name) if scope.probed else None
        setattr(owner, field, statements if point is None else [self._call(point, scope), *statements])

    def _untaken(self, node: Any, scope: _Scope) -> None:
        """The branch that the program did not write: its head may have bound names (`:=`) on that way, too."""
        match node:
            case ast.If() | ast.While() if not node.orelse:
                point = probe_points.at_head(node, node, "orelse", scope.cell, scope.name)
                node.orelse = [self._call(point, scope)] if point is not None else []
            case ast.Match():
                point = probe_points.without_a_case(node, scope.cell, scope.name)
                if point is not None:
                    pattern = ast.MatchAs(**_NO_POSITION)
                    node.cases.append(ast.match_case(pattern=pattern, guard=None, body=[self._call(point, scope)]))
            case _:
                return

    def _loop(self, node: Any, scope: _Scope, number: int) -> ast.stmt:
        """A loop that reports the beginning of each of its rounds, and its end.

        while f():                      try:
            x = g()                         while f():
                                                probe(0)
                                                x = g()
                                        finally:
                                            probe(1)
        """
        begun, left = (probe_points.of_loop(node, scope.cell, scope.name, number, after) for after in (False, True))
        node.body.insert(0, self._call(begun, scope))
        return ast.Try(body=[node], handlers=[], orelse=[], finalbody=[self._call(left, scope)], **_NO_POSITION)

    def _iterable(self, node: ast.For, scope: _Scope) -> None:
        """What a `for` goes over is evaluated once, before the rounds: at the level of a cell, a call is beside it.

        for x in (n := f()):            for x in ((n := f()), probe(0, n))[0]:
        """
        point = probe_points.within(node.iter, scope.cell, scope.name)
        if point is not None:
            position = _position(node.iter)
            pair = ast.Tuple([node.iter, self._called(point, _probe(position), position)], _LOAD, **position)
            node.iter = ast.Subscript(pair, ast.Constant(0, **position), _LOAD, **position)

    def _call(self, point: ProbePoint, scope: _Scope, at: Any = None) -> ast.stmt:
        """A call at a point. The compiler gives it the position of what is before it, or that of the node `at`.

        In a function there may be no room left for another call, so it is in a `try` that ignores that. A recursion of the
        program's own functions then ends at the depth, and with the words, with which it would. (An operation of torch's
        needs more calls for its mode: within about eight calls of the limit it fails when it would not.)
        """
        point.outer = scope.outer.intersection((*point.names, *point.gone))
        point.repeats = point.repeats and scope.repeats
        position = _NO_POSITION if at is None else _position(at)
        function = _PROBE_NOWHERE if at is None else _probe(position)
        call: ast.stmt = ast.Expr(self._called(point, function, position), **position)
        if point.scope:
            call = _attempted(call, position)
        own = Switch.PLACE if point.loop is None else Switch.LOOPS
        if point.repeats:
            own = self._places[len(self.points) - 1] = self.switch.another()
        switch, place = (ast.Constant(value, **position) for value in (_SWITCH, own))
        on = ast.Subscript(switch, place, _LOAD, **position)
        return ast.If(test=on, body=[call], orelse=[], **position)

    def _called(self, point: ProbePoint, function: ast.IfExp, position: dict[str, Any]) -> ast.Call:
        arguments: list[ast.expr] = [ast.Constant(self._add(point), **position)]
        arguments += [ast.Name(name, _LOAD, **position) for name in point.names]
        return ast.Call(func=function, args=arguments, keywords=[], **position)


def _position(node: Any) -> dict[str, Any]:
    return {name: getattr(node, name) for name in _NO_POSITION}


def _probe(position: dict[str, Any]) -> ast.IfExp:
    """What is called. It is a condition, because the compiler warns of constants that are called."""
    test, body, orelse = (ast.Constant(value, **position) for value in (True, _PROBE, None))
    return ast.IfExp(test=test, body=body, orelse=orelse, **position)


_PROBE_NOWHERE = _probe(_NO_POSITION)


def _attempted(call: ast.stmt, position: dict[str, Any]) -> ast.Try:
    """A `try` that ignores that the limit of recursion has been reached."""
    error = ast.Constant(_LIMIT, **position)
    handler = ast.ExceptHandler(type=error, name=None, body=[ast.Pass(**position)], **position)
    return ast.Try(body=[call], handlers=[handler], orelse=[], finalbody=[], **position)


def _declared_global(node: Any) -> frozenset[str]:
    return frozenset(name for inner in own(node.body) if isinstance(inner, ast.Global) for name in inner.names)
