"""One series of numbers, and the parameters that they are of. `trace.memory.series_log` keeps all series of a run."""

import weakref
from array import array
from typing import Any

from tensorpad.protocol.series import Measure
from tensorpad.trace.program.probe_points import ProbePoint


class Owners:
    """The parameters that one name has stood for, numbered as they came.

    `again` says that one of them has come a second time; `last` is the number of the one that has come now.
    """

    __slots__ = ("_numbers", "again", "before", "last", "tensors")

    def __init__(self) -> None:
        self.tensors: list[weakref.ref[Any]] = []
        self.again = False
        self.last = 0
        self.before: dict[int, list[float]] = {}
        """By number, the elements at the time before."""
        self._numbers: dict[int, int] = {}

    def come(self, tensor: Any) -> None:
        """A parameter has come."""
        number = self._numbers.get(id(tensor))
        if number is not None and self.tensors[number]() is tensor:
            self.last, self.again = number, True
            return
        self.last = self._numbers[id(tensor)] = len(self.tensors)
        self.tensors.append(weakref.ref(tensor))


class Series:
    """One series: the numbers, and the steps of the timeline of the first of them, up to one that has none.

    `single` says that all are of at most single precision. Where they are of parameters, `owners` has those, and `owned` for
    each number which of them it is of.
    """

    __slots__ = ("ended", "measure", "name", "owned", "owners", "point", "single", "steps", "values")

    def __init__(self, name: str, measure: Measure, point: ProbePoint | None, owners: Owners | None) -> None:
        self.name = name
        self.measure: Measure = measure
        self.point = point
        self.owners = owners
        self.owned = array("q")
        self.steps = array("q")
        self.values = array("d")
        self.single = True
        self.ended = False

    def add(self, value: float, step: int | None, single: bool) -> None:
        """Add a number. Raises OverflowError for an integer that no float is near to."""
        self.values.append(value)
        if step is not None and len(self.steps) == len(self.values) - 1:
            self.steps.append(step)
        if self.owners is not None:
            self.owned.append(self.owners.last)
        if not single:
            self.single = False
