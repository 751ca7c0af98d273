"""The service's handle of one worker: parked, given one program, killed, reaped."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable
from functools import partial

from tensorpad.pool.cgroups import ControlGroup
from tensorpad.pool.conversation import Conversation, Patience
from tensorpad.pool.descriptors import read_available, write_all
from tensorpad.pool.runner import Event
from tensorpad.pool.transcript import Transcript
from tensorpad.pool.verdict import Evidence
from tensorpad.protocol.errors import ProtocolError, ReportTooLong, WorkerLost
from tensorpad.protocol.frames import FrameReader, encode
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import CELL_TAKEN, LAST_WORDS, ProbeRequest, Ready, Report, RunRequest
from tensorpad.protocol.outputs import StreamName
from tensorpad.protocol.records import TruncationRecord
from tensorpad.protocol.traces import TraceRecord

_STATUS_WAIT_S = 2.0
_LAST_WORDS_BYTES = 4096


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
        """Run a program to its end, whatever that is. The trace is empty, and says so, if the worker reported no valid one.

        Ending the worker is the caller's business.
        """
        loop = asyncio.get_running_loop()
        transcript = Transcript(len(request.cells), self._limits, emit)
        streams: dict[int, StreamName] = {self._stdout: "stdout", self._stderr: "stderr"}
        patience = Patience(self._limits.grace_s, self._limits.report_s, self._ask_for_last_words)
        conversation = Conversation(self._report, streams, transcript, self._acknowledge, patience)
        self._end.add_done_callback(lambda end: end.exception() and conversation.stop("died", ""))
        began = loop.time()
        loop.remove_reader(self._pidfd)
        with conversation.listening(self._pidfd):
            patience.ends_in(request.timeout_s, partial(conversation.stop, "deadline", ""))
            try:
                with contextlib.suppress(BrokenPipeError):
                    await write_all(self._request, encode(request))
                stop, detail = await conversation.stopped
            finally:
                patience.cancel()
        ended = conversation.ended if stop == "finished" else None
        elapsed = (loop.time() if ended is None else ended) - began
        trace = TraceRecord(truncated=(TruncationRecord("trace", 0),) if request.trace else ())
        try:
            trace = await transcript.read_trace() or trace
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

    def _ask_for_last_words(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            signal.pidfd_send_signal(self._pidfd, LAST_WORDS)

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
