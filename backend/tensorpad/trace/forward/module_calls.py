"""The calls of modules and of the program's own autograd functions that an operation is made in.

NOTE [Calls that no mode sees]
1. A call of an `nn.Module`, and `apply` of a `torch.autograd.Function`, are no torch functions. They are found from the
   operations inside: their frames are on the stack.
2. A frame is known again by an entry in the dictionary of its local variables, which is torch's own frame's and dies with
   it. Nothing of the program's is touched, and no frame is kept.
3. When such a call has ended is noticed at the next step. Its outputs are the tensors that were made in it and that
   something in Python still holds. All others were dropped at its end, though autograd may have saved them.
"""

import weakref
from collections.abc import Callable
from types import FrameType
from typing import Any

import torch

from tensorpad.trace.base.internals import function_apply_code, module_call_code
from tensorpad.trace.base.variables import type_name

_KEY = " tensorpad call"
_DEPTH = 400
_nn: Any = torch.nn
_type: Any = type


class Call:
    """One call. `operation` is the id of the operation that stands for it, None where none does.

    `own` tells a module or function that is the program's. `made` are sightings of what was made in it.
    """

    __slots__ = ("entered", "made", "module", "name", "number", "operation", "outer", "own")

    def __init__(self, number: int, outer: "Call | None", name: str, module: Any, own: bool) -> None:
        self.number = number
        self.outer = outer
        self.name = name
        self.module = module
        self.own = own
        self.made: list[Any] = []
        self.operation: str | None = None
        self.entered = False

    def chain(self) -> "list[Call]":
        """The calls around this one, from the outermost on, and itself."""
        found: list[Call] = []
        call: Call | None = self
        while call is not None:
            found.append(call)
            call = call.outer
        return found[::-1]


def module_name(kind: Any) -> str:
    """The public name of a module's class."""
    name = getattr(kind, "__name__", "")
    return f"torch.nn.{name}" if getattr(_nn, name, None) is kind else type_name(kind)


class Enclosing:
    """Finds the calls around a frame. `opened` is told of each that is new, with its frame and arguments."""

    def __init__(self, opened: Callable[[Call, FrameType, Any, Any], None]) -> None:
        self._opened = opened
        self._count = 0

    def of(self, frame: FrameType | None) -> Call | None:
        """The innermost call around `frame`."""
        found: list[FrameType] = []
        call: Call | None = None
        for _ in range(_DEPTH):
            if frame is None:
                break
            code = frame.f_code
            if code is module_call_code or code is function_apply_code:
                call = frame.f_locals.get(_KEY)
                if call is not None:
                    break
                found.append(frame)
            elif code.co_name == "<module>" and code.co_filename.startswith("<cell "):
                break
            frame = frame.f_back
        for frame in reversed(found):
            call = self._open(frame, call)
        return call

    def _open(self, frame: FrameType, outer: Call | None) -> Call:
        self._count += 1
        local: dict[str, Any] = frame.f_locals
        if frame.f_code is module_call_code:
            module: Any = local["self"]
            kind = _type(module)
            call = Call(self._count, outer, module_name(kind), weakref.ref(module), kind.__module__ == "__main__")
        else:
            call = Call(self._count, outer, type_name(local["cls"]) + ".apply", None, False)
        local[_KEY] = call
        self._opened(call, frame, local["args"], local["kwargs"])
        return call
