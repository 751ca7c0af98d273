"""Tensors made by calls that no mode sees: `torch.from_numpy`, `torch.Tensor(2, 3)`, `nn.Parameter`."""

import types
from types import FrameType
from typing import Any, NamedTuple

import numpy as np
import torch

from tensorpad.protocol.steps import MemoryRecord, OperationRecord
from tensorpad.trace.base.variables import type_name
from tensorpad.trace.forward.module_calls import ModuleCall, module_name
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.forward.torch_functions import public_name
from tensorpad.trace.memory.arrays import TrackedArray
from tensorpad.trace.memory.tracked import TrackedTensor
from tensorpad.trace.program.sources import Operands, Source, operands

_torch: Any = torch
_READERS: tuple[Any, ...] = (_torch.from_numpy, _torch.frombuffer, _torch.from_dlpack)
"""Functions that return a tensor on memory which was there before."""
_type: Any = type
_Function: Any = type(torch.autograd.Function)


class _UnseenCall(NamedTuple):
    """A call in the source, at `frame`, and what it called. `storages` is the number of storages before it."""

    source: Source
    function: Any
    name: str
    frame: FrameType
    storages: int
    outer: ModuleCall | None


class Unseen:
    """Records such calls from the tensors that they returned.

    NOTE [How they are found]
    1. Such a tensor is new when it is first met: bound to a name by a statement, or an argument of an operation.
    2. The source then says which call returned it. The call's dotted name is looked up in the program's globals, if that
       runs none of its code; it counts if it is something of torch's that returns tensors.
    3. As arguments of an operation, there must be as many new tensors as there are such calls among its operands. What the
       program passes to a library's code, or to a function of its own, is not recorded.
    """

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._log = recording.log
        self._cells = recording.cells
        self._tensors = recording.tensors
        self._arrays = recording.arrays
        self._operands: dict[int, Operands] = {}
        """By the indices of cells."""

    def bound(self, source: Source, tensor: Any, frame: FrameType) -> None:
        """A statement in `frame` bound `tensor`, which the call `source` returned."""
        if self._log.closed or self._tensors.known(tensor):
            return
        for function, name in self._resolved((source,), frame).values():
            self._add(_UnseenCall(source, function, name, frame, len(self._recording.ledger.all), None), tensor)

    def given(self, tensors: list[Any], frame: FrameType, storages: int, outer: ModuleCall | None) -> None:
        """An operation, called from `frame` in the module's call `outer`, takes `tensors` that are new.

        `storages` is the number of storages before them.
        """
        sources = self._not_recorded(self._sources(frame))
        if not sources:
            return
        resolved = self._resolved(sources, frame)
        if len(resolved) == len(tensors):
            for (source, (function, name)), tensor in zip(resolved.items(), tensors, strict=True):
                self._add(_UnseenCall(source, function, name, frame, storages, outer), tensor)

    def _resolved(self, sources: tuple[Source, ...], frame: FrameType) -> dict[Source, tuple[Any, str]]:
        """By those of the sources that no mode sees: the function that is called, and its name."""
        code = frame.f_code
        local = {*code.co_varnames, *code.co_cellvars, *code.co_freevars}
        resolved: dict[Source, tuple[Any, str]] = {}
        for source in sources:
            function = _meaning(source.callee, frame.f_globals) if source.callee[0] not in local else None
            name = _name(function)
            if name is not None:
                resolved[source] = function, name
        return resolved

    def _sources(self, frame: FrameType) -> tuple[Source, ...]:
        """The calls that are operands of the expression at which a frame is."""
        cell = self._cells.of(frame.f_code)
        if cell is None:
            return ()
        known = self._operands.get(cell.index)
        if known is None:
            known = self._operands[cell.index] = operands(cell)
        span = self._cells.span(frame.f_code, frame.f_lasti) if known else None
        return known.get(span, ()) if span is not None else ()

    def _not_recorded(self, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        """Those of an operation's operands that did not just now become operations themselves: a mode saw these calls.

        What is new then is something else, such as the gradient that a hook was given.
        """
        spans = {source.span for source in sources}
        for record in reversed(self._log.records):
            if record.span not in spans:
                break
            spans.discard(record.span)
        return tuple([source for source in sources if source.span in spans])

    def _add(self, call: _UnseenCall, tensor: Any) -> None:
        """Record a call that returned `tensor`."""
        operation = self._log.following
        if operation is None:
            return
        inputs, arrays = self._inputs(call)
        output = self._tensors.of(tensor)
        memory = _memory_of(call, output, inputs, arrays)
        if call.function in _READERS:
            for tracked in (output, *inputs):
                self._arrays.lent(tracked.snapshot.storage)
        if output.snapshot.requires_grad and not output.snapshot.is_leaf:
            self._recording.grad_fns.note(tensor, output, operation)
        record = OperationRecord(
            id=operation,
            name=call.name,
            span=call.source.span,
            expression=call.source.text,
            inputs=tuple([tracked.id for tracked in inputs]),
            outputs=(output.id,),
            memory=(memory,),
            input_shapes=tuple([tracked.snapshot.shape for tracked in inputs]),
            output_shapes=(output.snapshot.shape,),
            parent=self._log.known(call.outer and call.outer.operation),
        )
        self._recording.timeline.at(call.frame)
        if self._log.add(record, call.outer):
            self._recording.timeline.add("operation", call.source.span, operation)

    def _inputs(self, call: _UnseenCall) -> tuple[list[TrackedTensor], list[TrackedArray]]:
        """The tensors and arrays among the arguments, as far as these are names of the cell's."""
        scope = call.frame.f_globals if call.frame.f_code.co_name == "<module>" else {}
        tensors: list[TrackedTensor] = []
        arrays: list[TrackedArray] = []
        for value in [scope.get(name) for name in call.source.values]:
            if issubclass(_type(value), torch.Tensor):
                tensors.append(self._tensors.update(value))
            elif _type(value) is np.ndarray and (array := self._arrays.of(value)) is not None:
                arrays.append(array)
        return tensors, arrays


def _memory_of(
    call: _UnseenCall, output: TrackedTensor, inputs: list[TrackedTensor], arrays: list[TrackedArray]
) -> MemoryRecord:
    """The memory that the output of a call uses."""
    storage = output.snapshot.storage
    shared = [tracked.id for tracked in inputs if tracked.snapshot.storage is storage]
    if storage is not None:
        if shared or storage.number <= call.storages:
            return MemoryRecord("view", shared[0] if shared else output.snapshot.base)
        for array in reversed(arrays):
            if array.overlaps(storage):
                return MemoryRecord("view", array.id)
    return MemoryRecord("view" if call.function in _READERS else "new")


def _meaning(names: tuple[str, ...], scope: dict[str, Any]) -> Any:
    """What a dotted name refers to, if finding out runs no code of the program's."""
    value = scope.get(names[0])
    for name in names[1:]:
        if _type(value) is types.ModuleType:
            value = vars(value).get(name)
        elif _type(value) is _Function and name == "apply":
            return value
        else:
            return None
    return value


def _name(function: Any) -> str | None:
    """The public name of a function that returns tensors without a mode's knowledge; None for anything else."""
    if _type(function) is _Function:
        return type_name(function) + ".apply"
    if function is torch.nn.Parameter or function is torch.nn.Buffer:
        return module_name(function)
    if function is torch.Tensor:
        return "torch.Tensor"
    if _type(function).__name__ == "tensortype":
        return type_name(function)
    if any(function is reader for reader in _READERS):
        return public_name(function)
    module = getattr(function, "__module__", None)
    if _type(function) in (types.BuiltinFunctionType, types.FunctionType) and str(module).partition(".")[0] == "torch":
        return public_name(function)
    return None
