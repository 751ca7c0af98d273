"""The namespace that a program's cells share: a real `__main__` module."""

import builtins
import math
import sys
import types
from types import TracebackType
from typing import Any

import numpy as np
import torch


class Namespace:
    """A fresh `__main__`, in `sys.modules` while it is entered, so that classes, pickle and `__name__` work as in a script.

    `names` is its dictionary; `initial` is what is in it before the program: modules that every example uses.
    """

    def __init__(self, **initial: Any) -> None:
        self.module = types.ModuleType("__main__")
        self.names: dict[str, Any] = self.module.__dict__
        self.initial: dict[str, Any] = {"torch": torch, "np": np, "math": math, **initial}
        self.names["__builtins__"] = builtins
        self.names.update(self.initial)
        self._before: Any = None

    def __enter__(self) -> "Namespace":
        self._before = sys.modules.get("__main__")
        sys.modules["__main__"] = self.module
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._before is not None:
            sys.modules["__main__"] = self._before
