"""`await` outside a function: the event loop of a program's cells."""

import asyncio
from collections.abc import Coroutine
from functools import cache
from typing import Any


def awaited(work: Coroutine[Any, Any, Any]) -> Any:
    """What a cell's coroutine returns. One event loop serves all cells, so that tasks of one go on in the next.

    Raises what the cell raises, with its own frames and none of the loop's.
    """
    loop = _loop()
    task = loop.create_task(work)
    loop.run_until_complete(asyncio.wait({task}))
    return task.result()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop
