"""Which backward function stands for a tensor.

NOTE [Tensors on memory that was written]
1. A write in place gives new functions to the tensor, to its base (`CopySlices`) and to the other views of that.
2. The base's is told at once. A view's is made by torch when it is next needed, with a number that decides on the order of
   the engine; so it is not asked for until an operation has needed it. Until then, no function stands for the view.
"""

from typing import Any

from tensorpad.trace.memory.functions import mark_of
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.memory.tracked import Sighting


def stand_for(tensor: Any, sighting: Sighting, owner: Sightings, operation: str | None = None) -> None:
    """Note that a tensor's backward function stands for it, and which operation made it."""
    try:
        function = tensor.grad_fn
    except RuntimeError:
        return  # a view whose base was written in a way that autograd forbids: torch tells when it is used
    if function is None:
        return
    mark = mark_of(function, owner)
    sighting.snapshot.grad_fn = mark.name
    if mark.operation is None:
        mark.operation = operation
    if mark.tensor is None:
        mark.tensor = sighting.id
    if sighting.mark is not None and sighting.mark is not mark and sighting.mark.tensor == sighting.id:
        # Written in place: the function before no longer stands for the tensor as it is.
        sighting.mark.tensor = None
    sighting.mark = mark


def overwritten(written: Sighting, made: list[Sighting], owner: Sightings, operation: str) -> None:
    """An operation wrote in place: what of the other tensors on that memory, besides those that it gave, holds no longer."""
    place = written.snapshot.place
    for number in place.members if place is not None else ():
        other = owner.all[number - 1]
        tensor = None if other in made else other.alive()
        if tensor is None:
            continue
        if other.snapshot.base is not None:
            if other.mark is not None and other.mark.tensor == other.id:
                other.mark.tensor = None
            other.mark = None
        elif tensor.grad_fn is not None and mark_of(tensor.grad_fn, owner) is not other.mark:
            stand_for(tensor, other, owner, operation)
