"""The objects that `x.storage()` returns, with the identities that a program finds without the trace."""

import sys
from typing import Any

_references: Any = sys.getrefcount
_ONLY_OURS = 3
"""References to an object that the program has dropped: the attribute, the variable, and the argument of the function."""


class TypedStorages:
    """Decides which object a call of `torch.Tensor.storage` returns.

    Courses show that two tensors share memory by `id(x.storage()) == id(y.storage())`. The objects are made for the call, so
    in plain torch that is true because the second takes the place of the first, which is gone by then; and false for tensors
    of different storages, where what the second one holds takes that place. With the trace, objects of ours take it. So the
    last object of a statement is kept, and returned again once the program has dropped it.
    """

    def __init__(self) -> None:
        self._last: Any = None

    def chosen(self, made: Any) -> Any:
        """The object for a call that has `made` one."""
        last = self._last
        if last is not None and _references(last) == _ONLY_OURS and vars(last) == vars(made):
            return last
        self._last = made
        return made

    def forget(self) -> None:
        """The statement has ended."""
        self._last = None
