"""What an operation did to memory: what it wrote, and where its outputs lie."""

from tensorpad.protocol.steps import MemoryRecord, WriteRecord
from tensorpad.trace.memory.snapshots import Sighting

NEW = MemoryRecord("new")


def writes(written: list[tuple[Sighting, int | None]], made: list[Sighting]) -> tuple[WriteRecord, ...]:
    """One write for each piece of memory: of the tensors there that count together, one that is given back, or the first."""
    chosen: dict[int, tuple[Sighting, int | None]] = {}
    for sighting, before in written:
        place = sighting.snapshot.place
        key = -sighting.number if place is None else place.number
        if key not in chosen or (sighting in made and chosen[key][0] not in made):
            chosen[key] = sighting, before
    return tuple(WriteRecord(sighting.id, before, sighting.snapshot.version) for sighting, before in chosen.values())


def memory(output: Sighting, inputs: list[Sighting], storages: int) -> MemoryRecord:
    """Where an output lies, known from the storage that it really has."""
    if output in inputs:
        return MemoryRecord("same", output.id)
    place = output.snapshot.place
    if place is None or place.number > storages:
        return NEW
    base = output.snapshot.base
    on_it = [sighting.id for sighting in inputs if sighting.snapshot.place is place]
    if base is not None and (base in on_it or not on_it):
        return MemoryRecord("view", base)
    return MemoryRecord("view", on_it[0] if on_it else None)
