"""Makes recordings: runs programs in a sandbox of its own, and asks about each what a person who looks at it may ask."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Protocol, Self

from tensorpad.protocol.errors import TensorpadError
from tensorpad.protocol.limits import Limits
from tensorpad.recordings.recording import Program, Recording, RecordingError
from tensorpad.render.themes import Theme
from tensorpad.texts import Lang

if TYPE_CHECKING:
    from tensorpad.api.graphs.requests import Drawing
    from tensorpad.api.runs.service import Service
    from tensorpad.protocol.messages import RunRequest

_AT_ONCE = 2
"""Workers of a recorder."""
_START_S = 240.0
"""Time that torch has to load at least: builds of books keep a machine busy."""
_DRAW_S = 30.0
"""Time that one graph may take to draw at least. What is left out for lack of time makes other bytes of the same program."""


class RecorderSettings(Protocol):
    """What a recorder needs to know; `tensorpad.settings.Settings` has it."""

    @property
    def limits(self) -> Limits:
        """Limits of a program."""
        ...

    @property
    def profile(self) -> Literal["auto", "strict", "container"]:
        """The isolation of programs."""
        ...


class Recorder:
    """A context within which programs are recorded, from code that is not asynchronous.

    Its processes start with it and end with it, so it is made in the process that uses it, after any fork. Entering raises
    RecordingError if they do not start.
    """

    def __init__(self, settings: RecorderSettings) -> None:
        self._settings = settings
        self._runner = asyncio.Runner()
        self._stages: AsyncGenerator[Service] | None = None
        self._service: Service | None = None

    def __enter__(self) -> Self:
        self._stages = _stages(self._settings)
        try:
            self._service = self._runner.run(anext(self._stages))
        except TensorpadError as error:
            self._runner.close()
            raise RecordingError(f"no program can be run here: {error}", service=True) from error
        except BaseException:
            self._runner.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._stages is not None:
            self._runner.run(self._stages.aclose())
        self._runner.close()
        self._service = self._stages = None

    def record(
        self,
        cells: Sequence[str],
        *,
        seed: int | None = 0,
        device: Literal["auto", "cpu", "cuda"] = "auto",
        lang: Lang = "en",
        timeout_s: float | None = None,
        titles: Sequence[str] | None = None,
    ) -> Recording:
        """Run the cells of a program in one namespace, and record it. A program that fails is recorded, too.

        `titles` are what the page calls each cell, in place of `cell 3`.
        `seed` None means fresh entropy, and then other bytes each time. Raises RecordingError if the program is beyond a
        limit, the device is not there, or the sandbox fails.
        """
        from tensorpad.api.requests import RunBody, run_request

        service = self._started()
        with _refusals():
            called = None if titles is None else list(titles)
            body = RunBody(cells=list(cells), seed=seed, device=device, timeout_s=timeout_s, titles=called)
            request = run_request(body, service.limits, service.pool)
            return self._runner.run(_record(service, request, lang))

    def picture(
        self,
        program: Program,
        graph: str,
        kind: Literal["svg", "png"],
        *,
        theme: Theme = "auto",
        width: int | None = None,
        timeout_s: float | None = None,
    ) -> bytes:
        """A graph of a program that was recorded, by its id in the answer. `width` in pixels, of a bitmap.

        Raises RecordingError if it cannot be drawn.
        """
        from tensorpad.api.graphs.requests import GraphRequest, drawing
        from tensorpad.api.graphs.requests import Program as Drawn
        from tensorpad.api.requests import default_device

        service = self._started()
        lang: Lang = "zh-CN" if program.lang == "zh-CN" else "en"
        asked = {"seed": program.seed or 0, "timeout_s": timeout_s, "graph": graph, "width": width, "theme": theme}
        wanted = GraphRequest.model_validate({"cells": list(program.cells), **asked})
        with _refusals():
            wish = drawing(wanted, Drawn(program.cells), lang, kind, default_device(service.pool), service.limits)
            return self._runner.run(_drawn(service, wish))

    def _started(self) -> "Service":
        if self._service is None:
            raise RuntimeError("a recorder records only within its `with` block")
        return self._service


@contextmanager
def _refusals() -> Generator[None]:
    """What the service refuses, as RecordingError."""
    from tensorpad.api.problems import Problem

    try:
        yield
    except Problem as problem:
        raise RecordingError(problem.detail) from None
    except TensorpadError as error:
        raise RecordingError(f"the program could not be run: {error}", service=True) from error


async def _stages(settings: RecorderSettings) -> "AsyncGenerator[Service]":
    from tensorpad.pool.local_pool import LocalPool

    given = settings.limits
    start_s, draw_s = max(given.start_s, _START_S), max(given.draw_s, _DRAW_S)
    limits = replace(given, parked=_AT_ONCE, concurrency=_AT_ONCE, start_s=start_s, draw_s=draw_s)
    pool = LocalPool(limits, settings.profile)
    loading = asyncio.create_task(pool.start())
    # Its processes load torch, while this one loads what makes answers.
    await asyncio.sleep(0)
    from tensorpad.api.metrics import Metrics
    from tensorpad.api.runs.service import Service
    from tensorpad.api.stages import started
    from tensorpad.render.renderer import Renderer

    renderer = Renderer(limits)
    async with started(pool, renderer, loading):
        yield Service(pool, renderer, limits, Metrics(pool, {}))


async def _drawn(service: "Service", wish: "Drawing") -> bytes:
    from tensorpad.api.graphs.drawing import answer

    made = await answer(service, wish)
    return made.body.data


async def _record(service: "Service", request: "RunRequest", lang: Lang) -> Recording:
    from tensorpad.api.runs.parts import FULL
    from tensorpad.api.runs.service import Wanted
    from tensorpad.recordings.beside import beside
    from tensorpad.recordings.making import recording_of

    outcome = await service.outcome(request)
    # No view shows the source of a picture.
    answer = await service.answer("", request, outcome, Wanted(lang, FULL - {"dot"}))
    program = Program(request.cells, request.seed, request.device, lang)
    return recording_of(answer.response, program, await beside(service, request, outcome.trace, lang, at_once=_AT_ONCE))
