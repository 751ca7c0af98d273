"""A real pool with the limits that a service has by default."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from tensorpad.pool.supervisor import Pool
from tensorpad.protocol.limits import MIB, Limits


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
async def pool(anyio_backend: str) -> AsyncIterator[Pool]:
    pool = Pool(replace(Limits(), parked=1), "container")
    await pool.start()
    yield pool
    await pool.close()


@pytest.fixture(scope="session")
async def narrow_pool(anyio_backend: str) -> AsyncIterator[Pool]:
    """With room for one tensor of 10⁸ numbers, and for no second one."""
    pool = Pool(replace(Limits(), parked=1, memory_bytes=560 * MIB), "container")
    await pool.start()
    yield pool
    await pool.close()
