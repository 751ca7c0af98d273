"""Tensorpad: a visual playground for PyTorch tensors and autograd.

In a program or notebook of one's own: `tensorpad.trace()`, `tensorpad.show(x)`, and `%load_ext tensorpad`. What they need is
loaded when they are first used, PyTorch too.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from tensorpad import trace as _trace_package

__version__ = "0.1.0"

_PUBLIC = {
    "Trace": "tensorpad.kernel.tracing",
    "TraceError": "tensorpad.kernel.errors",
    "show": "tensorpad.kernel.showing",
    "load_ipython_extension": "tensorpad.kernel.magic",
}
"""By the names that are to be used from outside, the modules that have them."""


class _CallableTrace(ModuleType):
    """The package `tensorpad.trace`, which has the name of what a program calls: `tensorpad.trace()`.

    Loading any module of a package gives its name to the package, so nothing else can have it.
    """

    def __call__(self, **options: Any) -> Any:
        """As `tensorpad.kernel.tracing.trace`."""
        # The caller's frame is looked up when the result is entered, not here.
        return import_module(_PUBLIC["Trace"]).trace(**options)


sys.modules[_trace_package.__name__].__class__ = _CallableTrace


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)
