"""The program's variables: which names count as such, and their names and texts."""

import types
from collections.abc import Callable
from typing import Any

import torch

from tensorpad.protocol.records import VariableRecord
from tensorpad.trace.base.texts import cut

TEXT_CHARS = 2_000
TOTAL_CHARS = 1_000_000
NAME_CHARS = 200
"""Length at which names and types are cut; it is far above what anybody writes."""
_NO_VARIABLES = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, type)

Describe = Callable[[object], str | None]
"""Returns the text of a value; None if it cannot be made in time."""


def variables(namespace: dict[str, Any], initial: dict[str, Any]) -> list[tuple[str, Any]]:
    """Names and values in order of definition, without modules, functions, classes, names that begin with an underscore,
    and what was in the namespace (`initial`) before the program.
    """
    return [
        (name, value)
        for name, value in list(namespace.items())
        if type(name) is str
        and not name.startswith("_")
        and not (name in initial and initial[name] is value)
        and not issubclass(type(value), _NO_VARIABLES)
    ]


def is_module(value: object) -> bool:
    """Whether a value is a neural network module."""
    return issubclass(type(value), torch.nn.Module)


def parameters(name: str, module: Any) -> list[tuple[str, Any]]:
    """The parameters of a module with the names by which the program can reach them in words: `model.0.weight`."""
    try:
        named: Any = torch.nn.Module.named_parameters(module, remove_duplicate=False)
        return [(f"{name}.{part}", parameter) for part, parameter in named]
    except Exception:  # a module of the program's may be half-built
        return []


def modules(module: Any) -> list[Any]:
    """A module and those within it."""
    try:
        return list(torch.nn.Module.modules(module))
    except Exception:  # as above
        return []


def type_name(kind: Any) -> str:
    """A type's name with its module, as Python writes it. A metaclass of the program's can say what it likes."""
    try:
        module, name = kind.__module__, kind.__qualname__
    except Exception:
        return "object"
    if type(name) is not str:
        return "object"
    return f"{module}.{name}" if type(module) is str and module not in ("builtins", "__main__") else name


def record(name: str, value: object, tensor: str | None, describe: Describe, room: int) -> VariableRecord:
    """One variable; its text takes no more than `room` characters."""
    text = describe(value)
    shown = "(its text could not be made in time)" if text is None else text
    return VariableRecord(
        cut(name, NAME_CHARS)[0],
        cut(type_name(type(value)), NAME_CHARS)[0],
        cut(shown, min(TEXT_CHARS, max(room, 1)))[0],
        tensor,
    )
