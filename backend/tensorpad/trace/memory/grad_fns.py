"""The backward functions of a run: what is known of each, and for which tensor it is the `grad_fn`."""

from typing import Any

from tensorpad.trace.base.attributes import grad_fn_of
from tensorpad.trace.memory.tensors import Tensors
from tensorpad.trace.memory.tracked import FunctionInfo, TrackedTensor

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
        self._infos: dict[tuple[int | str, str], FunctionInfo] = {}
        self._named = 0

    def of(self, grad_fn: Any) -> FunctionInfo:
        """What is known of a backward function."""
        name = _NAMES.get(type(grad_fn)) or _name(type(grad_fn))
        key = (self._tensors.id_of(grad_fn.variable) if name == ACCUMULATE else grad_fn._sequence_nr(), name)
        info = self._infos.get(key)
        if info is None:
            leaf = key[0]
            info = self._infos[key] = FunctionInfo(name, leaf if isinstance(leaf, str) else None)
        return info

    def named(self, grad_fn: Any) -> FunctionInfo:
        """As `of`; the function has an id in the report from now on."""
        return self._name(self.of(grad_fn))

    def apart(self, info: FunctionInfo) -> FunctionInfo:
        """Another function that two threads made under the same number as that of `info`, with an id of its own."""
        return self._name(FunctionInfo(info.name, info.tensor if info.name == ACCUMULATE else None))

    def hooks_of(self, grad_fn: Any) -> list[Any]:
        """The list to which the program's hooks on the outputs of a backward function are added."""
        info = self.of(grad_fn)
        if info.hooks is None:
            info.hooks = []
        return info.hooks

    def _name(self, info: FunctionInfo) -> FunctionInfo:
        if info.id is None:
            self._named += 1
            info.id = f"f{self._named}"
        return info

    def forget(self, leaf: TrackedTensor) -> None:
        """Forget the function that accumulates into a leaf; the next one is another function."""
        self._infos.pop((leaf.id, ACCUMULATE), None)

    def note(self, tensor: Any, tracked: TrackedTensor, operation: str | None = None) -> None:
        """Note the `grad_fn` of a tensor, and the operation that made it."""
        try:
            grad_fn = grad_fn_of(tensor)
        except RuntimeError:
            return  # a view whose base was written in a way that autograd forbids: torch raises when it is used
        if grad_fn is None:
            return
        info = self.of(grad_fn)
        tracked.counted = tracked.snapshot.version
        if tracked.snapshot.grad_fn != info.name:
            tracked.leave_role(tracked.snapshot, self._tensors.step)
            tracked.snapshot.grad_fn = info.name
        if info.operation is None:
            info.operation = operation
        if info.tensor is None:
            info.tensor = tracked.id
        if tracked.function is not None and tracked.function is not info and tracked.function.tensor == tracked.id:
            # Written in place: the earlier function is not that of the tensor as it is now.
            tracked.function.tensor = None
        tracked.function = info

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
                if other.function is not None and other.function.tensor == other.id:
                    other.function.tensor = None
                other.function = None
                self._tensors.follow(other)
            elif tensor.grad_fn is not None and self.of(tensor.grad_fn) is not other.function:
                self.note(tensor, other, operation)


def _name(kind: Any) -> str:
    name: str = kind.__name__
    if not kind.__flags__ & _HEAP:
        _NAMES[kind] = name
    return name
