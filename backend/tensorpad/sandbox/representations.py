"""Values as text: in full as a notebook shows a result, briefly and in bounded time as a list of variables needs it."""

import contextlib
import io
import itertools
import time
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import torch

from tensorpad.sandbox.deadline import DeadlineReached, soft_deadline
from tensorpad.sandbox.tensor_texts import tensor_text
from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.base.variables import TEXT_CHARS, type_name
from tensorpad.trace.memory.tracked import TAKEN, reach
from tensorpad.trace.memory.values import is_plain

_SIMPLE = (bool, int, float, complex, type(None), torch.Tensor, torch.nn.Parameter, torch.Size, torch.dtype, torch.device)
"""Types whose representation is short, quick and torch's or Python's own."""
_SIMPLE_ARRAYS = "biufcSU"
_ITEMS = 1_000
_EACH_S = 0.1
_type: Any = type
_object_repr: Any = object.__repr__


def shown(value: object) -> str:
    """A result's text: its `repr`; if it has none of its own, the shorter form that IPython shows."""
    kind = type(value)
    if kind.__repr__ is _object_repr:
        return f"<{type_name(kind) if kind.__module__ != '__main__' else '__main__.' + kind.__qualname__} at {id(value):#x}>"
    return repr(value)


class Descriptions:
    """Texts of variables, ready by `until` (of `time.monotonic`) whatever the program's own `__repr__` do.

    They may raise, print or never return; `deadline` makes what ends them.
    """

    def __init__(self, until: float, deadline: Callable[[float], AbstractContextManager[Any]] = soft_deadline) -> None:
        self._until = until
        self._deadline = deadline
        self._spent = False

    def describe(self, value: object) -> str | None:
        """The text of a value, perhaps only the beginning; None if there was no time for it."""
        kind = type(value)
        if kind in _SIMPLE:
            with DisableTorchFunction():  # modes that the program left on have no business here
                return _tensor_text(value) or _attempt(value)
        if kind in (str, bytes):
            text: Any = value
            return repr(text[:TEXT_CHARS])
        if kind is np.ndarray:
            array: Any = value
            if array.dtype.kind in _SIMPLE_ARRAYS:
                return _attempt(value)
        left = min(self._until - time.monotonic(), _EACH_S)
        if self._spent or left <= 0:
            return None
        try:
            with self._deadline(left), _silenced():
                return _attempt(_beginning(value))
        except DeadlineReached:
            self._spent = True
            return None


def _is_beyond_its_storage(tensor: Any) -> bool:
    """Whether torch's own text would read what is not there, which is fatal."""
    if not is_plain(tensor):
        return False
    return (
        reach(tensor.shape, tensor.stride(), tensor.storage_offset()) * tensor.itemsize > tensor.untyped_storage().nbytes()
    )


def _tensor_text(value: object) -> str | None:
    try:
        if not isinstance(value, torch.Tensor):
            return None
        return f"({TAKEN})" if _is_beyond_its_storage(value) else tensor_text(value)
    except RuntimeError:
        return None  # a view that autograd has made invalid, say; torch has a text for each


def _attempt(value: object) -> str:
    try:
        return repr(value)
    except DeadlineReached:
        raise
    except BaseException as error:
        return f"(its __repr__ raised {type_name(type(error))})"


def _beginning(value: Any) -> object:
    """A large built-in container's first items, so that nobody waits for the text of millions."""
    kind: Any = _type(value)
    if kind in (list, tuple, set, frozenset) and len(value) > _ITEMS:
        make: Any = kind
        return make(itertools.islice(value, _ITEMS))
    if kind is dict and len(value) > _ITEMS:
        return dict(itertools.islice(value.items(), _ITEMS))
    return value


@contextlib.contextmanager
def _silenced() -> Generator[None]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield
