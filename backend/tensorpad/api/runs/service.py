"""A run from request to response, without HTTP: what the API and the command line share."""

import asyncio
import time
from dataclasses import dataclass

from tensorpad.api.graphs.pictures import Pictures
from tensorpad.api.metrics import Metrics
from tensorpad.api.ports import Drawer, Pool
from tensorpad.api.problems import from_failure
from tensorpad.api.runs import endings
from tensorpad.api.runs.answering import Answering, SizedResponse, Wanted
from tensorpad.pool.runner import Listener
from tensorpad.protocol.errors import TensorpadError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.texts import Lang


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
        wanted: Wanted,
        *,
        pictures: Pictures | None = None,
        listener: Listener | None = None,
    ) -> SizedResponse:
        """Run a program, and answer."""
        started = time.perf_counter()
        outcome = await self.outcome(request, listener)
        return await self.answer(run_id, request, outcome, wanted, started=started, pictures=pictures)

    async def answer(
        self,
        run_id: str,
        request: RunRequest,
        outcome: Outcome,
        wanted: Wanted,
        *,
        started: float | None = None,
        pictures: Pictures | None = None,
    ) -> SizedResponse:
        """What is asked of a run that has ended. `started` is when it was asked for (of `time.perf_counter`)."""
        drawn = pictures or self.pictures(wanted.lang)
        response = await Answering(self.limits).answer(run_id, request, outcome, wanted, drawn, started=started)
        self.metrics.rendered(response.response.timing.render_ms / 1000)
        return response
