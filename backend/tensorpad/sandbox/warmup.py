"""The first run's costs, paid before anybody waits: tables, lazy imports, caches.

A small program takes the very path that every program takes. It leaves no trace: generators, warnings that are shown once,
`__main__` and the sources in `linecache` are as before.
"""

import linecache
import os
import random
import sys
import warnings
from typing import Final

import numpy as np
import torch

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Report, RunRequest
from tensorpad.sandbox.program import run_program
from tensorpad.trace.inquiries import symbolic

_FORWARD: Final = """
import torch
x = torch.ones(2, 2)
y = x + 2
z = y * y * 3
z[0] = y[0] @ y
model = torch.nn.Linear(2, 1)
array = x.numpy()
[x, y.T]
"""
_BACKWARD: Final = """
x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
torch.autograd.grad((x * 2).sum(), x)
out
"""
_FAILURE: Final = "torch.ones(2) @ torch.ones(3)"
_ROUNDS: Final = 12
"""The interpreter puts quicker instructions in the place of its first ones after eight calls; see PEP 659."""


def warm_template(*, lasting: bool = True) -> None:
    """Warm what a fork inherits. No backward pass runs: its engine would not survive a fork.

    For a single program (not `lasting`) only what a worker could not do: some of torch looks at the machine when it is
    first used, and a worker sees little of it.
    """
    for _ in range(_ROUNDS if lasting else 1):
        _run(_FORWARD, _FAILURE)
    if lasting:
        symbolic.warm()


def warm_worker(limits: Limits) -> None:
    """Warm what only the worker itself can. What the template ran is quick already, and every worker pays for this."""
    _run(_BACKWARD, _FAILURE, limits=limits)


def _run(*cells: str, limits: Limits | None = None) -> None:
    limits = limits or Limits()
    states = torch.get_rng_state(), np.random.get_state(), random.getstate()
    lines = dict(linecache.cache)
    outputs = sys.stdout, sys.stderr
    try:
        with open(os.devnull, "w") as nothing, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sys.stdout = sys.stderr = nothing
            run_program(RunRequest(cells=cells, seed=0, timeout_s=limits.start_s), limits, _discard)
    finally:
        sys.stdout, sys.stderr = outputs
        torch.set_rng_state(states[0])
        np.random.set_state(states[1])
        random.setstate(states[2])
        linecache.cache.clear()
        linecache.cache.update(lines)


def _discard(message: Report) -> None:
    """Nobody is listening."""
