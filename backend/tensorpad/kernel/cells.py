"""A notebook's cell that is traced in its own kernel: instrumented as in the sandbox, with the kernel's names."""

import inspect
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from types import CodeType
from typing import Any

from tensorpad.kernel.interrupts import deferred
from tensorpad.kernel.names import Names
from tensorpad.kernel.run import Traced, TracedRun
from tensorpad.kernel.tracing import clean
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import ResultRecord
from tensorpad.sandbox import execution
from tensorpad.sandbox.representations import shown
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.program.cells import Cell
from tensorpad.trace.program.files import mentioned


@dataclass(frozen=True, slots=True)
class TracedCell:
    """What became of a cell: its recorded run, the value that it shows (or `execution.NOTHING`), and what it raised, or what
    the compiler did, if that `refused` it.
    """

    traced: Traced
    value: Any
    error: BaseException | None
    refused: bool = False


async def trace_cell(cell: Cell, namespace: dict[str, Any], *, root: str | None, flags: int, limits: Limits) -> TracedCell:
    """Run a cell, whose index is 0, in a namespace. Only a cell with `await` outside a function awaits something.

    `root` is the expression of a tensor whose graph is asked for; `flags` are `__future__` features, and
    `execution.AWAITING`. Raises TraceError.
    """
    names = Names(namespace)
    run = TracedRun(names, limits, root)
    try:
        compiled = execution.compile_cell(cell, flags, run.tracer.instrumentation)
    except execution.CompilationRefused as refused:
        clean(refused.cause)
        return TracedCell(run.refused(refused, cell), execution.NOTHING, refused.cause, refused=True)
    names.mention(mentioned(cell.tree().body), None)
    value: Any = execution.NOTHING
    error: BaseException | None = None
    with deferred():
        run.begin(cell, None)
    try:
        value = await _run(compiled, namespace, None if compiled.point is None else run.showed(compiled.point))
    except BaseException as raised:
        error = raised
    with deferred():
        result: ResultRecord | None = None
        if value is not execution.NOTHING:
            result = run.result(value, compiled.expression, shown(value), is_tensor(value))
        traced = run.end(error, None, result)
    if error is not None:
        clean(error)
    return TracedCell(traced, value, error)


def at_once(work: Coroutine[Any, Any, TracedCell]) -> TracedCell:
    """The result of a cell that awaits nothing, where no event loop can be waited for."""
    try:
        work.send(None)
    except StopIteration as done:
        cell: TracedCell = done.value
        return cell
    raise RuntimeError("the cell awaits something")


async def _run(compiled: execution.Compiled, namespace: dict[str, Any], evaluated: Callable[[object], None] | None) -> Any:
    """As `execution.run`."""
    if compiled.body is not None:
        await _evaluated(compiled.body, namespace)
    if compiled.last is None:
        return execution.NOTHING
    value = await _evaluated(compiled.last, namespace)
    if evaluated is not None:
        evaluated(value)
    return execution.shown(compiled, value)


async def _evaluated(code: CodeType, namespace: dict[str, Any]) -> Any:
    value = eval(code, namespace)
    return await value if code.co_flags & inspect.CO_COROUTINE else value
