"""How a run ended: a status, and a sentence that says what happened, at which limit, and what to do."""

from dataclasses import dataclass
from typing import assert_never

from tensorpad.protocol.limits import KIB, MIB
from tensorpad.protocol.outcomes import Completed, Crashed, Outcome, OutOfMemory, OutputLimit, RunStatus, TimedOut
from tensorpad.protocol.records import ErrorRecord
from tensorpad.protocol.traces import TraceRecord, took_long
from tensorpad.texts import CATALOGUES, Lang


@dataclass(frozen=True, slots=True)
class Ending:
    """`message` is None if the run ended by itself.

    A cell that had begun and did not end has an error of the type `interruption`, with the message `interrupted`.
    """

    status: RunStatus
    message: str | None
    interruption: str
    interrupted: str

    def error(self, cell: int, trace: TraceRecord) -> ErrorRecord:
        """The error of a cell that had begun and did not end: where the last step of the trace says."""
        at = trace.steps[-1].span if trace.steps and trace.steps[-1].kind == "error" else None
        if at is None:
            return ErrorRecord(self.interruption, self.interrupted, None, None, None, None, "")
        other = at.cell if at.cell != cell else None
        place = (at.line, at.column, at.end_line, at.end_column)
        return ErrorRecord(self.interruption, self.interrupted, *place, "", cell=other)


def status(outcome: Outcome) -> RunStatus:
    """How a run ended, in a word."""
    return of(outcome, "en").status


def of(outcome: Outcome, lang: Lang) -> Ending:
    """The ending of a run, in a language."""
    texts = CATALOGUES[lang]
    match outcome:
        case Completed():
            # A program can forge the message that ends its run. It ended well only if every cell reported its own end.
            ended = all(cell.record is not None and cell.record.status == "ok" for cell in outcome.cells)
            return Ending("ok" if ended else "error", None, "Interrupted", texts.endings["unended_cell"])
        case TimedOut(limit_s=limit_s, trace=trace):
            message = texts.endings["timeout_traced" if took_long(trace) else "timeout"].format(limit=f"{limit_s:g}")
            return _early("timeout", message, "Timeout")
        case OutOfMemory(limit_bytes=limit_bytes):
            message = texts.endings["out_of_memory"].format(limit=f"{limit_bytes / MIB:g} MiB")
            return _early("out_of_memory", message, "OutOfMemory")
        case OutputLimit(what=what, limit_bytes=limit_bytes):
            message = texts.endings[what].format(limit=f"{limit_bytes / KIB:g} KiB")
            return _early("output_limit", message, "OutputLimit")
        case Crashed():
            cause = texts.crashes[outcome.cause].format(
                detail=outcome.detail.rstrip("."), exit_code=outcome.exit_code, signal=outcome.signal
            )
            return _early("crashed", texts.endings["crashed"].format(cause=cause), "Crashed")
        case _:
            assert_never(outcome)


def _early(status: RunStatus, message: str, interruption: str) -> Ending:
    return Ending(status, message, interruption, message)
