"""A service for clients that ask much: nobody is told to wait."""

from collections.abc import Iterator

import pytest

from tests.support.service import running_service

MANY = 1_000_000


@pytest.fixture(scope="session")
def generous_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with room for everything that a test may ask within a minute."""
    log = tmp_path_factory.mktemp("generous") / "log"
    with running_service(log, requests_per_minute=MANY, snippets_per_minute=MANY, snippets=MANY, timeout_s=3) as url:
        yield url
