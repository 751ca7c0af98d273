"""What the program itself does to the `.grad` of its leaves: clearing it, writing it, putting another in its place.

NOTE [Which changes are the program's]
1. After each statement, the `.grad` of every leaf that requires gradients is compared with how it stood after the statement
   before: by whether it is there, where its memory is, by its version, and by how often its memory was seen to be written,
   because `x.grad.data` counts apart and NumPy does not count.
2. The engine accumulates into `.grad` too, and the record of its pass tells of that. So how it stood is noted then, and with
   what the program's hooks after the accumulation made of it.
3. Looking is cheap, and only for so many leaves: the newest.
"""

from typing import Any

import torch

from tensorpad.trace.memory.gradients import Budget, Keeper, Kept
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.memory.timeline import Timeline
from tensorpad.trace.memory.tracked import Sighting

_MOST_LEAVES = 500
_MOST_CHANGES = 2_000

Change = tuple[int, Kept | None]
"""The step that changed a gradient, by its place in the timeline, and what it is since then; None where it is gone."""
_State = tuple[int, int, int] | None


class LeafGradients:
    """The changes of a run; `changes` has those of each tensor by its number, oldest first."""

    def __init__(self, sightings: Sightings, timeline: Timeline, limit: int) -> None:
        self.changes: dict[int, list[Change]] = {}
        self._sightings = sightings
        self._timeline = timeline
        self._keeper = Keeper(limit, Budget())
        self._leaves: dict[Sighting, _State] = {}
        self._met = 0
        self._room = _MOST_CHANGES

    def compare(self) -> None:
        """Look for changes. To be called before the step that made them is added to the timeline."""
        if self._met < len(self._sightings.all):
            self._meet()
        for leaf in tuple(self._leaves):
            tensor = leaf.alive()
            if tensor is None:
                del self._leaves[leaf]
            elif tensor.requires_grad:
                # torch warns of who asks for the gradient of what was made a non-leaf; for views see `trace.sightings`.
                base = tensor._base
                if (base is not None and base.requires_grad) or not tensor.is_leaf:
                    del self._leaves[leaf]
                    continue
                grad = tensor.grad
                now = None if grad is None else self._state(grad)
                if now != self._leaves.get(leaf):
                    self._leaves[leaf] = now
                    self._note(leaf, grad)

    def accumulated(self, tensor: Any, hooked: bool) -> None:
        """The engine has added to the gradient of a leaf; `hooked` tells whether hooks of the program's have run since."""
        leaf, grad = self._sightings.of(tensor), tensor.grad
        if grad is not None and self._sightings.known(grad):
            self._sightings.again(grad)
        self._leaves[leaf] = self._state(grad)
        if hooked:
            self._note(leaf, grad)

    def _state(self, grad: Any) -> _State:
        if grad is None:
            return None
        if grad.layout is not torch.strided:
            return id(grad), grad._version, 0
        return grad.data_ptr(), grad._version, self._sightings.storages.writes(grad)

    def _meet(self) -> None:
        every = self._sightings.all
        for sighting in every[self._met :]:
            seen = sighting.snapshot
            if seen.is_leaf and seen.place is not None and (seen.dtype.is_floating_point or seen.dtype.is_complex):
                self._leaves.setdefault(sighting, None)
        self._met = len(every)
        while len(self._leaves) > _MOST_LEAVES:
            del self._leaves[next(iter(self._leaves))]

    def _note(self, leaf: Sighting, grad: Any) -> None:
        if self._room > 0:
            self._room -= 1
            self.changes.setdefault(leaf.number, []).append((len(self._timeline.steps), self._keeper.keep(grad)))
