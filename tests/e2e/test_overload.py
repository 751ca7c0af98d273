"""More requests than there is room for: each refusal comes at once and says when to come again."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.support.client import Client, result, until
from tests.support.patience import PATIENCE_S
from tests.support.service import running_service

PER_MINUTE = 4


@pytest.fixture(scope="module")
def small_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service with room for one run, one that waits, and few a minute from one address."""
    log = tmp_path_factory.mktemp("small") / "log"
    settings = {"TENSORPAD_TRUSTED_PROXIES": "127.0.0.1"}
    service = running_service(
        log, settings=settings, concurrency=1, queue=1, parked=1, requests_per_minute=PER_MINUTE, timeout_s=PATIENCE_S
    )
    with service as url:
        yield url


@pytest.fixture
def coming_from(small_url: str) -> Iterator[Callable[[str], Client]]:
    """Makes a client whose address is told by a proxy that the service trusts."""
    with ExitStack() as stack:
        yield lambda address: stack.enter_context(Client(small_url, {"X-Forwarded-For": address}))


def test_full_queue_refuses_at_once_and_serves_who_waits(coming_from: Callable[[str], Client]) -> None:
    client, other = coming_from("192.0.2.1"), coming_from("192.0.2.2")
    with ThreadPoolExecutor() as threads, client.stream(code="print(1, flush=True)\nwhile True: pass") as first:
        events = iter(first)
        assert [next(events)[0], next(events)[0]] == ["queued", "stdout"]
        second = threads.submit(other.run, "6 * 7")
        until(lambda: client.metric("tensorpad_queue_depth") == 1, "the second run waits")
        refused = client.post(code="1")
        # It did not wait for a place: the others are still where they were.
        assert (client.running(), client.metric("tensorpad_queue_depth")) == (1, 1)
        assert refused.status_code == 503
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.json()["type"] == "/problems/overloaded"
        assert int(refused.headers["retry-after"]) >= 1
        client.http.delete(f"/api/v1/runs/{first.run_id}")
        assert result(second.result()) == "42"


def test_stream_that_finds_the_queue_full_is_refused_by_its_status(coming_from: Callable[[str], Client]) -> None:
    client, other = coming_from("192.0.2.3"), coming_from("192.0.2.4")
    with client.stream(code="while True: pass") as first, other.stream(code="1") as second:
        [name, queued] = next(iter(second))
        assert (name, queued["ahead"]) == ("queued", 0)
        with client.stream(code="1") as third:
            assert third.response.status_code == 503
            assert int(third.response.headers["retry-after"]) >= 1
        client.http.delete(f"/api/v1/runs/{first.run_id}")


def test_readiness_is_asked_of_the_same_queue(coming_from: Callable[[str], Client]) -> None:
    client = coming_from("192.0.2.5")
    assert client.http.get("/healthz").json() == {"status": "alive"}
    assert client.http.get("/readyz").json() == {"status": "ready"}


def test_address_above_its_rate_is_refused_and_others_are_not(coming_from: Callable[[str], Client]) -> None:
    client = coming_from("192.0.2.6")
    left = [int(client.post(code="1").headers["ratelimit"].split("r=")[1].split(";")[0]) for _ in range(PER_MINUTE)]
    assert left == list(reversed(range(PER_MINUTE)))
    refused = client.post(code="1")
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "/problems/rate-limit"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["ratelimit-policy"] == f'"runs";q={PER_MINUTE};w=60'
    assert f"{PER_MINUTE} runs a minute" in refused.json()["detail"]
    coming_from("192.0.2.7").assert_serves()
