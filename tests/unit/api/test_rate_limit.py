"""The window that counts runs, over a clock of the test's own."""

import pytest
from starlette.requests import Request
from tensorpad.api.problems import Problem
from tensorpad.api.rate_limit import WINDOW_S, RateLimit


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def request(host: str = "192.0.2.1") -> Request:
    return Request({"type": "http", "client": (host, 1), "headers": []})


def refused(rate_limit: RateLimit, host: str = "192.0.2.1") -> Problem:
    with pytest.raises(Problem) as raised:
        rate_limit.admit(request(host))
    return raised.value


def test_place_comes_free_a_window_after_each_run() -> None:
    clock = Clock()
    rate_limit = RateLimit(2, clock)
    rate_limit.admit(request())
    clock.now += 20
    rate_limit.admit(request())
    assert refused(rate_limit).headers["Retry-After"] == str(WINDOW_S - 20)
    clock.now += WINDOW_S - 20
    assert rate_limit.admit(request())["RateLimit"] == '"runs";r=0;t=20'
    refused(rate_limit)


def test_refused_run_is_not_counted() -> None:
    clock = Clock()
    rate_limit = RateLimit(1, clock)
    rate_limit.admit(request())
    clock.now += WINDOW_S / 2
    refused(rate_limit)
    clock.now += WINDOW_S / 2
    rate_limit.admit(request())


def test_clients_are_counted_apart_and_an_ipv6_network_as_one() -> None:
    rate_limit = RateLimit(1, Clock())
    rate_limit.admit(request("192.0.2.1"))
    rate_limit.admit(request("192.0.2.2"))
    refused(rate_limit, "::ffff:192.0.2.1")
    rate_limit.admit(request("2001:db8::1"))
    refused(rate_limit, "2001:db8::2")


def test_clients_that_are_gone_are_forgotten() -> None:
    clock = Clock()
    rate_limit = RateLimit(5, clock)
    for host in range(100):
        rate_limit.admit(request(f"192.0.2.{host}"))
    clock.now += WINDOW_S / 2
    rate_limit.admit(request("192.0.2.0"))
    clock.now += WINDOW_S / 2
    rate_limit.admit(request("198.51.100.1"))
    assert rate_limit.clients == 2
