"""What torch itself says of a tensor, whatever a subclass makes of the attribute. Torch functions must be off.

A class of the program's, and torch's own uninitialised parameters, may raise where they are asked, or do anything else.
"""

from typing import Any

import torch

_Tensor: Any = torch.Tensor
_parameter: Any = torch.nn.parameter
_Lazy: Any = _parameter.UninitializedTensorMixin
_type: Any = type

base_of: Any = _Tensor._base.__get__
device_of: Any = _Tensor.device.__get__
dtype_of: Any = _Tensor.dtype.__get__
grad_of: Any = _Tensor.grad.__get__
grad_fn_of: Any = _Tensor.grad_fn.__get__
leaf_of: Any = _Tensor.is_leaf.__get__
is_sparse: Any = _Tensor.is_sparse.__get__
requires_grad_of: Any = _Tensor.requires_grad.__get__
shape_of: Any = _Tensor.shape.__get__
version_of: Any = _Tensor._version.__get__

element_size: Any = _Tensor.element_size
fix_weakref: Any = _Tensor._fix_weakref
is_conj: Any = _Tensor.is_conj
is_neg: Any = _Tensor.is_neg
numel: Any = _Tensor.numel
storage_offset: Any = _Tensor.storage_offset
stride: Any = _Tensor.stride
untyped_storage: Any = _Tensor.untyped_storage

_detach: Any = _Tensor.detach


def is_uninitialised(tensor: Any) -> bool:
    """Whether a tensor is a parameter or buffer of a lazy module that has no shape yet."""
    kind = _type(tensor)
    return kind is not _Tensor and issubclass(kind, _Lazy)


def without_class(tensor: Any) -> Any:
    """The tensor, or one of torch's own class on its memory, which has none of a subclass's methods."""
    return tensor if _type(tensor) is _Tensor else _detach(tensor)
