"""The answer to a run that has ended: graphs are built and drawn, explanations found, and all is put together."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from tensorpad.api.encoding import encoded
from tensorpad.api.graphs.pictures import Pictures, undrawn
from tensorpad.api.runs.answer import Display, RunResponse, RunTiming
from tensorpad.api.runs.deferral import deferral
from tensorpad.api.runs.parts import FULL, Parts
from tensorpad.api.runs.repetition import repetition
from tensorpad.api.runs.response import Rendered, draft_response, run_response
from tensorpad.api.values import Forms, sendable, without_values
from tensorpad.graph import builder, likeness
from tensorpad.graph.model import Graph
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import AutogradRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render.renderer import Picture
from tensorpad.texts import Lang

Around = tuple[bytes, bytes]
"""What is sent right before and right after an answer."""
ALONE: Around = (b"", b"")

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an answer: its parts, its language, and whether values beyond a budget may be deferred."""

    lang: Lang
    parts: Parts = FULL
    deferring: bool = False


@dataclass(frozen=True, slots=True)
class SizedResponse:
    """What a run is answered with, how its values are sent, and the chunks of those that are deferred.

    If it is `large` it is encoded beside the event loop.
    """

    response: RunResponse
    outcome: Outcome
    large: bool
    forms: Forms = sendable
    chunks: tuple[bytes, ...] = ()

    async def encoded(self, around: Around) -> bytes:
        """The answer as JSON, between the two texts `around`."""
        before, after = around
        return await encoded(self.response, at_once=not self.large, before=before, after=after, forms=self.forms)


@dataclass(frozen=True, slots=True)
class Answering:
    """Makes answers within limits. It needs no pool: what ran the program does not matter."""

    limits: Limits

    async def answer(
        self,
        run_id: str,
        request: RunRequest,
        outcome: Outcome,
        wanted: Wanted,
        pictures: Pictures,
        *,
        started: float | None = None,
    ) -> SizedResponse:
        """What is asked of a run that has ended. `started` is when it was asked for (of `time.perf_counter`)."""
        rendering = time.perf_counter()
        large, parts = outcome.is_large, wanted.parts
        async with asyncio.TaskGroup() as group:
            drawing = group.create_task(self._render(outcome, pictures, parts))
            # Yield once, so that the drawing process has its first picture before this thread gets busy.
            await asyncio.sleep(0)
            draft = await _done(large, draft_response, run_id, request, outcome, wanted.lang, parts)
        rendered = drawing.result()
        now = time.perf_counter()
        timing = timing_of(outcome, render_s=now - rendering, total_s=now - (rendering if started is None else started))
        response = await _done(large, run_response, draft, rendered, timing, self.limits)
        if "values" not in parts:
            return SizedResponse(response, outcome, large, without_values)
        deferred = await _done(large, deferral, response) if wanted.deferring else None
        if deferred is not None and deferred.chunks:
            return SizedResponse(response, outcome, large, deferred.forms, deferred.chunks)
        repeated = await _done(large, repetition, response)
        return SizedResponse(repeated.response, outcome, large, repeated.forms)

    async def _render(self, outcome: Outcome, pictures: Pictures, parts: Parts) -> Rendered:
        records = outcome.trace.graphs[: self.limits.graphs] if "graphs" in parts else ()
        graphs, like = await _done(outcome.is_large, self._build, outcome.trace, records)
        own = [graph for graph in graphs if graph.id not in like]
        shown = [cell.displays for cell in outcome.cells]
        displays: list[tuple[Display, ...]] = [() for _ in shown]
        drawn: list[Picture] = []
        if "svg" not in parts:
            displays = [tuple(map(undrawn, of_cell)) for of_cell in shown]
            drawn = pictures.sources(own) if "dot" in parts else []
        elif any(shown):
            async with asyncio.TaskGroup() as group:
                cells = [group.create_task(pictures.displays(index, of_cell)) for index, of_cell in enumerate(shown)]
                rest = group.create_task(pictures.graphs(own))
            displays, drawn = [task.result() for task in cells], rest.result()
        elif own:
            drawn = await pictures.graphs(own)
        return Rendered(
            displays=displays,
            graphs=graphs,
            pictures={graph.id: picture for graph, picture in zip(own, drawn, strict=bool(drawn))},
            like=like,
            left_out=len(outcome.trace.graphs) - len(records) if "graphs" in parts else 0,
        )

    def _build(self, trace: TraceRecord, records: Sequence[AutogradRecord]) -> tuple[list[Graph], dict[str, str]]:
        """The graphs, and for each that a later one is like, which."""
        graphs = [builder.build(trace, record, self.limits.drawn_nodes) for record in records]
        return graphs, likeness.later(graphs)


def timing_of(outcome: Outcome, *, render_s: float, total_s: float) -> RunTiming:
    """How long a run took, to the microsecond."""
    spent = outcome.timing
    return RunTiming(
        queued_ms=round(spent.queued_ms, 3),
        run_ms=round(spent.run_ms, 3),
        render_ms=round(render_s * 1000, 3),
        total_ms=round(total_s * 1000, 3),
    )


async def _done(large: bool, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` returns: of something large from a thread, so that the event loop goes on meanwhile."""
    return await asyncio.to_thread(work, *args, **kwargs) if large else work(*args, **kwargs)
