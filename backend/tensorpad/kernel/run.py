"""One run that is traced in this process: all that watches is put on, and taken off again whatever happens."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import Any

from msgspec.structs import replace

from tensorpad.kernel import process
from tensorpad.kernel.names import Names
from tensorpad.kernel.output import Output
from tensorpad.kernel.renumbering import renumbered, renumbered_error
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.outcomes import CellOutput
from tensorpad.protocol.outputs import OutputRecord, StreamName
from tensorpad.protocol.records import CellRecord, ErrorRecord, ResultRecord, TruncationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.sandbox import tracebacks, warning_levels
from tensorpad.sandbox.errors import ErrorRecords
from tensorpad.sandbox.execution import CompilationRefused
from tensorpad.sandbox.representations import Descriptions
from tensorpad.trace.base.texts import cut
from tensorpad.trace.program.cells import Cell
from tensorpad.trace.program.files import Files, mentioned_outside
from tensorpad.trace.tracer import Tracer

_REPORTING_S = 20.0
"""What the report of a run may take before it does without the values that are left."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A program that was traced: the source of its cells, what became of each, what was recorded, and how long it took."""

    sources: tuple[str, ...]
    cells: tuple[CellOutput, ...]
    trace: TraceRecord
    run_ms: float


class TracedRun:
    """One run: `main` is its own cell, which runs in this thread between `begin` and `end`; `names` are the program's.

    `root` is the expression of a tensor whose graph the recording must have.
    """

    def __init__(self, names: Names, limits: Limits, root: str | None = None) -> None:
        self.output = Output(limits.output_bytes)
        self.tracer = Tracer(limits, names.all, root=root, shown=self.output.shown)
        self.files = Files(self.tracer.cells)
        self.watch = self.tracer.watch(self.files, names.module)
        self.watch.moved = names.copy
        self.main: Cell | None = None
        self._names = names
        self._limits = limits
        self._errors = ErrorRecords(self.tracer.cells, limits.text_chars, names.all)
        self._stack = ExitStack()
        self._started = 0.0

    def begin(self, main: Cell, frame: FrameType | None) -> None:
        """Put on all that watches. The variables that are there already are the first step; `frame` is the program's.

        Raises TraceError if another run is traced in this process.
        """
        self.main = main
        process.claim(self.leave)
        self._stack.callback(process.release)
        try:
            self.tracer.add(main)
            watching: tuple[AbstractContextManager[Any], ...] = (
                warning_levels.counted(),
                tracebacks.filtered(),
                self.output,
                self.tracer,
            )
            for part in watching:
                self._stack.enter_context(part)
            self.tracer.found(self._names.there(), frame)
            self._stack.enter_context(self.watch)
        except BaseException:
            self.leave()
            raise
        self._started = time.perf_counter()

    def leave(self) -> None:
        """Take off all that watches."""
        self._stack.close()
        self.tracer.cells.floor = None

    def showed(self, point: int) -> Callable[[object], None]:
        """What is to be called with the value of a cell's last expression; `point` is the index of its probe point."""
        return partial(self.tracer.showed, point)

    def result(self, value: Any, expression: str, text: str, is_tensor: bool) -> ResultRecord:
        """The value that a cell shows."""
        known = self.tracer.result(value, expression) if is_tensor else None
        return ResultRecord(cut(text, self._limits.text_chars)[0], known)

    def refused(self, refused: CompilationRefused, cell: Cell) -> Traced:
        """A cell that the compiler refused, so that nothing of it ran."""
        record = self._errors.refused(refused.cause, cell, refused.by_parser)
        output = CellOutput(started=True, record=CellRecord(0, "error", None, record))
        return Traced((cell.source,), (output,), TraceRecord(truncated=(*self._truncated(),)), 0.0)

    def end(self, error: BaseException | None, frame: FrameType | None, result: ResultRecord | None = None) -> Traced:
        """The program has ended, perhaps with an error: take off all that watches, and put together what was recorded.

        `frame` is the program's.
        """
        run_ms = (time.perf_counter() - self._started) * 1000
        record: ErrorRecord | None = None
        main = self.main
        assert main is not None, "it has begun"
        try:
            if error is None:
                self.watch.flush()
            else:
                self.tracer.raised(error)
                self.tracer.stopped(*self._errors.place(error))
                record = self._errors.raised(error, main)
            self.tracer.ended()
        finally:
            self.leave()
        return self._traced(main, frame, record, result, run_ms)

    def _traced(
        self, main: Cell, frame: FrameType | None, error: ErrorRecord | None, result: ResultRecord | None, run_ms: float
    ) -> Traced:
        """What was recorded: definitions by their lines, the program's own cell last."""
        parts: list[Cell] = sorted(
            self.files.definitions, key=lambda part: (part.filename != main.filename, part.filename, part.before)
        )
        for part in self.files.definitions:
            self._names.mention(mentioned_outside(part.nodes), frame)
        until = time.monotonic() + _REPORTING_S
        try:
            trace = self.tracer.record(self._names.others(), Descriptions(until, _unlimited).describe, until)
        except Exception:  # a program can damage torch itself; it must not fail because its trace does
            trace = TraceRecord(truncated=(TruncationRecord("trace", 0),))
        finally:
            self._names.forget()
        parts.append(main)
        order = {part.index: index for index, part in enumerate(parts)}
        last = order[main.index]
        record = CellRecord(last, "error" if error else "ok", result, error and renumbered_error(error, order))
        cells = [CellOutput(started=True, record=CellRecord(index, "ok", None, None)) for index in range(last)]
        cells.append(CellOutput(self._printed("stdout", parts), self._printed("stderr", parts), True, record))
        trace = replace(
            renumbered(trace, order),
            truncated=(*trace.truncated, *self._truncated()),
            outputs=(*(OutputRecord(index, 0, ended=True) for index in range(last)), *renumbered(trace.outputs, order)),
        )
        return Traced(tuple(part.source for part in parts), tuple(cells), trace, run_ms)

    def _printed(self, stream: StreamName, parts: list[Cell]) -> str:
        """What was printed; places in files are those in the cells, as warnings name them."""
        text = self.output.text(stream)
        for index, part in enumerate(parts):

            def place(found: re.Match[str], index: int = index, part: Cell = part) -> str:
                line = int(found[1]) - part.before
                return f"<cell {index + 1}>:{line}:" if 0 < line <= len(part.lines) else found[0]

            if stream == "stderr":
                text = re.sub(re.escape(part.filename) + r":(\d+):", place, text)
        return text

    def _truncated(self) -> Iterator[TruncationRecord]:
        if self.output.cut:
            yield TruncationRecord("output", self._limits.output_bytes)
        if self._errors.shortened:
            yield TruncationRecord("error text", self._limits.text_chars)


def _unlimited(_: float) -> AbstractContextManager[None]:
    """A deadline needs a signal, which is the user's own here."""
    return nullcontext()
