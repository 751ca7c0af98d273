"""A service for clients that ask much: nobody is told to wait."""

from collections.abc import Iterator

import pytest

from tests.support.service import running_service

MANY = 1_000_000


@pytest.fixture(scope="session")
def generous_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with room for everything that a test may ask within a minute. It counts answers to gates."""
    log = tmp_path_factory.mktemp("generous") / "log"
    settings = {"TENSORPAD_TALLIES": str(log.with_name("tallies.sqlite3"))}
    with running_service(
        log,
        settings=settings,
        timeout_s=3,
        requests_per_minute=MANY,
        snippets_per_minute=MANY,
        tallies_per_minute=MANY,
        snippets=MANY,
    ) as url:
        yield url
