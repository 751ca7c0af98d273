"""One tensor of a run, and how it stood at one moment."""

import sys
import weakref
from typing import Any

import torch
from msgspec import Struct

from tensorpad.protocol.records import Sizes
from tensorpad.trace.base.internals import use_count
from tensorpad.trace.memory.functions import Mark
from tensorpad.trace.memory.places import Place

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
