"""Failures are remembered for a while, within a number."""

from tensorpad.api.graphs.failures import FAILED_S, Failing, Failures
from tensorpad.api.problems import Problem


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


LIGHT, DARK = Failing("light", "program"), Failing("dark", "program")


def test_a_failure_of_the_program_stands_for_all_its_drawings_and_says_how_long() -> None:
    clock = Clock()
    failures = Failures(clock)
    failures.remember(LIGHT, Problem("program", "ValueError", errors=[{"line": 1}]))
    clock.now = 20.5
    found = failures.find(DARK)
    assert found is not None
    assert (found.detail, found.errors, found.headers) == (
        "ValueError",
        [{"line": 1}],
        {"Cache-Control": "public, max-age=40"},
    )
    clock.now = FAILED_S
    assert failures.find(DARK) is None


def test_a_failure_of_a_drawing_stands_for_it_alone_and_says_when_to_come_back() -> None:
    failures = Failures(Clock())
    failures.remember(LIGHT, Problem("drawing", "late"))
    found = failures.find(LIGHT)
    assert found is not None
    assert found.headers == {"Retry-After": "10"}
    assert failures.find(DARK) is None


def test_what_says_nothing_of_the_request_is_not_remembered() -> None:
    failures = Failures(Clock())
    for slug in ("overloaded", "unavailable", "rate-limit", "internal", "cancelled"):
        failures.remember(LIGHT, Problem(slug, ""))
        assert failures.find(LIGHT) is None


def test_the_oldest_of_many_failures_is_forgotten() -> None:
    failures = Failures(Clock())
    keys = [Failing(f"d{number}", f"p{number}") for number in range(501)]
    for key in keys:
        failures.remember(key, Problem("program", ""))
    assert failures.find(keys[0]) is None
    assert all(failures.find(key) for key in keys[1:])
