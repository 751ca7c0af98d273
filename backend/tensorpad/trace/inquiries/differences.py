"""Finite differences: the traced operations played again with each leaf element changed a little, up and down.

What is constant to autograd stays constant here, too, and so does which operations were made.
"""

import math
import time
from typing import Any, NamedTuple

import torch

from tensorpad.protocol.derivations import FiniteDifferences
from tensorpad.protocol.records import FullValues
from tensorpad.trace.inquiries.tape import Tape, Unplayable, UnseenTensor, play

ELEMENTS = 512
"""Elements of one leaf."""
_SAME = 1e-3
"""How far the value may be off when the tape is played in double precision, relative to its magnitude (at least 1)."""
_COARSE = 1e-3
"""A value that rounding may move by more, relative to it, does not show what small changes of a leaf do."""
# The step that balances the error of the formula, which grows with its square, against rounding; and what is then expected.
_DOUBLE = (torch.float64, 1e-5, 1e-4)
_OWN = (None, 1e-2, 5e-2)


class Leaf(NamedTuple):
    """A leaf of the tape: its key, its value, and the `gradient` that autograd found."""

    key: int
    value: Any
    gradient: list[float]


def differences(tape: Tape, root: int, leaf: Leaf, start: float, until: float, rounding: float) -> FiniteDifferences:
    """Check the gradient of `root` (a key of the tape) by a leaf.

    `start` is the gradient that the pass began with, `until` (of `time.monotonic`) when to give up. `rounding` is how far
    the dtypes on the way may have moved the gradient, relative to its magnitude (at least 1).
    """
    if leaf.value.numel() > ELEMENTS:
        return FiniteDifferences(None, reason="too_large")
    if leaf.value.layout is not torch.strided:
        return FiniteDifferences(None, reason="not_dense")
    if tape.full or tape.maker(root) is None:
        return FiniteDifferences(None, reason="unseen")
    if not bool(torch.isfinite(tape.tensor(root).detach())):
        return FiniteDifferences(None, reason="not_finite")
    dtype, step, tolerance = _DOUBLE
    checked = _checked(tape, root, leaf, start, until, (dtype, step, max(tolerance, rounding)))
    if checked is None and rounding > _COARSE:
        return FiniteDifferences(None, reason="too_coarse")
    return checked or _checked(tape, root, leaf, start, until, _OWN) or FiniteDifferences(None, reason="not_repeatable")


def _checked(
    tape: Tape, root: int, leaf: Leaf, start: float, until: float, precision: tuple[torch.dtype | None, float, float]
) -> FiniteDifferences | None:
    """The check with one precision; None if the tape cannot be played with it."""
    dtype, relative, tolerance = precision
    value = leaf.value
    try:
        measured, step = _measured(tape, root, leaf, (dtype, relative, max(_SAME, tolerance)), until)
    except TimeoutError:
        return FiniteDifferences(None, reason="too_slow")
    except UnseenTensor:
        return FiniteDifferences(None, reason="unseen")
    except Exception:  # an operation may not take double precision
        return None
    slopes = [part * start for part in measured]
    scale = max([1.0, *(abs(part) for part in leaf.gradient if math.isfinite(part))])
    deviation = max((_apart(slope, part) for slope, part in zip(slopes, leaf.gradient, strict=True)), default=0.0) / scale
    return FiniteDifferences(
        FullValues(tuple(value.shape), tuple(slopes)),
        dtype="float64" if dtype is not None else str(value.dtype).removeprefix("torch."),
        step=step,
        deviation=deviation,
        tolerance=tolerance,
        agrees=deviation <= tolerance,
    )


def _apart(one: float, other: float) -> float:
    """How far two derivatives differ. NaN is the same as NaN."""
    if one == other or (math.isnan(one) and math.isnan(other)):
        return 0.0
    difference = abs(one - other)
    return math.inf if math.isnan(difference) else difference


def _measured(
    tape: Tape, root: int, leaf: Leaf, precision: tuple[torch.dtype | None, float, float], until: float
) -> tuple[list[float], float]:
    """The slope by each element of the leaf, and the step that was taken. Raises Unplayable, TimeoutError."""
    dtype, relative, same = precision
    value = leaf.value
    before: Any = play(tape, root, {}, dtype)
    if dtype is not None and before.dtype is not dtype:
        raise Unplayable("the program converts to a type of its own")
    known = float(tape.tensor(root).detach())
    if not abs(float(before) - known) <= same * max(1.0, abs(known)):
        raise Unplayable("another value")
    step = relative * max(1.0, float(value.detach().abs().max()) if value.numel() else 1.0)
    slopes: list[float] = []
    for element in range(value.numel()):
        if time.monotonic() > until:
            raise TimeoutError
        change: Any = torch.zeros(value.numel(), dtype=torch.float64)
        change[element] = step
        change = change.reshape(value.shape)
        up, down = float(play(tape, root, {leaf.key: change}, dtype)), float(play(tape, root, {leaf.key: -change}, dtype))
        slopes.append((up - down) / (2 * step))
    return slopes, step
