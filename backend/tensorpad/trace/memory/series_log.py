"""Series: the numbers that a statement gives, each time that it runs.

NOTE [Series]
1. A statement that can run more than once reports the values of its names each time, also when the timeline is full and
   nothing else is recorded any more. Of a number the number is kept; of a small tensor its elements, or its norm, least and
   greatest; of a parameter the norms of its gradient and of its change, too.
2. What no statement binds, the parameters of an optimiser, is looked at after each of the optimiser's steps: see
   `trace.memory.steppings`.
3. All series share so much room, and one has a share of it. A point that has used it up, or that gives no numbers, says so,
   and need not be reported any more: then it costs the program nothing again.
4. One statement of a loop may change several parameters in turn (`for p in parameters: p -= …`), or give a name a new tensor
   each time (`w = w - …`). If the same tensor has come again, the numbers are divided by tensors at the end. Weak references
   tell them apart, so nothing of the program's is kept alive.
"""

import contextlib
import math
from collections.abc import Sequence
from itertools import chain, product
from typing import Any

import torch

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.series import MOST_SERIES, Measure, rounds
from tensorpad.trace.base.internals import DisableTorchDispatch, DisableTorchFunction, dispatch_modes, tracing_state
from tensorpad.trace.memory.series import Owners, Series
from tensorpad.trace.memory.summaries import SINGLE
from tensorpad.trace.memory.values import is_plain
from tensorpad.trace.program.probe_points import ProbePoint

_FEW = 4
"""A tensor of so many elements has a series for each of them."""
_SMALL = 64
"""Elements of the largest tensor that a statement binds whose norm, least and greatest are kept."""
_BARREN = 64
"""Times that a statement may give no number before it is not looked at any more."""
_UNUSED = "_"
"""What Python's programs call a value that they do not need."""
_NUMBERS = frozenset(map(id, (bool, int, float)))
_TENSORS = frozenset(map(id, (torch.Tensor, torch.nn.Parameter)))
_type: Any = type


class _Noted:
    """What a point has given: how often it was reached, at which step it is now, its series, and the parameters by name."""

    __slots__ = ("elements", "owners", "point", "series", "step", "times")

    def __init__(self, point: ProbePoint) -> None:
        self.point = point
        self.times = 0
        self.step: int | None = None
        self.series: dict[tuple[str, Measure], Series] = {}
        self.elements: dict[tuple[str, Sequence[int]], list[Series]] = {}
        """By name and shape, the series of a tensor's elements."""
        self.owners: dict[str, Owners] = {}


class SeriesLog:
    """All series of a run. `full` says that there is no room for more numbers."""

    def __init__(self, limits: Limits) -> None:
        self.full = False
        self.rounds = rounds(limits)
        self._room = limits.series
        self._every: list[Series] = []
        self._noted: dict[ProbePoint, _Noted] = {}

    @property
    def all(self) -> list[Series]:
        """Those that have more than one number, in the order in which they began."""
        return [series for series in self._every if len(series.values) > 1]

    def begin(self, name: str, measure: Measure, point: ProbePoint | None, owners: Owners | None) -> Series | None:
        """A new series, None if there are too many."""
        if len(self._every) >= MOST_SERIES:
            self.full = True
            return None
        series = Series(name, measure, point, owners)
        self._every.append(series)
        return series

    def add(self, series: Series, value: float, step: int | None, *, single: bool) -> None:
        """Add a number to a series; `step` is the step of the timeline that gave it, if it is there."""
        with contextlib.suppress(OverflowError):
            series.add(value, step, single)
        self._spend(1)

    def _spend(self, count: int) -> None:
        self._room -= count
        if self._room <= 0:
            self.full = True

    def note(self, point: ProbePoint, values: Sequence[Any], step: int | None) -> bool:
        """A statement has given the names of a point their values. Returns whether it is worth while to report it again."""
        noted = self._noted.get(point)
        if noted is None:
            noted = self._noted[point] = _Noted(point)
        noted.times += 1
        noted.step = step
        if self.full or noted.times > self.rounds:
            for series in (*noted.series.values(), *chain.from_iterable(noted.elements.values())):
                series.ended = True
            return False
        for name, value in zip(point.names, values, strict=False):
            kind: Any = id(_type(value))
            if name == _UNUSED:
                continue
            if kind in _NUMBERS:
                self._one(noted, name, "value", value)
            elif kind in _TENSORS and tracing_state() is None:
                with DisableTorchFunction():
                    guard = DisableTorchDispatch() if dispatch_modes() else None
                    try:
                        self._tensor(noted, name, value)
                    except Exception:  # it has no elements to read, as on `meta` or under `vmap`
                        continue
                    finally:
                        del guard
        return bool(noted.series or noted.elements) or noted.times < _BARREN

    def _one(
        self,
        noted: _Noted,
        name: str,
        measure: Measure,
        value: float,
        single: bool = False,
        owners: Owners | None = None,
    ) -> None:
        series = noted.series.get((name, measure))
        if series is None or series.owners is not owners:
            series = self.begin(name, measure, noted.point, owners)
            if series is None:
                return
            noted.series[name, measure] = series
        self.add(series, value, noted.step, single=single)

    def _tensor(self, noted: _Noted, name: str, value: Any) -> None:
        count = value.numel()
        if not 0 < count <= _SMALL:
            return
        owners = None
        if value.requires_grad and value.is_leaf:
            if noted.point.head:
                return  # a loop goes over parameters, and has not changed this one yet
            owners = noted.owners.get(name)
            if owners is None:
                owners = noted.owners[name] = Owners()
        if count == 1:
            elements = [value.item()]
            if type(elements[0]) is complex:
                return
        elif value.is_floating_point() and is_plain(value):
            elements = _listed(value)
        else:
            return
        single = value.dtype in SINGLE
        if owners is not None:
            owners.come(value)
        self._elements(noted, name, value.shape, elements, single, owners)
        if owners is not None:
            self._parameter(noted, name, value.grad, elements, single, owners)

    def _elements(
        self, noted: _Noted, name: str, shape: Sequence[int], elements: list[float], single: bool, owners: Owners | None
    ) -> None:
        if len(elements) == 1:
            self._one(noted, name, "value", elements[0], single, owners)
            return
        if len(elements) <= _FEW:
            self._each(noted, name, shape, elements, single, owners)
            return
        norm = math.hypot(*elements)
        unknown = math.isnan(norm)
        self._one(noted, name, "norm", norm, single, owners)
        self._one(noted, name, "minimum", norm if unknown else min(elements), single, owners)
        self._one(noted, name, "maximum", norm if unknown else max(elements), single, owners)

    def _each(
        self, noted: _Noted, name: str, shape: Sequence[int], elements: list[float], single: bool, owners: Owners | None
    ) -> None:
        every = noted.elements.get((name, shape))
        if not every or every[0].owners is not owners:
            indices = [f"{name}[{', '.join(map(str, index))}]" for index in product(*map(range, shape))]
            begun = [self.begin(index, "value", noted.point, owners) for index in indices]
            every = noted.elements[name, shape] = [series for series in begun if series is not None]
        if len(every) == len(elements):
            for series, element in zip(every, elements, strict=True):
                series.add(element, noted.step, single)
            self._spend(len(elements))

    def _parameter(
        self, noted: _Noted, name: str, gradient: Any, elements: list[float], single: bool, owners: Owners
    ) -> None:
        """A leaf that a loop changes by hand: how large its gradient was, and the change."""
        if gradient is not None:
            norm = abs(gradient.item()) if len(elements) == 1 else math.hypot(*_listed(gradient))
            self._one(noted, name, "gradient_norm", norm, single, owners)
        before = owners.before.get(owners.last)
        if before is not None and len(before) == len(elements):
            self._one(noted, name, "update_norm", math.dist(before, elements), single, owners)
        owners.before[owners.last] = elements


def _listed(tensor: Any) -> list[float]:
    elements: list[float] = tensor.detach().reshape(-1).tolist()
    return elements
