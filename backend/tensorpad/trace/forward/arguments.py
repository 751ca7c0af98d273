"""Arguments of a torch call: searched for tensors, rebuilt with replacements, and copied."""

from collections.abc import Callable, Iterator
from typing import Any

import torch

_type: Any = type
_Tensor = torch.Tensor
_Values: Any = type(vars().values())
_SCALARS = frozenset(map(id, (type(None), bool, int, float, complex, str, torch.dtype, torch.device)))
"""Types by their identity: a type of the program's may have a hash of its own."""
DEPTH = 6
"""How deep lists, tuples, dictionaries and slices among arguments are searched."""


def is_tensor(value: object) -> bool:
    """Whether a value is a tensor; its own idea of its class is not asked."""
    return issubclass(type(value), torch.Tensor)


def tensors(value: Any, depth: int = DEPTH) -> Iterator[tuple[str, Any]]:
    """Every tensor in a value with its path in it, such as `[0][1]` or `.start`, in order, repeats included."""
    if is_tensor(value):
        yield "", value
    elif depth:
        for path, part in _parts(value):
            yield from ((path + inner, tensor) for inner, tensor in tensors(part, depth - 1))


def collect(value: Any, into: list[Any], depth: int = 3) -> None:
    """Add the tensors in a value, and in the lists and tuples in it, to `into`; quicker than `tensors`."""
    kind: Any = _type(value)
    if id(kind) in _SCALARS:
        return
    if kind is _Tensor or (kind is not tuple and issubclass(kind, _Tensor)):
        into.append(value)
    elif depth and (kind is tuple or kind is _Values or issubclass(kind, (tuple, list))):
        for item in value:
            if _type(item) is _Tensor:
                into.append(item)
            else:
                collect(item, into, depth - 1)


def rebuilt(value: Any, leaf: Callable[[Any], Any], depth: int = DEPTH) -> Any:
    """The value with `leaf` applied to everything in it that is no container.

    Lists, tuples, dictionaries, slices and named tuples, of exactly these types, are made anew.
    """
    kind: Any = _type(value)
    if not depth:
        return leaf(value)
    parts: Any = value
    if kind is list:
        return [rebuilt(part, leaf, depth - 1) for part in parts]
    if kind is tuple:
        return tuple(rebuilt(part, leaf, depth - 1) for part in parts)
    if kind is dict:
        return {key: rebuilt(part, leaf, depth - 1) for key, part in value.items()}
    if kind is slice:
        return slice(*(rebuilt(part, leaf, depth - 1) for part in (value.start, value.stop, value.step)))
    if hasattr(kind, "_make") and isinstance(value, tuple):
        return kind._make([rebuilt(part, leaf, depth - 1) for part in parts])
    return leaf(value)


def replaced(value: Any, replacement: Callable[[Any], Any]) -> Any:
    """The value with every tensor in it replaced."""
    return rebuilt(value, lambda part: replacement(part) if is_tensor(part) else part)


def copied(tensor: Any) -> Any:
    """A detached copy in memory of its own, laid out as the original is: same strides, offset and shared elements."""
    plain: Any = tensor.detach()
    if plain.layout is not torch.strided or plain.is_quantized or plain.is_meta:
        return plain.clone()
    storage: Any = plain.untyped_storage().clone()
    return plain.new_empty(0).set_(storage, plain.storage_offset(), plain.size(), plain.stride())


def target(args: Any) -> tuple[Any, int | None]:
    """The tensor that a call without a result may write to, its first argument, and its version before the call."""
    first: Any = args[0] if args and is_tensor(args[0]) else None
    return first, None if first is None or first.is_inference() else first._version


def made(output: Any, written: tuple[Any, int | None]) -> list[Any]:
    """The tensors that a call made: those in its output, or the one that it wrote to if it returned nothing."""
    first, version = written
    if output is None and version is not None and first._version != version:
        return [first]
    return [tensor for _, tensor in tensors(output)]


def footprint(tensor: Any) -> int:
    """Elements that `copied` copies, at most."""
    if tensor.layout is not torch.strided:
        return int(tensor.numel())
    return max(int(tensor.numel()), tensor.untyped_storage().nbytes() // max(1, tensor.element_size()))


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    kind = _type(value)
    if issubclass(kind, (tuple, list)):
        for index, part in enumerate(value):
            yield f"[{index}]", part
    elif kind is dict:
        for name, part in value.items():
            yield f"[{name!r}]", part
    elif kind is slice:
        yield ".start", value.start
        yield ".stop", value.stop
        yield ".step", value.step
