import asyncio
from contextlib import AsyncExitStack

import pytest
from tensorpad.pool.queue import RunQueue
from tensorpad.protocol.errors import Overloaded

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def ignore(_: int) -> None:
    return


async def test_as_many_as_there_are_slots_enter_at_once() -> None:
    queue = RunQueue(slots=2, waiting=1, wait_s=1)
    async with queue.slot(ignore), queue.slot(ignore):
        assert (queue.running, queue.queued) == (2, 0)
    assert (queue.running, queue.queued) == (0, 0)


async def test_the_next_one_waits_and_is_told_how_many_are_ahead() -> None:
    queue = RunQueue(slots=1, waiting=2, wait_s=1)
    ahead: list[int] = []
    entered: list[str] = []

    async def enter(name: str) -> None:
        async with queue.slot(ahead.append):
            entered.append(name)

    async with AsyncExitStack() as stack:
        await stack.enter_async_context(queue.slot(ignore))
        tasks = [asyncio.create_task(enter(name)) for name in ("first", "second")]
        while queue.queued < 2:
            await asyncio.sleep(0)
        assert entered == []
    await asyncio.gather(*tasks)
    assert ahead == [0, 1]
    assert entered == ["first", "second"]


async def test_a_full_queue_refuses_at_once_and_says_when_to_try_again() -> None:
    queue = RunQueue(slots=1, waiting=1, wait_s=30)
    async with queue.slot(ignore):
        waiting = asyncio.create_task(_hold(queue))
        while not queue.queued:
            await asyncio.sleep(0)
        with pytest.raises(Overloaded) as refusal:
            async with queue.slot(ignore):
                pass
        assert refusal.value.retry_after_s >= 1
    await waiting


async def test_waiting_ends_after_its_time() -> None:
    queue = RunQueue(slots=1, waiting=1, wait_s=0.01)
    async with queue.slot(ignore):
        with pytest.raises(Overloaded, match=r"within 0\.01 s"):
            async with queue.slot(ignore):
                pass
        assert queue.queued == 0


async def test_a_slot_is_not_lost_when_its_taker_goes_away() -> None:
    queue = RunQueue(slots=1, waiting=2, wait_s=1)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(queue.slot(ignore))
        gone = asyncio.create_task(_hold(queue))
        while not queue.queued:
            await asyncio.sleep(0)
        gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    async with queue.slot(ignore):
        assert queue.running == 1
    assert queue.running == 0


async def test_a_slot_that_comes_in_the_moment_of_leaving_goes_to_the_next() -> None:
    queue = RunQueue(slots=1, waiting=2, wait_s=1)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(queue.slot(ignore))
        gone, stays = (asyncio.create_task(_hold(queue)) for _ in range(2))
        while queue.queued < 2:
            await asyncio.sleep(0)
        # The slot is given up and its new taker cancelled before either task runs again.
        await stack.aclose()
        gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    await stays
    assert (queue.running, queue.queued) == (0, 0)


async def _hold(queue: RunQueue) -> None:
    async with queue.slot(ignore):
        return
