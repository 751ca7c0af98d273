"""The arguments of a call as short texts. No code of the program's runs for them."""

from typing import Any, Protocol

import numpy as np
import torch

from tensorpad.protocol.steps import ArgumentRecord
from tensorpad.trace.base.texts import cut
from tensorpad.trace.forward.torch_functions import parameters

_TEXT = 120
MOST = 32
"""How many arguments of a call are recorded."""
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
    """Something that has an id for each tensor."""

    def id_of(self, tensor: Any) -> str:
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
    records: list[ArgumentRecord] = []
    for index, value in enumerate(args[:MOST]):
        records.append(ArgumentRecord(names[index] if index < len(names) else None, text(value, naming)))
    if kwargs:
        records += [ArgumentRecord(cut(key, _TEXT)[0], text(kwargs[key], naming)) for key in list(kwargs)[:MOST]]
    return tuple(records)


def text(value: Any, naming: Naming, depth: int = _DEPTH) -> str:
    """A value as its author would write it: a tensor by its id, anything that only its own code could show by its type."""
    kind: Any = _type(value)
    if kind is _Tensor:
        return naming.id_of(value)
    if id(kind) in _SHORT or (kind is int and -_LONG <= value <= _LONG):
        return repr(value)
    if id(kind) in _PLAIN:
        return _plain_text(value, kind)
    if issubclass(kind, _Tensor):
        return naming.id_of(value)
    if kind is slice:
        return _slice_text(value, naming, depth)
    if depth and (kind is list or kind is tuple or kind is torch.Size):
        return _sequence_text(value, naming, depth)
    if kind is np.ndarray:
        return f"array of shape {value.shape}"
    return cut(str(_type.__dict__["__name__"].__get__(kind)), _TEXT)[0]


def _plain_text(value: Any, kind: Any) -> str:
    if kind is int:
        return "int"
    return cut(repr(value[:_TEXT] if kind is str or kind is bytes else value), _TEXT)[0]


def _slice_text(value: slice, naming: Naming, depth: int) -> str:
    parts = [text(part, naming, depth - 1) for part in (value.start, value.stop, value.step)]
    start, stop, step = ["" if part == "None" else part for part in parts]
    return f"{start}:{stop}:{step}" if step else f"{start}:{stop}"


def _sequence_text(value: Any, naming: Naming, depth: int) -> str:
    items = [text(item, naming, depth - 1) for item in value[:_ITEMS]]
    if len(value) > _ITEMS:
        items.append("…")
    inner = ", ".join(items)
    if _type(value) is list:
        return cut(f"[{inner}]", _TEXT)[0]
    return cut(f"({inner},)" if len(items) == 1 else f"({inner})", _TEXT)[0]
