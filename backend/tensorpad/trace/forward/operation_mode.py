"""The log of torch operations: a function mode that notes what the program calls, and from where.

NOTE [What counts as one operation]
1. torch hands every overridable call to the innermost mode, and takes the mode off while its handler runs. So what a
   library function written in Python calls in turn is not seen: the program's own call counts once. What it did inside
   is told when somebody asks, see `trace.openings`.
2. A call that gives no tensor (`size`, `item`, printing) is a look, not an operation; writes (`y[:] = …`) and
   `backward` are operations although they give none.
3. A call of a library's module, or of the program's own autograd function, is an operation too, and those inside name it as
   their parent (see `trace.calls`). It stands before them in the log, and it has no step in the timeline.
4. What an operation wrote is what torch counted: the versions of its inputs are read before and after. Where torch is known
   not to count, what the inputs hold is compared; it is called a write where that is all that the operation did.
5. Nothing that goes wrong here may reach the program; but its deadline, which is no Exception, may.
"""

from types import FrameType
from typing import Any

import numpy as np
import torch
from msgspec import Struct
from torch.overrides import TorchFunctionMode

from tensorpad.protocol.records import Sizes
from tensorpad.protocol.steps import MemoryRecord, OperationRecord
from tensorpad.trace.base.internals import (
    DisableTorchFunction,
    calling_frame,
    handle_torch_function_code,
    tracing_state,
)
from tensorpad.trace.forward.argument_texts import arguments
from tensorpad.trace.forward.arguments import collect
from tensorpad.trace.forward.effects import broadcasts, memory, writes
from tensorpad.trace.forward.failures import Failures
from tensorpad.trace.forward.grad_fns import overwritten, stand_for
from tensorpad.trace.forward.hooks import Hooks
from tensorpad.trace.forward.log import Log
from tensorpad.trace.forward.module_calls import Call
from tensorpad.trace.forward.module_operations import Calls
from tensorpad.trace.forward.torch_functions import KINDS, Kind, kind_of, public_name
from tensorpad.trace.forward.unseen import Unseen
from tensorpad.trace.memory.arrays import Arrays
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.memory.timeline import Timeline
from tensorpad.trace.memory.tracked import Sighting, Snapshot
from tensorpad.trace.program.call_sites import CallSite, CallSites, caller
from tensorpad.trace.program.cells import Cells


class _Given(Struct):
    """What an operation was given: its tensors and how they stood before it, and how many storages there were.

    The traceback of an exception holds on to it, so the garbage collector must see what it refers to.
    """

    tensors: list[Any]
    sightings: list[Sighting]
    before: list[Snapshot]
    storages: int
    call: Call | None


class Operations(TorchFunctionMode):
    """Notes operations in `log`, of which `limit` says how many it keeps."""

    def __init__(
        self, cells: Cells, sites: CallSites, sightings: Sightings, arrays: Arrays, timeline: Timeline, limit: int
    ) -> None:
        super().__init__()
        self.log = Log(limit)
        self.calls = Calls(self.log, sites, sightings)
        self.unseen = Unseen(self.log, cells, sightings, arrays, timeline)
        self.failures = Failures(sightings)
        self.hooks = Hooks(sightings)
        self._arrays = arrays
        self._sites = sites
        self._sightings = sightings
        self._timeline = timeline

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Make the call and note it."""
        frame = calling_frame(1)
        if frame.f_code is handle_torch_function_code:
            frame = caller(frame)
        site = self._sites.of(frame)
        kind = KINDS.get(func) or kind_of(func)
        # `torch.jit.trace` would take our own looks for steps of the function that it records.
        skipped = kind.look or self.log.closed or tracing_state() is not None
        given = None if skipped else self._before(args, kwargs, frame)
        try:
            output = site.call(func, args, kwargs)
        except Exception as error:
            self._failed(error, func, args, kwargs, frame, site)
            raise
        if kind.registers:
            self._hooked(func, args, output)
        if kind.backward:
            self.log.renew()
        if given is None:
            if kind.relays:
                self._relaid(args[0])
            return output
        try:
            outputs: list[Any] = [args[0]] if kind.writes else []
            collect(output, outputs)
            if type(output) is np.ndarray and given.sightings:
                self._arrays.lent(given.sightings[0].snapshot.place)
            elif outputs or kind.backward or kind.silent:
                own, behind = self._sites.own(frame, site)
                self._timeline.at(own)
                with DisableTorchFunction():
                    self._note(func, kind, args, kwargs, given, outputs, behind)
        except Exception:  # the program must not fail because its trace does
            return output
        return output

    def _failed(self, error: Exception, func: Any, args: Any, kwargs: Any, frame: FrameType, site: CallSite) -> None:
        try:
            if tracing_state() is None:
                span = self._sites.own(frame, site)[1].span
                with DisableTorchFunction():
                    self.failures.note(error, public_name(func), args, kwargs, span)
        except Exception:
            return  # its own exception is what the program must see

    def _hooked(self, func: Any, args: Any, handle: Any) -> None:
        try:
            with DisableTorchFunction():
                self.hooks.registered(func, args[0], handle)
        except Exception:
            return

    def _relaid(self, tensor: Any) -> None:
        try:
            with DisableTorchFunction():
                self._sightings.relaid(tensor)
        except Exception:
            return

    def _before(self, args: Any, kwargs: Any, frame: FrameType) -> _Given | None:
        try:
            tensors: list[Any] = []
            collect(args, tensors)
            if kwargs:
                collect(kwargs.values(), tensors)
            with DisableTorchFunction():
                call = self.calls.around(frame)
                known, storages = len(self._sightings.all), self._sightings.storages.count
                sightings: list[Sighting] = []
                before: list[Snapshot] = []
                for tensor in tensors:
                    sighting = self._sightings.again(tensor)
                    sightings.append(sighting)
                    before.append(sighting.snapshot)
                if len(self._sightings.all) > known:
                    new = {sighting.number: tensor for tensor, sighting in zip(tensors, sightings, strict=True)}
                    fresh = [tensor for number, tensor in new.items() if number > known]
                    self.unseen.given(fresh, frame, storages, call)
                return _Given(tensors, sightings, before, self._sightings.storages.count, call)
        except Exception:
            return None

    def _note(
        self, func: Any, kind: Kind, args: Any, kwargs: Any, given: _Given, outputs: list[Any], site: CallSite
    ) -> None:
        parent = self.calls.enter(given.call)
        name = self.log.following
        if name is None:
            return
        sightings, inputs, tensors = self._sightings, given.sightings, given.tensors
        written: list[tuple[Sighting, int | None]] = []
        taken: list[Sizes] = []
        differentiable = False
        for tensor, sighting, before in zip(tensors, inputs, given.before, strict=True):
            taken.append(before.shape)
            differentiable = differentiable or tensor.requires_grad
            version = before.version
            if version is not None and tensor._version == version:
                continue
            if sightings.again(tensor).snapshot.version != version:
                written.append((sighting, version))
        if kind.silent:
            silently = [
                (sighting, before.version)
                for tensor, sighting, before in zip(tensors, inputs, given.before, strict=True)
                if sightings.changed(sighting, tensor)
            ]
            written += silently if not outputs else []
        made: list[Sighting] = []
        ids: list[str] = []
        gave: list[Sizes] = []
        where: list[MemoryRecord] = []
        marked = False
        for tensor in outputs:
            sighting = sightings.again(tensor)
            snapshot = sighting.snapshot
            made.append(sighting)
            ids.append(sighting.id)
            gave.append(snapshot.shape)
            where.append(memory(sighting, inputs, given.storages))
            if snapshot.requires_grad and not snapshot.is_leaf:
                stand_for(tensor, sighting, sightings, name)
            marked = marked or sighting.mark is not None
        if marked:
            # It has been differentiated, so that the functions of what it was given have been made.
            for tensor, sighting in zip(tensors, inputs, strict=True):
                if sighting.mark is None and tensor.requires_grad:
                    stand_for(tensor, sighting, sightings)
        for sighting, _ in written:
            overwritten(sighting, made, sightings, name)
        given_shapes, shapes_made = tuple(taken), tuple(gave)
        record = OperationRecord(
            name,
            kind.name,
            site.span,
            site.expression,
            tuple([sighting.id for sighting in inputs]),
            tuple(ids),
            arguments(func, kind.name, args, kwargs, sightings, func in KINDS),
            writes(written, made) if written else (),
            tuple(where),
            broadcasts(kind.name, given_shapes, shapes_made),
            given_shapes,
            shapes_made,
            parent,
            None,
            torch.is_grad_enabled() if differentiable else None,
        )
        dated = self.log.add(record, given.call)
        call = given.call
        while call is not None:
            if call.operation is not None:
                call.made.extend(made)
            call = call.outer
        if dated:
            self._timeline.add("operation", site.span, name)
