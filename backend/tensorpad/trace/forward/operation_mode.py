"""The function mode that torch calls for every call of the program's, and which records operations."""

from collections.abc import Callable
from operator import attrgetter
from types import FrameType
from typing import Any

import numpy as np
import torch
from msgspec import Struct
from torch.overrides import TorchFunctionMode

from tensorpad.protocol.records import Sizes
from tensorpad.protocol.steps import MemoryRecord, OperationRecord, WriteRecord
from tensorpad.trace.base.attributes import requires_grad_of, version_of
from tensorpad.trace.base.internals import (
    DisableTorchFunction,
    calling_frame,
    handle_torch_function_code,
    tracing_state,
    typed_storage_of,
)
from tensorpad.trace.forward.argument_texts import arguments
from tensorpad.trace.forward.arguments import collect
from tensorpad.trace.forward.effects import Written, broadcasts, memory, writes
from tensorpad.trace.forward.module_calls import ModuleCall
from tensorpad.trace.forward.module_operations import ModuleOperations
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.forward.torch_functions import KINDS, Kind, kind_of, public_name
from tensorpad.trace.forward.unseen import Unseen
from tensorpad.trace.memory.tracked import Snapshot, TrackedTensor
from tensorpad.trace.program.call_sites import CallSite, caller

# These are mapped in every operation, which is quicker than a comprehension.
_id: Callable[[TrackedTensor], str] = attrgetter("id")
_shape: Callable[[Snapshot], Sizes] = attrgetter("shape")
_shape_now: Callable[[TrackedTensor], Sizes] = attrgetter("snapshot.shape")


class _Call(Struct):
    """A torch call before it is made: its tensors, how they were, the number of storages, and the module's call around it.

    The traceback of an exception refers to it, so the garbage collector must see what it refers to.
    """

    function: Any
    kind: Kind
    args: Any
    kwargs: Any
    tensors: list[Any]
    inputs: list[TrackedTensor]
    before: list[Snapshot]
    storages: int
    outer: ModuleCall | None


class OperationMode(TorchFunctionMode):
    """Records operations in the log, and their steps in the timeline.

    NOTE [What counts as one operation]
    1. torch passes every overridable call to the innermost mode, and takes the mode off while its handler runs. So what a
       library function written in Python calls in turn is not seen: the program's own call counts once. An inquiry can ask
       what it did inside, see `trace.inquiries.openings`.
    2. A call that returns no tensor (`size`, `item`, printing) is no operation; writes (`y[:] = …`) and `backward` are
       operations although they return none.
    3. A call of a library's module, or of the program's own autograd function, is an operation too, and those inside it name
       it as their parent, see `trace.forward.module_operations`. It comes before them in the log, and has no step in the
       timeline.
    4. What an operation wrote is what torch counted: the versions of its inputs are read before and after. For functions
       that are known not to count, the contents of the inputs are compared; it is called a write if the operation did
       nothing else.
    5. Nothing that goes wrong here may reach the program; but its deadline, which is no Exception, may.
    """

    def __init__(self, recording: Recording, module_operations: ModuleOperations, unseen: Unseen) -> None:
        super().__init__()
        self._recording = recording
        self._log = recording.log
        self._sites = recording.sites
        self._tensors = recording.tensors
        self._ledger = recording.ledger
        self._grad_fns = recording.grad_fns
        self._timeline = recording.timeline
        self._module_operations = module_operations
        self._unseen = unseen
        self._typed_storages = recording.typed_storages
        self.spent: Callable[[], None] = _nothing
        """Called at operations once none is recorded any more. A mode cannot be taken off while it handles one."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Make the call and record it."""
        frame = calling_frame(1)
        if frame.f_code is handle_torch_function_code:
            frame = caller(frame)
        site = self._sites.of(frame)
        kind = KINDS.get(func) or kind_of(func)
        # `torch.jit.trace` would take our own calls for steps of the function that it records.
        closed = self._log.closed
        if closed and self._log.skip():
            self.spent()
        skipped = kind.look or closed or tracing_state() is not None
        call = None if skipped else self._before(func, kind, args, kwargs, frame)
        try:
            output = site.call(func, args, kwargs)
        except Exception as error:
            self._failed(error, func, args, kwargs, frame, site)
            raise
        if func is typed_storage_of:
            output = self._typed_storages.chosen(output)
        if kind.registers:
            self._hooked(func, args, output)
        if kind.backward:
            self._log.renew()
        if kind.retains:
            self._retained(args[0])
        if call is not None:
            try:
                self._record(call, output, frame, site)
            except Exception:  # the program must not fail because its trace does
                return output
        elif kind.relays:
            self._relaid(args[0])
        return output

    def _before(self, func: Any, kind: Kind, args: Any, kwargs: Any, frame: FrameType) -> _Call | None:
        """Take snapshots of the inputs of a call that is about to be made."""
        try:
            given: list[Any] = []
            collect(args, given)
            if kwargs:
                collect(kwargs.values(), given)
            tensors = self._tensors
            with DisableTorchFunction():
                outer = self._module_operations.around(frame)
                known, storages = len(tensors.all), len(self._ledger.all)
                inputs: list[TrackedTensor] = []
                before: list[Snapshot] = []
                for tensor in given:
                    tracked = tensors.update(tensor)
                    inputs.append(tracked)
                    before.append(tracked.snapshot)
                if len(tensors.all) > known:
                    by_number = {tracked.number: tensor for tensor, tracked in zip(given, inputs, strict=True)}
                    fresh = [tensor for number, tensor in by_number.items() if number > known]
                    self._unseen.given(fresh, frame, storages, outer)
                return _Call(func, kind, args, kwargs, given, inputs, before, len(self._ledger.all), outer)
        except Exception:
            return None

    def _record(self, call: _Call, output: Any, frame: FrameType, site: CallSite) -> None:
        """Record a call that was made, if it is an operation."""
        kind = call.kind
        outputs: list[Any] = [call.args[0]] if kind.writes else []
        collect(output, outputs)
        if type(output) is np.ndarray and call.inputs:
            self._recording.arrays.lent(call.inputs[0].snapshot.storage)
            return
        if not (outputs or kind.always):
            return
        own, site = self._sites.own(frame, site)
        self._timeline.at(own)
        with DisableTorchFunction():
            parent = self._module_operations.enter(call.outer)
            operation = self._log.following
            if operation is None:
                return
            written = self._written(call, outputs)
            made: list[TrackedTensor] = []
            memories: list[MemoryRecord] = []
            differentiated = False
            for tensor in outputs:
                tracked = self._tensors.update(tensor)
                if requires_grad_of(tensor) is not tracked.snapshot.requires_grad:  # by `requires_grad_` or `detach_`
                    self._tensors.refresh(tracked, tensor)
                made.append(tracked)
                memories.append(memory(tracked, call.inputs, call.storages))
                if tracked.snapshot.requires_grad and not tracked.snapshot.is_leaf:
                    self._grad_fns.note(tensor, tracked, operation)
                differentiated = differentiated or tracked.function is not None
            if differentiated:
                self._note_inputs(call)
            input_shapes = tuple(map(_shape, call.before))
            output_shapes = tuple(map(_shape_now, made))
            record = OperationRecord(
                id=operation,
                name=kind.name,
                span=site.span,
                expression=site.expression,
                inputs=tuple(map(_id, call.inputs)),
                outputs=tuple(map(_id, made)),
                arguments=arguments(call.function, kind.name, call.args, call.kwargs, self._tensors, call.function in KINDS),
                writes=self._wrote(written, made, operation) if written else (),
                memory=tuple(memories),
                broadcast=broadcasts(kind.name, input_shapes, output_shapes),
                input_shapes=input_shapes,
                output_shapes=output_shapes,
                parent=parent,
                recorded=_recorded(call.tensors),
            )
            if call.outer is not None:
                call.outer.add_made(made)
            if self._log.add(record, call.outer):
                self._timeline.add("operation", site.span, operation)

    def _written(self, call: _Call, outputs: list[Any]) -> list[Written]:
        """The inputs that were written, and what their counters were before."""
        written: list[Written] = []
        for tensor, tracked, before in zip(call.tensors, call.inputs, call.before, strict=True):
            version = before.version
            if version is not None and version_of(tensor) == version:
                continue
            if self._tensors.update(tensor).snapshot.version != version:
                written.append((tracked, version))
        if call.kind.silent:
            for tensor, tracked, before in zip(call.tensors, call.inputs, call.before, strict=True):
                if self._tensors.changed(tracked, tensor) and not outputs:
                    written.append((tracked, before.version))
        return written

    def _wrote(self, written: list[Written], made: list[TrackedTensor], operation: str) -> tuple[WriteRecord, ...]:
        """The writes of an operation. Other tensors on the storages that were written may get other functions."""
        for tracked, _ in written:
            self._grad_fns.overwritten(tracked, made, operation)
        return writes(written, made)

    def _note_inputs(self, call: _Call) -> None:
        """An output has a backward function, so those of the inputs have been made, too."""
        for tensor, tracked in zip(call.tensors, call.inputs, strict=True):
            if tracked.function is None and requires_grad_of(tensor):
                self._grad_fns.note(tensor, tracked)

    def _failed(self, error: Exception, func: Any, args: Any, kwargs: Any, frame: FrameType, site: CallSite) -> None:
        try:
            if tracing_state() is None:
                span = self._sites.own(frame, site)[1].span
                with DisableTorchFunction():
                    self._recording.failures.note(error, public_name(func), args, kwargs, span)
        except Exception:
            return  # its own exception is what the program must see

    def _hooked(self, func: Any, args: Any, handle: Any) -> None:
        try:
            with DisableTorchFunction():
                self._recording.hooks.registered(func, args[0], handle)
        except Exception:
            return

    def _retained(self, tensor: Any) -> None:
        try:
            with DisableTorchFunction():
                self._tensors.retaining.append(self._tensors.of(tensor))
        except Exception:
            return

    def _relaid(self, tensor: Any) -> None:
        try:
            with DisableTorchFunction():
                self._tensors.relaid(tensor)
        except Exception:
            return


def _nothing() -> None:
    """Nobody has to know."""


def _recorded(tensors: list[Any]) -> bool | None:
    """Whether autograd records an operation on tensors; None if none of them requires a gradient."""
    return torch.is_grad_enabled() if any(map(requires_grad_of, tensors)) else None
