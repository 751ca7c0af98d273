"""The names by which a program can reach the parameters of its modules (`model.0.weight`), and since which step."""

import weakref
from typing import Any

from msgspec import Struct

from tensorpad.protocol.records import NamesRecord
from tensorpad.trace.base import variables
from tensorpad.trace.base.texts import cut
from tensorpad.trace.memory.tensors import Tensors

_MOST_ROOTS = 100
_MOST_MODULES = 500
"""Modules of one variable that are looked into after each statement; a variable of more has names as when it was bound."""
_MOST_CHANGES = 10_000


class _Root(Struct, eq=False, gc=False):
    """A variable's module: the modules in it, itself the first, and what was registered in them. Nothing is kept alive."""

    modules: list[Any]
    known: list[int]


class ParameterNames:
    """The names of a run's parameters; `changes` has those of each by its number, oldest first.

    NOTE [Whose names change]
    1. A variable of the cells that holds a module names all parameters in it. Such a variable is noted when it is bound.
    2. After each statement, what is registered in those modules is compared with what was: modules by their ids, parameters
       by their numbers. That takes a few microseconds for a few layers, and calls nothing of the program's.
    3. A parameter is known from then on, not only once an operation uses it.
    """

    def __init__(self, tensors: Tensors, namespace: dict[str, Any]) -> None:
        self.changes: dict[int, list[NamesRecord]] = {}
        self._tensors = tensors
        self._namespace = namespace
        self._roots: dict[str, _Root | None] = {}
        self._room = _MOST_CHANGES

    def bound(self, name: str) -> None:
        """A name was bound to a module, perhaps in a function."""
        if len(self._roots) < _MOST_ROOTS:
            self._roots.setdefault(name, None)

    def compare(self) -> None:
        """Note which names have changed. To be called before the step that changed them is added to the timeline."""
        for name, root in self._roots.items():
            if self._differs(self._namespace.get(name), root):
                self._name()
                break

    def _differs(self, value: Any, root: _Root | None) -> bool:
        if root is None:
            return variables.is_module(value)
        return value is not root.modules[0]() or self._registered(root.modules) != root.known

    def _registered(self, modules: list[Any]) -> list[int]:
        found: list[int] = []
        for reference in modules:
            members = vars(reference() or self)
            found += map(id, members.get("_modules", {}).values())
            found += [
                0 if part is None else self._tensors.update(part).number for part in members.get("_parameters", {}).values()
            ]
        return found

    def _name(self) -> None:
        names: dict[int, list[str]] = {number: [] for number, records in self.changes.items() if records[-1].names}
        for name in self._roots:
            value = self._namespace.get(name)
            if not variables.is_module(value):
                self._roots[name] = None
                continue
            modules = [weakref.ref(module) for module in variables.modules(value)[:_MOST_MODULES]] or [weakref.ref(value)]
            self._roots[name] = _Root(modules, self._registered(modules))
            for path, parameter in variables.parameters(name, value):
                names.setdefault(self._tensors.of(parameter).number, []).append(cut(path, variables.NAME_CHARS)[0])
        for number, own in names.items():
            known = self.changes.setdefault(number, [])
            if self._room > 0 and not (known and known[-1].names == tuple(own)):
                self._room -= 1
                known.append(NamesRecord(self._tensors.step, tuple(own)))
