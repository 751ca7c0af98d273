"""The storages of a report, and the layouts of tensors and arrays in them."""

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
        before = [self._layout(snapshot, passed=True) for snapshot in earlier]
        layout = self._layout(last, passed=False)
        if last.storage is not None:
            reported = self._report(last.storage)
            size = max(last.dtype.itemsize, 1)
            start = reported.offset(last.storage, last.offset * size)
            # Strides of torch are never negative, so the first element has the lowest address.
            end = start + reach(last.shape, last.stride) * size
            reported.members.append(name)
            reported.ranges.append(RangeRecord(name, start, end))
        return layout, [None if other == layout else other for other in before]

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

    def _layout(self, snapshot: Snapshot, passed: bool) -> Layout:
        """The layout of a tensor at one moment. `passed`: it does not use that storage any more, which may be left out."""
        storage, offset = None, snapshot.offset
        if snapshot.storage is not None:
            size = max(snapshot.dtype.itemsize, 1)
            whole = snapshot.storage.representative()
            if passed and whole.number not in self._reported:
                self._passed += 1
            known = not passed or whole.number in self._reported or self._passed <= _MOST_PASSED
            reported = self._report(whole) if known else self._next(whole)
            storage = reported.id if known else None
            offset = reported.offset(snapshot.storage, snapshot.offset * size) // size
        return Layout(
            shape=snapshot.shape,
            stride=snapshot.stride,
            offset=offset,
            dtype=str(snapshot.dtype),
            device=str(snapshot.device),
            storage=storage,
        )

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
