"""Support of `torch.utils.swap_tensors`, which the conversion of a module may use."""

import functools
from typing import Any

import torch

from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.base.quiet import put_on, take_off
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.tracked import TrackedTensor

_utils: Any = torch.utils
_Known = list[tuple[TrackedTensor, Any]]


class SwapWatch:
    """While entered, swaps go as if nobody watched.

    1. A swap refuses tensors that anybody refers to weakly, as the trace does. So the trace gives its references up
       meanwhile. Those of the program's stay, and are refused as ever.
    2. A swap makes a view of a leaf to find the leaf's function. That is no operation of the program's, so the mode is off.
    3. Afterwards each object is the tensor that the other one was: its memory, its counter, its function. What was known of
       the two is exchanged. Neither is asked: a view that was written would get its function by that, too early.
    """

    def __init__(self, mode: Any, recording: Recording) -> None:
        self._mode = mode
        self._tensors = recording.tensors
        self._grad_fns = recording.grad_fns
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
                result = original(t1, t2)
                swapped = True
                return result
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
                known += [(self._tensors.update(tensor), tensor) for tensor in tensors if is_tensor(tensor)]
        except Exception:  # the program must not fail because its trace does
            known.clear()
        for tracked, _ in known:
            tracked.let_go()
        return known

    def _take_back(self, known: _Known, swapped: bool) -> None:
        for tracked, tensor in known:
            tracked.take_back(tensor)
        try:
            if swapped and len(known) == 2 and known[0][0] is not known[1][0]:
                with DisableTorchFunction():
                    self._tensors.exchange(*known)
                for tracked, _ in known:
                    # What was accumulated went into the object that had the name; what comes now is another function's.
                    self._grad_fns.forget(tracked)
        except Exception:
            return
