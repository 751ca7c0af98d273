"""Programs with the trace and without: how much more processor time they take.

NOTE. Both run in one process as in a worker: warm, with what is loaded out of the garbage collector's sight, and in turn.
The time with the trace includes putting the report together, not its way out of the worker.
"""

import contextlib
import gc
import io
import statistics
import time
from typing import Final

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.sandbox.program import run_program

from tests.benchmarks import tutorial

LENGTHS: Final = (1_000, 10_000, 100_000)
ROUNDS: Final = 5
TARGET: Final = 8.0
"""How many times its untraced time a chain of 10,000 operations may take, at most."""
_FORWARD: Final = "import torch\ny = torch.ones(4)\nfor _ in range({length}):\n    y = y + 1\n"
_BACKWARD: Final = (
    "import torch\nx = torch.ones(4, requires_grad=True)\ny = x\nfor _ in range({length}):\n    y = y * 1.0001\n"
    "y.sum().backward()\n"
)
_TRAINING: Final = """
import torch
from torch import nn
model = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1))
optimiser = torch.optim.SGD(model.parameters(), lr=0.01)
data, target = torch.randn(128, 16), torch.randn(128, 1)
for step in range(50):
    optimiser.zero_grad()
    loss = nn.functional.mse_loss(model(data), target)
    loss.backward()
    optimiser.step()
"""


def programs() -> dict[str, tuple[str, int | None]]:
    """By name, each program's source and its number of operations where that is known."""
    found: dict[str, tuple[str, int | None]] = {"the tutorial": ("import torch\n" + tutorial.PROGRAM, None)}
    for name, source in (("chain, forward", _FORWARD), ("chain, forward and backward", _BACKWARD)):
        for length in LENGTHS:
            found[f"{name}, {length:,}"] = (source.format(length=length), length)
    return found | {"a perceptron, 50 steps of SGD": (_TRAINING, None)}


def run() -> None:
    """Measure and print."""
    gc.collect()
    gc.freeze()
    print(f"Traced against untraced: processor time, median of {ROUNDS} runs each, in turn")
    print(f"{'':40}{'untraced':>12}{'traced':>12}{'times':>8}{'µs an operation':>18}")
    ratios: dict[str, float] = {}
    for name, (source, length) in programs().items():
        plain, traced = _medians(source)
        ratios[name] = traced / plain
        each = f"{(traced - plain) / length * 1e6:.1f}" if length else ""
        print(f"{name:40}{plain * 1e3:>9.1f} ms{traced * 1e3:>9.1f} ms{ratios[name]:>8.1f}{each:>18}")
    worst = max(ratio for name, ratio in ratios.items() if name.endswith(" 10,000"))
    met = "met" if worst <= TARGET else "NOT met"
    print(f"Target, at most {TARGET:g} times for a chain of 10,000 operations: {met} ({worst:.1f})")
    gc.unfreeze()


def _medians(source: str) -> tuple[float, float]:
    taken: dict[bool, list[float]] = {False: [], True: []}
    for on in (False, True):
        _measure(source, on)
    for _ in range(ROUNDS):
        for on, times in taken.items():
            times.append(_measure(source, on))
    return statistics.median(taken[False]), statistics.median(taken[True])


def _measure(source: str, traced: bool) -> float:
    request = RunRequest(cells=(source,), trace=traced, timeout_s=60.0)
    with contextlib.redirect_stdout(io.StringIO()):
        began = time.process_time()
        run_program(request, Limits(), lambda report: None)
        return time.process_time() - began
