"""Which backward function stands for a tensor."""

from typing import Any

from tensorpad.trace.functions import mark_of
from tensorpad.trace.sightings import Sighting, Sightings


def stand_for(tensor: Any, sighting: Sighting, owner: Sightings, operation: str | None = None) -> None:
    """Note that a tensor's backward function stands for it, and which operation made it."""
    try:
        function = tensor.grad_fn
    except RuntimeError:
        return  # a view whose base was written in a way that autograd forbids: torch tells when it is used
    if function is None:
        return
    sighting.snapshot.grad_fn = type(function).__name__
    mark = mark_of(function, owner)
    if mark.operation is None:
        mark.operation = operation
    if mark.tensor is None:
        mark.tensor = sighting.id
    if sighting.mark is not None and sighting.mark is not mark and sighting.mark.tensor == sighting.id:
        # Written in place: the function before no longer stands for the tensor as it is.
        sighting.mark.tensor = None
    sighting.mark = mark
