"""The name that a person may have meant: near to the one that is missing, among those that are there.

Python 3.11 makes such suggestions where it prints a traceback itself, and nowhere that a program can ask.
"""

import builtins
import difflib
import sys
import types
from typing import Any

import numpy as np
import torch

from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS

_type: Any = type
_CHARS = 60
"""A longer name is no slip of the finger, and would take long to compare."""
_NEAR = 0.7
_OWNERS = (types.ModuleType, torch.Tensor, np.ndarray, torch.nn.Module)


def suggestion(error: BaseException, namespace: dict[str, Any]) -> str | None:
    """A name near to that which a NameError, AttributeError or ImportError misses; None if there is none.

    `namespace` is the program's. Only the attributes of modules, tensors, arrays and layers are listed: what objects of the
    program's own say of themselves is code of the program's.
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
    same = next((other for other in known if other.lower() == name.lower()), None)
    near = difflib.get_close_matches(name, known, 1, _NEAR)
    return cut(same or near[0], NAME_CHARS)[0] if same or near else None


def _missing(error: BaseException, namespace: dict[str, Any]) -> tuple[str | None, list[Any]]:
    match error:
        case NameError():
            return error.name, [*namespace, *dir(builtins)]
        case AttributeError():
            owner: Any = error.obj
            kind: Any = _type(owner)
            if issubclass(kind, types.ModuleType):
                return error.name, list(owner.__dict__)
            if issubclass(kind, _OWNERS):
                return error.name, [name for base in kind.__mro__ for name in base.__dict__]
            return None, []
        case ImportError(msg=str(message)) if error.name in sys.modules and message.startswith("cannot import name '"):
            return message.split("'")[1], list(vars(sys.modules[error.name]))
        case _:
            return None, []
