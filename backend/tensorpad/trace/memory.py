"""The memory of a report: storages by their ids, and where in them each tensor and array lies."""

from tensorpad.protocol.records import LayoutRecord, RangeRecord, Sizes, StorageRecord
from tensorpad.trace.arrays import Arrays, ArraySighting
from tensorpad.trace.sightings import Snapshot
from tensorpad.trace.storages import Place, Storages

_MOST_PASSED = 1_000
"""Storages in one report that tensors looked at only for a time, as in a loop of `w.data = …`."""


class Memory:
    """Puts storages together that are one piece of memory, and gives them ids in the order in which they are asked for."""

    def __init__(self, storages: Storages, arrays: Arrays) -> None:
        storages.join()
        self._bounds: dict[int, tuple[int, int]] = {}
        """Where a storage is reported to begin and end, by its number; an array may reach beyond the tensors on it."""
        for array in arrays.all:
            place = array.place and array.place.representative()
            if place is not None and place.address is not None:
                start, end = self._within(place)
                self._bounds[place.number] = min(start, array.start), max(end, array.end)
        self._passed = 0
        self._reported: dict[int, tuple[str, Place]] = {}
        self._members: dict[int, list[str]] = {}
        self._ranges: dict[int, list[RangeRecord]] = {}

    def tensor(self, name: str, seen: Snapshot) -> tuple[str | None, int]:
        """The id of a tensor's storage and its offset there in elements; the storage now has it as a member."""
        if seen.place is None:
            return None, seen.offset
        place = seen.place.representative()
        size = max(seen.dtype.itemsize, 1)
        start = self._start(seen.place, place, seen.offset * size)
        storage = self._report(place)
        self._members[place.number].append(name)
        self._ranges[place.number].append(_range(name, start, seen.shape, seen.stride, size))
        return storage, start // size

    def layouts(self, earlier: list[Snapshot], now: Snapshot) -> list[LayoutRecord | None]:
        """How a tensor lay before, None where it lay as it does `now`.

        Its storages of then are in the report, but do not have it as a member. To be asked before `tensor`, so that they
        come in the order in which it looked at them.
        """
        laid = [self._layout(seen, passed=True) for seen in earlier]
        last = self._layout(now, passed=False)
        return [None if layout == last else layout for layout in laid]

    def _layout(self, seen: Snapshot, passed: bool) -> LayoutRecord:
        storage, offset = None, seen.offset
        if seen.place is not None:
            place = seen.place.representative()
            size = max(seen.dtype.itemsize, 1)
            if passed and place.number not in self._reported:
                self._passed += 1
            if not passed or place.number in self._reported or self._passed <= _MOST_PASSED:
                storage = self._report(place)
            offset = self._start(seen.place, place, seen.offset * size) // size
        return LayoutRecord(seen.shape, seen.stride, offset, str(seen.dtype), str(seen.device), storage)

    def array(self, array: ArraySighting) -> tuple[str, int] | None:
        """As `tensor`, in bytes; None for an array that is on no storage of the report."""
        place = array.place and array.place.representative()
        if place is None or place.number not in self._reported:
            return None
        origin = self._within(place)[0]
        start = array.start - origin
        self._ranges[place.number].append(RangeRecord(array.id, start, start + array.end - array.start))
        return self._reported[place.number][0], array.first - origin

    def records(self) -> tuple[StorageRecord, ...]:
        """Every storage that was asked for."""
        found: list[StorageRecord] = []
        for number, (name, place) in self._reported.items():
            start, end = self._within(place)
            members, ranges = tuple(self._members[number]), tuple(self._ranges[number])
            found.append(StorageRecord(name, end - start, place.device, members, ranges))
        return tuple(found)

    def _within(self, place: Place) -> tuple[int, int]:
        start = place.address or 0
        return self._bounds.get(place.number) or (start, start + place.nbytes)

    def _start(self, place: Place, reported: Place, offset: int) -> int:
        """An offset in a storage, in bytes from the beginning of what is reported."""
        if place.address is None or reported.address is None:
            return offset
        return place.address - self._within(reported)[0] + offset

    def _report(self, place: Place) -> str:
        if place.number not in self._reported:
            self._reported[place.number] = f"s{len(self._reported) + 1}", place
            self._members[place.number] = []
            self._ranges[place.number] = []
        return self._reported[place.number][0]


def _range(name: str, start: int, shape: Sizes, stride: Sizes, size: int) -> RangeRecord:
    """Strides of torch are never negative, so the first element has the lowest address."""
    if 0 in shape:
        return RangeRecord(name, start, start)
    last = sum((count - 1) * step for count, step in zip(shape, stride, strict=True))
    return RangeRecord(name, start, start + (last + 1) * size)
