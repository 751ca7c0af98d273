"""The representation of small, ordinary tensors, as torch prints them and a hundred times as fast.

torch makes the text of a tensor with dozens of tensor operations, which costs a millisecond for four variables: as much as
tracing the tutorial's whole program. Here the elements are read once and formatted as Python numbers. Anything out of the
ordinary (large, not dense, another type, printing options that the program changed) gives None, and is left to torch. A test
compares the two over many tensors.
"""

import math
from collections.abc import Callable
from typing import Any, Final

import torch

from tensorpad.trace.base.internals import is_wrapped, printing_options

_PREFIX: Final = "tensor("
_ELEMENTS: Final = 1_000
"""torch prints all elements of a tensor up to this many."""
_DIMENSIONS: Final = 4
_INTEGERS: Final = frozenset({torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8})
_FLOATS: Final = frozenset({torch.float32, torch.float64})
_UNMARKED: Final = frozenset({torch.int64, torch.bool})
"""Types that go without saying, as the default floating-point type does."""
_DEFAULTS: Final = dict(printing_options)
_LINE: Final = 80
_LARGE: Final = 1e8
_SMALL: Final = 1e-4
_SPREAD: Final = 1_000.0

Format = Callable[[Any], str]


def tensor_text(tensor: torch.Tensor) -> str | None:
    """What `repr` returns for a tensor; None if torch has to make it."""
    dtype = tensor.dtype
    if (
        type(tensor) is not torch.Tensor
        or tensor.is_nested
        or tensor.layout is not torch.strided
        or tensor.device.type != "cpu"
        or not 0 < tensor.numel() <= _ELEMENTS
        or tensor.ndim > _DIMENSIONS
        or printing_options != _DEFAULTS
        or is_wrapped(tensor)
    ):
        return None
    plain: Any = tensor.detach()
    if dtype in _FLOATS:
        form, width = _float_format(plain.reshape(-1).tolist())
    elif dtype in _INTEGERS or dtype is torch.bool:
        form, width = str, max(map(len, map(str, plain.reshape(-1).tolist())))
    else:
        return None
    body = _nested(plain.tolist(), tensor.ndim, form, width, len(_PREFIX))
    return _with_suffixes(_PREFIX + body, _suffixes(tensor))


def _float_format(elements: list[float]) -> tuple[Format, int]:
    """How each element is written, and how wide the widest is: with a bare point if all are whole, else four decimals,
    and with an exponent if they are very large, very small, or far apart.
    """
    sizes = [abs(element) for element in elements if element and math.isfinite(element)]
    whole = all(size == math.floor(size) for size in sizes)
    exponent = bool(sizes) and (
        max(sizes) / min(sizes) > _SPREAD or max(sizes) > _LARGE or (not whole and min(sizes) < _SMALL)
    )
    if exponent:
        form: Format = _with_exponent
    elif whole:
        form = _whole
    else:
        form = _with_decimals
    # The width is that of the widest number; what is no number is as wide as it is, and may stick out.
    numbers = [element for element in elements if element and math.isfinite(element)]
    return form, max((len(form(element)) for element in numbers), default=1)


def _with_exponent(element: float) -> str:
    return f"{element:.4e}"


def _with_decimals(element: float) -> str:
    return f"{element:.4f}"


def _whole(element: float) -> str:
    return f"{element:.0f}." if math.isfinite(element) else f"{element:.0f}"


def _nested(elements: Any, depth: int, form: Format, width: int, indent: int) -> str:
    if depth == 0:
        return form(elements).rjust(width)
    if depth == 1:
        per_line = max(1, (_LINE - indent) // (width + 2))
        texts = [form(element).rjust(width) for element in elements]
        lines = [", ".join(texts[start : start + per_line]) for start in range(0, len(texts), per_line)]
        return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"
    separator = "," + "\n" * (depth - 1) + " " * (indent + 1)
    return "[" + separator.join(_nested(element, depth - 1, form, width, indent + 1) for element in elements) + "]"


def _suffixes(tensor: torch.Tensor) -> list[str]:
    suffixes: list[str] = []
    if tensor.dtype not in _UNMARKED and tensor.dtype is not torch.get_default_dtype():
        suffixes.append(f"dtype={tensor.dtype}")
    if tensor.grad_fn is not None:
        suffixes.append(f"grad_fn=<{tensor.grad_fn.name().rsplit('::', 1)[-1]}>")
    elif tensor.requires_grad:
        suffixes.append("requires_grad=True")
    return suffixes


def _with_suffixes(text: str, suffixes: list[str]) -> str:
    """The text with what follows the elements, on a new line if there is no room left."""
    parts = [text]
    used = len(text) - text.rfind("\n") + 1
    for suffix in suffixes:
        if used + len(suffix) + 2 > _LINE:
            parts.append(",\n" + " " * len(_PREFIX) + suffix)
            used = len(_PREFIX) + len(suffix)
        else:
            parts.append(", " + suffix)
            used += len(suffix) + 2
    return "".join(parts) + ")"
