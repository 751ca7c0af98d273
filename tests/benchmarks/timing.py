"""Durations: how they are taken, and what is told of them. All are in seconds."""

import itertools
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

PAUSE_S: Final = 0.25
"""Idle time before each measurement: a person thinks between two runs, and the processors go to sleep meanwhile."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One duration, and where something knows them, the durations of its parts by name."""

    seconds: float
    parts: Mapping[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Series:
    """What was measured of one thing, in order."""

    samples: Sequence[Sample]

    @property
    def median(self) -> float:
        return statistics.median(sample.seconds for sample in self.samples)

    @property
    def ninetieth(self) -> float:
        """The duration that one in ten exceeds."""
        return statistics.quantiles((sample.seconds for sample in self.samples), n=10)[-1]

    def parts(self) -> dict[str, tuple[float, float]]:
        """The median of each part, and the part's share of all the time."""
        whole = sum(sample.seconds for sample in self.samples)
        columns = {name: [sample.parts[name] for sample in self.samples] for name in self.samples[0].parts}
        return {name: (statistics.median(column), sum(column) / whole) for name, column in columns.items()}


def alternate(rounds: int, settle: Callable[[], object], *measures: Callable[[], Sample]) -> list[Series]:
    """Measure one of each, in turn, so that whatever else the machine does meets all of them.

    Before each, `settle` waits for what an earlier one has left to do, and a pause follows.
    """
    taken: list[list[Sample]] = [[] for _ in measures]
    for _ in range(rounds):
        for measure, samples in zip(measures, taken, strict=True):
            settle()
            time.sleep(PAUSE_S)
            samples.append(measure())
    return [Series(samples) for samples in taken]


def rate(seconds: float, clients: Sequence[Callable[[], object]]) -> float:
    """Calls per second when each client calls again as soon as it has its answer."""
    began = time.perf_counter()
    until = began + seconds

    def call(client: Callable[[], object]) -> int:
        for done in itertools.count():
            if time.perf_counter() >= until:
                return done
            client()
        raise AssertionError("unreachable")

    with ThreadPoolExecutor(len(clients)) as threads:
        done = sum(threads.map(call, clients))
    return done / (time.perf_counter() - began)
