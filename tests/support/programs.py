"""Run a program in a pool and look at what came of it."""

from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Completed, Outcome
from tensorpad.protocol.records import ErrorRecord

from tests.support.patience import PATIENCE_S, in_time

ENDLESS_S = 0.5
"""The time limit of a program that would never end, if it only has to reach its limit."""

SEND = """
import os
def send(data):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, data)
        except OSError:
            pass
"""
"""The part of a program that speaks in its worker's place: writes to every descriptor that may lead to the service."""


async def run(pool: LocalPool, *cells: str, timeout_s: float = PATIENCE_S, trace: bool = True) -> Outcome:
    """Run cells."""
    return await pool.run(RunRequest(cells=cells, timeout_s=timeout_s, trace=trace))


def stdout(outcome: Outcome) -> str:
    """All that was printed."""
    return "".join(cell.stdout for cell in outcome.cells)


def error(outcome: Outcome) -> ErrorRecord:
    """The error of the cell that failed."""
    assert isinstance(outcome, Completed), outcome
    for cell in outcome.cells:
        if cell.record is not None and cell.record.error is not None:
            return cell.record.error
    raise AssertionError(f"no cell failed: {outcome}")


async def assert_serves(pool: LocalPool) -> None:
    """The next run is right, and does not wait for what the last one left."""
    with in_time():
        outcome = await run(pool, "import torch\nprint(torch.arange(4).sum().item())")
    assert isinstance(outcome, Completed), outcome
    assert stdout(outcome) == "6\n", outcome
