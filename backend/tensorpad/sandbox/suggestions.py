"""The name that a person may have meant: near to the one that is missing, among those that are there and can be used so.

Python 3.11 makes such suggestions where it prints a traceback itself, and nowhere that a program can ask.
"""

import builtins
import difflib
import pkgutil
import sys
import types
from collections.abc import Mapping
from typing import Any

import torch

from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS

_type: Any = type
_CHARS = 60
"""A longer name is no slip of the finger, and would take long to compare."""
_NEAR = 0.7
_PARTS = ("_parameters", "_buffers", "_modules")
"""Where a module keeps what is looked up as its attributes."""
_UNKNOWN = object()
"""In the place of a value that cannot be known without asking the program."""


def suggestion(error: BaseException, namespace: dict[str, Any], used: str = "") -> str | None:
    """A name near to that which a NameError, AttributeError or ImportError misses; None if there is none.

    `namespace` is the program's, `used` the character after the name in the source: what is called must be callable, and
    no module. A name is looked for where Python looks: in the function that failed, in the cell, and among Python's own; a
    name that the object of a method has is `self.name`, one that a part of a module has is `part.name`. Of objects only what
    is in their dictionaries is listed: what those of the program say of themselves is code of the program's.
    """
    try:
        if isinstance(error, ModuleNotFoundError):
            return _module(error.name or "")
        name, names = _missing(error, namespace)
    except Exception:  # a module may be damaged
        return None
    if not name or len(name) > _CHARS:
        return None
    if [*names] == [f"self.{name}"]:
        return cut(f"self.{name}", NAME_CHARS)[0]
    known = [
        other
        for other, value in names.items()
        if type(other) is str
        and other != name
        and (name.startswith("_") or not other.startswith("_"))
        and _fits(value, used)
    ]
    near = next((other for other in known if other.lower() == name.lower()), None)
    if near is None and isinstance(error, AttributeError) and isinstance(error.obj, types.ModuleType):
        near = _in_a_part(error.obj, name, used)
    near = near or next(iter(difflib.get_close_matches(name, known, 1, _NEAR)), None)
    return None if near is None else cut(near, NAME_CHARS)[0]


def _fits(value: Any, used: str) -> bool:
    """Whether a value can be used as the source uses the missing one."""
    kind = _type(value)
    if value is _UNKNOWN or used not in ("(", "."):
        return True
    if used == "(":
        return not issubclass(kind, types.ModuleType) and (_is_called(kind) or kind in (staticmethod, classmethod))
    return kind not in (types.FunctionType, types.BuiltinFunctionType)


def _is_called(kind: Any) -> bool:
    return any("__call__" in base.__dict__ for base in kind.__mro__)


def _in_a_part(module: types.ModuleType, name: str, used: str) -> str | None:
    """`fft.rfft` for `rfft` of torch: the shortest of the module's public parts that has the very name."""
    parts = [
        part
        for part, value in vars(module).items()
        if _type(value) is types.ModuleType
        and not part.startswith("_")
        and value.__name__ == f"{module.__name__}.{part}"
        and name in vars(value)
        and _fits(vars(value)[name], used)
        and _type(vars(value)[name]) is not types.ModuleType
    ]
    return f"{min(parts, key=len)}.{name}" if parts and not name.startswith("_") else None


def _module(name: str) -> str | None:
    """A module that can be imported, one slip of the finger away. Another package is no other spelling of this one.

    A letter more at either end makes another name (`torchx`), and no slip.
    """
    parent, _, last = name.rpartition(".")
    if not last or len(name) > _CHARS:
        return None
    places: Any = None if not parent else getattr(sys.modules.get(parent), "__path__", ())
    known: set[str] = {found.name for found in pkgutil.iter_modules(places)} | (
        set[str]() if parent else set(sys.stdlib_module_names)
    )
    near = sorted(other for other in known if not other.startswith("_") and _is_a_slip(last, other))
    return (f"{parent}." if parent else "") + near[0] if near else None


def _is_a_slip(wrong: str, right: str) -> bool:
    """Whether one letter is wrong, missing, too many inside, or two neighbours have changed places."""
    if wrong == right or abs(len(wrong) - len(right)) > 1 or min(len(wrong), len(right)) < 4 or wrong[0] != right[0]:
        return wrong.lower() == right.lower() and wrong != right
    if len(wrong) == len(right):
        places = [place for place in range(len(wrong)) if wrong[place] != right[place]]
        if len(places) == 2:
            first, second = places
            return second == first + 1 and wrong[first] == right[second] and wrong[second] == right[first]
        return len(places) == 1
    longer, shorter = (wrong, right) if len(wrong) > len(right) else (right, wrong)
    inside = range(1, len(longer) - 1) if longer == wrong else range(1, len(longer))
    return any(longer[:place] + longer[place + 1 :] == shorter for place in inside)


def _missing(error: BaseException, namespace: dict[str, Any]) -> tuple[str | None, Mapping[Any, Any]]:
    match error:
        case NameError():
            local = _locals(error, namespace)
            owner: Any = local.get("self")
            if owner is not None and error.name in _attributes(owner):
                return error.name, {f"self.{error.name}": _UNKNOWN}
            return error.name, {**vars(builtins), **namespace, **local}
        case AttributeError():
            return error.name, _attributes(error.obj)
        case ImportError(msg=str(message)) if error.name in sys.modules and message.startswith("cannot import name '"):
            return message.split("'")[1], vars(sys.modules[error.name])
        case _:
            return None, {}


def _locals(error: BaseException, namespace: dict[str, Any]) -> dict[str, Any]:
    """The local names of the function that raised; none if that was a cell."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_globals is not namespace or trace.tb_frame.f_locals is namespace:
        return {}
    return trace.tb_frame.f_locals


def _attributes(owner: Any) -> dict[Any, Any]:
    """What is in the dictionaries of an object and of its classes, without asking the object."""
    kind: Any = _type(owner)
    own = _dictionary(owner, kind)
    if issubclass(kind, types.ModuleType):
        return own
    names: dict[Any, Any] = {}
    for base in reversed(kind.__mro__):
        names |= base.__dict__
    if issubclass(kind, torch.nn.Module):
        for part in _PARTS:
            if _type(own.get(part)) is dict:
                names |= own[part]
    return names | own


def _dictionary(owner: Any, kind: Any) -> dict[str, Any]:
    """An object's own dictionary, unless its class decides what that is."""
    if any("__dict__" in base.__dict__ and _type(base.__dict__["__dict__"]) is property for base in kind.__mro__):
        return {}
    try:
        own = object.__getattribute__(owner, "__dict__")
    except AttributeError:
        return {}
    return own if _type(own) is dict else {}
