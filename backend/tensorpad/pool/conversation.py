"""What the service and a worker say to each other while a program runs, and how long the service listens."""

import asyncio
import contextlib
from collections.abc import Callable, Generator

from tensorpad.pool.descriptors import read_available
from tensorpad.pool.transcript import OutputOverflow, Transcript
from tensorpad.pool.verdict import Stop
from tensorpad.protocol.errors import ProtocolError, ReportTooLong
from tensorpad.protocol.messages import CellDone, Reporting
from tensorpad.protocol.outputs import StreamName

_READS_AFTER_DEATH = 5
"""Enough to empty the widest pipe that an ordinary user can have."""
_LAST_WORDS = 0.25
"""The part of the grace after which a worker that has not reported is asked for its last words."""


class Patience:
    """When a worker is asked for its last words (`ask`), and when it is given up, by the service's own clock.

    Once the time of the program is over, a worker has the time of grace to say that it reports what the program did, and
    from then on `report_s`: a large report may take longer to put together, above all where many run at a time.
    """

    def __init__(self, grace_s: float, report_s: float, ask: Callable[[], None]) -> None:
        self._grace_s = grace_s
        self._report_s = report_s
        self._last = 0.0
        self._ask = ask
        self._give_up: Callable[[], None] | None = None
        self._timers: list[asyncio.TimerHandle] = []

    def ends_in(self, seconds: float, give_up: Callable[[], None] | None = None) -> None:
        """The time of the program is over in so many seconds, and not when it was said before."""
        self.cancel()
        self._give_up = give_up or self._give_up
        if self._give_up is not None:
            loop = asyncio.get_running_loop()
            self._last = loop.time() + seconds + self._grace_s
            self._timers = [
                loop.call_later(seconds + _LAST_WORDS * self._grace_s, self._ask),
                loop.call_at(self._last, self._give_up),
            ]

    def reporting(self) -> None:
        """The worker reports."""
        self.cancel()
        if self._give_up is not None:
            loop = asyncio.get_running_loop()
            self._timers = [loop.call_at(max(self._last, loop.time() + self._report_s), self._give_up)]

    def cancel(self) -> None:
        """Wait no more."""
        for timer in self._timers:
            timer.cancel()


class Conversation:
    """Reads a worker's descriptors into a transcript until something ends the run.

    NOTE [Output belongs to its cell] Output and reports come by different pipes, so their order must be made:
    1. what a cell printed was in the pipe before its end was told, so at the end of a cell output is taken first;
    2. the worker begins the next cell, if there is one, only after it has been told that this was done.

    A worker that has printed too much may still report what the program did; what it prints then is dropped.

    One read takes all that is in a pipe. It is never repeated until there is no more: a program that keeps writing a byte at
    a time would have the event loop to itself.
    """

    def __init__(
        self,
        report: int,
        streams: dict[int, StreamName],
        transcript: Transcript,
        acknowledge: Callable[[], None],
        patience: Patience,
    ) -> None:
        self._report = report
        self._patience = patience
        self._overflowed = False
        self._acknowledge = acknowledge
        self._streams = streams
        self._transcript = transcript
        self.ended: float | None = None
        """When the worker said that its program has ended, by the clock of the event loop."""
        self.stopped: asyncio.Future[tuple[Stop, str]] = asyncio.get_running_loop().create_future()

    @contextlib.contextmanager
    def listening(self, pidfd: int) -> Generator[None]:
        """Read inside the block. A pidfd is readable once the process is dead."""
        loop = asyncio.get_running_loop()
        descriptors = (*self._streams, self._report)
        for descriptor in descriptors:
            loop.add_reader(descriptor, self._take)
        loop.add_reader(pidfd, self._died)
        try:
            yield
        finally:
            for descriptor in (*descriptors, pidfd):
                loop.remove_reader(descriptor)

    def stop(self, why: Stop, detail: str) -> None:
        """End the run for this reason, unless it has ended for another."""
        if not self.stopped.done():
            self.stopped.set_result(("output", "") if self._overflowed else (why, detail))

    def _take(self) -> None:
        if self.stopped.done():
            return
        try:
            self._take_reports()
            self._take_output()
        except ReportTooLong as error:
            self.stop("report", str(error))
        except ProtocolError as error:
            self.stop("protocol", str(error))
        if self._transcript.finished:
            self.stop("finished", "")

    def _take_reports(self) -> None:
        for message in self._transcript.messages(self._read(self._report)):
            if isinstance(message, CellDone):
                self._take_output()
            self._transcript.take(message)
            if isinstance(message, Reporting):
                self.ended = asyncio.get_running_loop().time()
                self._patience.reporting()
            if isinstance(message, CellDone) and self._transcript.goes_on:
                self._acknowledge()

    def _take_output(self) -> None:
        for descriptor, stream in self._streams.items():
            if data := self._read(descriptor):
                self._print(stream, data)

    def _print(self, stream: StreamName, data: bytes) -> None:
        if self._overflowed:
            return
        try:
            self._transcript.add_output(stream, data)
        except OutputOverflow:
            self._overflowed = True
            self._patience.ends_in(0)

    def _read(self, descriptor: int) -> bytes:
        data, closed = read_available(descriptor)
        if closed:
            asyncio.get_running_loop().remove_reader(descriptor)
        return data

    def _died(self) -> None:
        # Its last words are still in the pipes, and nobody is left who could add to them.
        for _ in range(_READS_AFTER_DEATH):
            self._take()
        self.stop("died", "")
