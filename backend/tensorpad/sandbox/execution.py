"""One cell: compiled, and run as a notebook runs it."""

import __future__

import ast
import linecache
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from types import CodeType
from typing import Any

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

    `point` is the number under which the trace knows the last expression.
    """

    body: CodeType | None
    last: CodeType | None
    shows: bool
    expression: str
    flags: int
    point: int | None = None


def register_source(cell: Cell) -> None:
    """Let tracebacks and `inspect` find a cell's lines."""
    linecache.cache[cell.filename] = (len(cell.compiled), None, ["\n"] * cell.before + cell.lines, cell.filename)


def compile_cell(cell: Cell, flags: int, instrumentation: Instrumentation | None = None) -> Compiled:
    """Compile a cell. `flags` are the `__future__` features that cells before it asked for; with
    `instrumentation`, the cell reports which statements have run.

    Raises CompilationRefused.
    """
    parsing = True
    try:
        tree, last = _parsed(cell, flags)
        parsing = False
        body: CodeType | None = None
        if tree.body:
            body = _body(cell, tree, flags, instrumentation)
            flags |= body.co_flags & FUTURE
        ending: CodeType | None = None
        if last is not None:
            ending = compile(ast.Expression(last.value), cell.filename, "eval", flags, dont_inherit=True)
    except Exception as error:
        raise CompilationRefused(error, parsing) from None
    if last is None or ending is None:
        return Compiled(body, None, False, "", flags)
    point = None if instrumentation is None else instrumentation.after_last(last, cell)
    return Compiled(body, ending, not _suppressed(cell, last), _source(cell, last), flags, point)


def _parsed(cell: Cell, flags: int) -> tuple[Any, ast.Expr | None]:
    tree: Any = compile(cell.compiled, cell.filename, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        return tree, tree.body.pop()
    return tree, None


def _body(cell: Cell, tree: Any, flags: int, instrumentation: Instrumentation | None) -> CodeType:
    if instrumentation is None:
        return compile(tree, cell.filename, "exec", flags, dont_inherit=True)
    instrumentation.instrument(tree, cell)
    try:
        return instrumentation.finished(compile(tree, cell.filename, "exec", flags, dont_inherit=True))
    except Exception:
        # What the compiler has to say must be about the cell as it was written.
        tree, _ = _parsed(cell, flags)
        return compile(tree, cell.filename, "exec", flags, dont_inherit=True)


def run(
    compiled: Compiled,
    namespace: dict[str, Any],
    watching: AbstractContextManager[None] | None,
    evaluated: Callable[[object], None] | None = None,
) -> object:
    """Run a cell and return the value it shows, or NOTHING. Raises what the cell raises.

    `watching` is entered around it, and `evaluated` is called with the value of the last expression.
    """
    with watching or nullcontext():
        if compiled.body is not None:
            exec(compiled.body, namespace)
        if compiled.last is None:
            return NOTHING
        value = eval(compiled.last, namespace)
        if evaluated is not None:
            evaluated(value)
    return shown(compiled, value)


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
