"""A real pool in each profile, with limits short enough for a test."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from tensorpad.pool.supervisor import Pool
from tensorpad.protocol.control import Profile
from tensorpad.protocol.limits import KIB, MIB, Limits

LIMITS = replace(
    Limits(),
    timeout_s=2.0,
    grace_s=0.3,
    memory_bytes=512 * MIB,
    scratch_bytes=8 * MIB,
    output_bytes=32 * KIB,
    processes=24,
    parked=2,
)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def limits() -> Limits:
    return LIMITS


@pytest.fixture(scope="session", params=["strict", "container"])
def profile(request: pytest.FixtureRequest) -> Profile:
    return request.param


@pytest.fixture(scope="session")
async def pool(profile: Profile, anyio_backend: str, limits: Limits) -> AsyncIterator[Pool]:
    pool = Pool(limits, profile)
    await pool.start()
    assert pool.status().isolation.profile == profile
    yield pool
    await pool.close()
