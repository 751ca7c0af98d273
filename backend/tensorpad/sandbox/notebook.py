"""What a notebook's lines do in a program: they measure, print help, or do nothing and leave a note.

NOTE [Lines that are compiled apart]
1. Each line is `pass` in the source that is compiled (`dialect.lines`). In the syntax tree something else takes its place:
   for `%time`, a `with` statement around what it times, whose lines and columns are those of the source; for `%timeit` and
   `name?`, a call.
2. What is called or entered is no name, which a program could see, but a constant of the code, as with probes: a string
   takes its place until the cell is compiled.
"""

import ast
import importlib.metadata
import re
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import CodeType
from typing import Any, Final

from tensorpad.dialect.lines import Line, notebook_lines, plain
from tensorpad.protocol.notes import NoteKind
from tensorpad.protocol.records import Span
from tensorpad.sandbox.help import help_text
from tensorpad.sandbox.measuring import Timer, repeated
from tensorpad.trace.program.cells import Cell

_IDLE: Final = frozenset(
    (
        "matplotlib",
        "load_ext",
        "reload_ext",
        "unload_ext",
        "autoreload",
        "config",
        "precision",
        "colors",
        "xmode",
        "automagic",
    )
)
"""Magics that set a notebook up, and change nothing that a program computes."""
_INSTALLERS: Final = frozenset(("pip", "pip3", "conda", "mamba"))
_PLACE: Final = "\0notebook "
_FLAG: Final = re.compile(r"[=<>!~\[;].*")
_sys: Any = sys

Note = Callable[[NoteKind, str, Span], None]
Paused = Callable[[], AbstractContextManager[None]]


class NotebookLines:
    """The notebook's lines of the cells of a run. `note` takes notes; `paused` stops recording for a while."""

    def __init__(self, note: Note, paused: Paused, traced: bool) -> None:
        self._note = note
        self._paused = paused
        self._traced = traced
        self._objects: dict[str, Any] = {}

    def take(self, cell: Cell) -> tuple[Line, ...]:
        """The notebook's lines of a cell, if it has any; from then on it is compiled without them."""
        lines = notebook_lines(cell.source)
        if lines:
            whole = lines[-1] if lines[-1].kind == "cell" else None
            if whole is None or whole.name in ("time", "capture"):
                lines += tuple(line for line in _below(cell, whole)) if whole else ()
                cell.python = plain(cell.source, lines)
            else:
                cell.python = "\n" * len(cell.lines)
        return lines

    def put(self, tree: Any, lines: tuple[Line, ...], cell: Cell) -> AbstractContextManager[Any] | None:
        """Put into a tree what its lines do. What is returned is around the whole cell. Raises SyntaxError."""
        places = {line.first: line for line in lines}
        around: AbstractContextManager[Any] | None = None
        for line in lines:
            if line.kind == "cell" and line.name == "time":
                around = self._timer(line, cell)
            elif line.kind == "cell" and line.name == "timeit":
                below = "".join(cell.lines[line.last :])
                tree.body.append(self._call(self._repeat(below, line), line, cell))
            elif line.kind == "cell" and line.name == "capture":
                self._note("ignored", _written(line, cell), _span(line, cell))
            elif line.kind == "cell":
                self._note("skipped", f"%%{line.name}", _span(line, cell))
        _Putter(places, lambda line: self._done(line, cell)).visit(tree)
        return around

    def placed(self, code: CodeType) -> CodeType:
        """Compiled code, with the objects in it."""
        constants = tuple(
            self._objects[constant]
            if type(constant) is str and constant in self._objects
            else self.placed(constant)
            if type(constant) is CodeType
            else constant
            for constant in code.co_consts
        )
        return code.replace(co_consts=constants)

    def timer_of(self, node: Any) -> AbstractContextManager[Any] | None:
        """The timer of a statement that `%time` became, if it is one with a single expression."""
        match node:
            case ast.With(items=[ast.withitem(context_expr=ast.Constant(value=str(place)))], body=[ast.Expr()]):
                return self._objects.get(place)
            case _:
                return None

    def _done(self, line: Line, cell: Cell) -> Any:
        """The statement in the place of a line; None if there is nothing to do."""
        span = _span(line, cell)
        match line:
            case Line(kind="help", name=name, text=marks):
                return self._call(lambda frame: print(help_text(name, frame, whole=marks == "??")), line, cell)
            case Line(kind="magic", name="time", text=text) if text:
                return self._timed(line, cell)
            case Line(kind="magic", name="timeit", text=text) if text:
                return self._call(self._repeat(text, line), line, cell)
            case Line(kind="magic", name=name) if name in _IDLE:
                self._note("ignored", _written(line, cell), span)
            case _ if _installs(line):
                missing = _missing(line)
                self._note("uninstalled" if missing else "ignored", ", ".join(missing) or _written(line, cell), span)
            case _:
                mark = "%" if line.kind == "magic" or "= %" in _written(line, cell) else "!"
                self._note("skipped", mark + line.name, span)
        return None

    def _timer(self, line: Line, cell: Cell) -> Timer:
        if self._traced:
            self._note("timed", _written(line, cell), _span(line, cell))
        return Timer()

    def _repeat(self, source: str, line: Line) -> Callable[[Any], None]:
        def repeat(frame: Any) -> None:
            with self._paused():
                repeated(source, line.text if line.kind == "cell" else "", frame)

        return repeat

    def _timed(self, line: Line, cell: Cell) -> Any:
        """`with` around what is timed, at its place in the source."""
        inner = "if 1:\n" + " " * line.column + line.text
        try:
            body: Any = ast.parse(inner, cell.filename).body[0]
        except SyntaxError as error:
            error.lineno = (error.lineno or 2) + line.first - 2 + cell.before
            error.end_lineno = (error.end_lineno or 2) + line.first - 2 + cell.before
            raise
        statements = [ast.increment_lineno(node, line.first - 2 + cell.before) for node in body.body]
        place = self._kept(self._timer(line, cell))
        at = _position(line, cell)
        return ast.With([ast.withitem(ast.Constant(place, **at))], statements, **at)

    def _call(self, function: Callable[[Any], None], line: Line, cell: Cell) -> Any:
        """A statement that calls a function with the frame that it is in."""
        place = self._kept(lambda: function(_sys._getframe(1)))
        at = _position(line, cell)
        # A condition, because the compiler warns of constants that are called.
        test, body, orelse = (ast.Constant(value, **at) for value in (True, place, None))
        return ast.Expr(ast.Call(ast.IfExp(test, body, orelse, **at), [], [], **at), **at)

    def _kept(self, thing: Any) -> str:
        place = f"{_PLACE}{len(self._objects)}"
        self._objects[place] = thing
        return place


class _Putter(ast.NodeTransformer):
    def __init__(self, places: dict[int, Line], done: Callable[[Line], Any]) -> None:
        self._places = places
        self._done = done

    def visit_Pass(self, node: ast.Pass) -> Any:
        line = self._places.get(node.lineno)
        if line is None or node.col_offset != len(line.indent.encode()):
            return node
        return (None if line.kind == "cell" else self._done(line)) or node


def _below(cell: Cell, whole: Line) -> list[Line]:
    """The notebook's lines below a cell's magic."""
    head = "\n" * whole.last
    return [line for line in notebook_lines(head + "".join(cell.lines[whole.last :])) if line.kind != "cell"]


def _written(line: Line, cell: Cell) -> str:
    return "".join(cell.lines[line.first - 1 : line.last]).strip()


def _span(line: Line, cell: Cell) -> Span:
    end = cell.lines[line.last - 1].rstrip()
    return Span(cell.index, line.first, len(line.indent), line.last, len(end))


def _position(line: Line, cell: Cell) -> dict[str, Any]:
    end = cell.lines[line.last - 1].rstrip()
    return {
        "lineno": line.first + cell.before,
        "col_offset": len(line.indent.encode()),
        "end_lineno": line.last + cell.before,
        "end_col_offset": len(end.encode()),
    }


def _installs(line: Line) -> bool:
    words = [line.name, *line.text.split()]
    if line.kind == "shell" and words[:1] == ["sudo"]:
        words = words[1:]
    if line.kind == "shell" and words[0].startswith("python") and words[1:2] == ["-m"]:
        words = words[2:]
    return line.kind in ("shell", "magic") and words[:1] != [] and words[0] in _INSTALLERS and "install" in words


def _missing(line: Line) -> list[str]:
    """The packages that a line would install and that are not here."""
    words = line.text.replace("\\\n", " ").split()
    named = [_FLAG.sub("", word.strip("'\"")) for word in words[words.index("install") + 1 :] if not word.startswith("-")]
    return [name for name in named if name and not _is_here(name)]


def _is_here(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return False
    return True
