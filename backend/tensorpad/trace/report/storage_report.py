"""The memory of a report: storages by their ids, and where in them each tensor and array lies."""

from msgspec import Struct

from tensorpad.protocol.records import ArrayLayout, Layout, RangeRecord, Sizes, StorageRecord
from tensorpad.trace.memory.arrays import Arrays, TrackedArray
from tensorpad.trace.memory.ledger import Ledger
from tensorpad.trace.memory.tracked import Snapshot, StorageLog, reach

_MOST_PASSED = 1_000
"""Ledger in one report that tensors looked at only for a time, as in a loop of `w.data = …`."""


class _Reported(Struct, eq=False, gc=False):
    """One storage of the report."""

    id: str
    place: StorageLog
    start: int
    """Where it is reported to begin: an address, where its memory has one."""
    end: int
    members: list[str] = []
    ranges: list[RangeRecord] = []


class StorageReport:
    """Puts storages together that are one piece of memory, and gives them ids in the order in which they are asked for."""

    def __init__(self, storages: Ledger, arrays: Arrays) -> None:
        storages.join()
        self._bounds: dict[int, tuple[int, int]] = {}
        """Where a storage is reported to begin and end, by its number; an array may reach beyond the tensors on it."""
        for array in arrays.all:
            place = array.storage and array.storage.representative()
            if place is not None and place.address is not None:
                start, end = self._bounds.get(place.number) or (place.address, place.address + place.nbytes)
                self._bounds[place.number] = min(start, array.start), max(end, array.end)
        self._passed = 0
        self._reported: dict[int, _Reported] = {}

    def tensor(self, name: str, seen: Snapshot) -> Layout:
        """The layout of a tensor at the end; its storage now has it as a member."""
        if seen.storage is not None:
            storage = self._report(seen.storage)
            size = max(seen.dtype.itemsize, 1)
            start = _start(seen.storage, storage, seen.offset * size)
            storage.members.append(name)
            storage.ranges.append(_range(name, start, seen.shape, seen.stride, size))
        return self._layout(seen, passed=False)

    def layouts(self, earlier: list[Snapshot], now: Snapshot) -> list[Layout | None]:
        """How a tensor lay before, None where it lay as it does `now`.

        Its storages of then are in the report, but do not have it as a member. To be asked before `tensor`, so that they
        come in the order in which it looked at them.
        """
        laid = [self._layout(seen, passed=True) for seen in earlier]
        last = self._layout(now, passed=False)
        return [None if layout == last else layout for layout in laid]

    def _layout(self, seen: Snapshot, passed: bool) -> Layout:
        storage, offset = None, seen.offset
        if seen.storage is not None:
            size = max(seen.dtype.itemsize, 1)
            whole = seen.storage.representative()
            if passed and whole.number not in self._reported:
                self._passed += 1
            known = not passed or whole.number in self._reported or self._passed <= _MOST_PASSED
            reported = self._report(whole) if known else self._made(whole)
            storage = reported.id if known else None
            offset = _start(seen.storage, reported, seen.offset * size) // size
        return Layout(seen.shape, seen.stride, offset, str(seen.dtype), str(seen.device), storage)

    def array(self, array: TrackedArray) -> ArrayLayout | None:
        """As `tensor`; None for an array that is on no storage of the report."""
        storage = None if array.storage is None else self._reported.get(array.storage.representative().number)
        if storage is None:
            return None
        start = array.start - storage.start
        storage.ranges.append(RangeRecord(array.id, start, start + array.end - array.start))
        offset = array.first - storage.start
        return ArrayLayout(array.shape, array.strides, offset, str(array.dtype), storage.id)

    def records(self) -> tuple[StorageRecord, ...]:
        """Every storage that was asked for."""
        return tuple(
            [
                StorageRecord(one.id, one.end - one.start, one.place.device, tuple(one.members), tuple(one.ranges))
                for one in self._reported.values()
            ]
        )

    def _report(self, place: StorageLog) -> _Reported:
        """The storage of the report that a storage is part of."""
        whole = place.representative()
        storage = self._reported.get(whole.number)
        if storage is None:
            storage = self._reported[whole.number] = self._made(whole)
        return storage

    def _made(self, whole: StorageLog) -> _Reported:
        """A storage as it would be reported next."""
        start = whole.address or 0
        start, end = self._bounds.get(whole.number) or (start, start + whole.nbytes)
        return _Reported(f"s{len(self._reported) + 1}", whole, start, end)


def _start(place: StorageLog, reported: _Reported, offset: int) -> int:
    """An offset in a storage, in bytes from the beginning of what is reported."""
    if place.address is None or reported.place.address is None:
        return offset
    return place.address - reported.start + offset


def _range(name: str, start: int, shape: Sizes, stride: Sizes, size: int) -> RangeRecord:
    """Strides of torch are never negative, so the first element has the lowest address."""
    return RangeRecord(name, start, start + reach(shape, stride) * size)
