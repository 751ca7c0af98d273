"""What the program itself does to the `.grad` of leaves: clearing, writing, replacing it. And what `retain_grad` keeps."""

from typing import Any

import torch

from tensorpad.trace.base.attributes import base_of, grad_of, leaf_of, requires_grad_of, version_of
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.gradients import Keeper, Kept, SummaryAllowance
from tensorpad.trace.memory.tracked import TrackedTensor, counter

_MOST_LEAVES = 500
_MOST_CHANGES = 2_000

Change = tuple[int, Kept | None]
"""The index of the step that changed a gradient, and what it is since then; None if it was removed."""
_State = tuple[int, int | None, int] | None


class LeafGradients:
    """The changes of a run; `changes` has those of each tensor by its number, oldest first.

    NOTE [Which changes are the program's]
    1. After each statement, the `.grad` of every leaf that requires gradients is compared with how it was before: by whether
       it is there, by the address of its memory, by its version, and by how often its memory was seen to be written, because
       `x.grad.data` counts apart and NumPy does not count.
    2. The engine accumulates into `.grad` too, and the record of its pass shows that. So its state is noted then, with what
       the program's hooks after the accumulation made of it.
    3. A tensor that is no leaf and retains its gradient is looked at in the same way, after the statement with the pass.
    4. Comparing is cheap, and is done for so many leaves: the newest.
    """

    def __init__(self, recording: Recording) -> None:
        self.changes: dict[int, list[Change]] = {}
        self._tensors = recording.tensors
        self._ledger = recording.ledger
        self._keeper = Keeper(recording.limits.values, SummaryAllowance())
        self._leaves: dict[TrackedTensor, _State] = {}
        self._retaining: set[TrackedTensor] = set()
        self._met = 0
        self._room = _MOST_CHANGES

    def compare(self) -> None:
        """Record changes. To be called before the step that made them is added to the timeline."""
        if self._met < len(self._tensors.all):
            self._meet()
        while self._tensors.retaining:
            tracked = self._tensors.retaining.pop()
            self._retaining.add(tracked)
            self._leaves.setdefault(tracked, None)
        for leaf in tuple(self._leaves):
            tensor = leaf.alive()
            if tensor is None:
                del self._leaves[leaf]
                continue
            try:
                self._compare(leaf, tensor)
            except RecursionError:
                raise
            except Exception:  # of this one alone no more is known
                self._leaves.pop(leaf, None)

    def _compare(self, leaf: TrackedTensor, tensor: Any) -> None:
        """Record what was done to one leaf and its gradient."""
        requires_grad: bool = requires_grad_of(tensor)
        if leaf.snapshot.unread is not None:
            self._tensors.refresh(leaf, tensor)
        if requires_grad is not leaf.snapshot.requires_grad:  # by `x.requires_grad = …`, or in a library
            self._tensors.refresh(leaf, tensor)
        elif requires_grad:
            self._tensors.update(tensor)
        if requires_grad and leaf in self._retaining:
            # A view that was written would make its function now, see `Tensors._look`.
            if leaf.snapshot.base is None or version_of(tensor) == leaf.counted:
                self._look(leaf, grad_of(tensor))
        elif requires_grad:
            # torch warns of who asks for the gradient of what was made a non-leaf; for views see `Tensors._look`.
            base = base_of(tensor)
            if (base is not None and requires_grad_of(base)) or not leaf_of(tensor):
                del self._leaves[leaf]
            else:
                self._look(leaf, grad_of(tensor))

    def _look(self, leaf: TrackedTensor, grad: Any) -> None:
        now = None if grad is None else self._state(grad)
        if now != self._leaves.get(leaf):
            self._leaves[leaf] = now
            self._note(leaf, grad)

    def accumulated(self, tensor: Any, hooked: bool) -> None:
        """The engine has added to the gradient of a leaf; `hooked` says whether the program's hooks have run since."""
        leaf, grad = self._tensors.of(tensor), tensor.grad
        if grad is not None and self._tensors.known(grad):
            self._tensors.update(grad)
        self._leaves[leaf] = self._state(grad)
        if hooked:
            self._note(leaf, grad)

    def _state(self, grad: Any) -> _State:
        if grad is None:
            return None
        version = counter(grad)
        if grad.layout is not torch.strided:
            return id(grad), version, 0
        return grad.data_ptr(), version, self._ledger.write_count(grad)

    def _meet(self) -> None:
        every = self._tensors.all
        for tracked in every[self._met :]:
            snapshot = tracked.snapshot
            differentiable = snapshot.dtype.is_floating_point or snapshot.dtype.is_complex
            read = snapshot.storage is not None or snapshot.unread is not None
            if snapshot.is_leaf and read and differentiable:
                self._leaves.setdefault(tracked, None)
        self._met = len(every)
        while len(self._leaves) > _MOST_LEAVES:
            del self._leaves[next(iter(self._leaves))]

    def _note(self, leaf: TrackedTensor, grad: Any) -> None:
        if self._room > 0:
            self._room -= 1
            self.changes.setdefault(leaf.number, []).append((self._ledger.step, self._keeper.keep(grad)))
