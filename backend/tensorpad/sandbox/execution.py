"""One cell: compiled, and run as a notebook runs it."""

import __future__

import ast
import inspect
import linecache
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from types import CodeType
from typing import Any

from tensorpad.sandbox.awaiting import awaited
from tensorpad.sandbox.notebook import NotebookLines
from tensorpad.trace.program.cells import Cell
from tensorpad.trace.program.instrumentation import Instrumentation

# Every feature has a bit of its own; that of nested scopes (0x10) means something else by now and is in every function.
FUTURE = sum({int(getattr(__future__, name).compiler_flag) for name in __future__.all_feature_names} - {0x10})
AWAITING = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
"""The flag with which a cell may have `await` outside a function."""
NOTHING = object()
"""What `run` returns for a cell that shows no result; no value of a program's can be this object."""


class CompilationRefused(Exception):
    """A cell does not compile: `cause` is what the compiler raised, `by_parser` whether its first half, the parser, did."""

    def __init__(self, cause: BaseException, by_parser: bool) -> None:
        super().__init__()
        self.cause = cause
        self.by_parser = by_parser


@dataclass(frozen=True, slots=True)
class Compiled:
    """A cell's code: everything but the last expression, and that. `shows` is False if a semicolon suppresses it.

    `point` is the number under which the trace knows the last expression. `around` is entered around the whole cell, and
    `around_last` around the last expression.
    """

    body: CodeType | None
    last: CodeType | None
    shows: bool
    expression: str
    flags: int
    point: int | None = None
    around: AbstractContextManager[Any] | None = None
    around_last: AbstractContextManager[Any] | None = None


def register_source(cell: Cell) -> None:
    """Let tracebacks and `inspect` find a cell's lines."""
    linecache.cache[cell.filename] = (len(cell.compiled), None, ["\n"] * cell.before + cell.lines, cell.filename)


def compile_cell(
    cell: Cell, flags: int, instrumentation: Instrumentation | None = None, notebook: NotebookLines | None = None
) -> Compiled:
    """Compile a cell. `flags` are the `__future__` features that cells before it asked for; with
    `instrumentation`, the cell reports which statements have run. With `notebook`, lines that Python refuses may be a
    notebook's, and `await` may be outside a function.

    Raises CompilationRefused.
    """
    try:
        return _compiled(cell, flags, instrumentation, notebook)
    except CompilationRefused as refused:
        if notebook is None or refused.by_parser or "outside" not in str(refused.cause):
            raise
        try:
            awaiting = _compiled(cell, flags | AWAITING, instrumentation, notebook)
        except CompilationRefused:
            raise refused from None
        return replace(awaiting, flags=awaiting.flags & ~AWAITING)


def _compiled(cell: Cell, flags: int, instrumentation: Instrumentation | None, notebook: NotebookLines | None) -> Compiled:
    parsing = True
    try:
        parsed = _parsed(cell, flags, notebook)
        parsing = False
        body: CodeType | None = None
        if parsed.tree.body:
            body = _body(cell, parsed, flags, instrumentation, notebook)
            flags |= body.co_flags & FUTURE
        ending: CodeType | None = None
        last = parsed.last
        if last is not None:
            code = compile(ast.Expression(last.value), cell.filename, "eval", flags, dont_inherit=True)
            ending = code if notebook is None else notebook.placed(code)
    except Exception as error:
        raise CompilationRefused(error, parsing) from None
    if last is None or ending is None:
        return Compiled(body, None, False, "", flags, None, parsed.around)
    point = None if instrumentation is None else instrumentation.after_last(last, cell)
    shows = not _suppressed(cell, last)
    return Compiled(body, ending, shows, _source(cell, last), flags, point, parsed.around, parsed.around_last)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A cell's tree without its last expression, that, and what is to be around the cell and around the expression."""

    tree: Any
    last: ast.Expr | None = None
    around: AbstractContextManager[Any] | None = None
    around_last: AbstractContextManager[Any] | None = None


def _parsed(cell: Cell, flags: int, notebook: NotebookLines | None) -> _Parsed:
    around: AbstractContextManager[Any] | None = None
    try:
        tree = _tree(cell, flags)
    except SyntaxError:
        lines = () if notebook is None else notebook.take(cell)
        if notebook is None or not lines:
            raise
        tree = _tree(cell, flags)
        around = notebook.put(tree, lines, cell)
    timer = notebook.timer_of(tree.body[-1]) if notebook is not None and tree.body else None
    if timer is not None:
        return _Parsed(tree, tree.body.pop().body[0], around, timer)
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        return _Parsed(tree, tree.body.pop(), around)
    return _Parsed(tree, None, around)


def _tree(cell: Cell, flags: int) -> Any:
    return compile(cell.compiled, cell.filename, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)


def _body(
    cell: Cell, parsed: _Parsed, flags: int, instrumentation: Instrumentation | None, notebook: NotebookLines | None
) -> CodeType:
    def code(tree: Any) -> CodeType:
        made = compile(tree, cell.filename, "exec", flags, dont_inherit=True)
        return made if notebook is None else notebook.placed(made)

    if instrumentation is None:
        return code(parsed.tree)
    instrumentation.instrument(parsed.tree, cell)
    try:
        return instrumentation.finished(code(parsed.tree))
    except Exception:
        # What the compiler has to say must be about the cell as it was written.
        return code(_parsed(cell, flags, None).tree)


def run(
    compiled: Compiled,
    namespace: dict[str, Any],
    watching: AbstractContextManager[None] | None,
    evaluated: Callable[[object], None] | None = None,
) -> object:
    """Run a cell and return the value it shows, or NOTHING. Raises what the cell raises.

    `watching` is entered around it, and `evaluated` is called with the value of the last expression.
    """
    with watching or nullcontext(), compiled.around or nullcontext():
        if compiled.body is not None:
            _evaluated(compiled.body, namespace)
        if compiled.last is None:
            return NOTHING
        with compiled.around_last or nullcontext():
            value = _evaluated(compiled.last, namespace)
        if evaluated is not None:
            evaluated(value)
    return shown(compiled, value)


def _evaluated(code: CodeType, namespace: dict[str, Any]) -> Any:
    value = eval(code, namespace)
    return awaited(value) if code.co_flags & inspect.CO_COROUTINE else value


def shown(compiled: Compiled, value: object) -> object:
    """What a cell shows whose last expression has this value."""
    return value if compiled.shows and value is not None else NOTHING


def flush() -> None:
    """Flush the program's output; it may have closed or replaced its streams."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            continue


def _suppressed(cell: Cell, last: ast.Expr) -> bool:
    line = last.end_lineno or 1
    rest = cell.line(line)[cell.column(line, last.end_col_offset or 0) :] + "".join(cell.lines[line - cell.before :])
    return rest.lstrip(" \t\f\\\r\n").startswith(";")


def _source(cell: Cell, last: ast.Expr) -> str:
    span = cell.span(last.lineno, last.end_lineno or last.lineno, last.col_offset, last.end_col_offset or 0)
    return cell.text(span)
