"""What an operation did: what it wrote, which memory its outputs use, and which inputs it broadcast."""

from tensorpad.protocol.records import Sizes
from tensorpad.protocol.steps import BroadcastRecord, MemoryRecord, WriteRecord
from tensorpad.trace.forward.torch_functions import is_pointwise
from tensorpad.trace.memory.tracked import Sighting

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


_EXPANDS = frozenset({"expand", "expand_as", "broadcast_to"})
_PRODUCTS = frozenset({"matmul", "__matmul__", "__rmatmul__"})


def broadcasts(name: str, inputs: tuple[Sizes, ...], outputs: tuple[Sizes, ...]) -> tuple[BroadcastRecord, ...]:
    """The inputs that an operation broadcast. `inputs` and `outputs` are shapes.

    torch marks the operators that work element by element; they broadcast their tensors to the shape of the output. If an
    input does not fit that shape by the rules of broadcasting, the operation was something else, and nothing is claimed.
    `expand` and its kin broadcast their one input, `matmul` the dimensions before the last two.
    """
    if len(outputs) != 1:
        return ()
    (result,) = outputs
    if inputs.count(result) == len(inputs):
        return ()
    last = name.rpartition(".")[2]
    if last in _PRODUCTS:
        return _products(inputs, result)
    if last in _EXPANDS:
        inputs = inputs[:1]
    elif not is_pointwise(name):
        return ()
    if any(not _fits(shape, result) for shape in inputs):
        return ()
    return tuple(_stretch(place, shape, shape, result, result) for place, shape in enumerate(inputs) if shape != result)


def _products(inputs: tuple[Sizes, ...], result: Sizes) -> tuple[BroadcastRecord, ...]:
    if len(inputs) != 2 or any(len(shape) < 2 for shape in inputs):
        return ()
    found: list[BroadcastRecord] = []
    for place, shape in enumerate(inputs):
        if shape[:-2] != result[:-2] and _fits(shape[:-2], result[:-2]):
            found.append(_stretch(place, shape, shape[:-2], result, result[:-2]))
    return tuple(found)


def _fits(shape: Sizes, result: Sizes) -> bool:
    return len(shape) <= len(result) and all(
        size in (1, wanted) for size, wanted in zip(shape, result[len(result) - len(shape) :], strict=True)
    )


def _stretch(place: int, whole: Sizes, shape: Sizes, result: Sizes, part: Sizes) -> BroadcastRecord:
    added = len(part) - len(shape)
    stretched = tuple(added + place for place, size in enumerate(shape) if size == 1 and part[added + place] != 1)
    return BroadcastRecord(place, whole, result, stretched, tuple(range(added)))
