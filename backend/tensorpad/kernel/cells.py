"""A notebook's cell that is traced in its own kernel: instrumented as in the sandbox, with the kernel's names."""

from dataclasses import dataclass
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
    """What became of a cell: its recorded run, the value that it shows (or `execution.NOTHING`), and what it raised."""

    traced: Traced
    value: Any
    error: BaseException | None


def trace_cell(cell: Cell, namespace: dict[str, Any], *, root: str | None, flags: int, limits: Limits) -> TracedCell:
    """Run a cell, whose index is 0, in a namespace.

    `root` is the expression of a tensor whose graph is asked for; `flags` are `__future__` features. Raises what the
    compiler raises, and TraceError.
    """
    names = Names(namespace)
    run = TracedRun(names, limits, root)
    try:
        compiled = execution.compile_cell(cell, flags, run.tracer.instrumentation)
    except execution.CompilationRefused as refused:
        raise refused.cause from None
    names.mention(mentioned(cell.tree().body), None)
    value: Any = execution.NOTHING
    error: BaseException | None = None
    with deferred():
        run.begin(cell, None)
    try:
        value = execution.run(compiled, namespace, None, None if compiled.point is None else run.showed(compiled.point))
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
