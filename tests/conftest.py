"""The service that all tests that go through HTTP share, and how tests are spread over processes."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling, Scheduling

from tests.support.books import Builds, documents
from tests.support.patience import PATIENCE_S
from tests.support.service import running_service

LONG = ("tests/transparency/test_operators.py", "tests/sandbox/", "tests/e2e/test_whole_lessons.py")
"""Begun first, so that no process is left with them at the end."""
LAST = "tests/e2e/"
"""Its browser lives until its process ends, in which nothing else can have an event loop then. Long files come first."""


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that is ready. Its log is shown where it does not become so."""
    log = tmp_path_factory.mktemp("server") / "log"
    patient = dict.fromkeys(("timeout_s", "queue_s", "draw_s"), PATIENCE_S)
    with running_service(log, requests_per_minute=100_000, **patient) as url:
        yield url


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Builds:
    """docs/, built by every builder once for all processes of this run of the tests."""
    own = tmp_path_factory.getbasetemp()
    return documents((own if worker_id == "master" else own.parent) / "documents")


class ByPool(LoadFileScheduling):
    """A process gets whole files; of tests/sandbox it gets all tests of one profile, whose pool takes seconds to start."""

    def _split_scope(self, nodeid: str) -> str:
        profile = re.match(r"tests/sandbox/.*\[(strict|container)\b", nodeid)
        return f"tests/sandbox {profile[1]}" if profile else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    return ByPool(config, log) if config.option.dist == "loadfile" else None


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    # Bytes can hold when they were made, and each process has to give a test the same name.
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tests = Counter(item.path for item in items)

    def turn(item: pytest.Item) -> tuple[bool, bool, int]:
        last = item.nodeid.startswith(LAST)
        return last, not item.nodeid.startswith(LONG), -tests[item.path] if last else 0

    items.sort(key=turn)
