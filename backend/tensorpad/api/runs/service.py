"""A run from request to response, without HTTP: what the API and the command line share."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from tensorpad.api.graphs.pictures import Pictures
from tensorpad.api.metrics import Metrics
from tensorpad.api.ports import Drawer, Pool
from tensorpad.api.problems import from_failure
from tensorpad.api.runs import endings
from tensorpad.api.runs.answer import Display, RunResponse, RunTiming
from tensorpad.api.runs.response import Rendered, draft_response, run_response
from tensorpad.graph import builder, likeness
from tensorpad.graph.model import Graph
from tensorpad.pool.runner import Listener
from tensorpad.protocol.errors import TensorpadError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import AutogradRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render.renderer import Picture
from tensorpad.texts import Lang

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SizedResponse:
    """What a run is answered with, and whether that is so large that it is encoded beside the event loop."""

    response: RunResponse
    large: bool


@dataclass(frozen=True, slots=True)
class Service:
    """The stages behind the API."""

    pool: Pool
    drawer: Drawer
    limits: Limits
    metrics: Metrics

    def pictures(self, lang: Lang) -> Pictures:
        """For one run."""
        return Pictures(self.drawer, self.limits, lang)

    async def outcome(self, request: RunRequest, listener: Listener | None = None) -> Outcome:
        """Run a program, and count how it ended. Every run goes this way. Raises what `Runner.run` does."""
        try:
            outcome = await self.pool.run(request, listener)
        except asyncio.CancelledError:
            self.metrics.failed("cancelled")
            raise
        except TensorpadError as error:
            self.metrics.failed(from_failure(error).kind.slug)
            raise
        self.metrics.ran(endings.status(outcome), outcome.timing)
        return outcome

    async def run(
        self,
        run_id: str,
        request: RunRequest,
        lang: Lang,
        *,
        pictures: Pictures | None = None,
        listener: Listener | None = None,
    ) -> SizedResponse:
        """Run a program and draw what it shows."""
        started = time.perf_counter()
        outcome = await self.outcome(request, listener)
        rendering = time.perf_counter()
        large = outcome.is_large
        async with asyncio.TaskGroup() as group:
            drawing = group.create_task(self._render(outcome, pictures or self.pictures(lang)))
            # Yield once, so that the drawing process has its first picture before this thread gets busy.
            await asyncio.sleep(0)
            draft = await _done(large, draft_response, run_id, request, outcome, lang)
        rendered = drawing.result()
        now = time.perf_counter()
        timing = timing_of(outcome, render_s=now - rendering, total_s=now - started)
        response = await _done(large, run_response, draft, rendered, timing, self.limits)
        self.metrics.rendered(timing.render_ms / 1000)
        return SizedResponse(response, large)

    async def _render(self, outcome: Outcome, pictures: Pictures) -> Rendered:
        records = outcome.trace.graphs[: self.limits.graphs]
        graphs, like = await _done(outcome.is_large, self._build, outcome.trace, records)
        own = [graph for graph in graphs if graph.id not in like]
        shown = [cell.record.displays if cell.record else () for cell in outcome.cells]
        displays: list[tuple[Display, ...]] = [() for _ in shown]
        drawn: list[Picture] = []
        if any(shown):
            async with asyncio.TaskGroup() as group:
                cells = [group.create_task(pictures.displays(index, of_cell)) for index, of_cell in enumerate(shown)]
                rest = group.create_task(pictures.graphs(own))
            displays, drawn = [task.result() for task in cells], rest.result()
        elif own:
            drawn = await pictures.graphs(own)
        return Rendered(
            displays=displays,
            graphs=graphs,
            pictures={graph.id: picture for graph, picture in zip(own, drawn, strict=True)},
            like=like,
            left_out=len(outcome.trace.graphs) - len(records),
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
