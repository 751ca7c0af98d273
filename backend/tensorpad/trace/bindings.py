"""What happens between statements: names that were bound, what was written meanwhile, and a step for the timeline."""

import threading
import types
from typing import Any

import numpy as np
import torch

from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import BindingRecord, MemoryRecord
from tensorpad.trace.argument_texts import text
from tensorpad.trace.arrays import Arrays
from tensorpad.trace.enclosing import module_name
from tensorpad.trace.internals import DisableTorchFunction, calling_frame, tracing_state
from tensorpad.trace.leaf_gradients import LeafGradients
from tensorpad.trace.operations import Operations
from tensorpad.trace.points import Point
from tensorpad.trace.sightings import Sighting, Sightings
from tensorpad.trace.stand_ins import stand_for
from tensorpad.trace.statements import Statements
from tensorpad.trace.texts import cut
from tensorpad.trace.timeline import Timeline
from tensorpad.trace.torch_functions import public_name
from tensorpad.trace.variables import NAME_CHARS, type_name

_TOLD = frozenset({bool, int, float, complex, str, type(None), torch.dtype, torch.device, torch.Size, slice})
_MOST_ITEMS = 64
_torch: Any = torch
_READERS: tuple[Any, ...] = (_torch.from_numpy, _torch.frombuffer, _torch.from_dlpack)
_type: Any = type
_KINDS: dict[Any, str] = {
    kind: type_name(kind) for kind in (*_TOLD, list, tuple, dict, torch.Tensor, torch.nn.Parameter, np.ndarray)
}


class Bindings:
    """Takes a step after each statement."""

    def __init__(
        self,
        sightings: Sightings,
        arrays: Arrays,
        leaf_gradients: LeafGradients,
        operations: Operations,
        timeline: Timeline,
        namespace: dict[str, Any],
    ) -> None:
        self.statements = Statements(self.passed)
        self._sightings = sightings
        self._arrays = arrays
        self._leaf_gradients = leaf_gradients
        self._operations = operations
        self._timeline = timeline
        self._namespace = namespace
        self._thread = threading.get_ident()
        self._frames: dict[int, int] = {}
        self._count = 0

    def passed(self, index: int, /, *values: Any) -> None:
        """What an instrumented cell calls: it has come by a point, and `values` are those of the point's names."""
        if threading.get_ident() != self._thread or self._timeline.full:
            return
        try:
            self.step(self.statements.points[index], values, calling_frame(1))
        except Exception:  # the program must not fail because its trace does
            return

    def close(self) -> None:
        """Take no more steps, and let go of everything.

        The code of the cells holds on to this object, and garbage collection does not look into code.
        """
        vars(self).clear()
        self._thread = 0

    def step(self, point: Point, values: tuple[Any, ...], frame: Any) -> None:
        """A point was passed. `values` are those of its names; `frame` is the program's, None at its own level."""
        if tracing_state() is not None:
            return
        timeline = self._timeline
        timeline.scope = point.scope
        timeline.frame = self._frame(point, frame)
        with DisableTorchFunction():
            self._operations.calls.end(frame)
            if point.callee and values and _type(values[0]) is not None and issubclass(_type(values[0]), torch.Tensor):
                self._unseen(point, values[0], frame)
            bound = tuple([self._binding(name, value) for name, value in zip(point.names, values, strict=True)])
            self._arrays.compare()
            self._leaf_gradients.compare()
        if point.outer:
            self._outer(point, bound)
            bound = tuple(binding for binding in bound if binding.name not in point.outer)
        timeline.add("call" if point.entry else "statement", point.span, None, bound, point.gone)

    def _outer(self, point: Point, bound: tuple[BindingRecord, ...]) -> None:
        """A step of its own for names that a function declares global, since a step is about one frame."""
        timeline = self._timeline
        scope, frame = timeline.scope, timeline.frame
        timeline.scope, timeline.frame = "", 0
        outer = tuple(binding for binding in bound if binding.name in point.outer)
        timeline.add("statement", point.span, None, outer, tuple(name for name in point.gone if name in point.outer))
        timeline.scope, timeline.frame = scope, frame

    def _frame(self, point: Point, frame: Any) -> int:
        if not point.scope or frame is None:
            return 0
        if point.entry:
            self._count += 1
            self._frames[id(frame)] = self._count
            return self._count
        return self._frames.get(id(frame), 0)

    def _binding(self, name: str, value: Any) -> BindingRecord:
        kind = _type(value)
        shown: str | None = None
        known: str | None = None
        if issubclass(kind, torch.Tensor):
            known = self._sightings.again(value).id
        elif kind is np.ndarray:
            sighting = self._arrays.of(value)
            known = sighting and sighting.id
        elif kind in _TOLD:
            shown = text(value, self._sightings)
        elif kind is list or kind is tuple:
            for item in value[:_MOST_ITEMS]:
                if issubclass(_type(item), torch.Tensor):
                    self._sightings.again(item)
        return BindingRecord(cut(name, NAME_CHARS)[0], _KINDS.get(kind) or cut(type_name(kind), NAME_CHARS)[0], shown, known)

    def _unseen(self, point: Point, tensor: Any, frame: Any) -> None:
        """A tensor that came, by a call of torch in plain sight, out of an operation that no mode sees."""
        if self._sightings.known(tensor):
            return
        scope: dict[str, Any] = frame.f_globals if frame is not None else self._namespace
        function = _resolved(point.callee, scope)
        name = _unseen_name(function)
        if name is None or self._operations.log.exhausted:
            return
        inputs: list[str] = []
        given: list[Sighting] = []
        memory = MemoryRecord("new")
        count = self._sightings.storages.count
        sources = [scope.get(source) for source in point.values] if not point.scope else []
        arrays = [self._arrays.of(source) for source in sources if _type(source) is np.ndarray]
        for source in sources:
            if issubclass(_type(source), torch.Tensor):
                given.append(self._sightings.again(source))
                inputs.append(given[-1].id)
                count = self._sightings.storages.count
        sighting = self._sightings.of(tensor)
        place = sighting.snapshot.place
        if place is not None and place.number <= count:
            on_it = [source.id for source in given if source.snapshot.place is place]
            memory = MemoryRecord("view", on_it[0] if on_it else sighting.snapshot.base)
        elif place is not None and place.address is not None:
            for array in arrays:
                if array is not None and array.overlaps(place.address, place.address + place.nbytes):
                    memory = MemoryRecord("view", array.id)
        if sighting.snapshot.requires_grad and not sighting.snapshot.is_leaf:
            stand_for(tensor, sighting, self._sightings, self._operations.log.following)
        self._operations.unseen(name, _Place(point.value, point.text), tuple(inputs), sighting, memory)


class _Place:
    def __init__(self, span: Span | None, expression: str) -> None:
        self.span = span
        self.expression = expression


def _resolved(names: tuple[str, ...], scope: dict[str, Any]) -> Any:
    """What a dotted name means, where finding out runs no code of the program's."""
    value = scope.get(names[0])
    for name in names[1:]:
        if _type(value) is types.ModuleType:
            value = vars(value).get(name)
        elif _type(value) is type(torch.autograd.Function) and name == "apply":
            return value
        else:
            return None
    return value


def _unseen_name(function: Any) -> str | None:
    if _type(function) is type(torch.autograd.Function):
        return type_name(function) + ".apply"
    if function is torch.nn.Parameter or function is torch.nn.Buffer:
        return module_name(function)
    if function is torch.Tensor:
        return "torch.Tensor"
    if _type(function).__name__ == "tensortype":
        return type_name(function)
    module = getattr(function, "__module__", None)
    if _type(function) in (types.BuiltinFunctionType, types.FunctionType) and str(module).partition(".")[0] == "torch":
        return public_name(function)
    if any(function is known for known in _READERS):
        return public_name(function)
    return None
