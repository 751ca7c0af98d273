"""What torch itself says of its functions: the names of their parameters, and whether they work element by element."""

from functools import lru_cache
from typing import Any

import torch

from tensorpad.trace.base.internals import schemas_of

_pointwise: Any = torch.Tag.pointwise
_REFLECTED = {"__rpow__": "pow", "__rdiv__": "div", "__rsub__": "rsub", "__and__": "bitwise_and", "__or__": "bitwise_or"}


def _operator(name: str) -> str:
    """The operator behind a public name: `add` of `torch.Tensor.add_`, `matmul` of `torch.Tensor.__matmul__`."""
    last = name.rpartition(".")[2]
    last = _REFLECTED.get(last, last)
    if last.startswith("__") and last.endswith("__"):
        plain = last[2:-2]
        return plain[1:] if plain[:1] in ("r", "i") and not _schemas(plain) and _schemas(plain[1:]) else plain
    return last if _schemas(last) else last.rstrip("_")


@lru_cache(2_000)
def _schemas(operator: str) -> tuple[Any, ...]:
    try:
        return tuple(schemas_of(f"aten::{operator}"))
    except Exception:
        return ()


def parameters(function: Any, name: str) -> tuple[str | None, ...]:
    """The names of a function's positional parameters; None for one that overloads call differently."""
    code = getattr(function, "__code__", None)
    if code is not None:
        return code.co_varnames[: code.co_argcount]
    overloads = [
        [argument.name for argument in schema.arguments if not argument.kwarg_only]
        for schema in _schemas(_operator(name))
        if schema.overload_name in _eager(_operator(name))
    ]
    names: list[str | None] = []
    for place in range(max(map(len, overloads), default=0)):
        found = {overload[place] for overload in overloads if place < len(overload)}
        names.append(found.pop() if len(found) == 1 else None)
    return tuple(names)


@lru_cache(2_000)
def _eager(operator: str) -> frozenset[str]:
    """The overloads that work on tensors; TorchScript keeps others, for numbers and lists, under the same names."""
    packet = getattr(torch.ops.aten, operator, None)
    if packet is None:
        return frozenset()
    names = {schema.overload_name for schema in _schemas(operator) if "Tensor" in str(schema)}
    return frozenset(name for name in names if not name.endswith("out"))


@lru_cache(2_000)
def is_pointwise(name: str) -> bool:
    """Whether a function computes each element of its output from the elements at the same place of its inputs."""
    packet = getattr(torch.ops.aten, _operator(name), None)
    if packet is None:
        return False
    return any(_pointwise in getattr(packet, overload).tags for overload in packet.overloads())
