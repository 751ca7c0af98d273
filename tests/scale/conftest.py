"""A real pool with the limits that a service has by default, but for time: a slow machine may need more."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.limits import MIB, Limits

from tests.support.patience import PATIENCE_S

LIMITS = replace(Limits(), parked=1, timeout_s=PATIENCE_S, queue_s=PATIENCE_S)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
async def pool(anyio_backend: str) -> AsyncIterator[LocalPool]:
    pool = LocalPool(LIMITS, "container")
    await pool.start()
    yield pool
    await pool.close()


@pytest.fixture(scope="session")
async def narrow_pool(anyio_backend: str) -> AsyncIterator[LocalPool]:
    """With room for one tensor of 10⁸ numbers, and for no second one."""
    pool = LocalPool(replace(LIMITS, memory_bytes=560 * MIB), "container")
    await pool.start()
    yield pool
    await pool.close()
