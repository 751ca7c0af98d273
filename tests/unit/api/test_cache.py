"""Answers that are kept: within their bytes, and within their time."""

import pytest
from tensorpad.api.bodies import body
from tensorpad.api.cache import Answer, AnswerCache

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def make(cache: AnswerCache, key: str, size: int, keep_s: float | None = None) -> None:
    async def work() -> Answer:
        return Answer(await body(b"x" * size), keep_s=keep_s)

    await cache.make(key, work)


async def test_what_was_used_least_recently_is_forgotten() -> None:
    cache = AnswerCache(limit_bytes=10)
    await make(cache, "a", 4)
    await make(cache, "b", 4)
    assert cache.get("a")
    await make(cache, "c", 4)
    assert [cache.get(key) is not None for key in "abc"] == [True, False, True]
    await make(cache, "huge", 11)
    assert cache.get("huge") is None
    assert cache.get("c")


async def test_an_answer_for_a_time_is_forgotten_after_it_and_makes_room() -> None:
    clock = Clock()
    cache = AnswerCache(limit_bytes=10, clock=clock)
    await make(cache, "short", 6, keep_s=5)
    await make(cache, "long", 4)
    clock.now = 4.9
    assert cache.get("short")
    clock.now = 5.0
    assert cache.get("short") is None
    await make(cache, "other", 6)
    assert cache.get("long")
    assert cache.get("other")


async def test_an_answer_that_is_made_anew_counts_once() -> None:
    cache = AnswerCache(limit_bytes=10)
    for _ in range(5):
        await make(cache, "a", 5)
    await make(cache, "b", 5)
    assert cache.get("a")
    assert cache.get("b")
