"""The arguments of a call as short texts. No code of the program's runs for them."""

from typing import Any, Protocol

import numpy as np
import torch

from tensorpad.protocol.steps import ArgumentRecord
from tensorpad.trace.base.texts import cut
from tensorpad.trace.forward.torch_functions import parameters

_TEXT = 120
MOST = 32
"""How many arguments of a call are told."""
_ITEMS = 12
_DEPTH = 3
_LONG = 10**30
_PLAIN = frozenset(
    map(id, (int, complex, str, bytes, type(...), torch.dtype, torch.device, torch.layout, torch.memory_format))
)
"""Types by their identity: a type of the program's may have a hash of its own."""
_SHORT = frozenset(map(id, (float, bool, type(None))))
"""Types whose values have short texts."""
_type: Any = type
_Tensor: Any = torch.Tensor
_PARAMETERS: dict[Any, tuple[str | None, ...]] = {}


class Naming(Protocol):
    """Who knows what tensors are called."""

    def name(self, tensor: Any) -> str:
        """The id of a tensor."""
        ...


def arguments(
    function: Any, name: str, args: Any, kwargs: Any, naming: Naming, remember: bool
) -> tuple[ArgumentRecord, ...]:
    """One record for each argument. `remember` says that the function is torch's own, so that it can be kept."""
    names = _PARAMETERS.get(function)
    if names is None:
        names = parameters(function, name)
        if remember:
            _PARAMETERS[function] = names
    given: list[ArgumentRecord] = []
    for place, value in enumerate(args[:MOST]):
        given.append(ArgumentRecord(names[place] if place < len(names) else None, text(value, naming)))
    if kwargs:
        given += [ArgumentRecord(cut(key, _TEXT)[0], text(kwargs[key], naming)) for key in list(kwargs)[:MOST]]
    return tuple(given)


def text(value: Any, naming: Naming, depth: int = _DEPTH) -> str:
    """A value as its author would write it; a tensor by its id; of anything that only its own code could tell, the type."""
    kind: Any = _type(value)
    if kind is _Tensor:
        return naming.name(value)
    if id(kind) in _SHORT or (kind is int and -_LONG <= value <= _LONG):
        return repr(value)
    if id(kind) in _PLAIN:
        if kind is str or kind is bytes:
            value = value[:_TEXT]
        elif kind is int:
            return "int"
        return cut(repr(value), _TEXT)[0]
    if issubclass(kind, _Tensor):
        return naming.name(value)
    if kind is slice:
        parts = [text(part, naming, depth - 1) for part in (value.start, value.stop, value.step)]
        shown = ["" if part == "None" else part for part in parts]
        return ":".join(shown if shown[2] else shown[:2])
    if depth and (kind is list or kind is tuple or kind is torch.Size):
        items = [text(item, naming, depth - 1) for item in value[:_ITEMS]]
        items += ["…"] if len(value) > _ITEMS else []
        left, right = "[]" if kind is list else "()"
        comma = "," if kind is not list and len(items) == 1 else ""
        return cut(left + ", ".join(items) + comma + right, _TEXT)[0]
    if kind is np.ndarray:
        return f"array of shape {value.shape}"
    return cut(str(_type.__dict__["__name__"].__get__(kind)), _TEXT)[0]
