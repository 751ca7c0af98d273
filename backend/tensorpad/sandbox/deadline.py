"""The soft deadline: an exception that ends a program while there is still time to report what it did.

The service kills a worker a little later in any case. A program that catches everything can hold on until then.
"""

import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import CodeType, FrameType, TracebackType
from typing import Any, TypeVar

_AGAIN_S = 0.1
"""Where the exception was swallowed (by `except:`), it is raised again this much later."""
_HELD_S = 0.01


_Function = TypeVar("_Function", bound=Callable[..., Any])
_OWN: dict[int, CodeType] = {}
"""Raised in one of these, the exception would leave the timer running, or be printed by Python.

They are known by identity: the hash of code changes while it runs, as its instructions are replaced by quicker ones.
"""


def puts_off(function: _Function) -> _Function:
    """A decorator: in this very function the exception is not raised yet."""
    _OWN[id(function.__code__)] = function.__code__
    return function


class DeadlineReached(BaseException):
    """The program's time is up, or its room for output is full.

    It is no Exception, so that `except Exception` does not stop it.
    """


class SoftDeadline:
    """Raises DeadlineReached in the main thread after `seconds`, as long as it is entered. `fired`: it did."""

    def __init__(self, seconds: float) -> None:
        self.fired = False
        self._seconds = seconds
        self._active = False
        self._holds = 0
        self._before: Any = signal.SIG_DFL
        self._unraisable_before: Any = None

    @puts_off
    def __enter__(self) -> "SoftDeadline":
        self._before = signal.signal(signal.SIGALRM, self._ring)
        self._active = True
        signal.setitimer(signal.ITIMER_REAL, max(self._seconds, 1e-6))
        return self

    @puts_off
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.disarm()

    @puts_off
    def disarm(self) -> None:
        """Stop. May be called more than once."""
        if self._active:
            self._active = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)
            if sys.unraisablehook == self.on_unraisable:
                sys.unraisablehook = self._unraisable_before

    def now(self) -> None:
        """The time is up already, whatever the clock says."""
        if self._active:
            signal.raise_signal(signal.SIGALRM)

    @contextmanager
    def held(self) -> Generator[None]:
        """Put the exception off: a message that is being written must not be torn."""
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if not self._active:
            return
        if self._holds or (frame is not None and id(frame.f_code) in _OWN):
            signal.setitimer(signal.ITIMER_REAL, _HELD_S)
            return
        self.fired = True
        # Only now: a program that has time left finds the hook that it would find without us.
        if sys.unraisablehook != self.on_unraisable:
            self._unraisable_before, sys.unraisablehook = sys.unraisablehook, self.on_unraisable
        signal.setitimer(signal.ITIMER_REAL, _AGAIN_S)
        raise DeadlineReached

    @puts_off
    def on_unraisable(self, unraisable: "sys.UnraisableHookArgs") -> None:
        """Python drops what is raised in a `__del__` or a weak reference's callback: say nothing, raise it again soon."""
        if unraisable.exc_type is not DeadlineReached:
            self._unraisable_before(unraisable)
        elif self._active:
            signal.setitimer(signal.ITIMER_REAL, _HELD_S)


def soft_deadline(seconds: float) -> SoftDeadline:
    """A context manager that raises DeadlineReached in its body after `seconds`. Main thread only."""
    return SoftDeadline(seconds)
