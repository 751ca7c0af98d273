"""Tensors that no name of the program stands for: in lists, dictionaries and attributes, and what the program calls them.

Nothing here runs code of the program's: members are looked up in the containers themselves, past what a class defines.
"""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, Final

import torch

from tensorpad.trace.forward.arguments import is_tensor

DEPTH: Final = 3
"""How many indices and attributes an expression has at most, when tensors are looked for."""
MEMBERS: Final = 2_000
"""Most members that are looked at."""
_Step = tuple[str, str | int]
"""An attribute (`.`) or an index (`[`), with its name or key."""
_NAME = re.compile(r"\s*([^\W\d]\w*)\s*")
_STEP = re.compile(r"""\s*(?:\.\s*([^\W\d]\w*)|\[\s*(?:(-?\d{1,9})|"([^"\\]*)"|'([^'\\]*)')\s*\])\s*""")
_MISSING: Final = object()
_type: Any = type
_list: Any = list
_tuple: Any = tuple
_dict: Any = dict
_namespace: Any = SimpleNamespace


def found(named: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The tensors that variables lead to, each with the expression that leads to it, nearest first."""
    pending: list[tuple[str, Any, int]] = [(name, value, 0) for name, value in named if not is_tensor(value)]
    visited: set[int] = set()
    left = MEMBERS
    for expression, value, depth in pending:
        if id(value) in visited:
            continue
        visited.add(id(value))
        for step, member in _members(value):
            left -= 1
            if left < 0:
                return
            inner = f"{expression}{step}"
            if is_tensor(member):
                yield inner, member
            elif depth + 1 < DEPTH:
                pending.append((inner, member, depth + 1))


def resolved(namespace: dict[str, Any], expression: str) -> Any:
    """The tensor that an expression of a name, indices and attributes stands for; None if it is none."""
    first = _NAME.match(expression)
    if first is None:
        return None
    value = namespace.get(first[1], _MISSING)
    position = first.end()
    while value is not _MISSING and position < len(expression):
        step = _STEP.match(expression, position)
        if step is None:
            return None
        if step[1] is not None:
            value = _attribute(value, step[1])
        else:
            value = _item(value, int(step[2]) if step[2] is not None else step[3] if step[3] is not None else step[4])
        position = step.end()
    return value if value is not _MISSING and is_tensor(value) else None


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    kind = _type(value)
    if issubclass(kind, (list, tuple)):
        base = _list if issubclass(kind, list) else _tuple
        for index, member in zip(range(MEMBERS), base.__iter__(value), strict=False):
            yield f"[{index}]", member
    elif issubclass(kind, dict):
        for key, member in list(_dict.items(value))[:MEMBERS]:
            if _type(key) is str:
                yield f'["{key}"]', member
            elif _type(key) is int:
                yield f"[{key}]", member
    else:
        for name, member in list(_attributes(value).items())[:MEMBERS]:
            if _type(name) is not str or name.startswith("_"):
                continue
            if name.isidentifier():
                yield f".{name}", member
            elif name.isdecimal():  # a module in a Sequential or a ModuleList
                yield f"[{name}]", member


def _attributes(value: Any) -> dict[str, Any]:
    """The attributes of an object of the program's, and the modules in a module."""
    kind = _type(value)
    if issubclass(kind, type):
        return {}
    if getattr(kind, "__module__", "") in ("builtins", "types") and kind is not _namespace:
        return {}
    try:
        attributes = object.__getattribute__(value, "__dict__")
    except Exception:
        return {}
    if _type(attributes) is not dict:
        return {}
    if issubclass(kind, torch.nn.Module):
        members: dict[str, Any] = dict(attributes)
        for part in ("_modules", "_parameters", "_buffers"):
            inner: Any = attributes.get(part)
            members.update(inner if _type(inner) is dict else {})
        return members
    return attributes


def _attribute(value: Any, name: str) -> Any:
    kind = _type(value)
    fields: Any = kind.__dict__.get("_fields") if issubclass(kind, tuple) else None
    if _type(fields) is tuple and name in fields:
        return _tuple.__getitem__(value, fields.index(name))
    return _attributes(value).get(name, _MISSING)


def _item(value: Any, key: str | int) -> Any:
    kind = _type(value)
    try:
        if issubclass(kind, list):
            return _list.__getitem__(value, key)
        if issubclass(kind, tuple):
            return _tuple.__getitem__(value, key)
        if issubclass(kind, dict):
            return _dict.__getitem__(value, key)
        modules: Any = _attributes(value).get("_modules") if issubclass(kind, torch.nn.Module) else None
        if _type(modules) is dict:
            inner: Any = list(modules.values()) if _type(key) is int else modules
            return inner[key]
    except (LookupError, TypeError):
        pass
    return _MISSING
