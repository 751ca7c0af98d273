"""Which tensors look at the same memory, and what that memory held in the course of the run.

NOTE [States of a storage]
1. A storage is known by its C++ object. A weak reference to each one is kept for the length of the run: it does not keep
   the memory, but it keeps the address from being given to another storage, so that an address can serve as a name. It is
   no Python object, whose end could fail where the program has come to the limit of recursion.
   Tensors that got their memory from one NumPy array have storages of their own; at the end those that overlap are put
   together.
2. A state is what a storage held from one step on. Of a small storage it is the bytes themselves, read without any call of
   torch, so that one copy serves all tensors on it. Of a large one it is what each tensor on it showed: its elements where
   they are few, else a summary.
3. torch counts writes: a new version is a new state. The tensors on a storage may count apart, so at each state the counter
   of every one is noted. NumPy does not count, so the bytes of storages that an array looks at, or checksums of large ones,
   are compared after each statement.
4. There is room for so many bytes of states, and so many elements are summarised while the program waits. When the room is
   used up, the oldest states lose what they held; `shortened` tells.
"""

import ctypes
import itertools
import zlib
from collections import deque
from collections.abc import Callable
from typing import Any

import torch

from tensorpad.trace.memory.tracked import Place, State

SMALL_BYTES = 16_384
"""A storage up to this size is kept as bytes."""
KEPT_BYTES = 16 * 2**20
SUMMARISED = 4_000_000
"""Elements that are summarised in one run while the program waits."""
SUMMARY_BYTES = 2_400
CHECKED_BYTES = 2**29
"""What is read of large storages in one run to see whether they were written; it takes half a second."""
MOST_MEMBERS = 32
"""Tensors on one large storage that are looked at after a write."""


_untyped: Any = torch.UntypedStorage
_read: Any = ctypes.string_at


def _content(storage: Any, device: str, nbytes: int) -> bytes | None:
    """The bytes of a storage; None if it holds none that can be read."""
    if not nbytes:
        return b""
    if device == "cpu":
        address: int = storage.data_ptr()
        return _read(address, nbytes) if address else None
    if device == "meta":
        return None
    copy: Any = storage.cpu()
    return _read(copy.data_ptr(), nbytes)


class Storages:
    """Every storage that was seen, with its states. `step` is the place in the timeline of what is being done now."""

    def __init__(self) -> None:
        self.step = 0
        self.shortened = False
        self.count = 0
        self.all: list[Place] = []
        self.room = SUMMARISED
        self.written: Callable[[Place], None] | None = None
        """Called when a storage that had a state has got another."""
        self._places: dict[int, Place] = {}
        self._watchers: dict[int, list[Callable[[], None]]] = {}
        """By the numbers of places, what is called after a write: NumPy arrays look at them, too."""
        self._kept: deque[State] = deque()
        self._bytes = 0
        self._unread = CHECKED_BYTES

    def of(self, storage: Any) -> Place:
        """What is known of a storage, the `untyped_storage` of a dense tensor."""
        key: int = storage._cdata
        place = self._places.get(key)
        if place is None:
            self.count += 1
            place = self._places[key] = Place(self.count, storage._weak_ref(), storage.nbytes(), str(storage.device))
            if place.device == "cpu":
                place.address = storage.data_ptr() or None
            self.all.append(place)
        return place

    def writes(self, tensor: Any) -> int:
        """How often the storage of a dense tensor was seen to be written."""
        place = self._places.get(tensor.untyped_storage()._cdata)
        return len(place.states) - 1 if place is not None and place.states else 0

    def look(
        self, place: Place, storage: Any, version: int | None, number: int | None = None, otherwise: bool = False
    ) -> None:
        """Add a state where the storage was written since the last.

        `version` is the counter of the tensor that is looked at, None where it has none; `number` is its sighting's, if it
        was there in the last state. `otherwise` says that it is known to have been written without torch.
        """
        states = place.states
        nbytes: int = storage.nbytes()
        if nbytes != place.nbytes:  # by `resize_`
            place.nbytes, place.address = nbytes, storage.data_ptr() or None
        small = nbytes <= SMALL_BYTES
        data = _content(storage, place.device, nbytes) if small else None
        if states:
            last = states[-1]
            if number is not None:
                counted = version != last.version_of(number)
            else:
                # A tensor that is new there, and has been written itself or shares the counter of one that was.
                counted = not place.met(version) if version else False
            if not counted and not otherwise and (not small or data == last.data):
                return
            # What NumPy writes moves no counter.
            version = last.version if version is None else version
            place.meet(version)
        state = State(self.step, version, data)
        states.append(state)
        if data:
            self.keep(state, len(data))
        if len(states) > 1:
            if place.members and self.written is not None:
                self.written(place)
            for watcher in self._watchers.get(place.number, ()):
                watcher()

    def watch(self, place: Place, watcher: Callable[[], None]) -> None:
        """Have `watcher` called after each write to a storage."""
        self._watchers.setdefault(place.number, []).append(watcher)

    def compare(self, place: Place) -> None:
        """Look for what was written to a storage without torch's knowledge since this was last asked."""
        storage = place.storage()
        if storage is None or not place.states:
            return
        nbytes: int = storage.nbytes()
        if nbytes <= SMALL_BYTES:
            self.look(place, storage, None)
        elif place.device == "cpu" and nbytes <= self._unread:
            self._unread -= nbytes
            checksum = zlib.crc32((ctypes.c_char * nbytes).from_address(storage.data_ptr()))
            count, before = place.checked
            if count == len(place.states) and checksum != before:
                self.look(place, storage, None, otherwise=True)
            place.checked = len(place.states), checksum

    def keep(self, state: State, nbytes: int) -> None:
        """Account for what a state holds; the oldest states lose what they hold if there is no room."""
        if not state.nbytes:
            self._kept.append(state)
        state.nbytes += nbytes
        self._bytes += nbytes
        while self._bytes > KEPT_BYTES:
            oldest = self._kept.popleft()
            self._bytes -= oldest.nbytes
            oldest.data, oldest.nbytes = None, 0
            oldest.details.clear()
            self.shortened = True

    def kept(self, data: bytes) -> bytes | None:
        """Bytes that are kept besides the states, if there is room for them; None if there is not."""
        if self._bytes + len(data) > KEPT_BYTES:
            self.shortened = True
            return None
        self._bytes += len(data)
        return data

    def release(self) -> None:
        """Let go of all storages. What was seen of them remains."""
        for place in self.all:
            if place.weak:
                _untyped._free_weak_ref(place.weak)
                place.weak = 0
        self._watchers.clear()

    def measure(self, tensor: Any) -> Place:
        """What is known of the storage of a dense tensor, with where the memory is and how large it is now."""
        storage = tensor.untyped_storage()
        place = self.of(storage)
        place.nbytes = storage.nbytes()
        place.address = storage.data_ptr() or None
        return place

    def join(self) -> None:
        """Put together the living storages that overlap in memory."""
        measured = [place for place in self.all if place.address is not None and place.nbytes and not place.gone]
        measured.sort(key=lambda place: (place.device, place.address or 0))
        for before, place in itertools.pairwise(measured):
            first = before.representative()
            start, end = (first.address or 0), (first.address or 0) + first.nbytes
            address = place.address or 0
            if place.device == first.device and address < end:
                place.joined = first
                first.nbytes = max(end, address + place.nbytes) - start
