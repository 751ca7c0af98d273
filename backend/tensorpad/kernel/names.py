"""The names of a program that is a part of another: which of them are its own, and what they stand for."""

from types import FrameType
from typing import Any

from tensorpad.trace.base.variables import variables


class Names:
    """The names at the place where a program runs: those of a module, or with a `frame` those of a function or class.

    `mentioned` are those that its source mentions; no others are its variables, and `tool`, which traces the program, is
    none either. `all` is what the tracer reads: the module's own dictionary, or in a function a copy of what is mentioned,
    made anew at each step.
    """

    def __init__(self, module: dict[str, Any], frame: FrameType | None = None, tool: object = None) -> None:
        self.module = module
        self.tool = tool
        self.mentioned: dict[str, None] = {}
        self.copied = frame is not None and frame.f_locals is not module
        self.all: dict[str, Any] = {} if self.copied else module

    def mention(self, names: list[str], frame: FrameType | None) -> None:
        """The program mentions more names."""
        self.mentioned |= dict.fromkeys(names)
        if frame is not None:
            self.copy(frame)

    def copy(self, frame: FrameType) -> None:
        """The program has gone on in a function or class: take the values that names have in the frame now."""
        if self.copied:
            self.all.clear()
            self.all["__name__"] = self.module.get("__name__")
            for scope in (self.module, frame.f_locals):
                self.all.update({name: scope[name] for name in self.mentioned if name in scope})

    def forget(self) -> None:
        """Let go of the values that were copied."""
        if self.copied:
            self.all.clear()

    def there(self) -> tuple[str, ...]:
        """The variables that have a value now."""
        return tuple(name for name, _ in variables(self.all, self.others()))

    def others(self) -> dict[str, Any]:
        """What is in the namespace, and is none of the program's."""
        return {name: value for name, value in list(self.all.items()) if name not in self.mentioned or value is self.tool}
