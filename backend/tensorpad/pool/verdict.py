"""The cause of a worker's death, from evidence that the service has itself. Pure."""

import os
import signal
from typing import Literal, TypedDict

from msgspec import Raw, Struct

from tensorpad.protocol.errors import WorkerLost
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.outcomes import (
    CellOutput,
    Completed,
    Crashed,
    Environment,
    Outcome,
    OutOfMemory,
    OutputLimit,
    TimedOut,
    Timing,
)
from tensorpad.protocol.traces import TraceRecord

Stop = Literal["finished", "deadline", "output", "report", "protocol", "died", "lost"]


class Witnessed(TypedDict):
    """What the service knows of a run however it ended: the part of an outcome that does not depend on the cause."""

    cells: tuple[CellOutput, ...]
    trace: TraceRecord
    timing: Timing
    environment: Environment
    report_bytes: int
    report: Raw | None


class Evidence(Struct, frozen=True):
    """What was seen of a run's end.

    `stop` is what ended it first: the worker's last message, the hard deadline, too much output, a message that is none
    (`detail` says why), its death, or its loss with the template. `status` is the wait status, if it died by itself;
    `memory_killed` whether its control group counted a kill; `elapsed_s` the time from dispatch.
    """

    stop: Stop
    elapsed_s: float
    timeout_s: float
    status: int | None = None
    memory_killed: bool = False
    detail: str = ""


def judge(evidence: Evidence, witnessed: Witnessed, limits: Limits) -> Outcome:
    """The outcome that the evidence proves. Raises WorkerLost if it proves that the service itself failed."""
    match evidence.stop:
        case "finished":
            # The soft deadline inside lets a program report what it had. The service's own clock says whether it has passed.
            if evidence.elapsed_s >= evidence.timeout_s:
                return TimedOut(**witnessed, limit_s=evidence.timeout_s)
            return Completed(**witnessed)
        case "deadline":
            return TimedOut(**witnessed, limit_s=evidence.timeout_s)
        case "output":
            return OutputLimit(**witnessed, what="output", limit_bytes=limits.output_bytes)
        case "report":
            return OutputLimit(**witnessed, what="report", limit_bytes=limits.report_bytes)
        case "protocol":
            return Crashed(**witnessed, cause="no_report", detail=evidence.detail)
        case "lost":
            raise WorkerLost("the process that runs programs died under this one; it can be sent again")
        case "died":
            # Asked for its last words in the middle of a call, it may fall over them.
            if evidence.elapsed_s >= evidence.timeout_s and not evidence.memory_killed:
                return TimedOut(**witnessed, limit_s=evidence.timeout_s)
            return _cause_of_death(evidence, witnessed, limits)


def _cause_of_death(evidence: Evidence, witnessed: Witnessed, limits: Limits) -> Outcome:
    if evidence.memory_killed:
        return OutOfMemory(**witnessed, limit_bytes=limits.memory_bytes)
    status = evidence.status
    if status is None:
        return Crashed(**witnessed, cause="unknown")
    if not os.WIFSIGNALED(status):
        return Crashed(**witnessed, cause="exit", exit_code=os.waitstatus_to_exitcode(status))
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return TimedOut(**witnessed, limit_s=evidence.timeout_s)
    return Crashed(**witnessed, cause="signal", signal=_signal_name(number))


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
