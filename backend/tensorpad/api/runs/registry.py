"""The runs of this moment by their ids, and the ways in which one ends early."""

import asyncio
import secrets
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.types import Receive

from tensorpad.api.problems import Problem
from tensorpad.api.requests import ClientGone

T = TypeVar("T")


def new_id() -> str:
    """An id that nobody can guess: who knows it may end the run."""
    return secrets.token_urlsafe(16)


class RunRegistry:
    """Keeps each run's task under its id while it lasts."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[Any]] = {}
        self._deleted: set[str] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def __contains__(self, run_id: str) -> bool:
        return run_id in self._tasks

    def cancel(self, run_id: str) -> bool:
        """End the run; False where there is none with this id."""
        task = self._tasks.get(run_id)
        if task is None:
            return False
        self._deleted.add(run_id)
        task.cancel()
        return True

    async def ended(self, run_id: str) -> None:
        """Wait until the run, if it is under way, has ended in whatever way."""
        task = self._tasks.get(run_id)
        if task is not None:
            await asyncio.wait((task,))

    def detach(self, run_id: str, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Let the work of a run go on by itself. It can be cancelled by its id."""
        task = asyncio.create_task(work)
        self._tasks[run_id] = task

        def forget(ended: asyncio.Task[T]) -> None:
            del self._tasks[run_id]
            self._deleted.discard(run_id)
            if not ended.cancelled():
                ended.exception()  # whoever waits for it hears of it

        task.add_done_callback(forget)
        return task

    async def watch(self, run_id: str, work: Coroutine[Any, Any, T], receive: Receive) -> T:
        """Await the work of a run whose body has been read whole.

        Raises ClientGone where the client leaves first, and Problem 409 where the run is deleted; both cancel the work
        and wait until it has let go of what it held.
        """
        task = asyncio.create_task(work)
        leaving = asyncio.create_task(_disconnected(receive))
        self._tasks[run_id] = task
        try:
            await asyncio.wait((task, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise ClientGone
            if task.cancelled() and run_id in self._deleted:
                raise Problem("cancelled", "The run was deleted while it ran.")
            return task.result()
        finally:
            del self._tasks[run_id]
            self._deleted.discard(run_id)
            leaving.cancel()
            task.cancel()
            await asyncio.gather(task, leaving, return_exceptions=True)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
