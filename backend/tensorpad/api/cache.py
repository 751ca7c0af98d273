"""Answers that are kept for a while, within a number of bytes, each made once however many ask for it at a time."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from tensorpad.api.bodies import Body
from tensorpad.protocol.limits import MIB

CACHE_BYTES = 32 * MIB


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with.

    `degraded` says what is missing in it through no fault of the request: such an answer serves only those who ask within
    `keep_s` seconds, so that asking again and again costs little. None: it is right for good.
    """

    body: Body
    degraded: str | None = None
    keep_s: float | None = None


@dataclass(slots=True)
class _Making:
    task: asyncio.Task[Answer]
    waiting: int = 0


class AnswerCache:
    """Least recently used first out. What fails is not kept."""

    def __init__(self, limit_bytes: int = CACHE_BYTES, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit_bytes
        self._clock = clock
        self._kept: OrderedDict[str, tuple[Answer, float | None]] = OrderedDict()
        """Each answer with the time until which it is kept."""
        self._size = 0
        self._asked = {"hit": 0, "shared": 0, "miss": 0}
        self._making: dict[str, _Making] = {}

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return self._size

    @property
    def asked(self) -> Mapping[str, int]:
        """How often an answer was kept (`hit`), was being made for somebody else (`shared`), or had to be made (`miss`)."""
        return self._asked

    def get(self, key: str) -> Answer | None:
        """What is kept under `key`."""
        answer, until = self._kept.get(key, (None, None))
        if answer is None:
            return None
        if until is not None and until <= self._clock():
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        self._asked["hit"] += 1
        return answer

    def making(self, key: str) -> bool:
        """Whether somebody waits for it already."""
        return key in self._making

    async def make(self, key: str, work: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer of `work`, shared with all who ask meanwhile. The work is cancelled when the last of them leaves."""
        making = self._making.get(key)
        self._asked["miss" if making is None else "shared"] += 1
        if making is None:
            making = _Making(asyncio.create_task(self._work(key, work)))
            self._making[key] = making
        making.waiting += 1
        try:
            return await asyncio.shield(making.task)
        finally:
            making.waiting -= 1
            if making.waiting == 0:
                self._making.pop(key, None)
                if not making.task.done():
                    making.task.cancel()
                    await asyncio.gather(making.task, return_exceptions=True)

    async def _work(self, key: str, work: Callable[[], Awaitable[Answer]]) -> Answer:
        answer = await work()
        self._keep(key, answer)
        return answer

    def _keep(self, key: str, answer: Answer) -> None:
        if answer.body.size > self._limit:
            return
        if key in self._kept:
            self._drop(key)
        self._kept[key] = answer, None if answer.keep_s is None else self._clock() + answer.keep_s
        self._size += answer.body.size
        while self._size > self._limit:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: str) -> None:
        answer, _ = self._kept.pop(key)
        self._size -= answer.body.size
