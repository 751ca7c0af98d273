"""Torch's functions as a program knows them: the public name of each, and how calls of it are noted."""

from functools import lru_cache
from typing import Any

import torch

from tensorpad.trace.base.internals import function_names
from tensorpad.trace.forward.hooks import REGISTRATIONS

_LOOKS = frozenset({"torch.Tensor.grad", "torch.Tensor._grad", "torch.Tensor._base", "torch.Tensor.__deepcopy__"})
"""Functions that give a tensor that was there before, or that is none of the program's steps."""
_WRITES = frozenset({"torch.Tensor.__setitem__"})
_SILENT = frozenset(
    {
        "torch.nn.functional.batch_norm",
        "torch.nn.functional.instance_norm",
        "torch.batch_norm",
        "torch.instance_norm",
        "torch.native_batch_norm",
    }
)
"""Functions that write to what they are given, running statistics, without torch's counting it; so do fused optimisers."""
_RELAYS = frozenset({"torch.Tensor.data.__set__"})
"""Functions that give a tensor another one's memory without torch's counting it, as `Module.half` does by them."""
_BACKWARD = frozenset({"torch.Tensor.backward", "torch.autograd.grad"})


class Kind:
    """A torch function: its public name, and how calls of it are noted."""

    __slots__ = ("backward", "look", "name", "registers", "relays", "silent", "writes")

    def __init__(self, function: Any) -> None:
        self.name = public_name(function)
        self.look = self.name in _LOOKS or self.name.endswith(".__set__")
        self.registers = function in REGISTRATIONS
        self.relays = self.name in _RELAYS
        self.writes = self.name in _WRITES
        self.silent = self.name in _SILENT or self.name.startswith("torch._fused_")
        self.backward = self.name in _BACKWARD


def public_name(function: Any) -> str:
    """The name under which a program can call a function: `torch.add`, `torch.Tensor.T`, `torch.linalg.inv`."""
    name = function_names().get(function)
    if name is None:
        module = getattr(function, "__module__", None) or "torch"
        name = f"{module}.{getattr(function, '__qualname__', getattr(function, '__name__', 'unknown'))}"
    name = name.removesuffix(".__get__")
    return name.replace("torch.functional.", "torch.", 1).replace("torch._VariableFunctionsClass.", "torch.", 1)


KINDS: dict[Any, Kind] = {}
"""The kinds of torch's own functions that have been called."""


def kind_of(function: Any) -> Kind:
    """The kind of a torch function. torch's own are remembered; those of a program are not, lest they be kept alive."""
    kind = Kind(function)
    if function in function_names():
        KINDS[function] = kind
    return kind


@lru_cache(1_000)
def operator_name(overload: Any) -> str | None:
    """The name under which a program can call an operator, None for one that torch keeps to itself."""
    name: str = overload._schema.name.partition("::")[2]
    if name.startswith("_") and not name.startswith("__"):
        return None
    family, _, member = name.partition("_")
    places = [("torch", torch, name)]
    if family in ("linalg", "fft", "special"):
        places.insert(0, (f"torch.{family}", getattr(torch, family), member))
    places += [("torch.nn.functional", torch.nn.functional, name), ("torch.Tensor", torch.Tensor, name)]
    return next((f"{path}.{member}" for path, owner, member in places if hasattr(owner, member)), None)
