"""The recording of a program that was traced here: its answer, from the stages that the service answers with.

Drawing needs an event loop and a process. A notebook's own loop is running, so this one runs in a thread while it is waited
for. The drawing processes stay for the next answer, without a thread, and end with this process.
"""

import asyncio
import atexit
import os
import platform
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

import msgspec
import torch

from tensorpad.api import decimals
from tensorpad.api.graphs.pictures import Pictures
from tensorpad.api.runs.answering import Answering, Wanted
from tensorpad.api.runs.parts import FULL
from tensorpad.explain.inquiries import backward_formulas
from tensorpad.kernel.run import Traced
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Completed, Environment, Timing
from tensorpad.protocol.reading import read_trace
from tensorpad.recordings.making import recording_of
from tensorpad.recordings.recording import Program, Recording
from tensorpad.render.renderer import Renderer
from tensorpad.texts import Lang

T = TypeVar("T")


class Drawing:
    """The event loop of this process's answers, and its renderer, which are made when they are first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runner: asyncio.Runner | None = None
        self._renderer: Renderer | None = None

    def recording(self, traced: Traced, lang: Lang, limits: Limits) -> Recording:
        """The recording, without what only running the program again could tell."""
        with self._lock:
            return self._waited(self._recording(traced, lang, limits))

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            if self._runner is not None and self._renderer is not None:
                self._waited(self._renderer.close())
                self._runner.close()
            self._runner = self._renderer = None

    def forget(self) -> None:
        """This process was forked: the drawing processes are its parent's."""
        self._lock = threading.Lock()
        self._runner = self._renderer = None

    async def _recording(self, traced: Traced, lang: Lang, limits: Limits) -> Recording:
        if self._renderer is None:
            self._renderer = Renderer(limits)
            await self._renderer.start()
            await asyncio.to_thread(backward_formulas.load)
            await asyncio.to_thread(decimals.load)
        raw = msgspec.Raw(msgspec.msgpack.encode(traced.trace))
        outcome = Completed(
            cells=traced.cells,
            trace=read_trace(raw, limits),
            timing=Timing(0.0, traced.run_ms),
            environment=environment(),
            report_bytes=len(raw),
        )
        request = RunRequest(cells=traced.sources, seed=None)
        wanted = Wanted(lang, FULL - {"dot"})  # no view shows the source of a picture
        answer = await Answering(limits).answer("", request, outcome, wanted, Pictures(self._renderer, limits, lang))
        return recording_of(answer.response, Program(traced.sources, None, outcome.environment.device, lang))

    def _waited(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` returns, run by the loop in a thread of its own."""
        results: list[T] = []
        errors: list[BaseException] = []

        def run() -> None:
            try:
                self._runner = self._runner or asyncio.Runner()
                results.append(self._runner.run(work))
            except BaseException as error:
                errors.append(error)

        thread = threading.Thread(target=run, name="tensorpad answer")
        thread.start()
        thread.join()
        if errors:
            raise errors[0]
        return results[0]


drawing = Drawing()
atexit.register(drawing.close)
os.register_at_fork(after_in_child=drawing.forget)


def environment() -> Environment:
    """Where programs run that are traced here."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return Environment(str(torch.__version__), platform.python_version(), device, "none")
