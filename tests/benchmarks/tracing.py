"""Programs with the trace and without: how much more processor time they take.

NOTE. Both run in one process as in a worker: warm, in one thread, with what is loaded out of the garbage collector's sight,
and in turn.
The time with the trace includes putting the report together, not its way out of the worker.
"""

import contextlib
import gc
import io
import statistics
import time
from typing import Final

import torch
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
_LONG: Final = 1_000
"""Rounds of a loop after which every limit of the trace is full."""
FULL_TARGET: Final = 1.3
"""How many times its untraced time a round of a loop may take, at most, when the limits are full."""
_FITTING: Final = """
import torch
x = torch.linspace(-3, 3, 2_000)
y = torch.sin(x)
a, b, c, d = (torch.randn((), requires_grad=True) for _ in range(4))
for step in range({rounds}):
    loss = (a + b * x + c * x ** 2 + d * x ** 3 - y).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        for parameter in (a, b, c, d):
            parameter -= 1e-6 * parameter.grad
            parameter.grad = None
"""
_MODULES: Final = """
import torch
from torch import nn
x, y = torch.randn(64, 3), torch.randn(64, 1)
model = nn.Sequential(nn.Linear(3, 16), nn.ReLU(), nn.Linear(16, 1))
optimiser = torch.optim.SGD(model.parameters(), lr=1e-3)
for step in range({rounds}):
    loss = nn.functional.mse_loss(model(x), y)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
"""
_CUSTOM: Final = """
import torch
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3
    @staticmethod
    def backward(ctx, gradient):
        x, = ctx.saved_tensors
        return gradient * 3 * x ** 2
x = torch.linspace(-1, 1, 2_000)
w = torch.ones((), requires_grad=True)
for step in range({rounds}):
    loss = (Cube.apply(w * x) - x).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 1e-2 * w.grad
    w.grad = None
"""
_PYTHON: Final = "total = 0\nfor number in range({rounds} * 200):\n    total += number\n"
_LOOPS: Final = {
    "fitting by hand": _FITTING,
    "modules and an optimiser": _MODULES,
    "a function of its own": _CUSTOM,
    "Python alone": _PYTHON,
}
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
    torch.set_num_threads(Limits().threads)
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
    _run_full()
    gc.unfreeze()


def _run_full() -> None:
    """What a round costs once the limits are full: twice as many rounds less so many, so that the first ones cancel out."""
    print(f"Past the limits of the trace: processor time of {_LONG:,} further rounds")
    ratios: list[float] = []
    for name, source in _LOOPS.items():
        short, long = (_medians(source.format(rounds=rounds)) for rounds in (_LONG, 2 * _LONG))
        plain, traced = long[0] - short[0], long[1] - short[1]
        ratios.append(traced / plain)
        print(f"{name:40}{plain * 1e3:>9.1f} ms{traced * 1e3:>9.1f} ms{ratios[-1]:>8.2f}")
    met = "met" if max(ratios) <= FULL_TARGET else "NOT met"
    print(f"Target, at most {FULL_TARGET:g} times: {met} ({max(ratios):.2f})")


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
