"""A real pool in each profile, with limits small enough for a test. Programs without end are given a short time each."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.control import Profile
from tensorpad.protocol.limits import KIB, MIB, Limits

from tests.support.patience import PATIENCE_S

HERE = Path(__file__).parent
LIMITS = replace(
    Limits(),
    timeout_s=PATIENCE_S,
    queue_s=PATIENCE_S,
    draw_s=PATIENCE_S,
    grace_s=0.3,
    report_s=2.0,
    memory_bytes=512 * MIB,
    scratch_bytes=8 * MIB,
    output_bytes=32 * KIB,
    processes=24,
    parked=2,
)


WALLS = {"test_files", "test_network", "test_processes", "test_memory", "test_selftest"}
"""Tests of what the profiles hold in different ways. What they hold in one way, `make test` tries in one of them."""


@pytest.hookimpl(tryfirst=True)  # Before pytest leaves out what is long.
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE and item.path.stem not in WALLS and "container" in item.name:
            item.add_marker(pytest.mark.long)


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
async def pool(profile: Profile, anyio_backend: str, limits: Limits) -> AsyncIterator[LocalPool]:
    pool = LocalPool(limits, profile)
    await pool.start()
    assert pool.status().isolation.profile == profile
    yield pool
    await pool.close()
