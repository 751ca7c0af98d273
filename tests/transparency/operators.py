"""The calls of torch's own operator samples: every operator of `op_db`, in every way that a program can call it.

NOTE [Where the samples come from]
1. `torch.testing._internal` ships with torch and holds, for each operator, a generator of sample arguments; torch's own
   tests are built on it. It imports `expecttest`.
2. A generator is run anew for each of the two runs that are compared, from the same seed. So no run sees what an earlier
   one has written into its arguments.
3. `sample_inputs` looks through the stack for the test that asks, which takes longer than all else; so the generator
   behind it is called.
4. An operator may exist as a function, a method, an in-place method and an operator symbol, and may take `out=`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Literal

import torch

Variant = Literal["function", "method", "inplace", "operator", "out", "error"]
VARIANTS: Final[tuple[Variant, ...]] = ("function", "method", "inplace", "operator", "out", "error")
DTYPES: Final = {name: getattr(torch, name) for name in ("float32", "float64", "int64", "complex64", "bool")}

UNDEFINED: Final = {
    "empty": "gives memory as it was found",
    "empty_like": "gives memory as it was found",
    "empty_strided": "gives memory as it was found",
    "empty_permuted": "gives memory as it was found",
    "new_empty": "gives memory as it was found",
    "new_empty_strided": "gives memory as it was found",
    "linalg.lstsq": "gives, for singular matrices, other numbers in each run, also in plain Python",
    "resize_": "may grow into memory as it was found",
    "resize_as_": "may grow into memory as it was found",
    "amax error": "is handed memory as it was found",
    "amin error": "is handed memory as it was found",
    "aminmax error": "is handed memory as it was found",
    "cat error": "is handed memory as it was found",
    "gather error": "is handed memory as it was found",
    "kthvalue error": "is handed memory as it was found",
    "multinomial error": "is handed memory as it was found",
}
"""Operators, or their errors, whose elements are not compared, for they mean nothing; all else of them is."""
EXCLUDED: Final = {
    "nn.functional.batch_norm.without_cudnn": "exists on a CUDA device only",
    "torch.ops.aten._efficient_attention_forward": "exists on a CUDA device only",
    "torch.ops.aten._flash_attention_forward": "exists on a CUDA device only",
    "torch._scaled_mm": "takes eight-bit floating-point numbers only",
    "torch._scaled_mm_v2": "takes eight-bit floating-point numbers only",
}
"""Operators that do not take part, and why. A test holds that no others are left out."""


@dataclass(frozen=True)
class Call:
    """One call to be made: `function(*arguments, **keywords)`."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]


def operators(names: Sequence[str]) -> list[Any]:
    """The operators of these names, or all."""
    from torch.testing._internal.common_methods_invocations import op_db

    every: Any = op_db
    return [operator for operator in every if not names or operator.name in names]


def full_name(operator: Any) -> str:
    """The operator's name with that of its variant in `op_db`."""
    return f"{operator.name}.{operator.variant_test_name}" if operator.variant_test_name else operator.name


def form(operator: Any, variant: Variant) -> Any:
    """What is called, or None where the operator has no such form."""
    match variant:
        case "function" | "error":
            return operator.op
        case "method":
            return operator.method_variant
        case "inplace":
            return operator.inplace_variant
        case "operator":
            return operator.operator_variant
        case "out":
            return operator.op if operator.supports_out else None


def calls(operator: Any, variant: Variant, dtype: torch.dtype, limit: int | None) -> Iterator[Call]:
    """The first `limit` calls. The caller seeds the generators, and seeds them alike for the same calls."""
    function = form(operator, variant)
    if function is None:
        return
    if variant == "error":
        if operator.error_inputs_func is not None and dtype is torch.float32:
            for error in islice(operator.error_inputs_func(operator, "cpu"), limit):
                yield _call(function, error.sample_input)
    elif dtype in operator.supported_dtypes("cpu"):
        differentiable = operator.supports_autograd and dtype in operator.supported_backward_dtypes("cpu")
        for sample in islice(operator.sample_inputs_func(operator, "cpu", dtype, differentiable), limit):
            yield _call(function, sample)


def _call(function: Any, sample: Any) -> Call:
    return Call(function, (sample.input, *sample.args), sample.kwargs)
