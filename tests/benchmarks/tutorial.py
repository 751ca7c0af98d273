"""The tutorial's first graph: Tensorpad's whole answer over HTTP against the same cell in a warm Jupyter kernel.

NOTE. What makes the two comparable:
1. Each is warm, idles as long before each run, and is measured in turn with the other, from sending the program until the
   client has everything, decoded. Tensorpad's parked workers are full again and its dead ones buried before either begins.
2. Jupyter shows the graph as SVG with torchviz. The name `make_dot` is imported beforehand, as a notebook does once.
3. Tensorpad does more: a process of its own for every run, values, gradients, shared memory, source spans, checks.
4. In throughput each of Jupyter's clients has a kernel to itself, for one kernel runs one cell at a time.
"""

import os
from contextlib import ExitStack, closing
from importlib.metadata import version
from typing import Final

from tests.benchmarks import kernel, service
from tests.benchmarks.requirements import require_program
from tests.benchmarks.service import Service
from tests.benchmarks.timing import PAUSE_S, Series, alternate, rate

PROGRAM: Final = """\
x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
"""
IMPORTS: Final = "import torch\nfrom torchviz import make_dot\n"
CELL: Final = PROGRAM + "make_dot(out, params=dict(x=x))"
WARM_UPS: Final = 10
ROUNDS: Final = 60
CLIENTS: Final = 2
RATE_S: Final = 5.0
TARGET: Final = 0.4
"""Tensorpad's median as a part of Jupyter's, at most."""


def run() -> None:
    """Measure and print. Raises CannotRun."""
    require_program("dot", "graphviz")
    with ExitStack() as stack:
        url = stack.enter_context(service.started())
        services = [stack.enter_context(closing(Service(url))) for _ in range(CLIENTS)]
        kernels = [stack.enter_context(kernel.started()) for _ in range(CLIENTS)]
        for one in kernels:
            one.run(IMPORTS)
        for _ in range(WARM_UPS):
            for client in (*services, *kernels):
                client.run(PROGRAM if client in services else CELL)
        ours, theirs = alternate(
            ROUNDS,
            services[0].settle,
            lambda: services[0].timed_run(PROGRAM),
            lambda: kernels[0].timed_run(CELL),
        )
        our_rate = rate(RATE_S, [lambda one=one: one.run(PROGRAM) for one in services])
        services[0].settle()
        their_rate = rate(RATE_S, [lambda one=one: one.run(CELL) for one in kernels])
    _print(ours, theirs, our_rate, their_rate)


def _print(ours: Series, theirs: Series, our_rate: float, their_rate: float) -> None:
    ratio = ours.median / theirs.median
    print(
        f"The tutorial program, warm: {ROUNDS} runs each, in turn, {PAUSE_S:g} s apart; {os.cpu_count()} processors, "
        f"load {os.getloadavg()[0]:.1f}, torch {version('torch')}, ipykernel {version('ipykernel')}"
    )
    print(f"{'':32}{'median':>12}{'p90':>12}{f'{CLIENTS} clients':>14}")
    for name, series, calls in (("Tensorpad, HTTP", ours, our_rate), ("Jupyter kernel, ZeroMQ", theirs, their_rate)):
        print(f"{name:32}{_ms(series.median):>12}{_ms(series.ninetieth):>12}{f'{calls:.1f} /s':>14}")
    print(f"{'Ratio':32}{ratio:>12.2f}{ours.ninetieth / theirs.ninetieth:>12.2f}{our_rate / their_rate:>14.2f}")
    print("Where Tensorpad's time goes")
    for name, (median, share) in ours.parts().items():
        print(f"  {name:30}{_ms(median):>12}{share:>12.1%}")
    print(f"Target, a median ratio of at most {TARGET}: {'met' if ratio <= TARGET else 'NOT met'}")


def _ms(seconds: float) -> str:
    return f"{seconds * 1_000:.2f} ms"
