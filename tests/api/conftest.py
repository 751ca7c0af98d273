from collections.abc import AsyncIterator

import pytest

from tests.support.stages import Stage, stage


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def api(anyio_backend: str) -> AsyncIterator[Stage]:
    async with stage() as opened:
        yield opened
