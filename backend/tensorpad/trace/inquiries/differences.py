"""Finite differences: the traced operations played again with each leaf element changed a little, up and down.

What autograd holds constant stays constant here, too, and so does which operations were made.
"""

import time
from typing import Any

import torch

from tensorpad.protocol.inquiries import FiniteDifferences
from tensorpad.protocol.records import FullValues
from tensorpad.trace.inquiries.tape import Tape, Unplayable, play

ELEMENTS = 512
"""Elements of one leaf."""
_SAME = 1e-3
"""How far the value may be off when the tape is played in double precision, relative to its magnitude (at least 1)."""
# The step that balances the error of the formula, which grows with its square, against rounding; and what is then expected.
_DOUBLE = (torch.float64, 1e-5, 1e-4)
_OWN = (None, 1e-2, 5e-2)


def differences(
    tape: Tape, root: int, leaf: int, value: Any, gradient: list[float], start: float, until: float
) -> FiniteDifferences:
    """Check the `gradient` (autograd's) of `root` by `leaf` (keys of the tape); `value` is the leaf's.

    `start` is the gradient that the pass began with, `until` (of `time.monotonic`) when to give up.
    """
    if value.numel() > ELEMENTS:
        return FiniteDifferences(None, reason="too_large")
    if tape.full or tape.maker(root) is None:
        return FiniteDifferences(None, reason="unseen")
    own = str(value.dtype).removeprefix("torch.")
    for dtype, relative, tolerance in (_DOUBLE, _OWN):
        try:
            found, step = _measured(tape, root, leaf, value, dtype, relative, until)
        except TimeoutError:
            return FiniteDifferences(None, reason="too_slow")
        except Unplayable as refused:
            if dtype is None or "unseen" in str(refused):
                return FiniteDifferences(None, reason="unseen" if "unseen" in str(refused) else "not_repeatable")
        except Exception:  # an operation may not take double precision
            if dtype is None:
                return FiniteDifferences(None, reason="not_repeatable")
        else:
            found = [part * start for part in found]
            scale = max(1.0, *(abs(part) for part in gradient))
            deviation = max((abs(one - other) for one, other in zip(found, gradient, strict=True)), default=0.0) / scale
            return FiniteDifferences(
                FullValues(tuple(value.shape), tuple(found)),
                dtype="float64" if dtype is not None else own,
                step=step,
                deviation=deviation,
                tolerance=tolerance,
                agrees=deviation <= tolerance,
            )
    raise AssertionError


def _measured(
    tape: Tape, root: int, leaf: int, value: Any, dtype: Any, relative: float, until: float
) -> tuple[list[float], float]:
    before: Any = play(tape, root, {}, dtype)
    if dtype is not None and before.dtype is not dtype:
        raise Unplayable("the program converts to a type of its own")
    known = float(tape.tensor(root).detach())
    if not abs(float(before) - known) <= _SAME * max(1.0, abs(known)):
        raise Unplayable("another value")
    step = relative * max(1.0, float(value.detach().abs().max()) if value.numel() else 1.0)
    found: list[float] = []
    for element in range(value.numel()):
        if time.monotonic() > until:
            raise TimeoutError
        change: Any = torch.zeros(value.numel(), dtype=torch.float64)
        change[element] = step
        change = change.reshape(value.shape)
        up, down = float(play(tape, root, {leaf: change}, dtype)), float(play(tape, root, {leaf: -change}, dtype))
        found.append((up - down) / (2 * step))
    return found, step
