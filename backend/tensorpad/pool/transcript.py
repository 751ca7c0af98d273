"""What a worker has said so far: its frames and its output, put together cell by cell. No input or output of its own."""

import asyncio
import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec

from tensorpad.pool.runner import CellEnded, Event, Output, Showed
from tensorpad.protocol.checks import SLACK, most
from tensorpad.protocol.displays import DisplayRecord, check_display
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.frames import FrameReader
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import (
    CellDone,
    CellStarted,
    CrashingUnread,
    Displayed,
    FinishedUnread,
    Received,
    Reporting,
    SoFarUnread,
)
from tensorpad.protocol.outcomes import LARGE_BYTES, CellOutput
from tensorpad.protocol.outputs import StreamName
from tensorpad.protocol.reading import read_trace
from tensorpad.protocol.records import CellRecord
from tensorpad.protocol.records_check import check_cell
from tensorpad.protocol.traces import TraceRecord


@dataclass(slots=True)
class _Cell:
    stdout: list[str] = field(default_factory=list[str])
    stderr: list[str] = field(default_factory=list[str])
    started: bool = False
    record: CellRecord | None = None
    displays: list[DisplayRecord] = field(default_factory=list[DisplayRecord])


class OutputOverflow(Exception):
    """The program printed more than its limit."""


class Transcript:
    """Collects one run. What comes in is hostile: cells must come in order, and only those that were sent."""

    def __init__(self, cells: int, limits: Limits, emit: Callable[[Event], None]) -> None:
        self._cells = [_Cell() for _ in range(cells)]
        self._current = 0
        self._limits = limits
        self._emit = emit
        self._frames: FrameReader[Received] = FrameReader(Received, limits.frame_bytes, limits.report_bytes)
        self._left = limits.output_bytes
        self._decoders = {stream: codecs.getincrementaldecoder("utf-8")(errors="replace") for stream in ("stdout", "stderr")}
        self._unread: msgspec.Raw | None = None
        self._so_far: msgspec.Raw | None = None
        """The newest piece: what was known of the program between two cells."""
        self.finished = False
        """Whether the worker has reported on the program, which ended by itself."""
        self.reporting = False
        """Whether the worker has said that the program ended, and that its report follows."""
        self.report_bytes = 0
        """Length of what the worker reported of the program, displays included."""
        self.report: msgspec.Raw | None = None
        """The trace as it came, once it has been read."""

    def add_output(self, stream: StreamName, data: bytes) -> None:
        """Take printed bytes. Raises OutputOverflow, with what fits already taken."""
        kept = data[: self._left]
        self._left -= len(kept)
        text = self._decoders[stream].decode(kept)
        if text:
            cell = self._cells[self._current]
            (cell.stdout if stream == "stdout" else cell.stderr).append(text)
            self._emit(Output(self._current, stream, text))
        if len(kept) < len(data):
            raise OutputOverflow

    def messages(self, data: bytes) -> Iterator[Received]:
        """The messages that these bytes complete. Raises ProtocolError for bytes that are none."""
        return self._frames.feed(data)

    def take(self, message: Received) -> None:
        """Take one message. Raises ProtocolError for anything that no worker of ours says."""
        if self._unread is not None:
            raise ProtocolError("a message came after the last")
        match message:
            case CellStarted(index):
                self._start(index)
            case Displayed(display):
                self._show(display)
            case CellDone(record):
                self._end(record)
            case SoFarUnread(trace) if self.started:
                self._so_far = trace
            case Reporting() if self.started and not self.reporting:
                self.reporting = True
            case FinishedUnread(trace) | CrashingUnread(trace):
                self._unread = trace
                self.finished = isinstance(message, FinishedUnread)
                self.report_bytes += memoryview(trace).nbytes
            case _:
                raise ProtocolError(f"a worker that runs a program does not say {type(message).__name__}")

    async def read_trace(self) -> TraceRecord | None:
        """What came with the worker's last message, or else between two cells; None if nothing came.

        Raises ProtocolError if it is no trace. Reading and checking a large one takes long, so that is left to a thread.
        """
        unread = self._so_far if self._unread is None else self._unread
        if unread is None:
            return None
        if memoryview(unread).nbytes <= LARGE_BYTES:
            trace = read_trace(unread, self._limits)
        else:
            trace = await asyncio.to_thread(read_trace, unread, self._limits)
        self.report = unread
        return trace

    @property
    def started(self) -> bool:
        """Whether the program has begun."""
        return self._cells[0].started

    @property
    def goes_on(self) -> bool:
        """Whether a cell is to start now."""
        return not self._cells[self._current].started

    def cells(self) -> tuple[CellOutput, ...]:
        """The cells, with what they printed and reported so far."""
        return tuple(
            CellOutput("".join(cell.stdout), "".join(cell.stderr), cell.started, cell.record, tuple(cell.displays))
            for cell in self._cells
        )

    def _start(self, index: int) -> None:
        if index != self._current or self._cells[index].started:
            raise ProtocolError(f"cell {index} cannot start now")
        self._cells[index].started = True

    def _show(self, display: DisplayRecord) -> None:
        cell = self._cells[self._current]
        if not cell.started or cell.record is not None:
            raise ProtocolError("a display came outside of a cell")
        check_display(display)
        most("the displays of a cell", len(cell.displays) + 1, SLACK * self._limits.displays)
        self.report_bytes += display.length
        cell.displays.append(display)
        self._emit(Showed(self._current, len(cell.displays) - 1, display))

    def _end(self, record: CellRecord) -> None:
        cell = self._cells[self._current]
        if record.index != self._current or not cell.started or cell.record is not None:
            raise ProtocolError(f"cell {record.index} cannot end now")
        check_cell(record)
        cell.record = record
        self.report_bytes += _text_length(record)
        self._emit(CellEnded(record, tuple(cell.displays)))
        if not record.ends_the_program and self._current + 1 < len(self._cells):
            # All output of this cell has been taken, so what comes is the next one's, also before the word of its start.
            self._current += 1


def _text_length(record: CellRecord) -> int:
    """The length of what a cell shows besides its output and its displays."""
    length = 0
    if record.result is not None:
        length += len(record.result.text)
    if record.error is not None:
        length += len(record.error.message) + len(record.error.traceback)
    return length
