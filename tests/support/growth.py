"""How the cost of work grows with its size. A limit of time would depend on the machine; growth does not."""

import gc
import sys
import time
from collections.abc import Callable
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


def assert_linear(work: Work, size: int) -> None:
    """Fail if four times the size takes more than about four times the processor time. Preparing is not timed."""
    grown = growth(work, size, enough=LINEAR)
    assert grown < LINEAR, f"{FACTOR} times the size takes {grown:.1f} times the processor time"


def growth(work: Work, size: int, enough: float = 0.0) -> float:
    """The processor time of four times the size, as a multiple of that of `size`.

    Both sizes are timed in turn and the shortest time of each counts, because other programs slow this one down through
    the processor's caches. Rounds are added while the result is not below `enough`: a disturbance passes, a fault stays.
    """
    small, large = work(size), work(FACTOR * size)
    least_small = least_large = float("inf")
    for i in range(_MOST_ROUNDS):
        least_small = max(_LEAST_S, min(least_small, _processor_time(small)))
        least_large = min(least_large, _processor_time(large))
        if i + 1 >= _ROUNDS and least_large < enough * least_small:
            break
    return least_large / least_small


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
