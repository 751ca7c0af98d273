"""A program from its first cell to its report.

NOTE [The course of a run]
1. Generators are seeded, a fresh `__main__` is made, and what would start programs is replaced.
2. The cells run one after the other under the soft deadline. Each is reported at its end; the first that fails is the last.
3. Whatever happened (an exception, `sys.exit`, the deadline), the trace is put together and reported, so that a program
   that failed half-way still shows what it had done.
"""

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any

import msgspec
import torch

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import CellDone, CellStarted, Finished, Report, RunRequest
from tensorpad.protocol.records import CellRecord, ErrorRecord, ResultRecord, TruncationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.sandbox import execution, loaders, seeds, tracebacks, warning_levels
from tensorpad.sandbox.deadline import DeadlineReached, SoftDeadline, soft_deadline
from tensorpad.sandbox.displays import Displays
from tensorpad.sandbox.errors import ErrorRecords, is_deadline
from tensorpad.sandbox.namespaces import Namespace
from tensorpad.sandbox.representations import Descriptions, shown
from tensorpad.trace.base.texts import cut
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.program.cells import Cell, Cells
from tensorpad.trace.tracer import Tracer

_REPORTING = 0.5
"""Part of the grace after the soft deadline that may be spent on putting the report together."""


def run_program(request: RunRequest, limits: Limits, report: Callable[[Report], None]) -> None:
    """Run a program in this process and report its course; the last report is always Finished.

    Call it in the main thread, for the deadline is a signal. Standard output and error are used as they are.
    """
    until = time.monotonic() + request.timeout_s + limits.grace_s * _REPORTING
    seeds.seed_all(request.seed)
    with ExitStack() as stack:
        if request.device == "cuda":
            torch.set_default_device("cuda")
            stack.callback(torch.set_default_device, None)
        displays = Displays(limits.graphs, shown)
        namespace = stack.enter_context(Namespace(display=displays.display))
        stack.enter_context(displays.installed())
        stack.enter_context(tracebacks.filtered())
        stack.enter_context(loaders.quiet())
        stack.enter_context(warning_levels.counted())
        deadline = soft_deadline(request.timeout_s)
        program = _Program(request, limits, report, namespace, displays, deadline)
        try:
            with deadline:
                program.run()
        except DeadlineReached:
            pass
        finally:
            deadline.disarm()
        execution.flush()
        trace = program.trace(until)
    report(Finished(trace))


class _Program:
    def __init__(
        self,
        request: RunRequest,
        limits: Limits,
        report: Callable[[Report], None],
        namespace: Namespace,
        displays: Displays,
        deadline: SoftDeadline,
    ) -> None:
        self._sources = request.cells
        self._limits = limits
        self._report = report
        self._namespace = namespace
        self._displays = displays
        self._deadline = deadline
        self._cells = Cells()
        self._errors = ErrorRecords(self._cells, limits.text_chars, namespace.names)
        self._tracer = Tracer(limits, namespace.names, request.inquiry, request.root) if request.trace else None
        if self._tracer is not None:
            displays.drawing = self._tracer.drawn
        self._flags = 0
        self._last: object = execution.NOTHING
        self._cut_result = False

    def run(self) -> None:
        for index, source in enumerate(self._sources):
            with self._deadline.held():
                self._report(CellStarted(index))
            cell = Cell(index, source)
            result: ResultRecord | None = None
            error: ErrorRecord | None = None
            try:
                try:
                    result = self._result(*self._execute(cell))
                except execution.CompilationRefused as refused:
                    error = self._errors.refused(refused.cause, cell, refused.by_parser)
                except BaseException as raised:
                    if self._deadline.fired and is_deadline(raised):
                        raise DeadlineReached from None
                    error = self._errors.raised(raised)
                    if self._tracer is not None:
                        self._tracer.raised(raised)
            finally:
                execution.flush()
            displays = self._displays.take()
            with self._deadline.held():
                self._report(CellDone(CellRecord(index, "error" if error else "ok", result, displays, error)))
            if error is not None:
                return

    def _execute(self, cell: Cell) -> tuple[object, str]:
        self._cells.add(cell)
        execution.register_source(cell)
        tracer = self._tracer
        compiled = execution.compile_cell(cell, self._flags, None if tracer is None else tracer.instrumentation)
        self._flags = compiled.flags
        evaluated: Callable[[], None] | None = None
        if tracer is not None:
            tracer.add(cell)
            if compiled.point is not None:
                evaluated = partial(tracer.showed, compiled.point)
        return execution.run(compiled, self._namespace.names, tracer, evaluated), compiled.expression

    def _result(self, value: object, expression: str) -> ResultRecord | None:
        if value is execution.NOTHING:
            return None
        names = self._namespace.names
        if "_" not in names or names["_"] is self._last:
            names["_"] = self._last = value
        if self._displays.show(value):
            return None
        text, shortened = cut(shown(value), self._limits.text_chars)
        self._cut_result = self._cut_result or shortened
        tensor: Any = value
        known = self._tracer.result(tensor, expression) if self._tracer is not None and is_tensor(value) else None
        return ResultRecord(text, known)

    def trace(self, until: float) -> TraceRecord:
        """The report on the whole program; never raises an Exception."""
        # The program may have left so little room for recursion that nothing could be reported.
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 1_000))
        truncated: list[TruncationRecord] = []
        if self._cut_result:
            truncated.append(TruncationRecord("result text", self._limits.text_chars))
        if self._errors.shortened:
            truncated.append(TruncationRecord("error text", self._limits.text_chars))
        if self._displays.dropped:
            truncated.append(TruncationRecord("displays", self._limits.graphs))
        trace = TraceRecord()
        if self._tracer is not None:
            try:
                trace = self._tracer.record(self._namespace.initial, Descriptions(until).describe, until)
            except Exception:  # a program can damage torch itself; its cells are reported all the same
                truncated.append(TruncationRecord("trace", 0))
        return msgspec.structs.replace(trace, truncated=(*trace.truncated, *truncated))
