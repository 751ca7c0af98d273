"""The window that counts runs, over a clock of the test's own."""

import pytest
from starlette.requests import Request
from tensorpad.api.problems import Problem
from tensorpad.api.rate_limit import WINDOW_S, Admission


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def request(host: str = "192.0.2.1") -> Request:
    return Request({"type": "http", "client": (host, 1), "headers": []})


def refused(admission: Admission, host: str = "192.0.2.1") -> Problem:
    with pytest.raises(Problem) as raised:
        admission.admit(request(host))
    return raised.value


def test_place_comes_free_a_window_after_each_run() -> None:
    clock = Clock()
    admission = Admission(2, clock)
    admission.admit(request())
    clock.now += 20
    admission.admit(request())
    assert refused(admission).headers["Retry-After"] == str(WINDOW_S - 20)
    clock.now += WINDOW_S - 20
    assert admission.admit(request())["RateLimit"] == '"runs";r=0;t=20'
    refused(admission)


def test_refused_run_is_not_counted() -> None:
    clock = Clock()
    admission = Admission(1, clock)
    admission.admit(request())
    clock.now += WINDOW_S / 2
    refused(admission)
    clock.now += WINDOW_S / 2
    admission.admit(request())


def test_clients_are_counted_apart_and_an_ipv6_network_as_one() -> None:
    admission = Admission(1, Clock())
    admission.admit(request("192.0.2.1"))
    admission.admit(request("192.0.2.2"))
    refused(admission, "::ffff:192.0.2.1")
    admission.admit(request("2001:db8::1"))
    refused(admission, "2001:db8::2")


def test_clients_that_are_gone_are_forgotten() -> None:
    clock = Clock()
    admission = Admission(5, clock)
    for host in range(100):
        admission.admit(request(f"192.0.2.{host}"))
    clock.now += WINDOW_S / 2
    admission.admit(request("192.0.2.0"))
    clock.now += WINDOW_S / 2
    admission.admit(request("198.51.100.1"))
    assert admission.clients == 2
