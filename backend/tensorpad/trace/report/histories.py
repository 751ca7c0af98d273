"""The values that tensors and arrays had in the course of a run, newest first as far as there is room.

NOTE [Which versions are told]
1. The value that each tensor has in the end is told in any case, with the step that gave it.
2. Of the values before, the newest of all tensors are told first, up to so many versions and so many elements. What is
   older is left out, and it is said that something was.
"""

import heapq
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from tensorpad.protocol.records import FullValues, OpaqueValues, SummaryValues, Values, VersionRecord
from tensorpad.protocol.steps import ChangeRecord
from tensorpad.trace.memory.arrays import TrackedArray
from tensorpad.trace.memory.decoding import array_values, tensor_values
from tensorpad.trace.memory.tracked import Snapshot, State, StorageLog, TrackedTensor
from tensorpad.trace.memory.values import FULL, Allowance, values_of
from tensorpad.trace.report.storage_report import Memory

ELEMENTS = 200_000
"""Elements of earlier values in one report."""
VERSIONS = 10_000
"""Earlier values in one report."""
DROPPED = "left out: there was no room to keep it"
_Version = tuple[int, str, Any, Any]
"""Step, id, and what the value can be made from: a snapshot and a state, or an array and its bytes."""


class Histories:
    """Makes the histories of one report. `steps` is the number of steps in the timeline."""

    def __init__(self, limit: int, steps: int, until: float) -> None:
        self.shortened = False
        self._limit = limit
        self._steps = steps
        self._allowance = Allowance(ELEMENTS, until)
        self._earlier: dict[str, list[tuple[Snapshot | None, VersionRecord]]] = {}
        """Newest first, each with how the tensor stood then."""
        self.changes: dict[int, list[ChangeRecord]] = {}
        """By their places in the timeline, what changed in each step."""

    def take(self, sightings: list[TrackedTensor], arrays: list[TrackedArray]) -> None:
        """Choose what of the earlier values of these there is room for."""
        streams = [_backwards(sighting) for sighting in sightings if _changed(sighting)]
        streams += [_array_backwards(array) for array in arrays]
        for count, (step, name, source, state) in enumerate(heapq.merge(*streams, key=lambda version: -version[0])):
            if count >= VERSIONS or self._allowance.exhausted or self._allowance.late:
                self.shortened = True
                break
            if isinstance(source, TrackedArray):
                values = self.array_values(source, state, self._allowance)
                seen = version = None
            else:
                seen = source
                values = self.values(seen, state, int(name[1:]), self._allowance)
                version = _version(seen, state, int(name[1:]))
            if isinstance(values, OpaqueValues) and values.text == FULL:
                self.shortened = True
                break
            self._earlier.setdefault(name, []).append((seen, VersionRecord(self._step(step), version, values)))

    def tensor(self, sighting: TrackedTensor, memory: Memory) -> tuple[VersionRecord, ...]:
        """The history of a tensor; its changes are noted. `memory` is where it lay."""
        last = _last(sighting)
        if last is None:
            return ()
        seen, state = last
        if sighting.earlier:
            self._lay(sighting, memory)
        return self._whole(sighting.id, max(state.step, seen.since), _version(seen, state, sighting.number))

    def _lay(self, sighting: TrackedTensor, memory: Memory) -> None:
        """Add the layouts to the earlier values of a tensor where they differ from that at the end."""
        earlier = self._earlier.get(sighting.id, [])
        laid = memory.layouts([seen for seen, _ in reversed(earlier) if seen is not None], sighting.snapshot)
        for place, ((seen, record), layout) in enumerate(zip(earlier, reversed(laid), strict=True)):
            if layout is not None:
                earlier[place] = seen, replace(record, layout=layout)

    def array(self, array: TrackedArray) -> tuple[VersionRecord, ...]:
        """The history of an array; its changes are noted."""
        return self._whole(array.id, array.states[-1][0], None) if array.states else ()

    def last(self, sighting: TrackedTensor, allowance: Allowance) -> Values | None:
        """The last value of a tensor that is gone; None if it was not kept."""
        last = _last(sighting)
        if last is None:
            return None
        values = self.values(*last, sighting.number, allowance)
        return None if isinstance(values, OpaqueValues) and values.text == DROPPED else values

    def values(self, seen: Snapshot, state: State, number: int, allowance: Allowance) -> Values:
        """What a tensor showed in a state of its storage."""
        detail = state.details.get((number, seen.layout_index))
        if detail is not None:
            if tuple(detail.shape) != seen.shape:  # by a change of its layout that nothing told of
                return OpaqueValues(seen.shape, DROPPED)
            if isinstance(detail, (SummaryValues, FullValues, OpaqueValues)):
                return detail
            return values_of(detail, self._limit, allowance)
        if state.data is None:
            return OpaqueValues(seen.shape, DROPPED)
        try:
            return tensor_values(seen, state.data, self._limit, allowance)
        except Exception as error:  # torch may lack an operation for a rare dtype
            return OpaqueValues(seen.shape, f"not listed: {type(error).__name__}")

    def array_values(self, array: TrackedArray, data: bytes | None, allowance: Allowance) -> Values:
        """What an array showed."""
        if data is None:
            return OpaqueValues(array.shape, DROPPED)
        return array_values(array, data, self._limit, allowance)

    def _whole(self, name: str, step: int, version: int | None) -> tuple[VersionRecord, ...]:
        history = [record for _, record in reversed(self._earlier.pop(name, ()))]
        history.append(VersionRecord(self._step(step), version, None))
        for place, record in enumerate(history):
            if record.step is not None:
                self.changes.setdefault(record.step, []).append(ChangeRecord(name, place))
        return tuple(history)

    def _step(self, step: int) -> int | None:
        return step if step < self._steps else None


def states_of(sighting: TrackedTensor) -> list[tuple[Snapshot, State]]:
    """Every state that a tensor was seen in, oldest first."""
    found: list[tuple[Snapshot, State]] = []
    for seen in (*sighting.earlier, sighting.snapshot):
        if seen.storage is not None:
            end = None if seen.last is None else seen.last + 1
            found.extend((seen, state) for state in seen.storage.states[seen.first : end])
    return found


def _last(sighting: TrackedTensor) -> tuple[Snapshot, State] | None:
    """The last state that a tensor was seen in."""
    for seen in (sighting.snapshot, *reversed(sighting.earlier)):
        if seen.storage is not None and seen.first <= (newest := _newest(seen, seen.storage)):
            return seen, seen.storage.states[newest]
    return None


def _newest(seen: Snapshot, place: StorageLog) -> int:
    """Which of the states of its place is the last that a tensor was seen in."""
    last = len(place.states) - 1
    return last if seen.last is None else min(seen.last, last)


def _changed(sighting: TrackedTensor) -> bool:
    place = sighting.snapshot.storage
    return bool(sighting.earlier) or (place is not None and len(place.states) > sighting.snapshot.first + 1)


def _backwards(sighting: TrackedTensor) -> Iterator[_Version]:
    """The states of a tensor before its last, newest first."""
    skipped = False
    for seen in (sighting.snapshot, *reversed(sighting.earlier)):
        if seen.storage is None:
            continue
        states = seen.storage.states
        for place in range(_newest(seen, seen.storage), seen.first - 1, -1):
            if skipped:
                yield max(states[place].step, seen.since), sighting.id, seen, states[place]
            skipped = True


def _array_backwards(array: TrackedArray) -> Iterator[_Version]:
    for step, data in reversed(array.states[:-1]):
        yield step, array.id, array, data


def _version(seen: Snapshot, state: State, number: int) -> int | None:
    """The counter of a tensor in a state; an inference tensor has none."""
    return None if seen.version is None else state.version_of(number)
