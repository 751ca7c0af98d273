"""How long the event loop is held up while something else goes on."""

import asyncio
import time
from collections.abc import Awaitable, Callable

_ATTEMPTS = 5
HELD_S = 2.0
"""Most processor time between two turns of the event loop during an attack. An attack that works holds it for longer."""


async def most_between_turns(work: Awaitable[object], measure: Callable[[], float]) -> float:
    """The most that a measure grows by between two turns of the event loop while `work` goes on, which may fail."""
    most = 0.0
    working = asyncio.ensure_future(work)
    while not working.done():
        before = measure()
        await asyncio.sleep(0)
        most = max(most, measure() - before)
    working.exception()  # Retrieved, so that asyncio does not complain.
    return most


async def held_s(work: Awaitable[object]) -> float:
    """The most processor time of this process between two turns.

    Of all threads, because one that keeps the interpreter's lock holds the loop too. Not of the clock, because a busy
    machine may leave the process without a processor.
    """
    return await most_between_turns(work, time.process_time)


async def assert_free_beside(begin: Callable[[], Awaitable[object]], most: float) -> None:
    """Fail if more than the part `most` of the time that some work takes passes between two turns.

    Time of the clock, because another thread may hold the interpreter; a part of it, because the processor may be shared.
    Others may have the processor at the wrong moment, but not in each of several attempts.
    """
    part = 0.0
    for _ in range(_ATTEMPTS):
        began = time.perf_counter()
        part = await most_between_turns(begin(), time.perf_counter) / (time.perf_counter() - began)
        if part < most:
            return
    raise AssertionError(f"the event loop was held for {part:.0%} of the time")
