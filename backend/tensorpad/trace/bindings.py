"""What happens between statements: names that were bound, what was written meanwhile, and a step for the timeline."""

import sys
import types
from threading import get_ident
from typing import Any

import numpy as np
import torch

from tensorpad.protocol.steps import BindingRecord
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.base.internals import DisableTorchFunction, calling_frame, tracing_state
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS, type_name
from tensorpad.trace.forward.argument_texts import text
from tensorpad.trace.forward.operation_mode import Operations
from tensorpad.trace.memory.arrays import Arrays
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.memory.timeline import Timeline
from tensorpad.trace.program.instrumentation import Statements
from tensorpad.trace.program.probe_points import Point

_SIMPLE = (bool, int, float, complex, str, type(None), torch.dtype, torch.device, torch.Size, slice)
_TOLD = frozenset(map(id, _SIMPLE))
"""Types by their identity, here and below: a type of the program's may have a hash of its own."""
_MOST_ITEMS = 64
_MOST_NAMES = 2_000
_type: Any = type
_KINDS: dict[int, str] = {
    id(kind): type_name(kind) for kind in (*_SIMPLE, list, tuple, dict, torch.Tensor, torch.nn.Parameter, np.ndarray)
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
        self._calls = operations.calls
        self._unseen = operations.unseen
        self._timeline = timeline
        self._namespace = namespace
        self._thread = get_ident()

    def passed(self, index: int, /, *values: Any) -> None:
        """What an instrumented cell calls: it has come by a point, and `values` are those of the point's names."""
        if get_ident() != self._thread or self._timeline.full:
            return
        try:
            if tracing_state() is None:
                self._step(self.statements.points[index], values, calling_frame(1))
        except Exception:  # the program must not fail because its trace does
            return

    def close(self) -> None:
        """Take no more steps, and let go of everything.

        The code of the cells holds on to this object, and garbage collection does not look into code.
        """
        vars(self).clear()
        self._thread = 0

    def _step(self, point: Point, values: tuple[Any, ...], frame: Any) -> None:
        """A point was passed. `values` are those of its names; `frame` is the program's, None at its own level."""
        timeline = self._timeline
        if not point.scope:
            timeline.scope, timeline.frame = "", 0
        elif point.entry:
            timeline.scope, timeline.frame = timeline.frames.enter(frame, point.scope)
        else:
            timeline.scope, timeline.frame = point.scope, timeline.frames.of(frame)[1]
        with DisableTorchFunction():
            if self._calls.entered:
                self._calls.end(frame)
            for place, source in point.sources:
                if issubclass(_type(values[place]), torch.Tensor):
                    self._unseen.bound(source, values[place], frame)
            bound: tuple[BindingRecord, ...] = ()
            if values:
                bound = tuple(map(self._binding, point.names, values))
            if point.perhaps or point.star:
                bound += tuple([self._binding(name, value) for name, value in _found(point, self._namespace)])
            if point.relaid is not None:
                bound = tuple(binding for binding in bound if binding.name != point.relaid)
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

    def _binding(self, name: str, value: Any) -> BindingRecord:
        kind: Any = _type(value)
        shown: str | None = None
        known: str | None = None
        if id(kind) in _TOLD:
            shown = text(value, self._sightings)
        elif kind is torch.Tensor or issubclass(kind, torch.Tensor):
            known = self._sightings.again(value).id
        elif kind is np.ndarray:
            sighting = self._arrays.of(value)
            known = sighting and sighting.id
        elif kind is list or kind is tuple:
            for item in value[:_MOST_ITEMS]:
                if issubclass(_type(item), torch.Tensor):
                    self._sightings.again(item)
        called = _KINDS.get(id(kind)) or cut(type_name(kind), NAME_CHARS)[0]
        if len(name) > NAME_CHARS or not name.isascii():
            name = cut(name, NAME_CHARS)[0]
        return BindingRecord(name, called, shown, known)


def _found(point: Point, names: dict[str, Any]) -> list[tuple[str, Any]]:
    """Names with their values that a statement at the level of a cell may have bound, as far as they are there."""
    found = [(name, names[name]) for name in point.perhaps if name in names]
    module = sys.modules.get(point.star) if point.star else None
    if _type(module) is types.ModuleType:
        held = vars(module)
        public = held.get("__all__") if "__all__" in held else [name for name in held if name[:1] != "_"]
        if _type(public) is list or _type(public) is tuple:
            named = [name for name in list(public or ())[:_MOST_NAMES] if _type(name) is str and name in names]
            found += [(name, names[name]) for name in named if names[name] is held.get(name)]
    return found
