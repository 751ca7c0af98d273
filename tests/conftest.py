"""The service that all tests that go through HTTP share."""

from collections.abc import Iterator

import pytest

from tests.support.service import running_service


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that is ready. Its log is shown where it does not become so."""
    log = tmp_path_factory.mktemp("server") / "log"
    with running_service(log, requests_per_minute=100_000, timeout_s=5) as url:
        yield url
