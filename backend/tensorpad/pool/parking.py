"""Workers that are forked, confined, warm and waiting: each is handed out once, and replaced off the path of a request."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from tensorpad.pool.worker_handle import WorkerHandle
from tensorpad.protocol.errors import TensorpadError

_log = logging.getLogger(__name__)
_AFTER_THE_ANSWER_S = 0.03
"""Longer than drawing and sending a small answer takes; a death and a fork would compete with it for the processors."""
_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 5.0


class Parking:
    """Keeps `size` workers ready. `bring_up` makes one."""

    def __init__(self, size: int, bring_up: Callable[[], Awaitable[WorkerHandle]]) -> None:
        self._size = size
        self._bring_up = bring_up
        self._ready: deque[WorkerHandle] = deque()
        self._waiting: deque[asyncio.Future[WorkerHandle]] = deque()
        self._later: set[WorkerHandle] = set()
        self._coming = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def parked(self) -> int:
        """Workers that are ready now."""
        return len(self._ready)

    async def take(self) -> WorkerHandle:
        """A ready worker, waiting for one if there is none."""
        if self._ready and not self._waiting:
            return self._ready.popleft()
        turn: asyncio.Future[WorkerHandle] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self.refill()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._put(turn.result())
            else:
                self._waiting.remove(turn)
            raise

    def refill(self) -> None:
        """Bring up, in the background, as many workers as are missing."""
        while not self._closed and len(self._ready) + self._coming < self._size + len(self._waiting):
            self._coming += 1
            self._spawn_task(self._add())

    def retire(self, worker: WorkerHandle, *, idle: bool) -> None:
        """End a worker that was handed out, and bring up another.

        `idle`: it has finished and only waits to be ended; then both wait until the answer that is being made
        now has gone, unless there is no other worker left.
        """
        if not idle:
            worker.kill()
        if idle and self._ready:
            self._later.add(worker)
            asyncio.get_running_loop().call_later(_AFTER_THE_ANSWER_S, self._replace, worker)
        else:
            self._replace(worker)

    def _replace(self, worker: WorkerHandle) -> None:
        self._later.discard(worker)
        self._spawn_task(worker.close())
        self.refill()

    def reset(self) -> None:
        """Forget workers that died with their template, and bring up others."""
        lost, self._ready = self._ready, deque()
        for worker in lost:
            self._spawn_task(worker.close())
        self.refill()

    async def close(self) -> None:
        """End all parked workers."""
        self._closed = True
        for turn in self._waiting:
            turn.cancel()
        for worker in (*self._ready, *self._later):
            await worker.close()
        self._ready.clear()
        self._later.clear()
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _spawn_task(self, work: "Awaitable[None]") -> None:
        """Run something in the background, and keep it until it is done."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _add(self) -> None:
        pause = _FIRST_PAUSE_S
        worker: WorkerHandle | None = None
        while worker is None and not self._closed:
            try:
                worker = await self._bring_up()
            except (TensorpadError, OSError) as error:
                _log.warning("a worker could not be brought up: %s", error)
                await asyncio.sleep(pause)
                pause = min(_LONGEST_PAUSE_S, pause * 2)
        self._coming -= 1
        if worker is not None:
            self._put(worker)

    def _put(self, worker: WorkerHandle) -> None:
        if self._closed:
            self._spawn_task(worker.close())
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._ready.append(worker)
        worker.when_dead(lambda: self._discard(worker))

    def _discard(self, worker: WorkerHandle) -> None:
        if worker in self._ready:
            self._ready.remove(worker)
            self._spawn_task(worker.close())
            self.refill()
