"""What the routes of runs share: the stages, the runs of this moment, and those that have ended."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from tensorpad.api.graphs.pictures import Pictures
from tensorpad.api.problems import Problem, from_failure
from tensorpad.api.runs.answering import ALONE, Around, Wanted
from tensorpad.api.runs.idempotency import IdempotencyKeys, Repeatable
from tensorpad.api.runs.kept import KeptRun, KeptRuns, kept_run
from tensorpad.api.runs.registry import RunRegistry, new_id
from tensorpad.api.runs.service import Service
from tensorpad.api.values import sendable
from tensorpad.pool.queue import RunQueue
from tensorpad.pool.runner import Listener
from tensorpad.protocol.messages import RunRequest

FIRST_S = 0.05
"""Seconds to wait for a first sign of a run, so that a refusal can still be a status."""


class Work(Protocol):
    """What makes the answer of a run."""

    def __call__(
        self, *, pictures: Pictures | None = None, listener: Listener | None = None, around: Around = ALONE
    ) -> Coroutine[Any, Any, bytes]:
        """Make it, as JSON between the two texts `around`, and tell the listener what happens meanwhile."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """What there is to do for one request: `work` makes the answer of the run `run_id`.

    `watched` is the id under which it can be cancelled: that of the run, unless the run has ended before.
    """

    run_id: str
    watched: str
    wanted: Wanted
    work: Work

    @property
    def replayed(self) -> bool:
        """Whether it is answered from the run of an earlier request."""
        return self.run_id != self.watched


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs from their requests to where they are kept.

    `answering` has the places for answers that are made of kept runs: each takes several times its size in memory while it
    is made, and a client may ask for hundreds at once.
    """

    service: Service
    registry: RunRegistry
    kept: KeptRuns
    keys: IdempotencyKeys
    answering: RunQueue

    async def run(
        self,
        run_id: str,
        request: RunRequest,
        wanted: Wanted,
        *,
        pictures: Pictures | None = None,
        listener: Listener | None = None,
        around: Around = ALONE,
    ) -> bytes:
        """Run a program, keep the run, and answer. Raises what `Runner.run` does."""
        answer = await self.service.run(run_id, request, wanted, pictures=pictures, listener=listener)
        self.kept.keep(run_id, kept_run(request, answer.outcome, answer.chunks))
        return await answer.encoded(around)

    async def again(
        self,
        run_id: str,
        wanted: Wanted,
        *,
        pictures: Pictures | None = None,
        listener: Listener | None = None,
        around: Around = ALONE,
    ) -> bytes:
        """Answer from a kept run. There is nothing to tell a listener.

        Raises Problem 404 if it is not kept, and Overloaded where too many such answers are being made.
        """
        kept = self.find(run_id)
        async with self.answering.slot(lambda _: None):
            outcome = await asyncio.to_thread(kept.outcome, self.service.limits)
            answer = await self.service.answer(run_id, kept.request, outcome, wanted, pictures=pictures)
            if answer.chunks != kept.chunks:
                # A graph was drawn in another way this time, so that other values are deferred. Chunks do not change.
                answer = replace(answer, forms=sendable, chunks=())
            return await answer.encoded(around)

    async def job(self, asked: Repeatable | None, program: RunRequest, wanted: Wanted) -> Job:
        """What a request has to be done: to run the program, unless the same request did that before.

        Raises Problem 422 if its key came with another request.
        """
        run_id = new_id()
        earlier = await self._begun(asked, run_id) if asked is not None else None
        if earlier is None:
            return Job(run_id, run_id, wanted, partial(self.run, run_id, program, wanted))
        return Job(earlier, run_id, wanted, partial(self.again, earlier, wanted))

    async def _begun(self, asked: Repeatable, run_id: str) -> str | None:
        """The run that the same request began before, once it has ended; None if this one is to begin `run_id` now.

        Raises Problem 422 if the key came with another request.
        """
        while (earlier := self.keys.find(asked)) is not None:
            await self.registry.ended(earlier)
            if self.kept.get(earlier) is not None:
                return earlier
            # It failed, or its client left. Somebody else may have begun another run meanwhile.
            if self.keys.find(asked) == earlier:
                self.keys.forget(asked)
        self.keys.note(asked, run_id)
        return None

    async def detach(self, run_id: str, request: RunRequest) -> None:
        """Let a run go on by itself; it is kept, and answered when that is asked for.

        Raises what it fails with at once; what it fails with later is kept.
        """
        task = self.registry.detach(run_id, self._to_the_end(run_id, request))
        await asyncio.wait((task,), timeout=FIRST_S)
        if task.done():
            self.kept.fail(run_id, None)
            task.result()

    async def _to_the_end(self, run_id: str, request: RunRequest) -> None:
        try:
            outcome = await self.service.outcome(request)
            self.kept.keep(run_id, kept_run(request, outcome, ()))
        except asyncio.CancelledError:
            self.kept.fail(run_id, Problem("cancelled", "The run was deleted while it ran."))
            raise
        except Exception as error:
            self.kept.fail(run_id, from_failure(error))
            raise

    def find(self, run_id: str) -> KeptRun:
        """A run that has ended. Raises Problem 404 if it is not kept, and what it failed with."""
        kept = self.kept.get(run_id)
        if kept is None:
            detail = "No run with this id is kept, now or ever. Send the program again: POST /api/v1/runs."
            raise self.kept.failure(run_id) or Problem("run-gone", detail)
        return kept
