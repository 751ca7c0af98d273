"""What the routes of runs share: the stages, the runs of this moment, and those that have ended."""

from dataclasses import dataclass

from tensorpad.api.graphs.pictures import Pictures
from tensorpad.api.problems import Problem
from tensorpad.api.runs.kept import KeptRun, KeptRuns, kept_run
from tensorpad.api.runs.registry import RunRegistry
from tensorpad.api.runs.service import Service, SizedResponse, Wanted
from tensorpad.pool.runner import Listener
from tensorpad.protocol.messages import RunRequest


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs from their requests to where they are kept."""

    service: Service
    registry: RunRegistry
    kept: KeptRuns

    async def run(
        self,
        run_id: str,
        request: RunRequest,
        wanted: Wanted,
        *,
        pictures: Pictures | None = None,
        listener: Listener | None = None,
    ) -> SizedResponse:
        """Run a program, answer, and keep the run. Raises what `Runner.run` does."""
        answer = await self.service.run(run_id, request, wanted, pictures=pictures, listener=listener)
        self.kept.keep(run_id, kept_run(request, answer.outcome, answer.chunks))
        return answer

    def find(self, run_id: str) -> KeptRun:
        """A run that has ended. Raises Problem 404 if it is not kept."""
        kept = self.kept.get(run_id)
        if kept is not None:
            return kept
        detail = "No run with this id is kept, now or ever. Send the program again: POST /api/v1/runs."
        if run_id in self.registry:
            detail = "The run has not ended. Ask again when it has been answered."
        raise Problem("run-gone", detail)
