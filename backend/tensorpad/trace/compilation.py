"""Compiled functions run as if nobody watched.

NOTE [Compiled functions]
1. `torch.compile` translates the bytecode of a function while it runs, and every active function mode with it. Ours cannot
   be translated; it would break the function's graph in pieces, and `fullgraph=True` would refuse.
2. So it is off as long as torch may translate: from when the frame evaluation is asked for until it is given up. Both go
   through one private function. What happens in between is no list of operations any more anyway.
3. That function is called in pairs, at the beginning and at the end, and pairs lie within each other. Both calls of a pair
   come from one frame, or from the two methods of one context manager; by that the end of the outermost is known.
4. The function exists once somebody has loaded `torch._dynamo`; a template has.
"""

import sys
import threading
from types import FrameType
from typing import Any

from tensorpad.trace.internals import COMPILER, EVALUATION, calling_frame
from tensorpad.trace.modes import put_on, take_off


class CompilationWatch:
    """While entered, takes a function mode off for as long as this thread runs compiled functions."""

    def __init__(self, mode: Any) -> None:
        self._mode = mode
        self._outermost: Any = None
        self._module: Any = None
        self._original: Any = None

    def __enter__(self) -> None:
        self._module = sys.modules.get(COMPILER)
        if self._module is None:
            return
        thread = threading.get_ident()
        original = self._original = getattr(self._module, EVALUATION)

        def _maybe_set_eval_frame(callback: Any) -> Any:
            if threading.get_ident() == thread:
                self._called(callback, calling_frame(1))
            return original(callback)

        setattr(self._module, EVALUATION, _maybe_set_eval_frame)

    def __exit__(self, *_: object) -> None:
        if self._module is not None:
            setattr(self._module, EVALUATION, self._original)
        self._restore()

    def _called(self, callback: Any, frame: FrameType) -> None:
        manager = frame.f_code.co_name in {"__enter__", "__exit__"}
        pair: Any = frame.f_locals.get("self") if manager else frame
        if self._outermost is pair:
            self._restore()
        elif self._outermost is None and callback is not None and take_off(self._mode):
            self._outermost = pair

    def _restore(self) -> None:
        if self._outermost is not None:
            self._outermost = None
            put_on(self._mode)
