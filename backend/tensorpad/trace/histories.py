"""The values that tensors and arrays had in the course of a run, newest first as far as there is room.

NOTE [Which versions are told]
1. The value that each tensor has in the end is told in any case, with the step that gave it.
2. Of the values before, the newest of all tensors are told first, up to so many versions and so many elements. What is
   older is left out, and it is said that something was.
"""

import heapq
import math
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from msgspec.structs import replace

from tensorpad.protocol.records import FullValues, OpaqueValues, SummaryValues, Values, VersionRecord
from tensorpad.protocol.steps import ChangeRecord
from tensorpad.trace.arrays import ArraySighting
from tensorpad.trace.memory import Memory
from tensorpad.trace.snapshots import Sighting, Snapshot
from tensorpad.trace.storages import Place, State
from tensorpad.trace.summaries import LISTED
from tensorpad.trace.values import FULL, Allowance, values_of

ELEMENTS = 200_000
"""Elements of earlier values in one report."""
VERSIONS = 10_000
"""Earlier values in one report."""
DROPPED = "left out: there was no room to keep it"
NO_TYPE = "of a type that torch has not"
_FORMATS = {
    torch.float32: "f",
    torch.float64: "d",
    torch.int64: "q",
    torch.int32: "i",
    torch.int16: "h",
    torch.int8: "b",
    torch.uint8: "B",
    torch.bool: "?",
}
_PARTS = {torch.complex64: torch.float32, torch.complex128: torch.float64, torch.complex32: torch.float16}
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

    def take(self, sightings: list[Sighting], arrays: list[ArraySighting]) -> None:
        """Choose what of the earlier values of these there is room for."""
        streams = [_backwards(sighting) for sighting in sightings if _changed(sighting)]
        streams += [_array_backwards(array) for array in arrays]
        for count, (step, name, source, state) in enumerate(heapq.merge(*streams, key=lambda version: -version[0])):
            if count >= VERSIONS or self._allowance.exhausted or self._allowance.late:
                self.shortened = True
                break
            if isinstance(source, ArraySighting):
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

    def tensor(self, sighting: Sighting, memory: Memory) -> tuple[VersionRecord, ...]:
        """The history of a tensor; its changes are noted. `memory` is where it lay."""
        last = _last(sighting)
        if last is None:
            return ()
        seen, state = last
        if sighting.earlier:
            self._lay(sighting, memory)
        return self._whole(sighting.id, max(state.step, seen.since), _version(seen, state, sighting.number))

    def _lay(self, sighting: Sighting, memory: Memory) -> None:
        """Add the layouts to the earlier values of a tensor where they differ from that at the end."""
        earlier = self._earlier.get(sighting.id, [])
        laid = memory.layouts([seen for seen, _ in reversed(earlier) if seen is not None], sighting.snapshot)
        for place, ((seen, record), layout) in enumerate(zip(earlier, reversed(laid), strict=True)):
            if layout is not None:
                earlier[place] = seen, replace(record, layout=layout)

    def array(self, array: ArraySighting) -> tuple[VersionRecord, ...]:
        """The history of an array; its changes are noted."""
        return self._whole(array.id, array.states[-1][0], None) if array.states else ()

    def last(self, sighting: Sighting, allowance: Allowance) -> Values | None:
        """The last value of a tensor that is gone; None if it was not kept."""
        last = _last(sighting)
        if last is None:
            return None
        values = self.values(*last, sighting.number, allowance)
        return None if isinstance(values, OpaqueValues) and values.text == DROPPED else values

    def values(self, seen: Snapshot, state: State, number: int, allowance: Allowance) -> Values:
        """What a tensor showed in a state of its storage."""
        detail = state.details.get((number, seen.era))
        if detail is not None:
            if tuple(detail.shape) != seen.shape:  # by a change of its layout that nothing told of
                return OpaqueValues(seen.shape, DROPPED)
            if isinstance(detail, (SummaryValues, FullValues, OpaqueValues)):
                return detail
            return values_of(detail, self._limit, allowance)
        if state.data is None:
            return OpaqueValues(seen.shape, DROPPED)
        try:
            return self._decoded(seen, state.data, allowance)
        except Exception as error:  # torch may lack an operation for a rare dtype
            return OpaqueValues(seen.shape, f"not listed: {type(error).__name__}")

    def array_values(self, array: ArraySighting, data: bytes | None, allowance: Allowance) -> Values:
        """What an array showed."""
        if data is None:
            return OpaqueValues(array.shape, DROPPED)
        shown = array.values(data)
        complex_ = shown.dtype.kind == "c"
        if shown.size > self._limit:
            try:
                return values_of(tensor_of(shown), self._limit, allowance)
            except (TypeError, ValueError):  # torch may lack the type, or the order of its bytes
                return OpaqueValues(array.shape, NO_TYPE)
        if not allowance.take(shown.size * (2 if complex_ else 1)):
            return OpaqueValues(array.shape, FULL)
        flat: Any = np.ascontiguousarray(shown).reshape(-1)
        if complex_:
            flat = flat.view(flat.real.dtype)
        return FullValues(array.shape, tuple(flat.tolist()), complex_)

    def _whole(self, name: str, step: int, version: int | None) -> tuple[VersionRecord, ...]:
        history = [record for _, record in reversed(self._earlier.pop(name, ()))]
        history.append(VersionRecord(self._step(step), version, None))
        for place, record in enumerate(history):
            if record.step is not None:
                change = ChangeRecord(name, place)
                others = self.changes.get(record.step)
                if others is None:
                    self.changes[record.step] = [change]
                else:
                    others.append(change)
        return tuple(history)

    def _step(self, step: int) -> int | None:
        return step if step < self._steps else None

    def _decoded(self, seen: Snapshot, data: bytes, allowance: Allowance) -> Values:
        shape = seen.shape
        count = math.prod(shape)
        part = _PARTS.get(seen.dtype)
        if count > self._limit:
            # On a small storage only what is expanded has so many.
            return values_of(tensor_over(seen, data), self._limit, allowance)
        if not allowance.take(count * (2 if part else 1)):
            return OpaqueValues(shape, FULL)
        code = _FORMATS.get(seen.dtype)
        if code is not None and not seen.negative and _is_dense(shape, seen.stride):
            return FullValues(shape, struct.unpack_from(f"{count}{code}", data, seen.offset * seen.dtype.itemsize))
        tensor = tensor_over(seen, data)
        if tensor.dtype not in LISTED:
            tensor = tensor.to(torch.float32)
        numbers: list[Any] = tensor.reshape(-1).tolist()
        if seen.negative:
            numbers = [-number for number in numbers]
        if seen.conjugate:
            numbers[1::2] = [-number for number in numbers[1::2]]
        return FullValues(shape, tuple(numbers), part is not None)


def tensor_over(seen: Snapshot, data: bytes) -> Any:
    """The tensor over a storage that held these bytes; a complex one with its two parts as a last dimension."""
    shape, stride, offset, dtype = seen.shape, seen.stride, seen.offset, seen.dtype
    part = _PARTS.get(dtype)
    if part is not None:
        shape, stride, offset, dtype = (*shape, 2), (*[step * 2 for step in stride], 1), offset * 2, part
    storage: Any = torch.frombuffer(bytearray(data), dtype=torch.uint8).untyped_storage()
    base: Any = torch.empty(0, dtype=dtype, device="cpu")
    return base.set_(storage, offset, shape, stride)


def tensor_of(shown: Any) -> Any:
    """The elements of an array as a tensor; raises TypeError for a type that torch has not."""
    return torch.as_tensor(shown.copy())


def _is_dense(shape: tuple[int, ...], stride: tuple[int, ...]) -> bool:
    expected = 1
    for place in range(len(shape) - 1, -1, -1):
        size = shape[place]
        if size != 1 and stride[place] != expected:
            return False
        expected *= size
    return True


def states_of(sighting: Sighting) -> list[tuple[Snapshot, State]]:
    """Every state that a tensor was seen in, oldest first."""
    found: list[tuple[Snapshot, State]] = []
    for seen in (*sighting.earlier, sighting.snapshot):
        if seen.place is not None:
            end = None if seen.last is None else seen.last + 1
            found.extend((seen, state) for state in seen.place.states[seen.first : end])
    return found


def _last(sighting: Sighting) -> tuple[Snapshot, State] | None:
    """The last state that a tensor was seen in."""
    seen = sighting.snapshot
    if seen.place is not None and seen.last is None:
        return seen, seen.place.states[-1]
    for seen in (sighting.snapshot, *reversed(sighting.earlier)):
        if seen.place is not None and seen.first <= (newest := _newest(seen, seen.place)):
            return seen, seen.place.states[newest]
    return None


def _newest(seen: Snapshot, place: Place) -> int:
    """Which of the states of its place is the last that a tensor was seen in."""
    last = len(place.states) - 1
    return last if seen.last is None else min(seen.last, last)


def _changed(sighting: Sighting) -> bool:
    place = sighting.snapshot.place
    return bool(sighting.earlier) or (place is not None and len(place.states) > sighting.snapshot.first + 1)


def _backwards(sighting: Sighting) -> Iterator[_Version]:
    """The states of a tensor before its last, newest first."""
    skipped = False
    for seen in (sighting.snapshot, *reversed(sighting.earlier)):
        if seen.place is None:
            continue
        states = seen.place.states
        for place in range(_newest(seen, seen.place), seen.first - 1, -1):
            if skipped:
                yield max(states[place].step, seen.since), sighting.id, seen, states[place]
            skipped = True


def _array_backwards(array: ArraySighting) -> Iterator[_Version]:
    for step, data in reversed(array.states[:-1]):
        yield step, array.id, array, data


def _version(seen: Snapshot, state: State, number: int) -> int | None:
    """The counter of a tensor in a state; an inference tensor has none."""
    return None if seen.version is None else state.version_of(number)
