import signal

import pytest
from tensorpad.pool.verdict import Evidence, Stop, Witnessed, judge
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

LIMITS = Limits()


def verdict(stop: Stop, *, elapsed_s: float = 0.1, status: int | None = None, memory_killed: bool = False) -> Outcome:
    witnessed = Witnessed(
        cells=(CellOutput(stdout="kept"),),
        trace=TraceRecord(),
        timing=Timing(0, 0),
        environment=Environment("2", "3", "cpu", "strict"),
        report_bytes=0,
        report=None,
    )
    return judge(Evidence(stop, elapsed_s, 1.0, status, memory_killed, "why"), witnessed, LIMITS)


def test_a_last_message_in_time_completes_the_run() -> None:
    assert isinstance(verdict("finished"), Completed)


def test_a_last_message_after_the_deadline_is_a_timeout_whatever_it_says() -> None:
    outcome = verdict("finished", elapsed_s=1.0)

    assert isinstance(outcome, TimedOut)
    assert outcome.limit_s == 1.0


def test_a_worker_that_had_to_be_stopped_at_the_hard_deadline_timed_out() -> None:
    assert isinstance(verdict("deadline", elapsed_s=1.5), TimedOut)


@pytest.mark.parametrize(("stop", "limit"), [("output", LIMITS.output_bytes), ("report", LIMITS.report_bytes)])
def test_too_much_output_names_its_limit(stop: Stop, limit: int) -> None:
    outcome = verdict(stop)

    assert isinstance(outcome, OutputLimit)
    assert (outcome.what, outcome.limit_bytes) == (stop, limit)


def test_a_message_that_is_none_is_a_crash_that_says_why() -> None:
    outcome = verdict("protocol")

    assert isinstance(outcome, Crashed)
    assert (outcome.cause, outcome.detail) == ("no_report", "why")


def test_a_death_that_the_control_group_counted_is_out_of_memory() -> None:
    assert isinstance(verdict("died", status=signal.SIGKILL, memory_killed=True), OutOfMemory)


def test_a_death_by_a_signal_names_it() -> None:
    outcome = verdict("died", status=signal.SIGSEGV)

    assert isinstance(outcome, Crashed)
    assert (outcome.signal, outcome.exit_code) == ("SIGSEGV", None)


def test_a_death_by_the_limit_on_processor_time_is_a_timeout() -> None:
    assert isinstance(verdict("died", status=signal.SIGXCPU), TimedOut)


def test_an_exit_names_its_code() -> None:
    outcome = verdict("died", status=3 << 8)

    assert isinstance(outcome, Crashed)
    assert (outcome.signal, outcome.exit_code) == (None, 3)


def test_a_death_of_unknown_cause_says_that_it_is_unknown() -> None:
    outcome = verdict("died")

    assert isinstance(outcome, Crashed)
    assert outcome.cause == "unknown"


def test_a_loss_with_the_template_is_a_failure_of_the_service() -> None:
    with pytest.raises(WorkerLost):
        verdict("lost")


def test_every_outcome_keeps_what_was_printed() -> None:
    stops: tuple[Stop, ...] = ("finished", "deadline", "output", "report", "protocol", "died")
    for stop in stops:
        outcome = verdict(stop)
        assert outcome.cells[0].stdout == "kept"
        assert outcome.trace == TraceRecord()
