"""The calls of modules and of the program's own autograd functions that an operation is made in."""

import weakref
from collections.abc import Callable
from types import FrameType
from typing import Any

import torch

from tensorpad.trace.base.internals import function_apply_code, module_call_code
from tensorpad.trace.base.variables import type_name
from tensorpad.trace.memory.tracked import TrackedTensor
from tensorpad.trace.program.cells import Cells

_KEY = " tensorpad call"
_DEPTH = 400
_nn: Any = torch.nn
_type: Any = type


class ModuleCall:
    """One call. `operation` is the id of the operation that represents it, None if there is none.

    `own` says that the module or function is the program's. `made` are the tensors that were made in it. `raised` says
    that it ended with an exception, and so returned nothing.
    """

    __slots__ = ("entered", "made", "module", "name", "number", "operation", "outer", "own", "raised")

    def __init__(self, number: int, outer: "ModuleCall | None", name: str, module: Any, own: bool) -> None:
        self.number = number
        self.outer = outer
        self.name = name
        self.module = module
        self.own = own
        self.made: list[TrackedTensor] = []
        self.operation: str | None = None
        self.entered = False
        self.raised = False

    def chain(self) -> "list[ModuleCall]":
        """The calls around this one, from the outermost on, and itself."""
        calls: list[ModuleCall] = []
        call: ModuleCall | None = self
        while call is not None:
            calls.append(call)
            call = call.outer
        return calls[::-1]

    def add_made(self, tensors: list[TrackedTensor]) -> None:
        """Note what was made in this call, and so in those around it."""
        call: ModuleCall | None = self
        while call is not None:
            if call.operation is not None:
                call.made.extend(tensors)
            call = call.outer


def module_name(kind: Any) -> str:
    """The public name of a module's class."""
    name = getattr(kind, "__name__", "")
    return f"torch.nn.{name}" if getattr(_nn, name, None) is kind else type_name(kind)


def mark_raised(error: BaseException) -> None:
    """Note of the calls that an exception came out of that they returned nothing."""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code is module_call_code or code is function_apply_code:
            call: ModuleCall | None = trace.tb_frame.f_locals.get(_KEY)
            if call is not None:
                call.raised = True
        trace = trace.tb_next


class ModuleCalls:
    """Finds the calls around a frame. `opened` is called with each that is new, its frame and its arguments.

    `own` is the name of the program's own module.

    NOTE [Calls that no mode sees]
    1. A call of an `nn.Module`, and `apply` of a `torch.autograd.Function`, are no torch functions. They are found from the
       operations inside: their frames are on the stack.
    2. A frame is recognised by an entry in the dictionary of its local variables, which is torch's own frame's and dies with
       it. Nothing of the program's is touched, and no frame is kept.
    """

    def __init__(self, opened: Callable[[ModuleCall, FrameType, Any, Any], None], cells: Cells, own: str) -> None:
        self._opened = opened
        self._cells = cells
        self._own = own
        self._count = 0

    def of(self, frame: FrameType | None) -> ModuleCall | None:
        """The innermost call around `frame`."""
        new: list[FrameType] = []
        call: ModuleCall | None = None
        floor, whole = self._cells.floor, self._cells.filenames
        for _ in range(_DEPTH):
            if frame is None:
                break
            code = frame.f_code
            if code is module_call_code or code is function_apply_code:
                call = frame.f_locals.get(_KEY)
                if call is not None:
                    break
                new.append(frame)
            elif frame is floor or (code.co_name == "<module>" and code.co_filename in whole):
                break  # as `Cells.begins` has it, without a call for each frame
            frame = frame.f_back
        for frame in reversed(new):
            call = self._open(frame, call)
        return call

    def _open(self, frame: FrameType, outer: ModuleCall | None) -> ModuleCall:
        self._count += 1
        local: dict[str, Any] = frame.f_locals
        if frame.f_code is module_call_code:
            module: Any = local["self"]
            kind = _type(module)
            own = kind.__module__ == self._own
            call = ModuleCall(self._count, outer, module_name(kind), weakref.ref(module), own)
        else:
            call = ModuleCall(self._count, outer, type_name(local["cls"]) + ".apply", None, own=False)
        local[_KEY] = call
        self._opened(call, frame, local["args"], local["kwargs"])
        return call
