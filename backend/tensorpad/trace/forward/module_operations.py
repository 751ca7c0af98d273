"""Operations that stand for calls of modules and of the program's own autograd functions (see `trace.enclosing`)."""

from types import FrameType
from typing import Any

from msgspec.structs import replace

from tensorpad.protocol.steps import ArgumentRecord, MemoryRecord, OperationRecord
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS
from tensorpad.trace.forward.argument_texts import MOST, text
from tensorpad.trace.forward.arguments import collect
from tensorpad.trace.forward.effects import NEW
from tensorpad.trace.forward.grad_fns import stand_for
from tensorpad.trace.forward.log import Log
from tensorpad.trace.forward.module_calls import Call, Enclosing
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.program.call_sites import CallSites


class Calls:
    """The calls that the program is in."""

    def __init__(self, log: Log, sites: CallSites, sightings: Sightings) -> None:
        self._log = log
        self._sites = sites
        self._sightings = sightings
        self._enclosing = Enclosing(self._opened)
        self.entered: list[Call] = []
        """Calls that have an operation and have not been found to have ended, outermost first."""
        self._waiting: dict[int, OperationRecord] = {}
        """By their numbers, what is known of calls in which no operation has been made yet."""

    def around(self, frame: FrameType) -> Call | None:
        """The innermost call around `frame`; those that are not around it have ended."""
        call = self._enclosing.of(frame)
        if self.entered:
            self._close(call)
        return call

    def end(self, frame: FrameType | None) -> None:
        """Note that calls which are not around `frame` have ended."""
        self._close(self._enclosing.of(frame))

    def enter(self, innermost: Call | None) -> str | None:
        """Give the calls around an operation operations of their own; gives the id of the innermost."""
        if innermost is None:
            return None
        if not innermost.entered:
            self._enter(innermost)
        call: Call | None = innermost
        while call is not None:
            if call.operation is not None and (parent := self._log.known(call.operation)) is not None:
                return parent
            call = call.outer
        return None

    def _enter(self, innermost: Call) -> None:
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

    def _opened(self, call: Call, frame: FrameType, args: Any, kwargs: Any) -> None:
        """A call that has no operation yet: note what it was given, while it is at hand."""
        if call.own:
            return
        tensors: list[Any] = []
        collect(args, tensors)
        collect(kwargs.values(), tensors)
        names = [("input", args[0])] if call.module is not None and len(args) == 1 else [(None, value) for value in args]
        texts = [
            ArgumentRecord(name and cut(name, NAME_CHARS)[0], text(value, self._sightings))
            for name, value in (*names, *kwargs.items())
        ]
        _, site = self._sites.own(frame)
        inputs = tuple([self._sightings.of(tensor).id for tensor in tensors])
        shapes = tuple([tuple(tensor.shape) for tensor in tensors])
        self._waiting[call.number] = OperationRecord(
            "op0", call.name, site.span, site.expression, inputs, (), tuple(texts[:MOST]), input_shapes=shapes
        )

    def _close(self, innermost: Call | None) -> None:
        around = set(innermost.chain()) if innermost is not None else set[Call]()
        for call in [call for call in self.entered if call not in around]:
            self.entered.remove(call)
            living = {sighting.number: sighting for sighting in call.made if sighting.held()}
            call.made.clear()
            index = self._log.place(call.operation or "")
            if index is None:
                continue
            record = self._log.records[index]
            for sighting in living.values():
                tensor = sighting.alive()
                self._sightings.refresh(sighting, tensor)
                if call.module is None and sighting.snapshot.requires_grad and not sighting.snapshot.is_leaf:
                    stand_for(tensor, sighting, self._sightings, record.id)
            self._log.records[index] = replace(
                record,
                outputs=tuple([sighting.id for sighting in living.values()]),
                memory=tuple([self._inner_memory(index, sighting.id) for sighting in living.values()]),
                output_shapes=tuple([sighting.snapshot.shape for sighting in living.values()]),
            )

    def _inner_memory(self, index: int, name: str) -> MemoryRecord:
        """Where a call's output lies: as the operation in it has it that made it."""
        for record in self._log.records[index + 1 :]:
            if name in record.outputs and record.memory:
                return record.memory[record.outputs.index(name)]
        return NEW
