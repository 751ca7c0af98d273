"""How long the event loop is held up while something else goes on."""

import asyncio
import time
from collections.abc import Awaitable, Callable

HELD_S = 5.0
"""Most processor time between two turns of the event loop during an attack. An attack that works holds it for longer."""


async def held_s(work: Awaitable[object]) -> float:
    """The most processor time of this thread between two turns of the event loop; `work` may fail.

    Processor time, because a busy machine may leave the thread without a processor for a while.
    """
    longest, _ = await _turns(work, time.thread_time)
    return longest


async def held_part(work: Awaitable[object]) -> float:
    """The longest time between two turns of the event loop, as a part of the time that `work` takes; `work` may fail.

    Time of the clock, because another thread may hold the interpreter; a part of it, because the processor may be shared.
    """
    longest, whole = await _turns(work, time.perf_counter)
    return longest / whole


async def _turns(work: Awaitable[object], clock: Callable[[], float]) -> tuple[float, float]:
    longest, start = 0.0, clock()
    working = asyncio.ensure_future(work)
    while not working.done():
        began = clock()
        await asyncio.sleep(0)
        longest = max(longest, clock() - began)
    working.exception()  # Retrieved, so that asyncio does not complain.
    return longest, clock() - start
