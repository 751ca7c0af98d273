"""What an operation did: what it wrote, which memory its outputs use, and which inputs it broadcast."""

from tensorpad.protocol.records import Sizes
from tensorpad.protocol.steps import BroadcastRecord, MemoryRecord, WriteRecord
from tensorpad.trace.forward.torch_functions import is_pointwise
from tensorpad.trace.memory.tracked import TrackedTensor

NEW = MemoryRecord("new")
Written = tuple[TrackedTensor, int | None]
"""A tensor that was written, and its counter before."""
_EXPANDS = frozenset({"expand", "expand_as", "broadcast_to"})
_PRODUCTS = frozenset({"matmul", "__matmul__", "__rmatmul__"})


def writes(written: list[Written], made: list[TrackedTensor]) -> tuple[WriteRecord, ...]:
    """One write per storage: of the tensors on it, one that the operation returned, or else the first."""
    chosen: dict[int, Written] = {}
    for tracked, before in written:
        storage = tracked.snapshot.storage
        key = -tracked.number if storage is None else storage.number
        if key not in chosen or (tracked in made and chosen[key][0] not in made):
            chosen[key] = tracked, before
    return tuple(WriteRecord(tracked.id, before, tracked.snapshot.version) for tracked, before in chosen.values())


def memory(output: TrackedTensor, inputs: list[TrackedTensor], storages: int) -> MemoryRecord:
    """The memory that an output uses. `storages` is the number of storages before the operation."""
    if output in inputs:
        return MemoryRecord("same", output.id)
    storage = output.snapshot.storage
    if storage is None or storage.number > storages:
        return NEW
    base = output.snapshot.base
    shared = [tracked.id for tracked in inputs if tracked.snapshot.storage is storage]
    if base is not None and (base in shared or not shared):
        return MemoryRecord("view", base)
    return MemoryRecord("view", shared[0] if shared else None)


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
    return tuple(_stretch(index, shape, shape, result, result) for index, shape in enumerate(inputs) if shape != result)


def _products(inputs: tuple[Sizes, ...], result: Sizes) -> tuple[BroadcastRecord, ...]:
    if len(inputs) != 2 or any(len(shape) < 2 for shape in inputs):
        return ()
    records: list[BroadcastRecord] = []
    for index, shape in enumerate(inputs):
        if shape[:-2] != result[:-2] and _fits(shape[:-2], result[:-2]):
            records.append(_stretch(index, shape, shape[:-2], result, result[:-2]))
    return tuple(records)


def _fits(shape: Sizes, result: Sizes) -> bool:
    return len(shape) <= len(result) and all(
        size in (1, wanted) for size, wanted in zip(shape, result[len(result) - len(shape) :], strict=True)
    )


def _stretch(index: int, whole: Sizes, shape: Sizes, result: Sizes, part: Sizes) -> BroadcastRecord:
    """The broadcast of input `index`: of its dimensions, `shape` was stretched to `part` of the result."""
    added = len(part) - len(shape)
    stretched = tuple(added + axis for axis, size in enumerate(shape) if size == 1 and part[added + axis] != 1)
    return BroadcastRecord(index, whole, result, stretched, tuple(range(added)))
