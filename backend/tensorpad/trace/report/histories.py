"""The values that tensors and arrays had in the course of a run, newest first as far as there is room."""

import heapq
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from tensorpad.protocol.records import FullValues, Layout, OpaqueValues, SummaryValues, Values, VersionRecord
from tensorpad.protocol.steps import ChangeRecord
from tensorpad.trace.memory.arrays import TrackedArray
from tensorpad.trace.memory.decoding import array_values, tensor_values
from tensorpad.trace.memory.tracked import Snapshot, State, StorageLog, TrackedTensor
from tensorpad.trace.memory.values import Allowance, values_of

ELEMENTS = 200_000
"""Elements of earlier values in one report."""
VERSIONS = 10_000
"""Earlier values in one report."""
DROPPED = "left out: there was no room to keep it"


class _TensorVersion(NamedTuple):
    """A tensor in a state of its storage, since a step. It had no state as long as it could not be read."""

    step: int
    tensor: TrackedTensor
    snapshot: Snapshot
    state: State | None


class _ArrayVersion(NamedTuple):
    """An array with the bytes that it had since a step."""

    step: int
    array: TrackedArray
    data: bytes | None


class Histories:
    """Makes the histories of one report. `steps` is the number of steps in the timeline.

    The value that each tensor has in the end is reported in any case, with the step that gave it that value. Of the values
    before, the newest of all tensors are reported first, up to so many versions and so many elements. If older ones are left
    out, the histories are `shortened`.
    """

    def __init__(self, limit: int, steps: int, until: float) -> None:
        self.shortened = False
        self.changes: dict[int, list[ChangeRecord]] = {}
        """By the index of a step in the timeline, what it changed."""
        self._limit = limit
        self._steps = steps
        self._allowance = Allowance(ELEMENTS, until)
        self._earlier: dict[str, list[tuple[Snapshot | None, VersionRecord]]] = {}
        """Newest first, each with the tensor's snapshot."""

    def take(self, tensors: list[TrackedTensor], arrays: list[TrackedArray]) -> None:
        """Choose what of the earlier values of these there is room for."""
        streams: list[Iterator[_TensorVersion | _ArrayVersion]] = [
            _newest_first(tensor) for tensor in tensors if _changed(tensor)
        ]
        streams += [_array_newest_first(array) for array in arrays]
        for count, version in enumerate(heapq.merge(*streams, key=lambda version: -version.step)):
            if count >= VERSIONS or self._allowance.exhausted or self._allowance.late:
                self.shortened = True
                break
            step = self._step(version.step)
            match version:
                case _TensorVersion(_, tracked, snapshot, state):
                    name, seen = tracked.id, snapshot
                    values = self._tensor_values(tracked, snapshot, state, self._allowance)
                    record = VersionRecord(step, _counter(tracked, snapshot, state), values or _dropped(snapshot.shape))
                case _ArrayVersion(_, array, data):
                    name, seen = array.id, None
                    record = VersionRecord(step, None, self.array_values(array, data, self._allowance))
            if self._allowance.exhausted:
                self.shortened = True
                break
            self._earlier.setdefault(name, []).append((seen, record))

    def snapshots(self, tracked: TrackedTensor) -> list[Snapshot]:
        """The snapshots of a tensor's earlier versions, oldest first."""
        return [snapshot for snapshot, _ in reversed(self._earlier.get(tracked.id, ())) if snapshot is not None]

    def tensor(self, tracked: TrackedTensor, layouts: list[Layout | None]) -> tuple[VersionRecord, ...]:
        """The history of a tensor; its changes are noted. `layouts` belong to its `snapshots`."""
        last = _last(tracked)
        if last is None:
            return ()
        snapshot, state = last
        step = max(state.step, snapshot.since)
        return self._whole(tracked.id, step, _counter(tracked, snapshot, state), layouts)

    def array(self, array: TrackedArray) -> tuple[VersionRecord, ...]:
        """The history of an array; its changes are noted."""
        return self._whole(array.id, array.states[-1][0], None) if array.states else ()

    def last(self, tracked: TrackedTensor, allowance: Allowance) -> Values | None:
        """The last value of a tensor that is gone; None if it was not kept."""
        last = _last(tracked)
        return None if last is None else self._tensor_values(tracked, *last, allowance)

    def array_values(self, array: TrackedArray, data: bytes | None, allowance: Allowance) -> Values:
        """The values of an array that had these bytes, None if those were not kept."""
        return _dropped(array.shape) if data is None else array_values(array, data, self._limit, allowance)

    def _tensor_values(
        self, tracked: TrackedTensor, snapshot: Snapshot, state: State | None, allowance: Allowance
    ) -> Values | None:
        """The values of a tensor in a state of its storage; None if they were not kept."""
        if state is None:
            return OpaqueValues(snapshot.shape, snapshot.unread or DROPPED)
        detail = state.details.get((tracked.number, snapshot.layout_index))
        if detail is not None:
            if tuple(detail.shape) != snapshot.shape:  # its layout changed, and nothing showed it
                return None
            if isinstance(detail, (SummaryValues, FullValues, OpaqueValues)):
                return detail
            return values_of(detail, self._limit, allowance)
        if state.data is None:
            return None
        try:
            return tensor_values(snapshot, state.data, self._limit, allowance)
        except Exception as error:  # torch may lack an operation for a rare dtype
            return OpaqueValues(snapshot.shape, f"not listed: {type(error).__name__}")

    def _whole(
        self, name: str, step: int, counter: int | None, layouts: Sequence[Layout | None] = ()
    ) -> tuple[VersionRecord, ...]:
        history = [record for _, record in reversed(self._earlier.pop(name, ()))]
        for index, layout in enumerate(layouts):
            if layout is not None:
                history[index] = replace(history[index], layout=layout)
        history.append(VersionRecord(self._step(step), counter, None))
        for index, record in enumerate(history):
            if record.step is not None:
                self.changes.setdefault(record.step, []).append(ChangeRecord(name, index))
        return tuple(history)

    def _step(self, step: int) -> int | None:
        return step if step < self._steps else None


def states_of(tracked: TrackedTensor) -> list[tuple[Snapshot, State]]:
    """Every state in which a tensor was seen, oldest first."""
    states: list[tuple[Snapshot, State]] = []
    for snapshot in (*tracked.earlier, tracked.snapshot):
        if snapshot.storage is not None:
            end = None if snapshot.last is None else snapshot.last + 1
            states.extend((snapshot, state) for state in snapshot.storage.states[snapshot.first : end])
    return states


def _last(tracked: TrackedTensor) -> tuple[Snapshot, State] | None:
    """The last state in which a tensor was seen."""
    for snapshot in (tracked.snapshot, *reversed(tracked.earlier)):
        if snapshot.storage is not None and snapshot.first <= (newest := _newest(snapshot, snapshot.storage)):
            return snapshot, snapshot.storage.states[newest]
    return None


def _newest(snapshot: Snapshot, storage: StorageLog) -> int:
    """The index of the last state of its storage in which a tensor was seen."""
    last = len(storage.states) - 1
    return last if snapshot.last is None else min(snapshot.last, last)


def _changed(tracked: TrackedTensor) -> bool:
    storage = tracked.snapshot.storage
    return bool(tracked.earlier) or (storage is not None and len(storage.states) > tracked.snapshot.first + 1)


def _newest_first(tracked: TrackedTensor) -> Iterator[_TensorVersion]:
    """The versions of a tensor before its last, newest first."""
    skipped = False
    for snapshot in (tracked.snapshot, *reversed(tracked.earlier)):
        if snapshot.storage is None:
            if skipped and snapshot.unread is not None:
                yield _TensorVersion(snapshot.since, tracked, snapshot, None)
            continue
        states = snapshot.storage.states
        for index in range(_newest(snapshot, snapshot.storage), snapshot.first - 1, -1):
            if skipped:
                state = states[index]
                yield _TensorVersion(max(state.step, snapshot.since), tracked, snapshot, state)
            skipped = True


def _array_newest_first(array: TrackedArray) -> Iterator[_ArrayVersion]:
    """The versions of an array before its last, newest first."""
    for step, data in reversed(array.states[:-1]):
        yield _ArrayVersion(step, array, data)


def _counter(tracked: TrackedTensor, snapshot: Snapshot, state: State | None) -> int | None:
    """The counter of a tensor in a state; an inference tensor has none."""
    if snapshot.version is None or state is None:
        return snapshot.version
    return state.version_of(tracked.number)


def _dropped(shape: tuple[int, ...]) -> OpaqueValues:
    return OpaqueValues(shape, DROPPED)
