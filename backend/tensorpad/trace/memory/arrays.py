"""NumPy arrays that look at the memory of a tensor, and what they held.

NOTE [How shared arrays are found]
1. An array is met when the program binds it to a name. Its memory is compared by address with that of the storages.
2. NumPy counts no writes, so the bytes of small arrays on shared memory are compared after each statement, and the
   storages under them are looked at again. So are storages whose memory was given to an array that has no name, or came
   from elsewhere; but only the newest of them, since nothing tells when they are left alone.
3. An array is known by a weak reference, so it lives as long as it would.
"""

import ctypes
import weakref
from collections import deque
from functools import partial
from typing import Any

import numpy as np

from tensorpad.trace.memory.ledger import SMALL_BYTES, Storages
from tensorpad.trace.memory.tracked import Place

_MOST = 200
"""Living arrays that are watched at a time."""
_MOST_LENT = 16
_read: Any = ctypes.string_at
_REAL = frozenset("biufc")


class ArraySighting:
    """One array. `start` and `end` bound the bytes that it looks at; `first` is where its first element is.

    `states` are the steps from which on it held what, as bytes from `start`; None where there was no room. They begin when a
    tensor is found on its memory.
    """

    __slots__ = ("_reference", "dtype", "end", "first", "number", "place", "shape", "start", "states", "strides")

    def __init__(self, number: int, array: Any) -> None:
        self.number = number
        self.shape: tuple[int, ...] = array.shape
        self.strides: tuple[int, ...] = array.strides
        self.dtype: Any = array.dtype
        self.first: int = array.ctypes.data
        self.start = self.first
        self.end = self.first + array.itemsize
        for size, stride in zip(self.shape, self.strides, strict=True):
            if size == 0:
                self.end = self.start
            elif stride < 0:
                self.start += (size - 1) * stride
            else:
                self.end += (size - 1) * stride
        self.place: Place | None = None
        """A storage on the same memory."""
        self.states: list[tuple[int, bytes | None]] = []
        self._reference = weakref.ref(array)

    @property
    def id(self) -> str:
        """Its id in the report."""
        return f"a{self.number}"

    def alive(self) -> Any:
        """The array, or None if it is gone."""
        return self._reference()

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it looks at bytes of that range."""
        return self.start < end and start < self.end

    def values(self, data: bytes) -> Any:
        """An array as it was when its bytes were `data`."""
        return np.ndarray(self.shape, self.dtype, data, self.first - self.start, self.strides)


class Arrays:
    """The arrays of a run."""

    def __init__(self, storages: Storages) -> None:
        self.all: list[ArraySighting] = []
        self._storages = storages
        self._watched: list[ArraySighting] = []
        self._places: dict[int, Place] = {}
        """By their numbers, the storages that an array looks at."""
        self._lent: deque[Place] = deque(maxlen=_MOST_LENT)
        self._checked = 0

    def of(self, array: Any) -> ArraySighting | None:
        """The sighting of an array; None if it is one whose elements are no numbers, or there are too many."""
        if type(array) is not np.ndarray or array.dtype.kind not in _REAL:
            return None
        for known in self._watched:
            if known.alive() is array:
                return known
        self._watched = [known for known in self._watched if known.alive() is not None]
        if len(self._watched) >= _MOST:
            return None
        sighting = ArraySighting(len(self.all) + 1, array)
        self.all.append(sighting)
        self._watched.append(sighting)
        self._match([sighting], self._storages.all)
        return sighting

    def compare(self) -> None:
        """Look for what was written without torch's knowledge. To be called before a step is added to the timeline."""
        for place in self._lent:
            self._storages.compare(place)
        if not self._watched:
            return
        if self._checked < len(self._storages.all):
            self._match(self._watched, self._storages.all[self._checked :])
            self._checked = len(self._storages.all)
        for place in self._places.values():
            self._storages.compare(place)
        for sighting in self._watched:
            if sighting.place is not None:
                self._look(sighting)

    def lent(self, place: Place | None) -> None:
        """Others than torch may write to a storage from now on."""
        if place is not None and place.number not in self._places and place not in self._lent:
            self._lent.append(place)
            self._storages.compare(place)

    def _match(self, arrays: list[ArraySighting], places: list[Place]) -> None:
        for place in places:
            if place.address is None or place.gone:
                continue
            for array in arrays:
                if array.overlaps(place.address, place.address + place.nbytes) and array.alive() is not None:
                    self._places[place.number] = place
                    self._storages.watch(place, partial(self._look, array))
                    if array.place is None:
                        array.place = place
                        self._look(array)

    def _look(self, sighting: ArraySighting) -> None:
        if sighting.end - sighting.start > SMALL_BYTES or sighting.alive() is None:
            return
        data = _read(sighting.start, sighting.end - sighting.start)
        if not sighting.states or sighting.states[-1][1] != data:
            sighting.states.append((self._storages.step, self._storages.kept(data)))
