import contextlib
import signal
import time

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
    with soft_deadline(0.02) as deadline:
        pass
    spin(0.05)
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
