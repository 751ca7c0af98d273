"""How long code takes, measured and said as IPython does: `%time`, `%timeit`."""

import contextlib
import math
import os
import re
import statistics
import time
import timeit
from typing import Any, Final

_UNITS: Final = ("s", "ms", "µs", "ns")
_LONG_S: Final = 60
_IN_ALL_S: Final = 1.0
"""What `%timeit` takes at most, unless a single time takes longer."""
_RUN_S: Final = 0.02
"""A run is repeated in a loop until it takes about so long."""
_RUNS: Final = 7
_OPTION: Final = re.compile(r"\s*-(?:([nr])\s*(\d+)|[qpotcv]+(?=\s))")


class Timer(contextlib.AbstractContextManager[None]):
    """Prints what the block took, if it ended by itself."""

    def __enter__(self) -> None:
        self._cpu = os.times()
        self._wall = time.perf_counter()

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        wall, cpu = time.perf_counter() - self._wall, os.times()
        if kind is not None:
            return
        user, system = cpu.user - self._cpu.user, cpu.system - self._cpu.system
        print(f"CPU times: user {duration(user)}, sys: {duration(system)}, total: {duration(user + system)}")
        print(f"Wall time: {duration(wall)}")


def repeated(source: str, setup: str, frame: Any) -> None:
    """Run code again and again for a while, with the names of a frame, and print how long it takes once."""
    asked, source = _options(source)
    more, setup = _options(setup)
    asked |= more
    names = frame.f_globals if frame.f_locals is frame.f_globals else {**frame.f_globals, **frame.f_locals}
    timer = timeit.Timer(source.strip("\n") or "pass", setup.strip() or "pass", globals=names)
    began = time.perf_counter()
    loops = asked.get("n", 0) or _loops(timer)
    times: list[float] = []
    while len(times) < asked.get("r", _RUNS) and (not times or time.perf_counter() - began < _IN_ALL_S):
        times.append(timer.timeit(loops) / loops)
    spread = statistics.pstdev(times)
    runs, each = f"{len(times)} run{'s' * (len(times) != 1)}", f"{loops:,} loop{'s' * (loops != 1)} each"
    print(
        f"{duration(statistics.fmean(times))} ± {duration(spread)} per loop (mean ± std. dev. of {runs}, {each})",
    )


def _loops(timer: timeit.Timer) -> int:
    loops = 1
    while timer.timeit(loops) < _RUN_S and loops < 10_000_000:
        loops *= 10
    return loops


def _options(text: str) -> tuple[dict[str, int], str]:
    found: dict[str, int] = {}
    while match := _OPTION.match(text):
        if match[1]:
            found[match[1]] = max(int(match[2]), 1)
        text = text[match.end() :]
    return found, text.lstrip(" \t")


def duration(seconds: float) -> str:
    """A time in three digits, with its unit."""
    if seconds >= _LONG_S:
        minutes, rest = divmod(round(seconds), _LONG_S)
        return f"{minutes}min {rest}s"
    if seconds <= 0:
        return "0 ns"
    place = min(max(-math.floor(math.log10(seconds)) + 2, 0) // 3, len(_UNITS) - 1)
    return f"{seconds * 1000**place:.3g} {_UNITS[place]}"
