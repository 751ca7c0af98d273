import asyncio
from contextlib import AsyncExitStack

import pytest
from tensorpad.pool.admission import Admission
from tensorpad.protocol.errors import Overloaded

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def ignore(_: int) -> None:
    return


async def test_as_many_as_there_are_places_enter_at_once() -> None:
    admission = Admission(places=2, waiting=1, wait_s=1)
    async with admission.place(ignore), admission.place(ignore):
        assert (admission.running, admission.queued) == (2, 0)
    assert (admission.running, admission.queued) == (0, 0)


async def test_the_next_one_waits_and_is_told_how_many_are_ahead() -> None:
    admission = Admission(places=1, waiting=2, wait_s=1)
    ahead: list[int] = []
    entered: list[str] = []

    async def enter(name: str) -> None:
        async with admission.place(ahead.append):
            entered.append(name)

    async with AsyncExitStack() as stack:
        await stack.enter_async_context(admission.place(ignore))
        tasks = [asyncio.create_task(enter(name)) for name in ("first", "second")]
        while admission.queued < 2:
            await asyncio.sleep(0)
        assert entered == []
    await asyncio.gather(*tasks)
    assert ahead == [0, 1]
    assert entered == ["first", "second"]


async def test_a_full_queue_refuses_at_once_and_says_when_to_try_again() -> None:
    admission = Admission(places=1, waiting=1, wait_s=30)
    async with admission.place(ignore):
        waiting = asyncio.create_task(_hold(admission))
        while not admission.queued:
            await asyncio.sleep(0)
        with pytest.raises(Overloaded) as refusal:
            async with admission.place(ignore):
                pass
        assert refusal.value.retry_after_s >= 1
    await waiting


async def test_waiting_ends_after_its_time() -> None:
    admission = Admission(places=1, waiting=1, wait_s=0.01)
    async with admission.place(ignore):
        with pytest.raises(Overloaded, match=r"within 0\.01 s"):
            async with admission.place(ignore):
                pass
        assert admission.queued == 0


async def test_a_place_is_not_lost_when_its_taker_goes_away() -> None:
    admission = Admission(places=1, waiting=2, wait_s=1)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(admission.place(ignore))
        gone = asyncio.create_task(_hold(admission))
        while not admission.queued:
            await asyncio.sleep(0)
        gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    async with admission.place(ignore):
        assert admission.running == 1
    assert admission.running == 0


async def test_a_place_that_comes_in_the_moment_of_leaving_goes_to_the_next() -> None:
    admission = Admission(places=1, waiting=2, wait_s=1)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(admission.place(ignore))
        gone, stays = (asyncio.create_task(_hold(admission)) for _ in range(2))
        while admission.queued < 2:
            await asyncio.sleep(0)
        # The place is given up and its new taker cancelled before either task runs again.
        await stack.aclose()
        gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    await stays
    assert (admission.running, admission.queued) == (0, 0)


async def _hold(admission: Admission) -> None:
    async with admission.place(ignore):
        return
