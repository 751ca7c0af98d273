"""What is known of one storage and of one tensor of a run."""

import sys
import weakref
from typing import Any

import torch
from msgspec import Struct

from tensorpad.protocol.records import Sizes
from tensorpad.trace.base.internals import use_count
from tensorpad.trace.memory.functions import Mark

_untyped: Any = torch.UntypedStorage


class State(Struct, eq=False, gc=False):
    """What a storage holds from `step` on; `version` is the counter of the tensor that it was noticed by.

    `apart` are the counters of tensors that count for themselves, as `x.data` does, by the numbers of their sightings.
    `data` are the bytes of a small storage. `details` are, by the numbers of a tensor's sighting and of its layout, the
    bytes of its elements in row-major order, or values.
    """

    step: int
    version: int | None
    data: bytes | None = None
    details: dict[tuple[int, int], Any] = {}
    nbytes: int = 0
    apart: dict[int, int | None] | None = None

    def version_of(self, number: int) -> int | None:
        """The counter of a tensor in this state."""
        return self.version if self.apart is None else self.apart.get(number, self.version)


class Place(Struct, eq=False, gc=False):
    """One storage. `joined` is the place that it is reported as; `members` are the numbers of the tensors seen on it."""

    number: int
    weak: int
    """A weak reference as torch has it: an address."""
    nbytes: int
    device: str
    address: int | None = None
    joined: "Place | None" = None
    states: list[State] = []
    members: list[int] = []
    versions: set[int | None] | None = None
    """Where it is more than that of the first state: every counter that a tensor on it was seen to have."""
    checked: tuple[int, int] = 0, 0
    """How many states there were, and the checksum of a large storage, when it was last compared."""

    def representative(self) -> "Place":
        """The place under which this one is reported."""
        place = self
        while place.joined is not None:
            place = place.joined
        return place

    def counts(self, number: int, version: int | None) -> None:
        """Note the counter of a tensor in the newest state."""
        state = self.states[-1]
        if version != state.version_of(number):
            state.apart = state.apart or {}
            state.apart[number] = version
            self.meet(version)

    def meet(self, version: int | None) -> None:
        """Note that a tensor has had a counter."""
        if self.versions is None:
            self.versions = {self.states[0].version}
        self.versions.add(version)

    def met(self, version: int) -> bool:
        """Whether a tensor was seen to have had a counter."""
        return version == self.states[0].version if self.versions is None else version in self.versions

    def storage(self) -> Any:
        """The storage, None if it is gone."""
        return _untyped._new_with_weak_ptr(self.weak)

    @property
    def gone(self) -> bool:
        """Whether the storage is gone."""
        return _untyped._expired(self.weak)


TAKEN = "its storage has been made smaller than it is"


def reach(shape: Sizes, stride: Sizes, offset: int = 0) -> int:
    """One past the last element of a storage that a tensor looks at, 0 where it has none. Reading beyond is fatal."""
    if 0 in shape:
        return 0
    end = offset + 1
    for place, size in enumerate(shape):
        end += (size - 1) * stride[place]
    return end


class Snapshot(Struct, eq=False, gc=False):
    """How a tensor stood at one moment.

    `first` and `last` are the states of its place that it was seen in, from the step `since` on; `last` is None until it is
    gone or looks elsewhere. `era` counts its layouts.
    """

    shape: tuple[int, ...]
    dtype: torch.dtype
    device: torch.device
    requires_grad: bool
    is_leaf: bool
    version: int | None
    place: Place | None = None
    offset: int = 0
    stride: tuple[int, ...] = ()
    conjugate: bool = False
    negative: bool = False
    base: str | None = None
    grad_fn: str | None = None
    era: int = 0
    first: int = 0
    since: int = 0
    last: int | None = None

    @property
    def whole(self) -> bool:
        """Whether its elements all lie in its storage, as far as that is known. A program can make storages smaller."""
        place = self.place
        return place is None or reach(self.shape, self.stride, self.offset) * self.dtype.itemsize <= place.nbytes

    @property
    def layout(self) -> tuple[object, ...]:
        """Where its elements lie, and what they are."""
        return (self.place, self.shape, self.stride, self.offset, self.dtype, self.conjugate, self.negative)


def is_leaf(tensor: Any) -> bool:
    """Whether a tensor is a leaf. A view whose base was written in a way that autograd forbids is none: it raises."""
    try:
        return tensor.is_leaf
    except RuntimeError:
        return False


def is_parameter(tensor: Any) -> bool:
    """Whether a tensor is a parameter of a module."""
    return type(tensor) is not torch.Tensor and issubclass(type(tensor), torch.nn.Parameter)


class Sighting(Struct, eq=False, gc=False):
    """One tensor of the run. Its `id` is `t` and its `number`; `mark` is that of the backward function that made it, if any.

    `earlier` are how it stood before its memory or shape became others, as `set_` and `resize_` do.
    """

    number: int
    id: str
    reference: Any
    snapshot: Snapshot
    is_parameter: bool
    earlier: list[Snapshot] = []
    mark: Mark | None = None

    def alive(self) -> Any:
        """The tensor, or None if it is gone."""
        tensor = self.reference()
        if tensor is not None:
            # The Python half of a tensor can outlive its last Python reference; this takes it back into Python's hands.
            tensor._fix_weakref()
        return tensor

    def let_go(self) -> None:
        """Give the weak reference up, until it is taken back."""
        self.reference = _nobody

    def take_back(self, tensor: Any) -> None:
        """Refer to the tensor again."""
        self.reference = weakref.ref(tensor)

    def held(self) -> bool:
        """Whether anything in Python holds the tensor, and not only what autograd saved."""
        return _references(self.reference) > _NOBODYS


def _nobody() -> None:
    """Stands for a weak reference that was given up."""


def _references(reference: Any) -> int:
    """How many references there are to the Python half of a tensor, this function's among them."""
    tensor = reference()
    return 0 if tensor is None else sys.getrefcount(tensor) - (use_count(tensor) > 1)


_probe: Any = torch.empty(0)
_NOBODYS = _references(weakref.ref(_probe)) - 1
