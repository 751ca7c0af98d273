"""Runs are kept for a time, and within the memory that they take."""

import gc
import tracemalloc
from collections.abc import Callable

import msgspec
import pytest
from tensorpad.api.runs.kept import KeptRun, KeptRuns, kept_run
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.records import ErrorRecord

from tests.support.comparison import run
from tests.support.stages import cell, completed

TRACE = run("xs = [torch.rand(50, 30) for _ in range(30)]").trace
REPORT = msgspec.msgpack.encode(TRACE)


def kept(index: int = 0) -> KeptRun:
    """A run of some hundred kilobytes, none of which is shared with another."""
    # As the bytes of a frame are: an encoder's have room to spare.
    report = msgspec.Raw(bytes(bytearray(REPORT)))
    outcome = msgspec.structs.replace(completed(cell(stdout=f"{index}" * 20_000), trace=TRACE), report=report)
    return kept_run(RunRequest((f"# {index} " * 1_000,)), outcome, tuple(bytes([index]) * 60_000 for _ in range(3)))


def small(index: int) -> KeptRun:
    """A run of a few words."""
    return kept_run(RunRequest((f"print({index})",)), completed(cell(stdout=f"{index}")), ())


def of_many_cells(index: int) -> KeptRun:
    """A run of many cells that show a little each."""
    cells = [cell(index=number, stdout=f"{index} {number}", text=f"{index}, {number}") for number in range(200)]
    return kept_run(RunRequest(tuple(f"# {index} {number}" for number in range(200))), completed(*cells), ())


def failed(index: int) -> KeptRun:
    """A run that ends with an error whose message takes four bytes for each of its many characters."""
    error = ErrorRecord(f"Error{index}", "\U0001f600" * 20_000 + str(index), 1, 0, 1, 1, f"{index} …")
    return kept_run(RunRequest((f"# {index}",)), completed(cell(error=error)), ())


@pytest.mark.parametrize("make", [kept, small, of_many_cells, failed])
def test_size_is_about_the_memory_that_runs_take(make: Callable[[int], KeptRun]) -> None:
    make(0)
    runs = KeptRuns(Limits())
    gc.collect()
    tracemalloc.start()
    try:
        for index in range(10):
            runs.keep(f"r{index}", make(index))
        gc.collect()
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken <= runs.size <= 1.5 * taken + 10 * 2_000
    for index in range(10):
        assert runs.drop(f"r{index}")
    assert (runs.size, len(runs)) == (0, 0)


def test_oldest_goes_first_when_the_memory_is_full_and_what_is_too_large_is_not_kept() -> None:
    runs = KeptRuns(Limits(kept_bytes=2 * kept().size))
    for index in range(3):
        runs.keep(f"r{index}", kept())
    assert [runs.get(f"r{index}") is not None for index in range(3)] == [False, True, True]
    small = KeptRuns(Limits(kept_bytes=kept().size - 1))
    small.keep("r", kept())
    assert (small.get("r"), small.size) == (None, 0)


def test_run_is_kept_for_its_time() -> None:
    now = [0.0]
    runs = KeptRuns(Limits(kept_s=10), clock=lambda: now[0])
    runs.keep("r", kept())
    now[0] = 9.9
    assert runs.get("r") is not None
    assert runs.now() == (1, runs.size)
    now[0] = 10.0
    assert runs.now() == (0, 0)
    assert (runs.get("r"), runs.size) == (None, 0)


def test_kept_run_has_the_outcome_as_it_was() -> None:
    outcome = completed(cell(stdout="hi"), trace=TRACE)
    again = kept_run(RunRequest(("x",)), outcome, ()).outcome(Limits())
    assert msgspec.structs.replace(again, report=outcome.report) == outcome
