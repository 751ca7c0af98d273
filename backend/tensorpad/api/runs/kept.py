"""Runs that have ended, kept for some minutes, so that what is asked of them later needs no other run."""

import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from msgspec import Raw, Struct
from msgspec.structs import astuple, replace

from tensorpad.api.problems import Problem
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.reading import read_trace
from tensorpad.protocol.traces import TraceRecord

_FAILURES = 1_000
_FRAME = 1_000
"""Bytes of the objects around what is kept of a run, and of its place in the list, at most."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run as small as it can be: the report as the worker sent it, and the chunks of deferred values, encoded."""

    request: RunRequest
    chunks: tuple[bytes, ...]
    _outcome: Outcome
    _report: Raw | None
    size: int
    """Bytes of memory that it takes, about."""

    def outcome(self, limits: Limits) -> Outcome:
        """How it ended. Its report is read again, which takes as long as the first time."""
        if self._report is None:
            return self._outcome
        return replace(self._outcome, trace=read_trace(self._report, limits))


def kept_run(request: RunRequest, outcome: Outcome, chunks: tuple[bytes, ...]) -> KeptRun:
    """A run as it is kept. Nothing is copied or encoded."""
    bare = replace(outcome, trace=TraceRecord(), report=None)
    report = 0 if outcome.report is None else memoryview(outcome.report).nbytes
    return KeptRun(request, chunks, bare, outcome.report, _FRAME + report + _memory((request, chunks, bare), set()))


def _memory(value: object, seen: set[int]) -> int:
    """Bytes that a value takes with all that it has, but for what was `seen` (by its id) in the same run."""
    if id(value) in seen:
        return 0
    seen.add(id(value))
    own, members = sys.getsizeof(value), cast("tuple[object, ...]", ())
    if isinstance(value, Struct):
        members = astuple(value)
    elif isinstance(value, tuple):
        members = cast("tuple[object, ...]", value)
    return own + sum(_memory(member, seen) for member in members)


class KeptRuns:
    """Runs by their ids, within a budget of bytes. The oldest goes first."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limits.kept_bytes
        self._keep_s = limits.kept_s
        self._clock = clock
        self._runs: OrderedDict[str, tuple[float, KeptRun]] = OrderedDict()
        self._failures: OrderedDict[str, Problem] = OrderedDict()
        self.size = 0
        """Bytes of memory that all of them take, about."""

    def __len__(self) -> int:
        return len(self._runs)

    def now(self) -> tuple[int, int]:
        """How many runs are kept at this moment, and the bytes of memory that they take, about."""
        self._forget()
        return len(self._runs), self.size

    def keep(self, run_id: str, run: KeptRun) -> None:
        """Keep a run, unless it alone is above the budget."""
        self.drop(run_id)
        if run.size > self._limit:
            return
        self._runs[run_id] = (self._clock() + self._keep_s, run)
        self.size += run.size
        self._forget()

    def get(self, run_id: str) -> KeptRun | None:
        """The run with this id, if it is kept."""
        self._forget()
        found = self._runs.get(run_id)
        return found[1] if found is not None else None

    def fail(self, run_id: str, problem: Problem | None) -> None:
        """Keep why a run that nobody waited for was not answered; None: somebody has heard of it."""
        self._failures.pop(run_id, None)
        if problem is not None:
            self._failures[run_id] = problem
            if len(self._failures) > _FAILURES:
                self._failures.popitem(last=False)

    def failure(self, run_id: str) -> Problem | None:
        """Why the run with this id was not answered, if that is kept."""
        return self._failures.get(run_id)

    def drop(self, run_id: str) -> bool:
        """Keep a run no longer; False where it was not kept."""
        found = self._runs.pop(run_id, None)
        if found is not None:
            self.size -= found[1].size
        return found is not None

    def _forget(self) -> None:
        now = self._clock()
        while self._runs:
            run_id, (until, _) = next(iter(self._runs.items()))
            if self.size <= self._limit and now < until:
                return
            self.drop(run_id)
