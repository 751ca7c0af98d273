"""A program from its first cell to its report.

NOTE [The course of a run]
1. Generators are seeded, a fresh `__main__` is made, and what would start programs is replaced.
2. The cells run one after the other under the soft deadline. Each is reported at its end; the first that fails is the last.
3. Whatever happened (an exception, `sys.exit`, the deadline, too much output), the trace is put together and reported, so
   that a program that failed half-way still shows what it had done. Its last step says where it stopped.
"""

import contextlib
import sys
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from functools import partial
from types import FrameType
from typing import Any

import msgspec
import torch

from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import (
    CellDone,
    CellStarted,
    Crashing,
    Displayed,
    Finished,
    Report,
    Reporting,
    RunRequest,
)
from tensorpad.protocol.records import CellRecord, ErrorRecord, ResultRecord, Span, TruncationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.sandbox import execution, loaders, seeds, tracebacks, warning_levels
from tensorpad.sandbox.deadline import DeadlineReached, SoftDeadline, soft_deadline
from tensorpad.sandbox.displays.displays import Displays
from tensorpad.sandbox.errors import ErrorRecords, is_deadline
from tensorpad.sandbox.last_words import LastWords
from tensorpad.sandbox.namespaces import Namespace
from tensorpad.sandbox.notebook import NotebookLines
from tensorpad.sandbox.notes import Notes
from tensorpad.sandbox.pieces import Pieces
from tensorpad.sandbox.representations import Descriptions, shown
from tensorpad.sandbox.streams import Streams
from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.base.texts import cut
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.program.cells import Cell, Cells
from tensorpad.trace.program.output_log import Shown
from tensorpad.trace.tracer import Tracer

_REPORTING = 0.5
"""Part of the time for the report that may be spent on values and texts; the rest is for the records, and to send them."""


def run_program(
    request: RunRequest,
    limits: Limits,
    report: Callable[[Report], None],
    streams: Streams | None = None,
    last_words: LastWords | None = None,
) -> None:
    """Run a program in this process and report its course; the last report is always Finished.

    Call it in the main thread, for the deadline is a signal. Standard output and error are used as they are; without
    `streams` nothing is said of what was printed when.
    """
    until = time.monotonic() + request.timeout_s
    seeds.seed_all(request.seed)
    with ExitStack() as stack:
        if request.device == "cuda":
            torch.set_default_device("cuda")
            stack.callback(torch.set_default_device, None)
        deadline = soft_deadline(request.timeout_s)
        send = partial(_send_display, report, deadline)
        displays = Displays(limits, shown, Shown() if streams is None else streams.shown, send)
        namespace = stack.enter_context(Namespace(display=displays.display))
        stack.enter_context(displays.installed())
        stack.enter_context(tracebacks.filtered())
        stack.enter_context(warning_levels.counted())
        program = _Program(request, limits, report, namespace, displays, deadline)
        stack.enter_context(loaders.in_process(program.notes.workers))
        if streams is not None:
            streams.overflow = deadline.now
        if last_words is not None:
            last_words.speak = partial(_speak, program, limits, report)
        try:
            with deadline:
                program.run()
        except DeadlineReached:
            pass
        finally:
            deadline.disarm()
            if last_words is not None:
                last_words.speak = None
        execution.flush()
        report(Reporting())
        # A program that ended early leaves its time to its report.
        trace = program.trace(max(until, time.monotonic() + limits.report_s * _REPORTING))
    report(Finished(trace))


def _send_display(report: Callable[[Report], None], deadline: SoftDeadline, display: DisplayRecord) -> None:
    with deadline.held():
        report(Displayed(display))


def _speak(
    program: "_Program", limits: Limits, report: Callable[[Report], None], frame: FrameType | None, crashes: bool
) -> None:
    """The program was interrupted in the middle of a call, and there will be no other chance; see NOTE [Last words]."""
    if crashes:
        report(Crashing(program.interrupted(frame, time.monotonic() + limits.grace_s * _REPORTING)))
    else:
        report(Reporting())
        report(Finished(program.interrupted(frame, time.monotonic() + limits.report_s * _REPORTING)))


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
        self._request = request
        self._limits = limits
        self._report = report
        self._namespace = namespace
        self._displays = displays
        self._deadline = deadline
        self._cells = Cells()
        self.notes = Notes(self._cells)
        self._notebook = NotebookLines(self.notes.add, self._paused, request.trace)
        self._errors = ErrorRecords(self._cells, limits.text_chars, namespace.names)
        self._pieces = Pieces(limits, report, namespace.initial)
        self._tracer: Tracer | None = None
        if request.trace:
            asked = request.inquiries, request.root
            self._tracer = Tracer(limits, namespace.names, *asked, shown=displays.counts, rounds=request.rounds)
            displays.drawings.drawing = self._tracer.drawn
        self._ended = False
        self._raised: BaseException | None = None
        self._flags = 0
        self._last: object = execution.NOTHING
        self._cut_result = False

    def run(self) -> None:
        for index, source in enumerate(self._request.cells):
            with self._deadline.held():
                self._report(CellStarted(index))
            cell = Cell(index, source, f"<{self._request.name(index)}>")
            result: ResultRecord | None = None
            error: ErrorRecord | None = None
            try:
                try:
                    result = self._result(*self._execute(cell))
                except execution.CompilationRefused as refused:
                    error = self._errors.refused(refused.cause, cell, refused.by_parser)
                    if index + 1 == len(self._request.cells):
                        self._stopped(_span(error, index), None)
                except BaseException as raised:
                    self._raised = raised  # with the frames of its traceback, whose values are those of the last step
                    if self._tracer is not None:
                        with self._deadline.held():
                            self._tracer.raised(raised)
                    self._stopped(*self._errors.place(raised))
                    if self._deadline.fired and is_deadline(raised):
                        raise DeadlineReached from None
                    error = self._errors.raised(raised, cell)
            finally:
                execution.flush()
            self._displays.end_cell()
            execution.flush()
            record = CellRecord(index, "error" if error else "ok", result, error)
            with self._deadline.held():
                if self._tracer is not None:
                    self._tracer.ended()
                    if index + 1 < len(self._request.cells) and not record.ends_the_program:
                        self._pieces.ended(self._tracer, index)
                self._report(CellDone(record))
            if record.ends_the_program:
                return
        self._ended = True

    def _stopped(self, span: Span | None, frame: FrameType | None) -> None:
        """The program goes no further: the last step."""
        if self._tracer is None or self._ended:
            return
        with self._deadline.held():
            self._ended = True
            try:
                self._tracer.stopped(span, frame)
            except Exception:  # the program must not fail because its trace does
                return

    def interrupted(self, frame: FrameType | None, until: float) -> TraceRecord:
        """The program was interrupted while it ran `frame`, and does not go on: the report on it."""
        with self._deadline.held():
            if self._tracer is not None:
                with contextlib.suppress(Exception):
                    self._tracer.__exit__()
            own = self._cells.nearest(frame)
            self._stopped(None if own is None else self._cells.span(own.f_code, own.f_lasti), own)
            return self.trace(until)

    def _execute(self, cell: Cell) -> tuple[object, str]:
        self._cells.add(cell)
        execution.register_source(cell)
        tracer = self._tracer
        if tracer is not None:
            tracer.add(cell)
        compiled = execution.compile_cell(cell, self._flags, tracer and tracer.instrumentation, self._notebook)
        self._flags = compiled.flags
        evaluated: Callable[[object], None] | None = None
        if tracer is not None and compiled.point is not None:
            evaluated = partial(tracer.showed, compiled.point)
        return execution.run(compiled, self._namespace.names, tracer, evaluated), compiled.expression

    @contextlib.contextmanager
    def _paused(self) -> Generator[None]:
        """Record nothing of what is repeated only to measure it."""
        if self._tracer is None:
            yield
            return
        switch = self._tracer.instrumentation.switch
        places = switch.PLACE, switch.LOOPS
        on = [bool(switch.items[place]) for place in places]
        for place in places:
            switch.turn(False, place)
        try:
            with DisableTorchFunction():
                yield
        finally:
            for place, was in zip(places, on, strict=True):
                switch.turn(was, place)

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
        self._stopped(None, None)  # unless it has ended, or where it stopped is known
        truncated: list[TruncationRecord] = []
        if self._cut_result:
            truncated.append(TruncationRecord("result text", self._limits.text_chars))
        if self._errors.shortened:
            truncated.append(TruncationRecord("error text", self._limits.text_chars))
        if self._displays.dropped:
            truncated.append(TruncationRecord("displays", self._limits.displays))
        trace = TraceRecord()
        if self._tracer is not None:
            try:
                trace = self._tracer.record(self._namespace.initial, Descriptions(until).describe, until)
            except Exception:  # a program can damage torch itself; its cells are reported all the same
                truncated.append(TruncationRecord("trace", 0))
        return msgspec.structs.replace(trace, truncated=(*trace.truncated, *truncated), notes=self.notes.records())


def _span(error: ErrorRecord, cell: int) -> Span | None:
    """The place of an error in its cell."""
    if error.line is None:
        return None
    return Span(cell, error.line, error.column or 0, error.end_line or error.line, error.end_column or 0)
