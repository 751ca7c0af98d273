"""What is known of a program that never comes back to Python."""

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.frames import encode
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Reporting
from tensorpad.protocol.outcomes import Completed, Crashed, Outcome, OutputLimit, TimedOut

from tests.support.patience import in_time
from tests.support.programs import ENDLESS_S, SEND, assert_serves, run

pytestmark = pytest.mark.anyio


def stopped_at(outcome: Outcome) -> int:
    """The line of the last step."""
    last = outcome.trace.steps[-1]
    assert last.kind == "error"
    assert last.span is not None
    return last.span.line


@pytest.mark.parametrize(
    "program",
    [
        "x = 1\ny = 2\n10 ** 10 ** 10",
        "x = 1\na = torch.ones(1)\na.expand(10**12).sum()",
        "x = 1\nimport ctypes\nctypes.PyDLL(None).pause()",
        "x = 1\nimport time\ntime.sleep(600)",
    ],
)
async def test_a_call_that_does_not_return_keeps_the_steps_before_it(pool: LocalPool, program: str) -> None:
    outcome = await run(pool, program, timeout_s=ENDLESS_S)

    assert isinstance(outcome, TimedOut)
    assert stopped_at(outcome) == 3
    assert "x" in [variable.name for variable in outcome.trace.variables]


@pytest.mark.parametrize("crash", ["import ctypes; ctypes.string_at(0)", "import os; os.abort()"])
async def test_a_crash_keeps_the_steps_before_it(pool: LocalPool, crash: str) -> None:
    outcome = await run(pool, f"x = torch.ones(2)\ndef f():\n    y = x + 1\n    {crash}\nf()")

    assert isinstance(outcome, Crashed)
    assert stopped_at(outcome) == 4
    assert "x" in [variable.name for variable in outcome.trace.variables]


@pytest.mark.parametrize("write", ["print('x' * 100)", "os.write(1, b'x' * 100)"])
async def test_a_flood_of_output_keeps_the_steps_before_it(pool: LocalPool, write: str) -> None:
    outcome = await run(pool, f"import os\nwhile True:\n    {write}")

    assert isinstance(outcome, OutputLimit)
    assert stopped_at(outcome) in (2, 3)
    assert len(outcome.trace.steps) > 100


SLOW = """
class Slow:
    def __repr__(self):
        time.sleep(0.02)
        return "shown"
s = [Slow() for _ in range(30)]
for number, one in enumerate(s):
    globals()[f"slow{number}"] = one
del s, one
"""


async def test_a_report_that_takes_longer_than_the_grace_arrives(pool: LocalPool, limits: Limits) -> None:
    outcome = await run(pool, "import time\nx = torch.ones(2)" + SLOW, "while True: pass", timeout_s=ENDLESS_S)

    assert isinstance(outcome, TimedOut)
    assert outcome.trace.truncated == ()
    shown = [variable.text for variable in outcome.trace.variables if variable.type == "Slow"]
    assert len(shown) == 30
    assert shown.count("shown") * 0.02 > limits.grace_s / 2


async def test_a_program_that_says_it_reports_and_does_not_is_ended(pool: LocalPool) -> None:
    frame = encode(Reporting())
    with in_time():
        outcome = await run(pool, SEND + f"send({frame!r})\nwhile True: pass", timeout_s=ENDLESS_S)

    assert not isinstance(outcome, Completed)
    await assert_serves(pool)


async def test_a_trace_that_is_lost_is_said_to_be_missing(pool: LocalPool) -> None:
    program = "x = torch.ones(2)\nimport os\nos._exit(3)"
    outcome, untraced = await run(pool, program), await run(pool, program, trace=False)

    assert isinstance(outcome, Crashed)
    assert [(part.what, part.limit) for part in outcome.trace.truncated] == [("trace", 0)]
    assert untraced.trace.truncated == ()


async def test_the_trace_of_the_cells_before_one_that_ends_its_process_is_kept(pool: LocalPool) -> None:
    outcome = await run(pool, "x = torch.ones(2)", "y = x * 2", "z = y + 1\nimport os\nos._exit(3)")

    assert isinstance(outcome, Crashed)
    assert [(part.what, part.limit) for part in outcome.trace.truncated] == [("later cells", 2)]
    assert {variable.name for variable in outcome.trace.variables} == {"x", "y"}
    assert "x * 2" in {operation.expression for operation in outcome.trace.operations}
