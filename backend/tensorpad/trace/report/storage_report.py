"""The storages of a report, and the layouts of tensors and arrays in them."""

import math

from msgspec import Struct

from tensorpad.protocol.records import ArrayLayout, Layout, RangeRecord, StorageRecord
from tensorpad.trace.memory.arrays import Arrays, TrackedArray
from tensorpad.trace.memory.ledger import Ledger
from tensorpad.trace.memory.tracked import Snapshot, StorageLog, reach

_MOST_PASSED = 1_000
"""Storages in one report that tensors used only for a time, as in a loop of `w.data = …`."""


class _Reported(Struct, eq=False, gc=False):
    """One storage of the report."""

    id: str
    log: StorageLog
    start: int
    """The address at which it is reported to begin, 0 if its memory has no address."""
    end: int
    members: list[str] = []
    ranges: list[RangeRecord] = []

    def offset(self, storage: StorageLog, nbytes: int) -> int:
        """An offset in one of its parts, in bytes, from the beginning of what is reported."""
        if storage.address is None or self.log.address is None:
            return nbytes
        return storage.address - self.start + nbytes


class StorageReport:
    """Merges storages that are one piece of memory, and gives them ids in the order in which they are asked for."""

    def __init__(self, ledger: Ledger, arrays: Arrays) -> None:
        ledger.join()
        self._bounds: dict[int, tuple[int, int]] = {}
        """By a storage's number, the addresses of its beginning and end; an array may reach beyond the tensors on it."""
        for array in arrays.all:
            storage = array.storage and array.storage.representative()
            if storage is not None and storage.address is not None:
                start, end = self._bounds.get(storage.number) or (storage.address, storage.address + storage.nbytes)
                self._bounds[storage.number] = min(start, array.start), max(end, array.end)
        self._passed = 0
        self._reported: dict[int, _Reported] = {}

    def layouts(self, name: str, last: Snapshot, earlier: list[Snapshot]) -> tuple[Layout, list[Layout | None]]:
        """The layout of a tensor at the end, and at earlier times (oldest first) those that differ from it, else None.

        The storages come in the order in which it used them; the last one has it as a member.
        """
        before = [self._passed_layout(snapshot) for snapshot in earlier] if earlier else []
        if last.storage is None:
            layout = _layout(last, None, last.offset)
        else:
            reported = self._report(last.storage)
            size = max(last.dtype.itemsize, 1)
            start = reported.offset(last.storage, last.offset * size)
            # Strides of torch are never negative, so the first element has the lowest address.
            end = start + reach(last.shape, last.stride) * size
            reported.members.append(name)
            reported.ranges.append(RangeRecord(name, start, end))
            layout = _layout(last, reported.id, start // size)
        return layout, [None if other == layout else other for other in before] if before else []

    def array(self, array: TrackedArray) -> ArrayLayout | None:
        """The layout of an array; None if it is on no storage of the report."""
        reported = None if array.storage is None else self._reported.get(array.storage.representative().number)
        if reported is None:
            return None
        start = array.start - reported.start
        reported.ranges.append(RangeRecord(array.id, start, start + array.end - array.start))
        return ArrayLayout(array.shape, array.strides, array.first - reported.start, str(array.dtype), reported.id)

    def records(self) -> tuple[StorageRecord, ...]:
        """Every storage that was asked for."""
        return tuple(
            [
                StorageRecord(
                    reported.id,
                    reported.end - reported.start,
                    reported.log.device,
                    tuple(reported.members),
                    tuple(reported.ranges),
                )
                for reported in self._reported.values()
            ]
        )

    def _passed_layout(self, snapshot: Snapshot) -> Layout:
        """The layout of a tensor at an earlier time. Of the storages that were used only for a time, some are left out."""
        if snapshot.storage is None:
            return _layout(snapshot, None, snapshot.offset)
        size = max(snapshot.dtype.itemsize, 1)
        whole = snapshot.storage.representative()
        if whole.number not in self._reported:
            self._passed += 1
        known = whole.number in self._reported or self._passed <= _MOST_PASSED
        reported = self._report(whole) if known else self._next(whole)
        offset = reported.offset(snapshot.storage, snapshot.offset * size) // size
        return _layout(snapshot, reported.id if known else None, offset)

    def _report(self, storage: StorageLog) -> _Reported:
        """The storage of the report that a storage is part of."""
        whole = storage.representative()
        reported = self._reported.get(whole.number)
        if reported is None:
            reported = self._reported[whole.number] = self._next(whole)
        return reported

    def _next(self, whole: StorageLog) -> _Reported:
        """A storage as it would be reported next."""
        start = whole.address or 0
        start, end = self._bounds.get(whole.number) or (start, start + whole.nbytes)
        return _Reported(f"s{len(self._reported) + 1}", whole, start, end)


def _layout(snapshot: Snapshot, storage: str | None, offset: int) -> Layout:
    nbytes = math.prod(snapshot.shape) * snapshot.dtype.itemsize
    # An expanded tensor has any number of elements: torch counts their bytes modulo 2**64, and `Count` ends before.
    known = nbytes if nbytes <= 2**62 and not snapshot.sparse_coo else None
    return Layout(snapshot.shape, snapshot.stride, str(snapshot.dtype), str(snapshot.device), storage, offset, known)
