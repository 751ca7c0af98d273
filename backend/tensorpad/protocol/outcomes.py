"""How a run ended, decided by the service from what it can see itself: a closed union.

A failure of the user's program is one of these values. A failure of ours is an exception (`protocol.errors`).
"""

from typing import Literal

from msgspec import Raw, Struct

from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.limits import KIB
from tensorpad.protocol.records import CellRecord
from tensorpad.protocol.traces import TraceRecord

RunStatus = Literal["ok", "error", "timeout", "out_of_memory", "output_limit", "crashed"]

LARGE_BYTES = 32 * KIB
"""A report up to here costs less to read, check and answer at once than a thread does: a few milliseconds at worst."""


class CellOutput(Struct, frozen=True):
    """What the service knows of a cell. `record` is None if the cell did not end."""

    stdout: str = ""
    stderr: str = ""
    started: bool = False
    record: CellRecord | None = None
    displays: tuple[DisplayRecord, ...] = ()


class Timing(Struct, frozen=True):
    """Milliseconds that a run waited for a worker, and that it took there."""

    queued_ms: float
    run_ms: float


class Environment(Struct, frozen=True):
    """Where a program ran."""

    torch: str
    """Version of torch."""
    python: str
    """Version of Python."""
    device: str
    """The device of `auto`."""
    isolation: str
    """The profile of isolation."""


class _Outcome(Struct, frozen=True, kw_only=True):
    cells: tuple[CellOutput, ...]
    trace: TraceRecord
    timing: Timing
    environment: Environment
    report_bytes: int = 0
    """Length of what the worker reported of the program, with the texts that its cells show."""
    report: Raw | None = None
    """The trace as the worker sent it, if it could be read."""

    @property
    def is_large(self) -> bool:
        """Whether a response takes so long to make and encode that it is made beside the event loop."""
        return self.report_bytes > LARGE_BYTES


class Completed(_Outcome, frozen=True, tag="completed"):
    """The program ran to its end or raised an exception; its cells say which."""


class TimedOut(_Outcome, frozen=True, tag="timed_out"):
    """The deadline passed. What was reported before it is kept."""

    limit_s: float


class OutOfMemory(_Outcome, frozen=True, tag="out_of_memory"):
    """The kernel killed the worker at its memory limit."""

    limit_bytes: int


class OutputLimit(_Outcome, frozen=True, tag="output_limit"):
    """The program printed, or reported, more than the limit."""

    what: Literal["output", "report"]
    limit_bytes: int


CrashCause = Literal["no_report", "exit", "signal", "unknown"]


class Crashed(_Outcome, frozen=True, tag="crashed"):
    """The worker ended without a report, or sent bytes that are none: then `detail` says why, in English."""

    cause: CrashCause
    detail: str = ""
    signal: str | None = None
    exit_code: int | None = None


Outcome = Completed | TimedOut | OutOfMemory | OutputLimit | Crashed
