"""The elements of tensors and arrays, from the bytes that their memory contained."""

import math
import struct
from typing import Any

import numpy as np
import torch

from tensorpad.protocol.records import FullValues, OpaqueValues, Values
from tensorpad.trace.memory.arrays import TrackedArray
from tensorpad.trace.memory.summaries import LISTED, SINGLE
from tensorpad.trace.memory.tracked import TAKEN, Snapshot, reach
from tensorpad.trace.memory.values import FULL, Allowance, values_of

NO_TYPE = "of a type that torch has not"
_FORMATS = {
    torch.float32: "f",
    torch.float64: "d",
    torch.int64: "q",
    torch.int32: "i",
    torch.int16: "h",
    torch.int8: "b",
    torch.uint8: "B",
    torch.bool: "?",
}
_PARTS = {torch.complex64: torch.float32, torch.complex128: torch.float64, torch.complex32: torch.float16}


def tensor_values(snapshot: Snapshot, data: bytes, limit: int, allowance: Allowance) -> Values:
    """The values of a tensor while its storage contained these bytes: up to `limit` elements, of more a summary."""
    shape = snapshot.shape
    count = math.prod(shape)
    part = _PARTS.get(snapshot.dtype)
    if count > limit:
        # On a small storage only what is expanded has so many.
        return values_of(tensor_over(snapshot, data), limit, allowance)
    if not allowance.take(count * (2 if part else 1)):
        return OpaqueValues(shape, FULL)
    if reach(shape, snapshot.stride, snapshot.offset) * snapshot.dtype.itemsize > len(data):
        return OpaqueValues(shape, TAKEN)
    code = _FORMATS.get(snapshot.dtype)
    if code is not None and not snapshot.negative and _is_dense(shape, snapshot.stride):
        numbers = struct.unpack_from(f"{count}{code}", data, snapshot.offset * snapshot.dtype.itemsize)
        return FullValues(shape, numbers, single=code == "f")
    tensor = tensor_over(snapshot, data)
    if tensor.dtype not in LISTED:
        tensor = tensor.to(torch.float32)
    elements: list[Any] = tensor.reshape(-1).tolist()
    if snapshot.negative:
        elements = [-number for number in elements]
    if snapshot.conjugate:
        elements[1::2] = [-number for number in elements[1::2]]
    return FullValues(shape, tuple(elements), part is not None, tensor.dtype in SINGLE)


def array_values(array: TrackedArray, data: bytes, limit: int, allowance: Allowance) -> Values:
    """The values of an array while its memory contained these bytes: up to `limit` elements, of more a summary."""
    shown = array.values(data)
    complex_ = shown.dtype.kind == "c"
    if shown.size > limit:
        try:
            return values_of(tensor_of(shown), limit, allowance)
        except (TypeError, ValueError):  # torch may lack the type, or the order of its bytes
            return OpaqueValues(array.shape, NO_TYPE)
    if not allowance.take(shown.size * (2 if complex_ else 1)):
        return OpaqueValues(array.shape, FULL)
    flat: Any = np.ascontiguousarray(shown).reshape(-1)
    if complex_:
        flat = flat.view(flat.real.dtype)
    return FullValues(array.shape, tuple(flat.tolist()), complex_, flat.dtype.kind == "f" and flat.dtype.itemsize <= 4)


def tensor_over(snapshot: Snapshot, data: bytes) -> Any:
    """The tensor over a storage that contained these bytes; a complex one with its two parts as a last dimension."""
    shape, stride, offset, dtype = snapshot.shape, snapshot.stride, snapshot.offset, snapshot.dtype
    part = _PARTS.get(dtype)
    if part is not None:
        shape, stride, offset, dtype = (*shape, 2), (*[step * 2 for step in stride], 1), offset * 2, part
    storage: Any = torch.frombuffer(bytearray(data), dtype=torch.uint8).untyped_storage()
    base: Any = torch.empty(0, dtype=dtype, device="cpu")
    return base.set_(storage, offset, shape, stride)


def tensor_of(shown: Any) -> Any:
    """The elements of an array as a tensor; raises TypeError for a type that torch has not."""
    return torch.as_tensor(shown.copy())


def _is_dense(shape: tuple[int, ...], stride: tuple[int, ...]) -> bool:
    expected = 1
    for size, step in zip(reversed(shape), reversed(stride), strict=True):
        if size != 1 and step != expected:
            return False
        expected *= size
    return True
