"""What happens between statements: names that were bound, what was written meanwhile, and a step for the timeline."""

import sys
import types
from collections.abc import Callable, Iterable
from threading import get_ident
from types import FrameType
from typing import Any

import numpy as np
import torch

from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import BindingRecord
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.base.internals import DisableTorchFunction, calling_frame, tracing_state
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS, type_name
from tensorpad.trace.forward.argument_texts import text
from tensorpad.trace.forward.module_operations import ModuleOperations
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.forward.unseen import Unseen
from tensorpad.trace.memory.parameter_names import ParameterNames
from tensorpad.trace.pauses import Pauses
from tensorpad.trace.program.instrumentation import Instrumentation
from tensorpad.trace.program.probe_points import ProbePoint

_SHOWN = (bool, int, float, complex, str, type(None), torch.dtype, torch.device, torch.Size, slice)
_SHOWN_IDS = frozenset(map(id, _SHOWN))
"""Types by their identity, here and below: a type of the program's may have a hash of its own."""
_MOST_ITEMS = 64
_MOST_NAMES = 2_000
_type: Any = type
_TYPE_NAMES: dict[int, str] = {
    id(kind): type_name(kind) for kind in (*_SHOWN, list, tuple, dict, torch.Tensor, torch.nn.Parameter, np.ndarray)
}


class Bindings:
    """Adds a step after each statement."""

    def __init__(
        self,
        recording: Recording,
        module_operations: ModuleOperations,
        unseen: Unseen,
        leaf_gradients: LeafGradients,
        parameter_names: ParameterNames,
        full: Callable[[], None],
    ) -> None:
        """`full` is called between statements once the timeline is full."""
        self.instrumentation = Instrumentation(self.passed)
        self.pauses: Pauses | None = None
        """What leaves rounds of loops out, if anything does."""
        self._tensors = recording.tensors
        self._arrays = recording.arrays
        self._log = recording.log
        self._grad_fns = recording.grad_fns
        self._timeline = recording.timeline
        self._namespace = recording.namespace
        self._typed_storages = recording.typed_storages
        self._module_operations = module_operations
        self._unseen = unseen
        self._leaf_gradients = leaf_gradients
        self._parameter_names = parameter_names
        self._full = full
        self._series = recording.series
        self._end = recording.end
        self._thread = get_ident()

    def passed(self, index: int, /, *values: Any) -> None:
        """What an instrumented cell calls: it has reached a probe point, and `values` are those of the point's names."""
        if get_ident() != self._thread or self._tensors.asking:
            return
        try:
            point = self.instrumentation.points[index]
            full = self._timeline.full
            if point.loop is not None:
                pauses = self.pauses
                if pauses is not None and not full and pauses.reached(point.loop):
                    pauses.go_on(point, calling_frame(1))
                return
            if not full and not self._timeline.paused:
                self._passed(point, values, calling_frame(1))
                return
            if full and not self._end.early:
                self._full()
            if point.repeats and not self._series.note(point, values, None):
                self.instrumentation.silence(index, for_now=self._timeline.paused)
        except Exception:  # the program must not fail because its trace does
            return

    def reached(self, point: ProbePoint, values: tuple[Any, ...], frame: FrameType) -> None:
        """As `passed`, of code that is watched instead of instrumented: `frame` has reached a point."""
        if get_ident() != self._thread or self._tensors.asking:
            return
        try:
            if not self._timeline.full:
                self._passed(point, values, frame)
            elif not self._end.early:
                self._full()
        except Exception:  # as above
            return

    def found(self, names: tuple[str, ...], frame: FrameType | None) -> None:
        """Add a first step for names that had their values before the program."""
        point = ProbePoint("", None, names)
        values = tuple([self._namespace[name] for name in names])
        try:
            self.step(point, values, frame)
        except Exception:  # as above
            return

    def _passed(self, point: ProbePoint, values: tuple[Any, ...], frame: Any) -> None:
        if tracing_state() is None:
            self.step(point, values, frame)
            if point.repeats:
                self._series.note(point, values, len(self._timeline.steps) - 1)

    def stopped(self, span: Span | None, frame: FrameType | None) -> None:
        """The program has stopped in the middle of a statement, at `span`, in `frame` of its own: the last step."""
        self._timeline.at(frame)
        with DisableTorchFunction():
            if self._module_operations.entered:
                self._module_operations.end(None)
            self._arrays.compare()
            self._leaf_gradients.compare()
        self._timeline.stop(span)

    def close(self) -> None:
        """Add no more steps, and let go of everything.

        The code of the cells refers to this object, and garbage collection does not go through code.
        """
        vars(self).clear()
        self._thread = 0

    def step(self, point: ProbePoint, values: tuple[Any, ...], frame: Any) -> None:
        """Add the step that ended at a point. `values` are those of its names; `frame` is the program's."""
        self._timeline.at_point(point.scope, frame, point.entry)
        self._typed_storages.forget()
        with DisableTorchFunction():
            if self._module_operations.entered:
                self._module_operations.end(frame)
            for index, source in point.sources:
                if issubclass(_type(values[index]), torch.Tensor):
                    self._unseen.bound(source, values[index], frame)
            bound = tuple(map(self._binding, point.names, values)) if values else ()
            if point.perhaps or point.star or point.relaid:
                bound = self._corrected(point, bound)
            if self._log.closed:
                self._tensors.update_newest()
            self._parameter_names.compare()
            self._arrays.compare()
            self._leaf_gradients.compare()
        if point.outer:
            bound = self._add_outer(point, bound)
        self._timeline.add("call" if point.entry else "statement", point.span, None, bound, point.gone)

    def _add_outer(self, point: ProbePoint, bound: tuple[BindingRecord, ...]) -> tuple[BindingRecord, ...]:
        """Add a step for names that a function declares global, since a step is about one frame. Returns the other names."""
        outer = tuple([binding for binding in bound if binding.name in point.outer])
        self._timeline.add_outside(point.span, outer, tuple([name for name in point.gone if name in point.outer]))
        return tuple([binding for binding in bound if binding.name not in point.outer])

    def _corrected(self, point: ProbePoint, bound: tuple[BindingRecord, ...]) -> tuple[BindingRecord, ...]:
        """With what may have been bound, and without what was not bound but needed a new snapshot."""
        bound += tuple([self._binding(name, value) for name, value in _perhaps_bound(point, self._namespace)])
        return tuple([binding for binding in bound if binding.name != point.relaid])

    def _binding(self, name: str, value: Any) -> BindingRecord:
        kind: Any = _type(value)
        try:
            shown, known = self._seen(name, value, kind)
        except RecursionError:
            raise
        except Exception:  # the name was bound, whatever its value is
            shown = known = None
        type_text = _TYPE_NAMES.get(id(kind)) or cut(type_name(kind), NAME_CHARS)[0]
        if len(name) > NAME_CHARS or not name.isascii():
            name = cut(name, NAME_CHARS)[0]
        return BindingRecord(name, type_text, shown, known)

    def _seen(self, name: str, value: Any, kind: Any) -> tuple[str | None, str | None]:
        """The text of a value, or else its id, as far as it has one. Its members are seen, too."""
        known: str | None = None
        if id(kind) in _SHOWN_IDS:
            return text(value, self._tensors), None
        if kind is torch.Tensor or issubclass(kind, torch.Tensor):
            tracked = self._tensors.update(value)
            known = tracked.id
            if tracked.function is None and not tracked.snapshot.is_leaf and tracked.snapshot.base is None:
                # Made by what no mode sees, or since operations are not looked at any more.
                self._grad_fns.note(value, tracked)
        elif kind is np.ndarray:
            array = self._arrays.of(value)
            known = array and array.id
        elif kind is list or kind is tuple:
            self._see_all(value[:_MOST_ITEMS])
        elif issubclass(kind, torch.nn.Module) and name[:1] != "_":
            self._parameter_names.bound(name)
        return None, known

    def _see_all(self, items: Iterable[Any]) -> None:
        """Take snapshots of the tensors among the members of a list or tuple."""
        for item in items:
            if issubclass(_type(item), torch.Tensor):
                self._tensors.update(item)


def _perhaps_bound(point: ProbePoint, namespace: dict[str, Any]) -> list[tuple[str, Any]]:
    """Names with their values that a statement at the level of a cell may have bound, as far as they are there."""
    bound = [(name, namespace[name]) for name in point.perhaps if name in namespace]
    module = sys.modules.get(point.star) if point.star else None
    if _type(module) is types.ModuleType:
        members = vars(module)
        for name in _public_names(members):
            if _type(name) is str and name in namespace and namespace[name] is members.get(name):
                bound.append((name, namespace[name]))
    return bound


def _public_names(members: dict[str, Any]) -> list[Any]:
    """The names of a module that `import *` binds."""
    if "__all__" not in members:
        return [name for name in members if name[:1] != "_"][:_MOST_NAMES]
    public = members["__all__"]
    return list(public)[:_MOST_NAMES] if _type(public) is list or _type(public) is tuple else []
