import contextlib
import signal
import sys
import time
import weakref
from collections.abc import Callable

import pytest
from tensorpad.sandbox.deadline import DeadlineReached, soft_deadline


def spin(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pass


def test_it_fires_in_its_body_only_and_puts_the_handler_back() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(DeadlineReached), soft_deadline(0.02) as deadline:
        spin(10)
    assert deadline.fired
    with soft_deadline(0.2) as deadline:
        pass
    spin(0.25)
    assert not deadline.fired
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_it_leaves_nothing_behind_wherever_it_fires() -> None:
    before = signal.getsignal(signal.SIGALRM)
    for number in range(2_000):
        with contextlib.suppress(DeadlineReached), soft_deadline(1e-6 * (1 + number % 40)):
            for _ in range(number % 60):
                pass
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
        assert signal.getsignal(signal.SIGALRM) is before


def test_it_is_no_exception_and_comes_again_when_it_is_swallowed() -> None:
    swallowed = 0

    def stubborn() -> None:
        nonlocal swallowed
        try:
            spin(10)
        except Exception:
            pytest.fail("caught as an Exception")
        except BaseException:
            swallowed += 1
        spin(10)

    with pytest.raises(DeadlineReached), soft_deadline(0.02):
        stubborn()
    assert swallowed == 1


def test_it_waits_while_it_is_held() -> None:
    finished = False

    def careful() -> None:
        nonlocal finished
        with deadline.held():
            spin(0.1)
            finished = True
        spin(10)

    with pytest.raises(DeadlineReached), soft_deadline(0.02) as deadline:
        careful()
    assert finished


class Spinning:
    """Spins when it dies, so that the deadline falls into its death."""

    def __del__(self) -> None:
        spin(0.4)


def dying() -> None:
    Spinning()


def called_back() -> None:
    subject = type("Subject", (), {})()
    reference = weakref.ref(subject, lambda _: spin(0.4))
    del subject
    assert reference() is None


@pytest.mark.parametrize("end", [dying, called_back])
def test_it_comes_again_without_a_word_where_python_drops_what_is_raised(
    end: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    before = sys.unraisablehook
    reached = False

    def program() -> None:
        nonlocal reached
        end()
        reached = True
        spin(10)

    with pytest.raises(DeadlineReached), soft_deadline(0.2):
        program()
    assert reached, "the first one was not dropped"
    assert not told
    assert sys.unraisablehook == before


def test_what_the_program_itself_drops_is_told_of_after_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[type[BaseException] | None] = []

    def note(found: "sys.UnraisableHookArgs") -> None:
        told.append(found.exc_type)

    monkeypatch.setattr(sys, "unraisablehook", note)

    class Failing:
        def __del__(self) -> None:
            raise ValueError

    def stubborn() -> None:
        with contextlib.suppress(DeadlineReached):
            spin(10)
        Failing()
        spin(10)

    with pytest.raises(DeadlineReached), soft_deadline(0.02):
        stubborn()
    assert told == [ValueError]
