"""What is known of a program that never comes back to Python."""

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.outcomes import Crashed, Outcome, OutputLimit, TimedOut

from tests.support.programs import ENDLESS_S, run

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
