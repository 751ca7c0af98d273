"""One call of a torch function, kept so that it can be made again: arguments as they were, and the random state."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import torch

from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.forward import arguments

ELEMENTS = 20_000_000
"""Elements that are copied of one call's inputs and outputs."""


class TooLarge(Exception):
    """The inputs are more than are copied."""


class _Slot:
    """Stands for an input."""

    __slots__ = ("key",)

    def __init__(self, key: int) -> None:
        self.key = key


class Input:
    """One tensor that was given: its copy, and the place among the arguments where it first stands."""

    __slots__ = ("copy", "id", "place")

    def __init__(self, copy: Any, name: str, place: str) -> None:
        self.copy = copy
        self.id = name
        self.place = place


class Call:
    """A call before it is made; `finish` takes its outputs. `name` gives a tensor's id. Raises TooLarge."""

    def __init__(self, function: Any, args: Any, kwargs: Any, name: Callable[[Any], str]) -> None:
        self.function = function
        self.inputs: dict[int, Input] = {}
        """By the id of the tensor object, so that one that is given twice is one."""
        self.outputs: list[Any] = []
        self.numbers: list[float] = [part for part in (*args, *kwargs.values()) if type(part) in (int, float)]
        """Python numbers among the arguments."""
        self.random: Any = torch.get_rng_state()
        self._writes = False
        room = ELEMENTS
        for place, tensor in arguments.tensors((args, kwargs)):
            if id(tensor) in self.inputs:
                continue
            room -= arguments.footprint(tensor)
            if room < 0:
                raise TooLarge
            self.inputs[id(tensor)] = Input(arguments.copied(tensor), name(tensor), _place(place))
        self._args = arguments.replaced(args, _slot)
        self._kwargs = arguments.replaced(kwargs, _slot)

    def finish(self, output: Any, made: list[Any]) -> None:
        """Take what the call gave, and the tensors that it made."""
        self._writes = output is None
        self.outputs = [arguments.copied(tensor) for tensor in made]

    def repeat(self, given: dict[int, Any], without_out: bool = False) -> list[Any]:
        """Make the call again, with these tensors for its inputs, and the random numbers that it had; gives its outputs."""

        def filled(part: Any) -> Any:
            return given[part.key] if isinstance(part, _Slot) else part

        args, kwargs = arguments.rebuilt(self._args, filled), arguments.rebuilt(self._kwargs, filled)
        if without_out:
            kwargs.pop("out", None)
        with DisableTorchFunction(), random_numbers_kept():
            torch.set_rng_state(self.random)
            output = self.function(*args, **kwargs)
        return [tensor for _, tensor in arguments.tensors(args[0] if self._writes else output)]

    def fresh(self) -> dict[int, Any]:
        """The inputs as they were, each in memory of its own."""
        return {key: arguments.copied(one.copy) for key, one in self.inputs.items()}


@contextmanager
def random_numbers_kept() -> Generator[None]:
    """Whatever random numbers are drawn inside, those after it are as they would have been."""
    state: Any = torch.get_rng_state()
    try:
        yield
    finally:
        torch.set_rng_state(state)


def identical(one: Any, other: Any) -> bool:
    """Whether two tensors have the same shape, type and elements; NaN is the same as NaN."""
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    same: Any = (one == other) | (torch.isnan(one) & torch.isnan(other))
    return bool(same.all())


def _slot(tensor: Any) -> _Slot:
    return _Slot(id(tensor))


def _place(path: str) -> str:
    """`[0][1][0]`, the first of a list that is argument 1, as `1[0]`; `[1]['weight']` as `weight`."""
    head, _, rest = path[1:].partition("]")
    own, bracket, more = rest[1:].partition("]")
    del head, bracket
    return own.strip("'") + more
