"""Which run may begin now, which waits, and which is refused at once."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from tensorpad.protocol.errors import Overloaded


class RunQueue:
    """A bounded, first-come queue before a number of slots.

    `slots` run at a time, `waiting` more may wait, each at most `wait_s` seconds.
    """

    def __init__(self, slots: int, waiting: int, wait_s: float) -> None:
        self._free = slots
        self._slots = slots
        self._limit = waiting
        self._wait_s = wait_s
        self._queue: deque[asyncio.Future[None]] = deque()

    @property
    def running(self) -> int:
        """Slots taken."""
        return self._slots - self._free

    @property
    def queued(self) -> int:
        """Requests that wait."""
        return len(self._queue)

    @asynccontextmanager
    async def slot(self, on_wait: Callable[[int], None]) -> AsyncGenerator[None]:
        """A slot, for as long as the block runs. `on_wait` gets the number of requests ahead.

        Raises Overloaded at once if the queue is full, or later if no slot came free in time.
        """
        await self._enter(on_wait)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, on_wait: Callable[[int], None]) -> None:
        if self._free and not self._queue:
            self._free -= 1
            on_wait(0)
            return
        if len(self._queue) >= self._limit:
            raise Overloaded(f"{len(self._queue)} runs are waiting, which is the limit", self._guess())
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        on_wait(len(self._queue))
        self._queue.append(turn)
        try:
            async with asyncio.timeout(self._wait_s):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                self._leave()  # the slot came free in the moment in which the wait ended
            else:
                self._queue.remove(turn)
            if isinstance(error, TimeoutError):
                raise Overloaded(f"no slot came free within {self._wait_s:g} s", self._guess()) from None
            raise

    def _leave(self) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _guess(self) -> float:
        return max(1.0, min(self._wait_s, len(self._queue) / self._slots))
