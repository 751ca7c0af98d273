"""What the answer says of the output by steps: the worker's account, as far as it agrees with what came."""

import pytest
from tensorpad.protocol.outcomes import TimedOut
from tensorpad.protocol.outputs import OutputRecord
from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import StepRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.stages import ENVIRONMENT, TIMING, Stage, cell, completed

pytestmark = pytest.mark.anyio


async def answered(api: Stage, *outputs: OutputRecord) -> list[tuple[int, int, int]]:
    """Cell, steps and length of each output in the answer to a program of one cell that printed five characters."""
    trace = TraceRecord(steps=(StepRecord("statement"),) * 3, outputs=outputs)
    api.pool.outcome = completed(cell(stdout="a变\nb\n"), trace=trace)
    body = (await api.post({"code": "…"})).json()
    return [(output["cell"], output["steps"], output["stdout"]) for output in body["outputs"]]


async def test_an_account_that_agrees_is_passed_on(api: Stage) -> None:
    found = await answered(api, OutputRecord(0, 0), OutputRecord(0, 1, 3), OutputRecord(0, 3, 5, ended=True))
    assert found == [(0, 0, 0), (0, 1, 3), (0, 3, 5)]


async def test_what_something_else_printed_is_there_from_the_end_of_the_cell(api: Stage) -> None:
    found = await answered(api, OutputRecord(0, 0), OutputRecord(0, 1, 2), OutputRecord(0, 3, 4, ended=True))
    assert found == [(0, 0, 0), (0, 1, 0), (0, 3, 0)]


async def test_a_cell_that_was_not_sent_has_no_output(api: Stage) -> None:
    assert await answered(api, OutputRecord(0, 0), OutputRecord(7, 1, 2)) == [(0, 0, 0)]


async def test_a_program_that_was_ended_says_so_at_its_last_step(api: Stage) -> None:
    trace = TraceRecord(steps=(StepRecord("error", Span(0, 2, 4, 2, 9)),))
    first = cell(stdout="a")
    begun = cell(index=1)
    ended = TimedOut(
        cells=(first, type(begun)("b", "", started=True)), trace=trace, timing=TIMING, environment=ENVIRONMENT, limit_s=1.0
    )
    api.pool.outcome = ended
    error = (await api.post({"cells": ["1", "2"]})).json()["cells"][1]["error"]
    assert (error["type"], error["cell"], error["line"], error["column"]) == ("Timeout", 0, 2, 4)
