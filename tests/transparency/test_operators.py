"""Torch's operator samples are the same with the trace as without. `python -m tests.transparency.sweep` compares all."""

import subprocess
import sys

from tests.transparency import operators, sweep
from tests.transparency.sweep import Summary

ROUTINE_CALLS = 1
"""How many calls of a kind (operator, way of calling, type of elements) the routine sweep compares."""
ROUTINE_KINDS = 1
"""For how many ways of calling and types of elements it compares an operator."""


def test_every_operator_is_the_same_with_the_trace() -> None:
    # In a process of its own: the samples' modules change torch's settings, and hold on to much memory.
    command = [sys.executable, "-W", "ignore", "-m", sweep.__name__, "--calls", str(ROUTINE_CALLS)]
    command += ["--kinds", str(ROUTINE_KINDS), "--json"]
    process = subprocess.run(command, check=False, capture_output=True, text=True)
    assert process.stdout, f"it ended with {process.returncode}: {process.stderr[-4_000:]}"
    summary = Summary.read(process.stdout)
    assert not summary.differences, "\n".join(summary.differences)[:20_000]
    assert set(summary.missed) == set(operators.EXCLUDED), "the table of exclusions is out of date"
    assert len(summary.operators) > 690
    assert summary.calls > 650
    assert summary.backward > 300
    assert summary.raised > 70
