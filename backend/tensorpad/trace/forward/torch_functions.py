"""Torch's functions as a program knows them: public names, parameters, and how calls of them are recorded."""

from functools import lru_cache
from typing import Any

import torch

from tensorpad.trace.base.internals import function_names, schemas_of
from tensorpad.trace.forward.hooks import REGISTRATIONS

_LOOKS = frozenset(
    {
        "torch.Tensor.grad",
        "torch.Tensor._grad",
        "torch.Tensor._base",
        "torch.Tensor.__deepcopy__",
        "torch.Tensor.storage",
        "torch.Tensor.untyped_storage",
    }
)
"""Functions that return a tensor that was there before, or nothing that is one of the program's steps."""
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
"""Functions that write to their arguments (running statistics) without torch's counting it; so do fused optimisers."""
_RELAYS = frozenset({"torch.Tensor.data.__set__"})
"""Functions that set a tensor's memory to another one's without torch's counting it; `Module.half` uses them."""
_BACKWARD = frozenset({"torch.Tensor.backward", "torch.autograd.grad"})


class Kind:
    """A torch function: its public name, and how calls of it are recorded."""

    __slots__ = ("always", "backward", "look", "name", "registers", "relays", "retains", "silent", "writes")

    def __init__(self, function: Any) -> None:
        self.name = public_name(function)
        self.look = self.name in _LOOKS or self.name.endswith(".__set__")
        self.registers = function in REGISTRATIONS
        self.relays = self.name in _RELAYS
        self.retains = self.name == "torch.Tensor.retain_grad"
        self.writes = self.name in _WRITES
        self.silent = self.name in _SILENT or self.name.startswith("torch._fused_")
        self.backward = self.name in _BACKWARD
        self.always = self.silent or self.backward
        """Calls are operations even if they return no tensor."""


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
    candidates = [("torch", torch, name)]
    if family in ("linalg", "fft", "special"):
        candidates.insert(0, (f"torch.{family}", getattr(torch, family), member))
    candidates += [("torch.nn.functional", torch.nn.functional, name), ("torch.Tensor", torch.Tensor, name)]
    return next((f"{path}.{member}" for path, owner, member in candidates if hasattr(owner, member)), None)


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
    for index in range(max(map(len, overloads), default=0)):
        choices = {overload[index] for overload in overloads if index < len(overload)}
        names.append(choices.pop() if len(choices) == 1 else None)
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
    """Whether a function computes each element of its output from the elements at the same index of its inputs."""
    packet = getattr(torch.ops.aten, _operator(name), None)
    if packet is None:
        return False
    return any(_pointwise in getattr(packet, overload).tags for overload in packet.overloads())
