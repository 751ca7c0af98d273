"""Attacks on time."""

import pytest
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.outcomes import Completed, TimedOut

from tests.support.patience import PATIENCE_S, in_time
from tests.support.programs import ENDLESS_S, assert_serves, run, stdout

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "program",
    [
        "while True: pass",
        "import time; time.sleep(600)",
        "import threading; threading.Event().wait()",
        "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass",
        "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))\nwhile True: pass",
        "import torch\nx = torch.rand(4000, 4000)\nwhile True: x @ x",
        "10 ** 10 ** 10",
        "import os\nos.read(0, 1)\nwhile True: pass",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nwhile True: pass",
    ],
)
async def test_a_program_without_end_is_ended_in_time(pool: LocalPool, program: str) -> None:
    with in_time():
        outcome = await run(pool, program, timeout_s=ENDLESS_S)

    assert isinstance(outcome, TimedOut), outcome
    assert outcome.limit_s == ENDLESS_S
    await assert_serves(pool)


async def test_what_was_done_before_the_deadline_is_kept(pool: LocalPool) -> None:
    outcome = await run(pool, "print('one')\nx = 1", "print('two')\nwhile True: pass", "print('never')", timeout_s=1.0)

    assert isinstance(outcome, TimedOut)
    first, second, third = outcome.cells
    assert (first.stdout, second.stdout, third.stdout) == ("one\n", "two\n", "")
    assert first.record is not None
    assert second.started
    assert second.record is None
    assert not third.started
    assert [variable.name for variable in outcome.trace.variables] == ["x"]


async def test_stopping_the_clock_of_a_program_does_not_stop_ours(pool: LocalPool) -> None:
    outcome = await run(pool, "import time\ntime.time = time.monotonic = lambda: 0\nwhile True: pass", timeout_s=ENDLESS_S)

    assert isinstance(outcome, TimedOut)


async def test_a_quick_program_after_a_long_wait_is_complete(pool: LocalPool) -> None:
    assert stdout(outcome := await run(pool, "print(1)", timeout_s=PATIENCE_S)) == "1\n"
    assert isinstance(outcome, Completed)
