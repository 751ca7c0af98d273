"""The modes of torch that a call was made under, so that it can be made again under the same."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import Any

import torch

_DEVICES = ("cpu", "cuda")


class Surroundings:
    """Autocast, the default dtype and the choice of deterministic algorithms, as they are when this is made.

    Whether gradients are recorded is no part of it: who makes a call again decides that.
    """

    __slots__ = ("_autocast", "_deterministic", "_dtype")

    def __init__(self) -> None:
        self._dtype = torch.get_default_dtype()
        self._deterministic = _deterministic()
        self._autocast: tuple[torch.dtype | None, ...] = tuple([_autocast(device) for device in _DEVICES])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Surroundings) and self._all == other._all

    def __hash__(self) -> int:
        return hash(self._all)

    @property
    def _all(self) -> tuple[Any, ...]:
        return self._dtype, self._deterministic, self._autocast

    @contextmanager
    def restored(self) -> Generator[None]:
        """While entered, these modes are on, and no others."""
        with ExitStack() as stack:
            for device, dtype in zip(_DEVICES, self._autocast, strict=True):
                if dtype != _autocast(device):
                    # Without the cache: a copy of a weight that is made for one repetition is not for the next.
                    stack.enter_context(torch.autocast(device, dtype, enabled=dtype is not None, cache_enabled=False))
            if self._dtype != torch.get_default_dtype():
                stack.callback(torch.set_default_dtype, torch.get_default_dtype())
                torch.set_default_dtype(self._dtype)
            if self._deterministic != _deterministic():
                stack.callback(_determine, *_deterministic())
                _determine(*self._deterministic)
            yield


def _autocast(device: str) -> torch.dtype | None:
    """The dtype that autocast takes on a device, None where it is off."""
    return torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else None


def _deterministic() -> tuple[bool, bool]:
    return torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()


def _determine(mode: bool, warn_only: bool) -> None:
    torch.use_deterministic_algorithms(mode, warn_only=warn_only)
