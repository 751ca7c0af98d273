"""Tensors that change places: `torch.utils.swap_tensors`, by which the conversion of a module can be told to go.

NOTE [Why the trace lets go]
1. A swap refuses tensors that anybody refers to weakly, as the trace does. So it gives its references up meanwhile. Those of
   the program's stay, and are refused as ever.
2. A swap makes a view of a leaf to find the leaf's function. That is no operation of the program's, so the mode is off.
3. Afterwards each object is the tensor that the other one was: its memory, its counter, its function.
"""

import functools
from typing import Any

import torch

from tensorpad.trace.internals import DisableTorchFunction
from tensorpad.trace.modes import put_on, take_off
from tensorpad.trace.sightings import Sightings
from tensorpad.trace.stand_ins import stand_for

_utils: Any = torch.utils


class SwapWatch:
    """While entered, swaps go as if nobody watched."""

    def __init__(self, mode: Any, sightings: Sightings) -> None:
        self._mode = mode
        self._sightings = sightings
        self._original: Any = None

    def __enter__(self) -> None:
        original = self._original = _utils.swap_tensors

        @functools.wraps(original)
        def swap_tensors(t1: Any, t2: Any) -> Any:
            off = take_off(self._mode)
            known = self._sightings.release(t1, t2)
            try:
                return original(t1, t2)
            finally:
                with DisableTorchFunction():
                    self._sightings.resume(known)
                    for sighting, tensor in known:
                        sighting.mark = None
                        stand_for(tensor, sighting, self._sightings)
                if off:
                    put_on(self._mode)

        _utils.swap_tensors = swap_tensors

    def __exit__(self, *_: object) -> None:
        _utils.swap_tensors = self._original
