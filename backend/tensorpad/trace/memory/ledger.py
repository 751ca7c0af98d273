"""What every storage of a run held, and since which step of the timeline."""

import ctypes
import itertools
import zlib
from collections.abc import Callable
from typing import Any

import torch

from tensorpad.protocol.records import OpaqueValues
from tensorpad.trace.base.attributes import element_size, numel, untyped_storage, without_class
from tensorpad.trace.base.internals import DisableTorchDispatch, DisableTorchFunction, dispatch_modes
from tensorpad.trace.memory.tracked import TAKEN, Snapshot, State, StateAllowance, StorageLog, TrackedTensor, counter
from tensorpad.trace.memory.values import SUMMARY, Allowance, copied, values_of
from tensorpad.trace.program.timeline import Timeline

SMALL_BYTES = 16_384
"""A storage up to this size is kept as bytes."""
KEPT_BYTES = 16 * 2**20
"""What all states of a run keep together."""
SUMMARISED = 4_000_000
"""Elements that are summarised in one run while the program waits."""
SUMMARY_BYTES = 2_400
CHECKED_BYTES = 2**29
"""What is read of large storages in one run to see whether they were written; it takes half a second."""
MOST_MEMBERS = 32
"""Tensors on one large storage whose elements are kept after a write."""

DetailWatcher = Callable[[State, TrackedTensor, Any], None]
_read: Any = ctypes.string_at
_UntypedStorage: Any = torch.UntypedStorage


class Ledger:
    """Every storage of a run, and its states. A state is dated by the step of the timeline that is under way.

    NOTE [States of a storage]
    1. A storage is known by its C++ object. A weak reference to it is kept for the length of the run: that does not keep
       the memory, but keeps the address from being used again, so that it can serve as a name. It is
       torch's own kind of reference and no Python object, whose end could fail at the limit of recursion.
    2. A state of a small storage is its bytes, read without any call of torch, so that one copy serves all tensors on it. A
       state of a large one is what each tensor on it showed: its elements if they are few, else a summary.
    3. torch counts writes: a new version is a new state. Tensors on one storage may count apart, so each state has the
       counter of every one. NumPy does not count, so the bytes of storages that an array shares, or checksums of large
       ones, are compared after each statement.
    """

    def __init__(self, timeline: Timeline, limit: int) -> None:
        self.all: list[StorageLog] = []
        self.allowance = StateAllowance(KEPT_BYTES)
        self.steps = timeline.steps
        """Where each call counts, `len(steps)` replaces `step`."""
        self._limit = limit
        self._by_address: dict[int, StorageLog] = {}
        self._write_watchers: dict[int, list[Callable[[], None]]] = {}
        """By the number of a storage, what is called after a write to it."""
        self._detail_watcher: DetailWatcher | None = None
        self._unread = CHECKED_BYTES
        self._unsummarised = SUMMARISED

    @property
    def step(self) -> int:
        """The index of the step that is under way, by which states are dated."""
        return len(self.steps)

    def of(self, untyped: Any) -> StorageLog:
        """What is known of a storage, the `untyped_storage` of a dense tensor."""
        key: int = untyped._cdata
        storage = self._by_address.get(key)
        if storage is None:
            number = len(self.all) + 1
            storage = self._by_address[key] = StorageLog(number, untyped._weak_ref(), untyped.nbytes(), str(untyped.device))
            if storage.device == "cpu":
                storage.address = untyped.data_ptr() or None
            self.all.append(storage)
        return storage

    def write_count(self, tensor: Any) -> int:
        """How often the storage of a dense tensor was seen to be written."""
        storage = self._by_address.get(untyped_storage(tensor)._cdata)
        return len(storage.states) - 1 if storage is not None and storage.states else 0

    def watch_writes(self, storage: StorageLog, watcher: Callable[[], None]) -> None:
        """Have `watcher` called after each write to a storage."""
        self._write_watchers.setdefault(storage.number, []).append(watcher)

    def watch_details(self, watcher: DetailWatcher) -> None:
        """Have `watcher` called with each tensor on a large storage whose elements are about to be kept."""
        self._detail_watcher = watcher

    def check(
        self,
        storage: StorageLog,
        untyped: Any,
        version: int | None,
        number: int | None = None,
        written: bool = False,
    ) -> None:
        """Add a state if the storage was written since the last one.

        `version` is the counter of the tensor through which it is checked, None if it has none; `number` is the tensor's if
        it was there in the last state. `written`: the storage is known to have been written without torch.
        """
        states = storage.states
        nbytes: int = untyped.nbytes()
        if nbytes != storage.nbytes:  # by `resize_`
            storage.nbytes, storage.address = nbytes, untyped.data_ptr() or None
        small = nbytes <= SMALL_BYTES
        data = _content(untyped, storage.device, nbytes) if small else None
        last = states[-1] if states else None
        if last is not None:
            if number is not None:
                counted = version != last.version_of(number)
            else:
                # A tensor that is new there, and has been written itself or shares the counter of one that was.
                counted = not storage.met(version) if version else False
            if not counted and not written and (not small or data == last.data):
                return
            # What NumPy writes moves no counter.
            version = last.version if version is None else version
            storage.meet(version)
        state = State(len(self.steps), version, data)
        states.append(state)
        if data:
            self.allowance.account(state, len(data))
        if last is not None:
            self._wrote(storage)

    def compare(self, storage: StorageLog) -> None:
        """Add a state if the storage was written without torch since this was last called."""
        untyped = storage.storage()
        if untyped is None or not storage.states:
            return
        nbytes: int = untyped.nbytes()
        if nbytes <= SMALL_BYTES:
            self.check(storage, untyped, None)
        elif storage.device == "cpu" and nbytes <= self._unread:
            self._unread -= nbytes
            checksum = zlib.crc32((ctypes.c_char * nbytes).from_address(untyped.data_ptr()))
            count, before = storage.checked
            if count == len(storage.states) and checksum != before:
                self.check(storage, untyped, None, written=True)
            storage.checked = len(storage.states), checksum

    def enter(self, tracked: TrackedTensor, tensor: Any) -> None:
        """Note that a tensor uses the storage of its snapshot, and keep its elements if the storage is large."""
        storage = tracked.snapshot.storage
        if storage is None or not storage.states:
            return
        if tracked not in storage.members[-MOST_MEMBERS:]:
            storage.members.append(tracked)
        storage.count(tracked.number, tracked.snapshot.version)
        if storage.states[-1].data is None:
            self._keep_detail(storage.states[-1], tracked, tensor)

    def leave(self, tracked: TrackedTensor, before: Snapshot) -> None:
        """Note that a tensor no longer has the layout that it had in the snapshot `before`."""
        storage = before.storage
        if storage is None:
            if before.unread is not None:
                tracked.earlier.append(before)
            return
        last = len(storage.states) - 1
        # What the step that changed the layout wrote is shown in the new layout.
        while last > before.first and storage.states[last].step >= tracked.snapshot.since:
            last -= 1
        before.last = last
        tracked.earlier.append(before)
        if tracked.snapshot.storage is not storage and tracked in storage.members:
            storage.members.remove(tracked)

    def measure(self, tensor: Any) -> None:
        """Note where the storage of a dense tensor is, and how large, now."""
        untyped = untyped_storage(tensor)
        storage = self.of(untyped)
        storage.nbytes = untyped.nbytes()
        storage.address = untyped.data_ptr() or None

    def join(self) -> None:
        """Merge the living storages that overlap: tensors that share one NumPy array have storages of their own."""
        measured = [storage for storage in self.all if storage.address is not None and storage.nbytes and not storage.gone]
        measured.sort(key=lambda storage: (storage.device, storage.address or 0))
        for before, storage in itertools.pairwise(measured):
            first = before.representative()
            start, end = (first.address or 0), (first.address or 0) + first.nbytes
            address = storage.address or 0
            if storage.device == first.device and address < end:
                storage.joined = first
                first.nbytes = max(end, address + storage.nbytes) - start

    def release(self) -> None:
        """Let go of all storages. Their states remain."""
        for storage in self.all:
            if storage.weak:
                _UntypedStorage._free_weak_ref(storage.weak)
                storage.weak = 0
        self._write_watchers.clear()

    def _wrote(self, storage: StorageLog) -> None:
        """A storage has a new state: tensors that are gone are no members any more, the others may count apart."""
        living: list[TrackedTensor] = []
        for tracked in storage.members:
            tensor = tracked.alive()
            if tensor is not None:
                living.append(tracked)
                storage.count(tracked.number, counter(tensor))
            elif tracked.snapshot.storage is storage:
                tracked.snapshot.last = max(len(storage.states) - 2, tracked.snapshot.first)
        storage.members[:] = living
        if storage.states[-1].data is None:
            for tracked in living[-MOST_MEMBERS:]:
                tensor = tracked.alive()
                if tensor is not None:
                    self._keep_detail(storage.states[-1], tracked, tensor)
        for watcher in self._write_watchers.get(storage.number, ()):
            watcher()

    def _keep_detail(self, state: State, tracked: TrackedTensor, tensor: Any) -> None:
        """Keep what a tensor on a large storage shows in the state."""
        count: int = numel(tensor)
        key = tracked.number, tracked.snapshot.layout_index
        quiet = DisableTorchDispatch() if dispatch_modes() else None
        with DisableTorchFunction(), torch.no_grad():
            if self._detail_watcher is not None:
                self._detail_watcher(state, tracked, tensor)
            if not tracked.snapshot.whole:
                state.details[key] = OpaqueValues(tracked.snapshot.shape, TAKEN)
            elif count <= self._limit:
                state.details[key] = copied(without_class(tensor))
                self.allowance.account(state, count * element_size(tensor) + 1)
            elif count <= self._unsummarised:
                self._unsummarised -= count
                state.details[key] = values_of(tensor, self._limit, Allowance(SUMMARY, float("inf")))
                self.allowance.account(state, SUMMARY_BYTES)
        del quiet


def _content(untyped: Any, device: str, nbytes: int) -> bytes | None:
    """The bytes of a storage; None if it has none that can be read."""
    if not nbytes:
        return b""
    if device == "cpu":
        address: int = untyped.data_ptr()
        return _read(address, nbytes) if address else None
    if device == "meta":
        return None
    copy: Any = untyped.cpu()
    return _read(copy.data_ptr(), nbytes)
