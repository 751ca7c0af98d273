"""NumPy arrays that share memory with tensors, and what they held."""

import ctypes
import weakref
from collections import deque
from functools import partial
from typing import Any

import numpy as np

from tensorpad.trace.memory.ledger import SMALL_BYTES, Ledger
from tensorpad.trace.memory.tracked import StorageLog

_MOST = 200
"""Living arrays that are watched at a time."""
_MOST_LENT = 16
_read: Any = ctypes.string_at
_REAL = frozenset("biufc")


class TrackedArray:
    """One array. Its bytes are from the address `start` to `end`; `first` is the address of its first element.

    `states` are pairs of a step and the bytes, from `start`, that the array had from then on; None if there was no room for
    them. They begin when a tensor is found on its memory.
    """

    __slots__ = ("_reference", "dtype", "end", "first", "number", "shape", "start", "states", "storage", "strides")

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
        self.storage: StorageLog | None = None
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

    def overlaps(self, storage: StorageLog) -> bool:
        """Whether it shares bytes with a storage."""
        address = storage.address
        return address is not None and self.start < address + storage.nbytes and address < self.end

    def values(self, data: bytes) -> Any:
        """An array as it was when its bytes were `data`."""
        return np.ndarray(self.shape, self.dtype, data, self.first - self.start, self.strides)


class Arrays:
    """The arrays of a run.

    NOTE [How shared arrays are found]
    1. An array is met when the program binds it to a name. Its memory is compared by address with that of the storages.
    2. NumPy counts no writes, so the bytes of small arrays on shared memory are compared after each statement, and the
       storages under them are checked. So are storages whose memory was given to an array that has no name, or came from
       elsewhere; but only the newest of them, since nothing says when they are left alone.
    3. An array is known by a weak reference, so it lives as long as it would.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.all: list[TrackedArray] = []
        self._ledger = ledger
        self._watched: list[TrackedArray] = []
        self._shared: dict[int, StorageLog] = {}
        """By their numbers, the storages that share memory with an array."""
        self._lent: deque[StorageLog] = deque(maxlen=_MOST_LENT)
        self._matched = 0
        """How many storages have been compared with all arrays."""

    def of(self, array: Any) -> TrackedArray | None:
        """What is known of an array; None if its elements are no numbers, or there are too many arrays."""
        if type(array) is not np.ndarray or array.dtype.kind not in _REAL:
            return None
        for known in self._watched:
            if known.alive() is array:
                return known
        self._watched = [known for known in self._watched if known.alive() is not None]
        if len(self._watched) >= _MOST:
            return None
        tracked = TrackedArray(len(self.all) + 1, array)
        self.all.append(tracked)
        self._watched.append(tracked)
        self._match([tracked], self._ledger.all)
        return tracked

    def compare(self) -> None:
        """Record what was written without torch's knowledge. To be called before a step is added to the timeline."""
        for storage in self._lent:
            self._ledger.compare(storage)
        if not self._watched:
            return
        if self._matched < len(self._ledger.all):
            self._match(self._watched, self._ledger.all[self._matched :])
            self._matched = len(self._ledger.all)
        for storage in self._shared.values():
            self._ledger.compare(storage)
        for array in self._watched:
            if array.storage is not None:
                self._record(array)

    def lent(self, storage: StorageLog | None) -> None:
        """Others than torch may write to a storage from now on."""
        if storage is not None and storage.number not in self._shared and storage not in self._lent:
            self._lent.append(storage)
            self._ledger.compare(storage)

    def _match(self, arrays: list[TrackedArray], storages: list[StorageLog]) -> None:
        for storage in storages:
            if storage.address is None or storage.gone:
                continue
            for array in arrays:
                if array.overlaps(storage) and array.alive() is not None:
                    self._shared[storage.number] = storage
                    self._ledger.watch_writes(storage, partial(self._record, array))
                    if array.storage is None:
                        array.storage = storage
                        self._record(array)

    def _record(self, array: TrackedArray) -> None:
        """Add a state if the bytes of a small array have changed."""
        if array.end - array.start > SMALL_BYTES or array.alive() is None:
            return
        data = _read(array.start, array.end - array.start)
        if not array.states or array.states[-1][1] != data:
            array.states.append((self._ledger.step, self._ledger.allowance.kept(data)))
