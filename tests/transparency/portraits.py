"""Everything that a program can see of its tensors, in a form that two runs can be compared by."""

from collections.abc import Sequence
from typing import Any, cast

import torch
from torch.utils import _pytree as pytree

_pytree: Any = pytree


def leaves(value: Any) -> list[Any]:
    """What lists, tuples and dictionaries hold, in order."""
    return _pytree.tree_leaves(value)


def bits(tensor: Any) -> Any:
    """The elements of a tensor, bit for bit; NaN stands for itself only."""
    tensor = tensor.detach()
    if tensor.layout is torch.sparse_coo:
        return (tensor.is_coalesced(), bits(tensor._indices()), bits(tensor._values()))
    if tensor.layout in (torch.sparse_csr, torch.sparse_bsr):
        return (bits(tensor.crow_indices()), bits(tensor.col_indices()), bits(tensor.values()))
    if tensor.layout in (torch.sparse_csc, torch.sparse_bsc):
        return (bits(tensor.ccol_indices()), bits(tensor.row_indices()), bits(tensor.values()))
    if tensor.is_nested:
        return tuple(bits(part) for part in tensor.unbind())
    if tensor.is_quantized:
        return (bits(tensor.int_repr()), str(tensor.qscheme()))
    if tensor.is_meta:
        return "no memory"
    if tensor._is_zerotensor():
        return "zeros without memory"
    # A single element counts as contiguous whatever its stride, and only a stride of 1 can be viewed as bytes.
    flat = tensor.resolve_conj().resolve_neg().reshape(-1).clone(memory_format=torch.contiguous_format)
    return bytes(flat.view(torch.uint8).numpy()) if flat.numel() else b""


class Portraits:
    """The portraits of one run. Tensors and storages are numbered as they are met, so that sharing shows."""

    def __init__(self, defined: bool = True) -> None:
        self._defined = defined
        self._tensors: dict[int, int] = {}
        self._storages: dict[int, int] = {}
        self._kept: list[Any] = []

    def of(self, value: Any) -> Any:
        """The portrait of any value."""
        if isinstance(value, torch.Tensor):
            return self._tensor(value)
        if isinstance(value, (list, tuple)):
            items = cast("Sequence[Any]", value)
            return (type(items).__name__, [self.of(item) for item in items])
        if isinstance(value, dict):
            pairs = cast("dict[Any, Any]", value)
            return [(repr(key), self.of(item)) for key, item in pairs.items()]
        if isinstance(value, (float, complex)):
            return (type(value).__name__, repr(value))
        if isinstance(value, torch.UntypedStorage | torch.TypedStorage | torch.Generator) or callable(value):
            return type(value).__name__
        return repr(value)

    def _tensor(self, tensor: Any) -> Any:
        met = id(tensor) in self._tensors
        number = self._tensors.setdefault(id(tensor), len(self._tensors))
        if met:
            return ("again", number)
        self._kept.append(tensor)
        plain = tensor.layout is torch.strided and not tensor.is_nested
        base, grad = tensor._base, tensor.grad if tensor.is_leaf or tensor.retains_grad else None
        return {
            "number": number,
            "type": type(tensor).__name__,
            "shape": tuple(tensor.shape),
            "dtype": tensor.dtype,
            "layout": tensor.layout,
            "stride": tensor.stride() if plain else None,
            "offset": tensor.storage_offset() if plain else None,
            "storage": self._storage(tensor) if plain else None,
            "requires_grad": tensor.requires_grad,
            "is_leaf": tensor.is_leaf,
            "grad_fn": tensor.grad_fn and tensor.grad_fn.name(),
            "output_nr": tensor.output_nr,
            "version": None if tensor.is_inference() else tensor._version,
            "bits": (tensor.is_conj(), tensor.is_neg(), tensor.is_inference()),
            "is_view": tensor._is_view(),
            "base": None if base is None else self._tensor(base),
            "elements": bits(tensor) if self._defined else None,
            "grad": None if grad is None else self._tensor(grad),
            "attributes": sorted(tensor.__dict__),
        }

    def _storage(self, tensor: Any) -> tuple[int, int]:
        storage = tensor.untyped_storage()
        self._kept.append(storage)
        return self._storages.setdefault(storage._cdata, len(self._storages)), storage.nbytes()
