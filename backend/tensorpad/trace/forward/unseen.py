"""Tensors that came out of what no mode sees: `torch.from_numpy`, `torch.Tensor(2, 3)`, `nn.Parameter`.

NOTE [How they are found]
1. Such a tensor is new where it is first met: bound to a name by a statement, or given to an operation.
2. There, the source tells which call it is the value of. What the call's dotted name means is looked up in the
   program's globals, where that runs none of its code; it counts if it is something of torch's that gives tensors.
3. Given to an operation, as many new tensors must be there as such calls among its operands. What a library's code is
   given, or a function of the program's, is not told.
"""

import types
from types import FrameType
from typing import Any

import numpy as np
import torch

from tensorpad.protocol.steps import MemoryRecord, OperationRecord
from tensorpad.trace.base.variables import type_name
from tensorpad.trace.forward.grad_fns import stand_for
from tensorpad.trace.forward.log import Log
from tensorpad.trace.forward.module_calls import Call, module_name
from tensorpad.trace.forward.torch_functions import public_name
from tensorpad.trace.memory.arrays import Arrays
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.memory.timeline import Timeline
from tensorpad.trace.memory.tracked import Sighting
from tensorpad.trace.program.cells import Cells
from tensorpad.trace.program.sources import Operands, Source, operands

_torch: Any = torch
_READERS: tuple[Any, ...] = (_torch.from_numpy, _torch.frombuffer, _torch.from_dlpack)
_type: Any = type
_Function: Any = type(torch.autograd.Function)


class Unseen:
    """Notes operations from what they gave."""

    def __init__(self, log: Log, cells: Cells, sightings: Sightings, arrays: Arrays, timeline: Timeline) -> None:
        self._log = log
        self._cells = cells
        self._sightings = sightings
        self._arrays = arrays
        self._timeline = timeline
        self._operands: dict[int, Operands] = {}
        """By the places of cells."""

    def bound(self, source: Source, tensor: Any, frame: FrameType) -> None:
        """A statement in `frame` bound `tensor`, the value of `source`."""
        if self._log.closed or self._sightings.known(tensor):
            return
        for function, name in self._resolved((source,), frame).values():
            self._add(name, function, source, frame, tensor, self._sightings.storages.count, None)

    def given(self, tensors: list[Any], frame: FrameType, storages: int, call: Call | None) -> None:
        """An operation, called from `frame` and in `call`, is given `tensors` that are new. `storages` is how many
        storages there were before them.
        """
        sources = self._sources(frame)
        if not sources:
            return
        resolved = self._resolved(sources, frame)
        if len(resolved) == len(tensors):
            for (source, (function, name)), tensor in zip(resolved.items(), tensors, strict=True):
                self._add(name, function, source, frame, tensor, storages, call)

    def _resolved(self, sources: tuple[Source, ...], frame: FrameType) -> dict[Source, tuple[Any, str]]:
        """What those sources call that no mode sees, and its name."""
        code = frame.f_code
        local = {*code.co_varnames, *code.co_cellvars, *code.co_freevars}
        found: dict[Source, tuple[Any, str]] = {}
        for source in sources:
            function = _meaning(source.callee, frame.f_globals) if source.callee[0] not in local else None
            name = _name(function)
            if name is not None:
                found[source] = function, name
        return found

    def _sources(self, frame: FrameType) -> tuple[Source, ...]:
        cell = self._cells.of(frame.f_code)
        if cell is None:
            return ()
        known = self._operands.get(cell.index)
        if known is None:
            known = self._operands[cell.index] = operands(cell)
        span = self._cells.span(frame.f_code, frame.f_lasti) if known else None
        return known.get(span, ()) if span is not None else ()

    def _add(
        self,
        name: str,
        function: Any,
        source: Source,
        frame: FrameType,
        tensor: Any,
        storages: int,
        call: Call | None,
    ) -> None:
        """Note the operation. Its arguments can be told as far as they are names of the cell's."""
        following = self._log.following
        if following is None:
            return
        scope = frame.f_globals if frame.f_code.co_name == "<module>" else {}
        inputs: list[Sighting] = []
        starts: list[Any] = []
        for value in [scope.get(part) for part in source.values]:
            if issubclass(_type(value), torch.Tensor):
                inputs.append(self._sightings.again(value))
            elif _type(value) is np.ndarray:
                starts.append(self._arrays.of(value))
        sighting = self._sightings.of(tensor)
        place = sighting.snapshot.place
        where = MemoryRecord("view") if function in _READERS else MemoryRecord("new")
        on_it = [one.id for one in inputs if one.snapshot.place is place]
        if place is not None and (on_it or place.number <= storages):
            where = MemoryRecord("view", on_it[0] if on_it else sighting.snapshot.base)
        elif place is not None and place.address is not None:
            for array in starts:
                if array is not None and array.overlaps(place.address, place.address + place.nbytes):
                    where = MemoryRecord("view", array.id)
        if function in _READERS:
            for one in (sighting, *inputs):
                self._arrays.lent(one.snapshot.place)
        if sighting.snapshot.requires_grad and not sighting.snapshot.is_leaf:
            stand_for(tensor, sighting, self._sightings, following)
        record = OperationRecord(
            following,
            name,
            source.span,
            source.text,
            tuple([one.id for one in inputs]),
            (sighting.id,),
            memory=(where,),
            input_shapes=tuple([one.snapshot.shape for one in inputs]),
            output_shapes=(sighting.snapshot.shape,),
            parent=self._log.known(call and call.operation),
        )
        self._timeline.at(frame)
        if self._log.add(record, call):
            self._timeline.add("operation", source.span, record.id)


def _meaning(names: tuple[str, ...], scope: dict[str, Any]) -> Any:
    """What a dotted name means, where finding out runs no code of the program's."""
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
    """The public name of what gives tensors without a mode's knowledge; None for anything else."""
    if _type(function) is _Function:
        return type_name(function) + ".apply"
    if function is torch.nn.Parameter or function is torch.nn.Buffer:
        return module_name(function)
    if function is torch.Tensor:
        return "torch.Tensor"
    if _type(function).__name__ == "tensortype":
        return type_name(function)
    if any(function is known for known in _READERS):
        return public_name(function)
    module = getattr(function, "__module__", None)
    if _type(function) in (types.BuiltinFunctionType, types.FunctionType) and str(module).partition(".")[0] == "torch":
        return public_name(function)
    return None
