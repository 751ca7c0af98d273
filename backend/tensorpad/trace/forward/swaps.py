"""Tensors that change places: `torch.utils.swap_tensors`, by which the conversion of a module can be told to go.

NOTE [Why the trace lets go]
1. A swap refuses tensors that anybody refers to weakly, as the trace does. So it gives its references up meanwhile. Those of
   the program's stay, and are refused as ever.
2. A swap makes a view of a leaf to find the leaf's function. That is no operation of the program's, so the mode is off.
3. Afterwards each object is the tensor that the other one was: its memory, its counter, its function. What was known of the
   two is exchanged. Neither is asked: a view that was written would be given its function by that, too early.
"""

import functools
from typing import Any

import torch

from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.base.quiet import put_on, take_off
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.memory.tracked import Sighting

_utils: Any = torch.utils
_Known = list[tuple[Sighting, Any]]


class SwapWatch:
    """While entered, swaps go as if nobody watched."""

    def __init__(self, mode: Any, sightings: Sightings) -> None:
        self._mode = mode
        self._sightings = sightings
        self._original: Any = None
        self._replacement: Any = None

    def __enter__(self) -> None:
        original = self._original = _utils.swap_tensors

        @functools.wraps(original)
        def swap_tensors(t1: Any, t2: Any) -> Any:
            known = self._let_go(t1, t2)
            off = take_off(self._mode)
            swapped = False
            try:
                given = original(t1, t2)
                swapped = True
                return given
            finally:
                if off:
                    put_on(self._mode)
                self._take_back(known, swapped)

        self._replacement = _utils.swap_tensors = swap_tensors

    def __exit__(self, *_: object) -> None:
        if _utils.swap_tensors is self._replacement:  # and not one that the program has put there
            _utils.swap_tensors = self._original

    def _let_go(self, *tensors: Any) -> _Known:
        known: _Known = []
        try:
            with DisableTorchFunction():
                known += [(self._sightings.again(tensor), tensor) for tensor in tensors if is_tensor(tensor)]
        except Exception:  # the program must not fail because its trace does
            known.clear()
        for sighting, _ in known:
            sighting.let_go()
        return known

    def _take_back(self, known: _Known, swapped: bool) -> None:
        for sighting, tensor in known:
            sighting.take_back(tensor)
        try:
            if swapped and len(known) == 2 and known[0][0] is not known[1][0]:
                with DisableTorchFunction():
                    self._sightings.exchange(*known)
        except Exception:
            return
