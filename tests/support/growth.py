"""How the cost of work grows with its size. A limit of time would depend on the machine; growth does not."""

import gc
import sys
import time
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any

FACTOR = 4
"""How much larger the large size is."""
LINEAR = 8.0
"""Most that linear work may grow by: 4, and room for logarithms and caches. Quadratic work grows by 16."""
_ROUNDS, _MOST_ROUNDS = 3, 6
_LEAST_S = 0.001
"""A shorter time counts as this one, for its growth would be that of noise. Choose sizes of which a fault takes longer."""

Work = Callable[[int], Callable[[], object]]
"""Prepares the work of a size, and returns it."""


class Comparison:
    """The shortest times that a size and `FACTOR` times that size took.

    The shortest, because other programs slow this one down through the processor's caches. More rounds are worth the while
    as long as the result is not linear: a disturbance passes, a fault stays.
    """

    def __init__(self) -> None:
        self._small = self._large = float("inf")
        self._rounds = 0

    def add(self, small: float, large: float) -> None:
        """Add a round."""
        self._rounds += 1
        self._small, self._large = min(self._small, small), min(self._large, large)

    @property
    def growth(self) -> float:
        """How many times the time of the size its multiple takes."""
        return self._large / max(self._small, _LEAST_S)

    @property
    def goes_on(self) -> bool:
        """Whether another round is needed."""
        return self._rounds < _ROUNDS or (self._rounds < _MOST_ROUNDS and self.growth >= LINEAR)

    def assert_linear(self) -> None:
        """Fail if the time grows much faster than the size."""
        assert self.growth < LINEAR, f"{FACTOR} times the size takes {self.growth:.1f} times the processor time"


def assert_linear(work: Work, size: int) -> None:
    """Fail if `FACTOR` times the size takes much more than `FACTOR` times the processor time. Preparing is not timed."""
    small, large = work(size), work(FACTOR * size)
    comparison = Comparison()
    while comparison.goes_on:
        comparison.add(_processor_time(small), _processor_time(large))
    comparison.assert_linear()


async def assert_linear_elsewhere(time_of: Callable[[int], Awaitable[float]], size: int) -> None:
    """As `assert_linear`, of the processor time that `time_of` a size returns: that of other processes, for example."""
    comparison = Comparison()
    while comparison.goes_on:
        comparison.add(await time_of(size), await time_of(FACTOR * size))
    comparison.assert_linear()


def count_calls(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called. Unlike a time, it is the same in every run."""
    count = 0

    def profile(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def count_lines(work: Callable[[], object]) -> int:
    """How many lines of Python are run. They show loops that call nothing, and not what C functions loop over."""
    count = 0

    def trace(*_: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def _processor_time(work: Callable[[], object]) -> float:
    """Of this thread. The garbage collector is off: its cost grows with what other tests left in the process."""
    collecting = gc.isenabled()
    gc.disable()
    began = time.thread_time()
    try:
        work()
        return time.thread_time() - began
    finally:
        if collecting:
            gc.enable()
