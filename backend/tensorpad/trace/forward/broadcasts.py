"""How the inputs of an operation were stretched to one shape.

NOTE [When broadcasting is claimed]
1. torch marks the operators that work element by element; their tensors are broadcast to the shape of the output. An input
   that does not fit it by the rules of broadcasting proves that the operation was no such thing, and nothing is claimed.
2. `expand` and its kin stretch their one input, `matmul` the dimensions before the last two.
"""

from tensorpad.protocol.records import Sizes
from tensorpad.protocol.steps import BroadcastRecord
from tensorpad.trace.forward.signatures import is_pointwise

_EXPANDS = frozenset({"expand", "expand_as", "broadcast_to"})
_PRODUCTS = frozenset({"matmul", "__matmul__", "__rmatmul__"})


def broadcasts(name: str, inputs: tuple[Sizes, ...], outputs: tuple[Sizes, ...]) -> tuple[BroadcastRecord, ...]:
    """The inputs that were stretched; `inputs` and `outputs` are their shapes."""
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
