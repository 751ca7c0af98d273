import asyncio
from collections.abc import Callable
from typing import cast

import pytest
from tensorpad.pool.parking import Parking
from tensorpad.pool.worker_handle import WorkerHandle
from tensorpad.protocol.errors import Unavailable

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Stand:
    """Brings up stand-ins for workers, and remembers what became of them."""

    def __init__(self, failures: int = 0, failure: type[Exception] = Unavailable) -> None:
        self.made: list[StandIn] = []
        self.failures = failures
        self.failure = failure

    async def bring_up(self) -> WorkerHandle:
        if self.failures:
            self.failures -= 1
            raise self.failure("not now")
        self.made.append(StandIn())
        return cast(WorkerHandle, self.made[-1])

    @property
    def living(self) -> int:
        return sum(not worker.closed for worker in self.made)


class StandIn:
    def __init__(self) -> None:
        self.closed = False
        self.die: Callable[[], None] = lambda: None

    def kill(self) -> None:
        self.closed = True

    async def close(self) -> None:
        self.closed = True

    def when_dead(self, callback: Callable[[], None]) -> None:
        self.die = callback


async def settle(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0)


async def test_as_many_as_wanted_are_kept_ready() -> None:
    stand = Stand()
    parking = Parking(3, stand.bring_up)
    parking.refill()
    await settle(lambda: parking.parked == 3)
    parking.refill()
    await asyncio.sleep(0)
    assert len(stand.made) == 3


async def test_a_worker_is_handed_out_once_and_another_comes_after_the_answer() -> None:
    stand = Stand()
    parking = Parking(2, stand.bring_up)
    parking.refill()
    await settle(lambda: parking.parked == 2)
    worker = await parking.take()

    parking.retire(worker, idle=True)

    assert not cast(StandIn, worker).closed
    assert len(stand.made) == 2
    await settle(lambda: cast(StandIn, worker).closed and parking.parked == 2)
    assert len(stand.made) == 3


async def test_a_worker_that_did_not_finish_is_ended_and_replaced_at_once() -> None:
    stand = Stand()
    parking = Parking(2, stand.bring_up)
    worker = await parking.take()

    parking.retire(worker, idle=False)

    assert cast(StandIn, worker).closed
    await settle(lambda: parking.parked == 2)


async def test_who_waits_is_served_in_order() -> None:
    stand = Stand()
    parking = Parking(1, stand.bring_up)
    served: list[int] = []

    async def take(number: int) -> None:
        await parking.take()
        served.append(number)

    await asyncio.gather(*(take(number) for number in range(4)))
    assert served == [0, 1, 2, 3]


async def test_a_worker_that_comes_for_a_taker_who_left_is_kept() -> None:
    stand = Stand()
    parking = Parking(1, stand.bring_up)
    taker = asyncio.create_task(parking.take())
    await asyncio.sleep(0)
    taker.cancel()
    await asyncio.gather(taker, return_exceptions=True)
    await settle(lambda: parking.parked >= 1)
    assert stand.living == len(stand.made)


async def test_a_parked_worker_that_dies_is_replaced() -> None:
    stand = Stand()
    parking = Parking(1, stand.bring_up)
    parking.refill()
    await settle(lambda: parking.parked == 1)

    stand.made[0].die()

    await settle(lambda: parking.parked == 1 and len(stand.made) == 2)
    assert stand.made[0].closed


async def test_failures_to_bring_one_up_are_tried_again() -> None:
    stand = Stand(failures=2)
    parking = Parking(1, stand.bring_up)
    async with asyncio.timeout(5):
        await parking.take()
    assert stand.failures == 0


async def test_a_reset_forgets_the_dead_and_brings_up_others() -> None:
    stand = Stand()
    parking = Parking(2, stand.bring_up)
    parking.refill()
    await settle(lambda: parking.parked == 2)

    parking.reset()

    await settle(lambda: parking.parked == 2)
    assert stand.living == 2
    assert len(stand.made) == 4


async def test_closing_ends_every_worker() -> None:
    stand = Stand()
    parking = Parking(2, stand.bring_up)
    parking.refill()
    await settle(lambda: parking.parked == 2)
    parking.retire(await parking.take(), idle=True)

    await parking.close()

    assert stand.living == 0


async def test_a_full_disk_or_no_more_descriptors_are_outlived() -> None:
    stand = Stand(failures=2, failure=OSError)
    parking = Parking(1, stand.bring_up)
    parking.refill()
    await settle(lambda: parking.parked == 1)
