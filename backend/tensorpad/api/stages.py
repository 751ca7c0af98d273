"""The stages behind the API, started and ended together."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager

from tensorpad.api import decimals
from tensorpad.explain.inquiries import backward_formulas
from tensorpad.pool.local_pool import LocalPool
from tensorpad.render.renderer import Renderer


@asynccontextmanager
async def started(pool: LocalPool, renderer: Renderer, loading: Awaitable[None] | None = None) -> AsyncGenerator[None]:
    """Both stages, started, and what answers are made from; both are closed at the end, whatever happens to either.

    `loading` is the start of the pool, where that has begun already.
    """
    try:
        await renderer.start()
        await (loading or pool.start())
        await asyncio.to_thread(backward_formulas.load)
        await asyncio.to_thread(decimals.load)
        yield
    finally:
        try:
            await pool.close()
        finally:
            await renderer.close()
