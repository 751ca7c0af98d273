"""Encoded answers, kept within a number of bytes, each made once however many ask for it at a time."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

CACHE_BYTES = 32 * 1024 * 1024


@dataclass(slots=True)
class _Making:
    task: asyncio.Task[bytes]
    waiting: int = 0


class AnswerCache:
    """Least recently used first out. What fails is not kept."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self._limit = limit_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._making: dict[str, _Making] = {}

    def get(self, key: str) -> bytes | None:
        """What is kept under `key`."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def making(self, key: str) -> bool:
        """Whether somebody waits for it already."""
        return key in self._making

    async def make(self, key: str, work: Callable[[], Awaitable[bytes]]) -> bytes:
        """The bytes of `work`, shared with all who ask meanwhile. The work is cancelled when the last of them leaves."""
        making = self._making.get(key)
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

    async def _work(self, key: str, work: Callable[[], Awaitable[bytes]]) -> bytes:
        data = await work()
        self._keep(key, data)
        return data

    def _keep(self, key: str, data: bytes) -> None:
        if len(data) > self._limit:
            return
        old = self._kept.pop(key, b"")
        self._kept[key] = data
        self._size += len(data) - len(old)
        while self._size > self._limit:
            _, dropped = self._kept.popitem(last=False)
            self._size -= len(dropped)
