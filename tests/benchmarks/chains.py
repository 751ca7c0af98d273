"""Chains of operations with the trace and without: `run` prints how much more processor time they take."""

import contextlib
import io
import statistics
import time
from collections.abc import Callable
from typing import Final

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.sandbox.program import run_program

LENGTHS: Final = (1_000, 10_000, 100_000)
ROUNDS: Final = 5
LIMIT: Final = 8.0
"""How much longer the trace may make the chain of 10,000."""
PROGRAMS: Final = {
    "forward": "import torch\ny = torch.ones(4)\nfor _ in range({length}):\n    y = y + 1\n",
    "forward and backward": "import torch\nx = torch.ones(4, requires_grad=True)\ny = x\nfor _ in range({length}):\n"
    "    y = y * 1.0001\ny.sum().backward()\n",
}


def run() -> None:
    """Print, for each chain, its time without the trace, its time with it, and how many times that is."""
    print("Chains of operations (processor time, median of", ROUNDS, "runs each, in one warm process)")
    print(f"{'chain':24}{'length':>10}{'plain':>12}{'traced':>12}{'times':>8}{'µs an operation':>18}")
    for name, program in PROGRAMS.items():
        for length in LENGTHS:
            source = program.format(length=length)
            plain, traced = (_median(lambda on=on, source=source: _run(source, on)) for on in (False, True))
            each = (traced - plain) / length * 1e6
            print(f"{name:24}{length:>10}{plain * 1e3:>9.1f} ms{traced * 1e3:>9.1f} ms{traced / plain:>8.1f}{each:>18.1f}")
    print(f"The aim is at most {LIMIT:.0f} times at 10,000 operations.")


def _median(measured: Callable[[], float]) -> float:
    measured()
    return statistics.median(measured() for _ in range(ROUNDS))


def _run(source: str, traced: bool) -> float:
    request = RunRequest(cells=(source,), trace=traced, timeout_s=60.0)
    with contextlib.redirect_stdout(io.StringIO()):
        began = time.process_time()
        run_program(request, Limits(), lambda report: None)
        return time.process_time() - began


if __name__ == "__main__":
    run()
