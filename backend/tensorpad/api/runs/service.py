"""A run from request to response, without HTTP: what the API and the command line share."""

import asyncio
import time
from dataclasses import dataclass

from tensorpad.api.graphs.pictures import Pictures
from tensorpad.api.metrics import Metrics
from tensorpad.api.ports import Drawer, Pool
from tensorpad.api.problems import from_failure
from tensorpad.api.runs.outcome_size import is_small
from tensorpad.api.runs.response import Rendered, draft_response, run_response
from tensorpad.api.runs.schemas import DisplayBody, RunResponse, TimingBody
from tensorpad.graph import builder, likeness
from tensorpad.graph.model import Graph
from tensorpad.pool.runner import Listener
from tensorpad.protocol.errors import TensorpadError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.render.renderer import Picture
from tensorpad.texts import Lang


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run is answered with, and whether that is small enough to be encoded at once."""

    response: RunResponse
    small: bool


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
        """Run a program, and count what the service does not answer. Raises what `Runner.run` does."""
        try:
            return await self.pool.run(request, listener)
        except asyncio.CancelledError:
            self.metrics.failed("cancelled")
            raise
        except TensorpadError as error:
            self.metrics.failed(from_failure(error).kind.slug)
            raise

    async def run(
        self,
        run_id: str,
        request: RunRequest,
        lang: Lang,
        *,
        pictures: Pictures | None = None,
        listener: Listener | None = None,
    ) -> Answer:
        """Run a program and draw what it shows."""
        started = time.perf_counter()
        outcome = await self.outcome(request, listener)
        rendering = time.perf_counter()
        small = is_small(outcome)
        async with asyncio.TaskGroup() as group:
            drawing = group.create_task(self._render(outcome, small, pictures or self.pictures(lang)))
            # By the next turn of the loop a process of its own is at work on the first picture.
            await asyncio.sleep(0)
            if small:
                draft = draft_response(run_id, request, outcome, lang)
            else:
                draft = await asyncio.to_thread(draft_response, run_id, request, outcome, lang)
        rendered = drawing.result()
        now = time.perf_counter()
        timing = TimingBody(
            queued_ms=_ms(outcome.timing.queued_ms / 1000),
            run_ms=_ms(outcome.timing.run_ms / 1000),
            render_ms=_ms(now - rendering),
            total_ms=_ms(now - started),
        )
        if small:
            response = run_response(draft, rendered, timing, self.limits)
        else:
            response = await asyncio.to_thread(run_response, draft, rendered, timing, self.limits)
        self.metrics.ran(response.status, timing)
        return Answer(response, small)

    async def _render(self, outcome: Outcome, small: bool, pictures: Pictures) -> Rendered:
        records = outcome.trace.graphs[: self.limits.graphs]
        graphs, like = self._build(outcome) if small else await asyncio.to_thread(self._build, outcome)
        own = [graph for graph in graphs if graph.id not in like]
        shown = [cell.record.displays if cell.record else () for cell in outcome.cells]
        displays: list[list[DisplayBody]] = [[] for _ in shown]
        drawn: list[Picture] = []
        if any(shown):
            async with asyncio.TaskGroup() as group:
                cells = [group.create_task(pictures.displays(index, records)) for index, records in enumerate(shown)]
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

    def _build(self, outcome: Outcome) -> tuple[list[Graph], dict[str, str]]:
        """The graphs, and for each that a later one is like, which."""
        records = outcome.trace.graphs[: self.limits.graphs]
        graphs = [builder.build(outcome.trace, record, self.limits.drawn_nodes) for record in records]
        return graphs, likeness.later(graphs)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
