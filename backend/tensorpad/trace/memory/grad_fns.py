"""The backward functions of a run: what is known of each, and for which tensor it is the `grad_fn`."""

from typing import Any

from tensorpad.trace.memory.tensors import Tensors
from tensorpad.trace.memory.tracked import NodeInfo, TrackedTensor

ACCUMULATE = "AccumulateGrad"
"""The name of the function that adds to the `.grad` of a leaf."""
_HEAP = 1 << 9
_NAMES: dict[Any, str] = {}
"""The names of torch's own backward functions. Those of a program are not remembered, lest they be kept alive."""


class GradFns:
    """What is known of the backward functions of a run.

    NOTE [Identity of backward functions]
    1. The Python object of a backward function takes no weak reference, and holding it would keep the graph. So what is
       known of it is kept apart, under the number that torch gives every function when it is made (and never again).
    2. `AccumulateGrad` has no such number of its own; it is known by its leaf.
    3. If two threads make functions, their numbers may be the same; the functions' names then distinguish most of them.
    """

    def __init__(self, tensors: Tensors) -> None:
        self._tensors = tensors
        self._nodes: dict[tuple[int | str, str], NodeInfo] = {}

    def of(self, function: Any) -> NodeInfo:
        """What is known of a backward function."""
        name = _NAMES.get(type(function)) or _name(type(function))
        key = (self._tensors.name(function.variable) if name == ACCUMULATE else function._sequence_nr(), name)
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = NodeInfo(name)
        return node

    def forget(self, leaf: TrackedTensor) -> None:
        """Forget the function that accumulates into a leaf; the next one is another function."""
        self._nodes.pop((leaf.id, ACCUMULATE), None)

    def note(self, tensor: Any, tracked: TrackedTensor, operation: str | None = None) -> None:
        """Note the `grad_fn` of a tensor, and the operation that made it."""
        try:
            function = tensor.grad_fn
        except RuntimeError:
            return  # a view whose base was written in a way that autograd forbids: torch raises when it is used
        if function is None:
            return
        node = self.of(function)
        tracked.snapshot.grad_fn = node.name
        if node.operation is None:
            node.operation = operation
        if node.tensor is None:
            node.tensor = tracked.id
        if tracked.node is not None and tracked.node is not node and tracked.node.tensor == tracked.id:
            # Written in place: the earlier function is not that of the tensor as it is now.
            tracked.node.tensor = None
        tracked.node = node

    def overwritten(self, written: TrackedTensor, made: list[TrackedTensor], operation: str) -> None:
        """After an operation wrote to a tensor in place, update the other tensors on its storage, except those in `made`.

        A write in place gives new functions to the tensor, to its base (`CopySlices`), and to the other views of that base.
        The base's is noted at once. A view's is made by torch when it is next needed, with a number that decides on the
        order of the engine; so nobody asks for it here, and the view has no known function until an operation has needed it.
        """
        storage = written.snapshot.storage
        for other in storage.members if storage is not None else ():
            tensor = None if other in made else other.alive()
            if tensor is None:
                continue
            if other.snapshot.base is not None:
                if other.node is not None and other.node.tensor == other.id:
                    other.node.tensor = None
                other.node = None
            elif tensor.grad_fn is not None and self.of(tensor.grad_fn) is not other.node:
                self.note(tensor, other, operation)


def _name(kind: Any) -> str:
    name: str = kind.__name__
    if not kind.__flags__ & _HEAP:
        _NAMES[kind] = name
    return name
