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
from torch.overrides import TorchFunctionMode

from tensorpad.protocol.steps import OperationRecord
from tensorpad.trace.argument_texts import arguments
from tensorpad.trace.arguments import collect
from tensorpad.trace.arrays import Arrays
from tensorpad.trace.broadcasts import broadcasts
from tensorpad.trace.call_sites import CallSite, CallSites, caller
from tensorpad.trace.calls import Calls
from tensorpad.trace.cells import Cells
from tensorpad.trace.effects import memory, writes
from tensorpad.trace.enclosing import Call
from tensorpad.trace.failures import Failures
from tensorpad.trace.hooks import Hooks
from tensorpad.trace.internals import DisableTorchFunction, calling_frame, tracing_state
from tensorpad.trace.log import Log
from tensorpad.trace.sightings import Sighting, Sightings
from tensorpad.trace.stand_ins import overwritten, stand_again, stand_for
from tensorpad.trace.timeline import Timeline
from tensorpad.trace.torch_functions import KINDS, Kind, kind_of, public_name
from tensorpad.trace.unseen import Unseen


class _Given:
    """What an operation was given, as it stood before: its tensors with their versions, and how many storages there were."""

    __slots__ = ("call", "sightings", "storages", "tensors", "versions")

    def __init__(self, tensors: list[Any], sightings: list[Sighting], storages: int, call: Call | None) -> None:
        self.tensors = tensors
        self.sightings = sightings
        self.versions = [sighting.snapshot.version for sighting in sightings]
        self.storages = storages
        self.call = call


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
        self._cells = cells
        self._sites = sites
        self._sightings = sightings
        self._timeline = timeline

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Make the call and note it."""
        frame = caller(calling_frame(1))
        site = self._sites.of(frame)
        kind = KINDS.get(func) or kind_of(func)
        # `torch.jit.trace` would take our own looks for steps of the function that it records.
        given = None if self.log.closed or kind.look or tracing_state() is not None else self._before(args, kwargs, frame)
        try:
            output = site.call(func, args, kwargs or {})
        except Exception as error:
            self._failed(error, func, args, kwargs, site, frame)
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
                located = self._sites.located(site, frame)
                self._timeline.at(self._cells.nearest(frame))
                with DisableTorchFunction():
                    self._note(func, kind, args, kwargs, given, outputs, located)
        except Exception:  # the program must not fail because its trace does
            return output
        return output

    def _failed(self, error: Exception, func: Any, args: Any, kwargs: Any, site: CallSite, frame: FrameType) -> None:
        try:
            if tracing_state() is None:
                located = self._sites.located(site, frame)
                with DisableTorchFunction():
                    self.failures.note(error, public_name(func), args, kwargs, located.span)
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
                sightings = [self._sightings.again(tensor) for tensor in tensors]
                if len(self._sightings.all) > known:
                    new = {sighting.number: tensor for tensor, sighting in zip(tensors, sightings, strict=True)}
                    fresh = [tensor for number, tensor in new.items() if number > known]
                    self.unseen.given(fresh, frame, storages, call)
                return _Given(tensors, sightings, self._sightings.storages.count, call)
        except Exception:
            return None

    def _note(
        self, func: Any, kind: Kind, args: Any, kwargs: Any, given: _Given, outputs: list[Any], site: CallSite
    ) -> None:
        parent = self.calls.enter(given.call)
        if self.log.exhausted:
            return
        sightings = self._sightings
        inputs = given.sightings
        name = self.log.following
        shapes = tuple([sighting.snapshot.shape for sighting in inputs])
        written = [
            (sighting, before)
            for tensor, sighting, before in zip(given.tensors, inputs, given.versions, strict=True)
            if sightings.again(tensor).snapshot.version != before
        ]
        if kind.silent:
            silently = [
                (sighting, before)
                for tensor, sighting, before in zip(given.tensors, inputs, given.versions, strict=True)
                if sightings.changed(sighting, tensor)
            ]
            written += silently if not outputs else []
        made = [sightings.again(tensor) for tensor in outputs]
        for tensor, sighting in zip(outputs, made, strict=True):
            if sighting.snapshot.requires_grad and not sighting.snapshot.is_leaf:
                stand_for(tensor, sighting, sightings, name)
        if any(sighting.mark is not None for sighting in made):
            stand_again(given.tensors, inputs, sightings)
        for sighting, _ in written:
            overwritten(sighting, made, sightings, name)
        results = tuple([sighting.snapshot.shape for sighting in made])
        record = OperationRecord(
            name,
            kind.name,
            site.span,
            site.expression,
            tuple([sighting.id for sighting in inputs]),
            tuple([sighting.id for sighting in made]),
            arguments(func, kind.name, args, kwargs, sightings, func in KINDS),
            writes(written, made) if written else (),
            tuple([memory(sighting, inputs, given.storages) for sighting in made]),
            broadcasts(kind.name, shapes, results),
            shapes,
            results,
            parent,
            recorded=torch.is_grad_enabled() if any(tensor.requires_grad for tensor in given.tensors) else None,
        )
        dated = self.log.add(record, given.call)
        if given.call is not None:
            for call in given.call.chain():
                call.made.extend(made)
        if dated:
            self._timeline.add("operation", site.span, name)
