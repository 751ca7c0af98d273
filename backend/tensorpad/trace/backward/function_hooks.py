"""Our own hooks on backward functions, put there without the costs and traces of the public way.

`Node.register_hook` and `Node.register_prehook` leave the entry in the function's dictionary to one static method of
torch's, which also counts hooks and makes a handle. For the moment in which ours are registered, that method is replaced:
the count that the program's handles are numbered by stays, and the handle is the dictionary itself.
"""

import threading
from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from tensorpad.trace.base.internals import REGISTER, hook_mixin

_Hooks: Any = OrderedDict
"""A handle of the program's takes a weak reference to it, which a plain dictionary does not allow."""


@contextmanager
def registering(key: object) -> Generator[None]:
    """While entered, a hook that this thread registers goes under `key`, and its dictionary is returned."""
    original: Any = hook_mixin.__dict__[REGISTER]
    thread = threading.get_ident()

    def _register_hook(hooks: Any, hook: Any) -> Any:
        if threading.get_ident() != thread:
            return original.__func__(hooks, hook)
        if hooks is None:
            hooks = _Hooks()
        hooks[key] = hook
        return hooks, hooks

    setattr(hook_mixin, REGISTER, staticmethod(_register_hook))
    try:
        yield
    finally:
        setattr(hook_mixin, REGISTER, original)


class FunctionHooks:
    """While entered, notes whether the program (or a library for it) registers hooks on backward functions."""

    def __init__(self) -> None:
        self.registered = False
        self._original: Any = None

    def __enter__(self) -> None:
        original: Any = hook_mixin.__dict__[REGISTER]
        self._original = original

        def _register_hook(backward_hooks: Any, hook: Any) -> Any:
            self.registered = True
            return original.__func__(backward_hooks, hook)

        setattr(hook_mixin, REGISTER, staticmethod(_register_hook))

    def __exit__(self, *_: object) -> None:
        setattr(hook_mixin, REGISTER, self._original)
