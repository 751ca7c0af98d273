"""How long the event loop is held up while something else goes on."""

import asyncio
import time
from collections.abc import Awaitable


async def held_part(work: Awaitable[object]) -> float:
    """The longest time between two turns of the event loop, as a part of the time that `work` takes.

    A part and no time, since the processor may be shared. `work` may fail.
    """
    longest, start = 0.0, time.perf_counter()
    working = asyncio.ensure_future(work)
    while not working.done():
        began = time.perf_counter()
        await asyncio.sleep(0)
        longest = max(longest, time.perf_counter() - began)
    working.exception()  # Retrieved, so that asyncio does not complain.
    return longest / (time.perf_counter() - start)
