"""The service's handle of one worker: parked, given one program, killed, reaped."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Awaitable, Callable, Generator

from tensorpad.pool.cgroups import ControlGroup
from tensorpad.pool.descriptors import read_available, write_all
from tensorpad.pool.runner import Event
from tensorpad.pool.transcript import OutputOverflow, Transcript
from tensorpad.pool.verdict import Evidence, Stop
from tensorpad.protocol.errors import ProtocolError, ReportTooLong, WorkerLost
from tensorpad.protocol.frames import FrameReader, encode
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import CELL_TAKEN, CellDone, ProbeRequest, Ready, Report, RunRequest
from tensorpad.protocol.traces import TraceRecord

_STATUS_WAIT_S = 2.0
_LAST_WORDS_BYTES = 4096
_READS_AFTER_DEATH = 5
"""Enough to empty the widest pipe that an ordinary user can have."""


class WorkerHandle:
    """One worker process. Every method but `close` is called at most once.

    `end` is its wait status to come, from the template; `cleanup` runs after its death.
    """

    def __init__(
        self,
        *,
        pidfd: int,
        end: "asyncio.Future[int]",
        descriptors: tuple[int, int, int, int],
        group: ControlGroup | None,
        limits: Limits,
        cleanup: Callable[[], Awaitable[None]],
    ) -> None:
        self._pidfd = pidfd
        self._end = end
        self._request, self._report, self._stdout, self._stderr = descriptors
        self._group = group
        self._limits = limits
        self._cleanup = cleanup
        self._closed = False
        for descriptor in descriptors:
            os.set_blocking(descriptor, False)

    @property
    def pid(self) -> int:
        """Its number as this process sees it; 0 once it is gone."""
        with open(f"/proc/self/fdinfo/{self._pidfd}", encoding="ascii") as file:
            for line in file:
                if line.startswith("Pid:"):
                    return max(0, int(line.split()[1]))
        return 0

    def when_dead(self, callback: Callable[[], None]) -> None:
        """Call once when it ends while it is parked."""
        loop = asyncio.get_running_loop()

        def died() -> None:
            loop.remove_reader(self._pidfd)
            callback()

        loop.add_reader(self._pidfd, died)

    async def wait_ready(self) -> Ready:
        """Wait until it is confined and warm. Raises WorkerLost with its last words if it dies first."""
        message = await self._next_report()
        if not isinstance(message, Ready):
            raise WorkerLost("a new worker said something else than that it is ready")
        return message

    async def probe(self, layers: tuple[str, ...]) -> Report | None:
        """Have it try forbidden acts, and return its report."""
        await write_all(self._request, encode(ProbeRequest(layers)))
        return await self._next_report()

    async def next_word(self) -> Report | None:
        """A further report; None if it died without one."""
        try:
            return await self._next_report()
        except WorkerLost:
            return None

    async def execute(self, request: RunRequest, emit: Callable[[Event], None]) -> tuple[Transcript, TraceRecord, Evidence]:
        """Run a program to its end, whatever that is. The trace is empty if the worker did not report a valid one.

        Ending the worker is the caller's business.
        """
        loop = asyncio.get_running_loop()
        transcript = Transcript(len(request.cells), self._limits, emit)
        streams = {self._stdout: "stdout", self._stderr: "stderr"}
        conversation = _Conversation(self._report, streams, transcript, self._acknowledge)
        self._end.add_done_callback(lambda end: end.exception() and conversation.stop("died", ""))
        began = time.perf_counter()
        loop.remove_reader(self._pidfd)
        with conversation.listening(self._pidfd):
            deadline = loop.call_later(request.timeout_s + self._limits.grace_s, conversation.stop, "deadline", "")
            try:
                with contextlib.suppress(BrokenPipeError):
                    await write_all(self._request, encode(request))
                stop, detail = await conversation.stopped
            finally:
                deadline.cancel()
        elapsed = time.perf_counter() - began
        trace = TraceRecord()
        try:
            trace = await transcript.read_trace()
        except ReportTooLong as error:
            stop, detail = "report", str(error)
        except ProtocolError as error:
            stop, detail = "protocol", str(error)
        status: int | None = None
        if stop == "died":
            try:
                status = await self._status()
            except WorkerLost:
                stop = "lost"
        killed = stop == "died" and self.memory_killed()
        return transcript, trace, Evidence(stop, elapsed, request.timeout_s, status, killed, detail)

    def _acknowledge(self) -> None:
        # A worker that does not read has no claim to an answer.
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            os.write(self._request, CELL_TAKEN)

    async def _status(self) -> int | None:
        try:
            async with asyncio.timeout(_STATUS_WAIT_S):
                return await asyncio.shield(self._end)
        except TimeoutError:
            return None

    def memory_killed(self) -> bool:
        """Whether its control group has counted a kill."""
        return self._group is not None and self._group.memory_killed()

    def kill(self) -> None:
        """End it now."""
        if not self._closed:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    async def close(self) -> None:
        """End it, wait until it is dead, and release what it used. Safe to call twice."""
        if self._closed:
            return
        self.kill()
        self._closed = True
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._pidfd)
        dead = loop.create_future()
        loop.add_reader(self._pidfd, lambda: dead.done() or dead.set_result(None))
        try:
            await dead
        finally:
            loop.remove_reader(self._pidfd)
            for descriptor in (self._pidfd, self._request, self._report, self._stdout, self._stderr):
                os.close(descriptor)
        if self._group is not None:
            await asyncio.to_thread(self._group.remove)
        await self._cleanup()

    async def _next_report(self) -> Report:
        loop = asyncio.get_running_loop()
        frames: FrameReader[Report] = FrameReader(Report, self._limits.frame_bytes)
        while True:
            readable = loop.create_future()
            loop.add_reader(self._report, lambda waiting=readable: waiting.done() or waiting.set_result(None))
            try:
                await readable
            finally:
                loop.remove_reader(self._report)
            data, closed = read_available(self._report)
            if closed:
                words, _ = read_available(self._stderr)
                raise WorkerLost(words[-_LAST_WORDS_BYTES:].decode(errors="replace").strip() or "a new worker died")
            for message in frames.feed(data):
                return message


class _Conversation:
    """Reads a worker's descriptors into a transcript until something ends the run.

    NOTE [Output belongs to its cell] Output and reports come by different pipes, so their order must be made:
    1. what a cell printed was in the pipe before its end was told, so at the end of a cell output is taken first;
    2. the worker begins the next cell, if there is one, only after it has been told that this was done.

    One read takes all that is in a pipe. It is never repeated until there is no more: a program that keeps writing a byte at
    a time would have the event loop to itself.
    """

    def __init__(
        self, report: int, streams: dict[int, str], transcript: Transcript, acknowledge: Callable[[], None]
    ) -> None:
        self._report = report
        self._acknowledge = acknowledge
        self._streams = streams
        self._transcript = transcript
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
            self.stopped.set_result((why, detail))

    def _take(self) -> None:
        if self.stopped.done():
            return
        try:
            self._take_reports()
            self._take_output()
        except OutputOverflow:
            self.stop("output", "")
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
            if isinstance(message, CellDone) and self._transcript.goes_on:
                self._acknowledge()

    def _take_output(self) -> None:
        for descriptor, stream in self._streams.items():
            if data := self._read(descriptor):
                self._transcript.add_output(stream, data)

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
