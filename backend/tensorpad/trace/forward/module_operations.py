"""Operations that represent calls of modules and of the program's own autograd functions."""

from types import FrameType
from typing import Any

from msgspec.structs import replace

from tensorpad.protocol.steps import ArgumentRecord, MemoryRecord, OperationRecord
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS
from tensorpad.trace.forward.argument_texts import MOST, text
from tensorpad.trace.forward.arguments import collect
from tensorpad.trace.forward.effects import NEW
from tensorpad.trace.forward.module_calls import ModuleCall, ModuleCalls
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.tracked import TrackedTensor


class ModuleOperations:
    """The calls that the program is in, and their operations in the log."""

    def __init__(self, recording: Recording) -> None:
        self._log = recording.log
        self._sites = recording.sites
        self._tensors = recording.tensors
        self._grad_fns = recording.grad_fns
        self._calls = ModuleCalls(self._opened, recording.cells, recording.own_module)
        self.entered: list[ModuleCall] = []
        """Calls that have an operation and are not known to have ended, outermost first."""
        self._waiting: dict[int, OperationRecord] = {}
        """By their numbers, what is known of calls in which no operation has been made yet."""

    def around(self, frame: FrameType) -> ModuleCall | None:
        """The innermost call around `frame`; those that are not around it have ended."""
        call = self._calls.of(frame)
        if self.entered:
            self._end_all_but(call)
        return call

    def end(self, frame: FrameType | None) -> None:
        """Note that calls which are not around `frame` have ended."""
        self._end_all_but(self._calls.of(frame))

    def enter(self, innermost: ModuleCall | None) -> str | None:
        """Add operations for the calls around an operation. Returns the id of the innermost that is kept."""
        if innermost is None:
            return None
        if not innermost.entered:
            self._enter(innermost)
        call: ModuleCall | None = innermost
        while call is not None:
            if call.operation is not None and (parent := self._log.known(call.operation)) is not None:
                return parent
            call = call.outer
        return None

    def _enter(self, innermost: ModuleCall) -> None:
        parent: str | None = None
        for call in innermost.chain():
            if not call.entered:
                call.entered = True
                call.operation = None if call.own else self._log.following
                if call.operation is None:
                    continue
                self.entered.append(call)
                record = replace(self._waiting.pop(call.number), id=call.operation, parent=parent)
                self._log.add(record, call)
            parent = self._log.known(call.operation) or parent

    def _opened(self, call: ModuleCall, frame: FrameType, args: Any, kwargs: Any) -> None:
        """A call that has no operation yet: record its arguments while they are at hand."""
        if call.own:
            return
        given: list[Any] = []
        collect(args, given)
        collect(kwargs.values(), given)
        named = [("input", args[0])] if call.module is not None and len(args) == 1 else [(None, value) for value in args]
        arguments = [
            ArgumentRecord(name and cut(name, NAME_CHARS)[0], text(value, self._tensors))
            for name, value in (*named, *kwargs.items())
        ]
        _, site = self._sites.own(frame)
        self._waiting[call.number] = OperationRecord(
            id="op0",
            name=call.name,
            span=site.span,
            expression=site.expression,
            inputs=tuple([self._tensors.of(tensor).id for tensor in given]),
            outputs=(),
            arguments=tuple(arguments[:MOST]),
            input_shapes=tuple([tuple(tensor.shape) for tensor in given]),
        )

    def _end_all_but(self, innermost: ModuleCall | None) -> None:
        """End the calls that are not around `innermost`. The end of a call is noticed at the next step."""
        around = set(innermost.chain()) if innermost is not None else set[ModuleCall]()
        for call in [call for call in self.entered if call not in around]:
            self.entered.remove(call)
            # Its outputs are the tensors that something in Python still refers to. All others were dropped at its end,
            # though autograd may have saved them. What raised returned nothing, though its frames still refer to much.
            made = () if call.raised else call.made
            outputs = list({tracked.number: tracked for tracked in made if tracked.held()}.values())
            call.made.clear()
            index = self._log.index(call.operation or "")
            if index is not None:
                self._finish(call, index, outputs)

    def _finish(self, call: ModuleCall, index: int, outputs: list[TrackedTensor]) -> None:
        """Record the outputs of a call that has ended; `index` is where its operation is in the log."""
        record = self._log.records[index]
        for tracked in outputs:
            tensor = tracked.alive()
            self._tensors.refresh(tracked, tensor)
            if call.module is None and tracked.snapshot.requires_grad and not tracked.snapshot.is_leaf:
                self._grad_fns.note(tensor, tracked, record.id)
        self._log.records[index] = replace(
            record,
            outputs=tuple([tracked.id for tracked in outputs]),
            memory=tuple([self._memory(index, tracked.id) for tracked in outputs]),
            output_shapes=tuple([tracked.snapshot.shape for tracked in outputs]),
        )

    def _memory(self, index: int, name: str) -> MemoryRecord:
        """The memory of a call's output: as the operation inside recorded it that made the output."""
        for record in self._log.records[index + 1 :]:
            if name in record.outputs and record.memory:
                return record.memory[record.outputs.index(name)]
        return NEW
