"""A run as server-sent events: `queued`, `stdout`, `display`, `cell`, and at the end `done` or `problem`."""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, assert_never

from fastapi.sse import KEEPALIVE_COMMENT
from msgspec import Struct
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tensorpad.api import problems
from tensorpad.api.encoding import json
from tensorpad.api.graphs.pictures import undrawn
from tensorpad.api.problems import ProblemDetails
from tensorpad.api.requests import ClientGone
from tensorpad.api.runs.answer import CellResponse, Display, RunResponse
from tensorpad.api.runs.response import ended_cell
from tensorpad.api.runs.runs import FIRST_S, Job, Runs
from tensorpad.pool.runner import CellEnded, Event, Output, Queued, Showed
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.outputs import StreamName

log = logging.getLogger(__name__)

KEEPALIVE_S = 15.0
"""Seconds of silence after which a comment keeps proxies from closing the stream."""

_TYPE = "text/event-stream; charset=utf-8"


class QueuedEvent(Struct, frozen=True):
    """`queued`: the run's id, and how many wait before it."""

    id: str
    """Id of the run."""
    ahead: int
    """How many runs wait before it."""


class OutputEvent(Struct, frozen=True):
    """`stdout`: text that a cell printed to its `stream`, `stdout` or `stderr`."""

    cell: int
    """Which cell printed, from 0."""
    stream: StreamName
    """The stream that it printed to."""
    text: str
    """What it printed."""


class DisplayEvent(Struct, frozen=True):
    """`display`: a cell displayed something, before its end; `index` counts the displays of the cell."""

    cell: int
    """Which cell, from 0."""
    index: int
    """Which of its displays, from 0."""
    display: Display
    """What it displayed."""


class CellEvent(Struct, frozen=True):
    """`cell`: a cell has ended; `index` says which."""

    index: int
    """Which cell has ended, from 0."""
    cell: CellResponse
    """What it printed, showed and raised."""


EVENTS: dict[str, type[Struct]] = {
    "queued": QueuedEvent,
    "stdout": OutputEvent,
    "display": DisplayEvent,
    "cell": CellEvent,
    "done": RunResponse,
    "problem": ProblemDetails,
}
"""The data of each event."""

_END = b"\n\n"


def encode(event: str, data: Any) -> bytes:
    """One event as it is sent. JSON has no line breaks but as escapes."""
    return _lead(event) + json(data) + _END


def _lead(event: str) -> bytes:
    return f"event: {event}\ndata: ".encode()


class RunStream(Response):
    """Runs a program while it is sent. The answer is a problem with its own status if the run fails before it begins."""

    def __init__(self, runs: Runs, job: Job, headers: dict[str, str]) -> None:
        super().__init__(headers={**headers, "X-Accel-Buffering": "no"}, media_type=_TYPE)
        del self.headers["content-length"]
        self._runs = runs
        self._job = job
        self._run_id = job.run_id
        self._wanted = job.wanted
        self._pictures = runs.service.pictures(job.wanted.lang)
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._printed: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
        self._shown: defaultdict[int, list[DisplayRecord]] = defaultdict(list)
        self._sign = asyncio.Event()
        self._ahead = 0
        self._begun = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run and send."""
        try:
            await self._runs.registry.watch(self._job.watched, self._send_all(send), receive)
        except ClientGone:
            raise
        except Exception as error:
            if not self._begun:
                raise
            problem = problems.from_failure(error)
            request_id = scope["state"]["request_id"]
            if problem.kind.slug == "internal":
                log.exception("fault id=%s in a stream that had begun", request_id)
            await send_event(send, encode("problem", problems.body(problem, request_id)))
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_all(self, send: Send) -> None:
        work = self._job.work(pictures=self._pictures, listener=self._hear, around=(_lead("done"), _END))
        run = asyncio.create_task(work)
        run.add_done_callback(self._ended)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(FIRST_S):
                    await self._sign.wait()
            if run.done():
                run.result()
            self._begun = True
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            # Before anything else the client is told its run's id, so that it can delete it.
            await send_event(send, encode("queued", QueuedEvent(self._run_id, self._ahead)))
            while (event := await self._next(send)) is not None:
                await send_event(send, await self._encoded(event))
            await send_event(send, await run)
        finally:
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)

    def _hear(self, event: Event) -> None:
        if isinstance(event, Queued) and not self._begun:
            self._ahead = event.ahead
        else:
            self._events.put_nowait(event)
        self._sign.set()

    def _ended(self, _run: asyncio.Task[bytes]) -> None:
        self._events.put_nowait(None)
        self._sign.set()

    async def _next(self, send: Send) -> Event | None:
        """The next event, None at the end; comments fill the silence before it."""
        while True:
            try:
                async with asyncio.timeout(KEEPALIVE_S):
                    return await self._events.get()
            except TimeoutError:
                await send_event(send, KEEPALIVE_COMMENT)

    async def _encoded(self, event: Event) -> bytes:
        match event:
            case Queued(ahead=ahead):
                return encode("queued", QueuedEvent(self._run_id, ahead))
            case Output(cell=cell, stream=stream, text=text):
                self._printed[cell, stream].append(text)
                return encode("stdout", OutputEvent(cell, stream, text))
            case Showed(cell=cell, index=index, display=display):
                shown = self._shown[cell]
                shown.append(display)
                return encode("display", DisplayEvent(cell, index, await self._display(cell, index, shown)))
            case CellEnded(cell=record, displays=ended):
                stdout = "".join(self._printed.pop((record.index, "stdout"), ()))
                stderr = "".join(self._printed.pop((record.index, "stderr"), ()))
                displays = [await self._display(record.index, index, ended) for index in range(len(ended))]
                return encode("cell", CellEvent(record.index, ended_cell(record, stdout, stderr, tuple(displays))))
            case _:
                assert_never(event)

    async def _display(self, cell: int, index: int, records: Sequence[DisplayRecord]) -> Display:
        if "svg" in self._wanted.parts:
            return await self._pictures.display(cell, index, records)
        return undrawn(records[index])


async def send_event(send: Send, data: bytes) -> None:
    """Send one event, or a comment."""
    await send({"type": "http.response.body", "body": data, "more_body": True})
