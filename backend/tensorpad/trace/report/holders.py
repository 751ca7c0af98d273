"""Who holds tensors when the program has ended: modules, optimisers and lists, read without running code of the program's.

A module and an optimiser are read through the dictionary of their attributes, as `nn.Module` itself has it: no property, no
iteration and no method of the program's is called, and a half-built module has what it has.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch

from tensorpad.protocol.holders import HeldRecord, HiddenRecord, HolderRecord
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS, is_module, type_name
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.memory.tensors import Tensors

_type: Any = type
_tensor_type: Any = torch.Tensor
_module_type: Any = torch.nn.Module
_optimizer_type: Any = torch.optim.Optimizer
_module_attributes: Any = _module_type.__dict__["__dict__"].__get__
_optimizer_attributes: Any = _optimizer_type.__dict__["__dict__"].__get__
_requires_grad: Any = _tensor_type.requires_grad.__get__
_is_leaf: Any = _tensor_type.is_leaf.__get__
_SEQUENCES: dict[Any, Any] = {list: "list", tuple: "tuple"}

_Named = list[tuple[str, Any]]


@dataclass(slots=True)
class _Hidden:
    path: str
    type: Any
    count: int
    held: _Named


@dataclass(slots=True)
class _Holder:
    kind: Any
    name: str
    type: str
    held: _Named = field(default_factory=list[tuple[str, Any]])
    plain: _Named = field(default_factory=list[tuple[str, Any]])
    hidden: list[_Hidden] = field(default_factory=list[_Hidden])


class Holders:
    """The holders among the variables. No more than `most` tensors are named in all."""

    def __init__(self, named: _Named, tensors: Tensors, most: int) -> None:
        self._tensors = tensors
        self._left = most
        self.full = False
        """Whether some tensors had no room."""
        modules = [(name, value) for name, value in named if is_module(value)]
        inner = self._inner(value for _, value in modules)
        self._holders: list[_Holder] = []
        seen: set[int] = set()
        for name, value in modules:
            if id(value) not in inner and id(value) not in seen:
                seen.add(id(value))
                self._holders.append(self._module(name, value))
        for name, value in named:
            if id(value) in seen:
                continue
            if issubclass(type(value), _optimizer_type):
                seen.add(id(value))
                self._holders.append(_Holder("optimizer", name, type_name(type(value)), self._fit(_stepped(name, value))))
            elif _type(value) in (list, tuple):
                held = [(f"{name}[{index}]", item) for index, item in enumerate(value) if is_tensor(item)]
                if held:
                    self._holders.append(_Holder("container", name, _SEQUENCES[_type(value)], self._fit(held)))

    def unregistered(self) -> Iterator[tuple[str, Any]]:
        """The tensors of modules that `parameters()` does not find, with their paths."""
        for holder in self._holders:
            yield from holder.plain
            for hidden in holder.hidden:
                yield from hidden.held

    def stepped(self) -> Iterator[Any]:
        """The tensors that optimisers hold."""
        for holder in self._holders:
            if holder.kind == "optimizer":
                yield from (tensor for _, tensor in holder.held)

    def records(self, known: set[str]) -> tuple[HolderRecord, ...]:
        """The holders, as far as their tensors are `known`."""
        return tuple(
            [
                HolderRecord(
                    kind=holder.kind,
                    name=cut(holder.name, NAME_CHARS)[0],
                    type=cut(holder.type, NAME_CHARS)[0],
                    held=self._held(holder.held, known),
                    plain=self._held(holder.plain, known),
                    hidden=tuple(
                        [
                            HiddenRecord(cut(one.path, NAME_CHARS)[0], one.type, one.count, self._held(one.held, known))
                            for one in holder.hidden
                        ]
                    ),
                )
                for holder in self._holders
            ]
        )

    def _held(self, named: _Named, known: set[str]) -> tuple[HeldRecord, ...]:
        return tuple(
            [
                HeldRecord(cut(path, NAME_CHARS)[0], self._tensors.of(tensor).id)
                for path, tensor in named
                if self._tensors.known(tensor) and self._tensors.of(tensor).id in known
            ]
        )

    def _fit(self, named: Iterable[tuple[str, Any]]) -> _Named:
        """As many as there is room for."""
        fitting: _Named = []
        for item in named:
            if not self._left:
                self.full = True
                break
            self._left -= 1
            fitting.append(item)
        return fitting

    def _inner(self, modules: Iterable[Any]) -> set[int]:
        """The modules that are parts of others, by their identity."""
        return {id(part) for module in modules for path, part in _parts("", module) if path}

    def _module(self, name: str, module: Any) -> _Holder:
        holder = _Holder("module", name, type_name(type(module)))
        parts = list(_parts(name, module))
        holder.held = self._fit(_parameters(parts))
        holder.plain = self._fit(_plain(parts))
        for path, part in parts:
            for attribute, value in _items(_module_attributes(part)):
                modules = [] if attribute.startswith("_") else list(_listed(f"{path}.{attribute}", value))
                if modules:
                    kind = _SEQUENCES.get(_type(value), "dict")
                    inside = [found for inner, one in modules for found in _parts(inner, one)]
                    hidden = _Hidden(f"{path}.{attribute}", kind, len(modules), self._fit(_parameters(inside)))
                    holder.hidden.append(hidden)
        return holder


def _items(dictionary: Any) -> list[tuple[str, Any]]:
    """The entries of a plain dictionary under names."""
    if _type(dictionary) is not dict:
        return []
    return [(key, value) for key, value in list(dictionary.items()) if type(key) is str]


def _parts(name: str, module: Any) -> Iterator[tuple[str, Any]]:
    """A module and all that is registered in it, each once, with its path."""
    seen = {id(module)}
    pending = [(name, module)]
    while pending:
        path, part = pending.pop()
        yield path, part
        children = _items(_module_attributes(part).get("_modules"))
        for key, child in reversed(children):
            if is_module(child) and id(child) not in seen:
                seen.add(id(child))
                pending.append((f"{path}.{key}", child))


def _parameters(parts: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The parameters that are registered in modules, each once."""
    seen: set[int] = set()
    for path, part in parts:
        for key, value in _items(_module_attributes(part).get("_parameters")):
            if is_tensor(value) and id(value) not in seen:
                seen.add(id(value))
                yield f"{path}.{key}", value


def _plain(parts: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The leaves that require a gradient and are attributes of modules, but no parameters."""
    for path, part in parts:
        for key, value in _items(_module_attributes(part)):
            if is_tensor(value) and _requires_grad(value) and _is_leaf(value):
                yield f"{path}.{key}", value


def _listed(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The modules in a plain list, tuple or dictionary."""
    if _type(value) in (list, tuple):
        items: Any = [(str(index), item) for index, item in enumerate(value)]
    else:
        items = [(repr(key), item) for key, item in _items(value)]
    for key, item in items:
        if is_module(item):
            yield f"{path}[{key}]", item


def _stepped(name: str, optimizer: Any) -> Iterator[tuple[str, Any]]:
    """The tensors that an optimiser steps."""
    groups = _optimizer_attributes(optimizer).get("param_groups")
    for number, group in enumerate(_list(groups)):
        tensors = group.get("params") if _type(group) is dict else None
        for index, tensor in enumerate(_list(tensors)):
            if is_tensor(tensor):
                yield f"{name}.param_groups[{number}]['params'][{index}]", tensor


def _list(value: Any) -> list[Any]:
    return value if _type(value) is list else []
