"""The elements of a tensor as data: all if they are few, a summary if they are many, else a text that says why not."""

import time
from typing import Any

import torch

from tensorpad.protocol.records import FullValues, OpaqueValues, Values
from tensorpad.trace.base.attributes import is_uninitialised, shape_of, without_class
from tensorpad.trace.base.internals import is_wrapped, plain_dispatch
from tensorpad.trace.base.texts import cut, failed
from tensorpad.trace.memory import summaries

OPAQUE_CHARS = 2_000
SUMMARY = 300
"""The room that a summary takes, in elements."""
FULL = "left out: the report is full"
_type: Any = type


class Allowance:
    """What is left for a report: elements in all, and the time (of `time.monotonic`) by which it must be ready."""

    def __init__(self, elements: int, until: float) -> None:
        self.until = until
        self.exhausted = False
        self._elements = elements

    def take(self, count: int) -> bool:
        """Ask for room for `count` elements."""
        if count > self._elements:
            self.exhausted = True
            return False
        self._elements -= count
        return True

    @property
    def late(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self.until


def is_plain(tensor: Any) -> bool:
    """Whether a tensor's elements are in memory for us to read: dense, and no wrapper around something else."""
    kind: Any = _type(tensor)
    if kind is not torch.Tensor and kind is not torch.nn.Parameter:
        if kind.__torch_dispatch__ is not plain_dispatch or is_uninitialised(tensor):
            return False
        tensor = without_class(tensor)
    return (
        tensor.layout is torch.strided
        and not tensor.is_meta
        and not tensor.is_quantized
        and not tensor.is_nested
        and not is_wrapped(tensor)
    )


def copied(tensor: Any) -> Any:
    """A copy of a plain tensor that shares nothing with it. torch warns of nothing, and keeps the warnings that are due."""
    tensor = tensor.detach()
    if tensor.dtype is torch.complex32 and not tensor.is_conj():
        # Making one of these warns that they are experimental, once; a pair of halves is made without.
        return torch.view_as_complex(torch.view_as_real(tensor).clone())
    return tensor.clone()


def full_values(tensor: Any) -> FullValues:
    """Every element of a plain tensor."""
    shown = summaries.listed(tensor)
    elements = tuple(shown.reshape(-1).tolist())
    return FullValues(tuple(tensor.shape), elements, tensor.is_complex(), shown.dtype in summaries.SINGLE)


def values_of(tensor: Any, limit: int, allowance: Allowance) -> Values:
    """The values of a tensor: all of up to `limit` elements, a summary of more. Never raises an Exception."""
    shape: tuple[int, ...] = ()
    try:
        shape = known_shape(tensor)
        if not is_plain(tensor):
            return OpaqueValues(shape, cut(repr(tensor), OPAQUE_CHARS)[0])
        tensor = without_class(tensor)
        count = tensor.numel()
        if count <= limit:
            room = count * (2 if tensor.is_complex() else 1)
            if not allowance.take(room):
                return OpaqueValues(shape, FULL)
            return full_values(tensor)
        if not allowance.take(SUMMARY):
            return OpaqueValues(shape, FULL)
        return summaries.summarise(tensor, allowance.until)
    except summaries.OutOfTimeError:
        return OpaqueValues(shape, "not summarised: it would have taken too long")
    except Exception as error:  # torch may lack the operation for a rare dtype, or memory for it
        return OpaqueValues(shape, failed("not listed", error))


def known_shape(tensor: Any) -> tuple[int, ...]:
    """The shape of a tensor, empty for one that has none, such as a nested one."""
    try:
        return tuple([int(size) for size in shape_of(tensor)])
    except Exception:
        return ()
