"""The name that a person may have meant: near to the one that is missing, among those that are there.

Python 3.11 makes such suggestions where it prints a traceback itself, and nowhere that a program can ask.
"""

import builtins
import difflib
import sys
import types
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


def suggestion(error: BaseException, namespace: dict[str, Any]) -> str | None:
    """A name near to that which a NameError, AttributeError or ImportError misses; None if there is none.

    `namespace` is the program's. A name is looked for where Python looks: in the function that failed, in the cell, and
    among Python's own; a name that the object of a method has is `self.name`. Of objects only what is in their dictionaries
    is listed: what those of the program say of themselves is code of the program's.
    """
    try:
        name, names = _missing(error, namespace)
    except Exception:  # a module may be damaged
        return None
    if not name or len(name) > _CHARS:
        return None
    known = [
        other
        for other in names
        if type(other) is str and other != name and (name.startswith("_") or not other.startswith("_"))
    ]
    if [*known] == [f"self.{name}"]:
        return cut(known[0], NAME_CHARS)[0]
    same = next((other for other in known if other.lower() == name.lower()), None)
    near = difflib.get_close_matches(name, known, 1, _NEAR)
    return cut(same or near[0], NAME_CHARS)[0] if same or near else None


def _missing(error: BaseException, namespace: dict[str, Any]) -> tuple[str | None, list[Any]]:
    match error:
        case NameError():
            local = _locals(error, namespace)
            owner: Any = local.get("self")
            if owner is not None and error.name in _attributes(owner):
                return error.name, [f"self.{error.name}"]
            return error.name, [*local, *namespace, *dir(builtins)]
        case AttributeError():
            return error.name, _attributes(error.obj)
        case ImportError(msg=str(message)) if error.name in sys.modules and message.startswith("cannot import name '"):
            return message.split("'")[1], list(vars(sys.modules[error.name]))
        case _:
            return None, []


def _locals(error: BaseException, namespace: dict[str, Any]) -> dict[str, Any]:
    """The local names of the function that raised; none if that was a cell."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_globals is not namespace or trace.tb_frame.f_locals is namespace:
        return {}
    return trace.tb_frame.f_locals


def _attributes(owner: Any) -> list[str]:
    """The names in the dictionaries of an object and of its classes, without asking the object."""
    kind: Any = _type(owner)
    own = _dictionary(owner, kind)
    names = [*own]
    if issubclass(kind, types.ModuleType):
        return names
    if issubclass(kind, torch.nn.Module):
        names += [name for part in _PARTS if _type(own.get(part)) is dict for name in own[part]]
    return names + [name for base in kind.__mro__ for name in base.__dict__]


def _dictionary(owner: Any, kind: Any) -> dict[str, Any]:
    """An object's own dictionary, unless its class decides what that is."""
    if any("__dict__" in base.__dict__ and _type(base.__dict__["__dict__"]) is property for base in kind.__mro__):
        return {}
    try:
        own = object.__getattribute__(owner, "__dict__")
    except AttributeError:
        return {}
    return own if _type(own) is dict else {}
