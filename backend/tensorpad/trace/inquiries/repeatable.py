"""One call of a torch function, caught as the program makes it, so that it can be made again."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.forward import arguments
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.forward.torch_functions import public_name
from tensorpad.trace.inquiries.surroundings import Surroundings

ELEMENTS = 20_000_000
"""Elements that are copied of the inputs of all calls that are caught in one run."""


class TooLarge(Exception):
    """The inputs are more than there is room for; `alone`: more than there is for one call."""

    def __init__(self, alone: bool) -> None:
        super().__init__()
        self.alone = alone


class _Slot:
    """Takes the place of an input."""

    __slots__ = ("key",)

    def __init__(self, key: int) -> None:
        self.key = key


class Input:
    """One tensor among the arguments: its copy, and its first position there."""

    __slots__ = ("copy", "id", "position")

    def __init__(self, copy: Any, name: str, position: str) -> None:
        self.copy = copy
        self.id = name
        self.position = position


class RepeatableCall:
    """A call before it is made; `finish` takes its outputs. `name` returns a tensor's id. Raises TooLarge.

    `size` is the number of elements that are copied; its inputs may have `room` of them.
    """

    def __init__(self, function: Any, args: Any, kwargs: Any, name: Callable[[Any], str], room: int) -> None:
        self.function = function
        self.inputs: dict[int, Input] = {}
        """By the id of the tensor object, so that an argument that is repeated is one input."""
        self.outputs: list[Any] = []
        self.numbers: list[float] = [part for part in (*args, *kwargs.values()) if type(part) in (int, float)]
        """Python numbers among the arguments."""
        self.random: Any = torch.get_rng_state()
        self._surroundings = Surroundings()
        self._writes = False
        self.size = 0
        for path, tensor in arguments.tensors((args, kwargs)):
            if id(tensor) in self.inputs:
                continue
            self.size += arguments.footprint(tensor)
            if self.size > room:
                raise TooLarge(alone=self.size > ELEMENTS)
            self.inputs[id(tensor)] = Input(arguments.copied(tensor), name(tensor), _position(path))
        self._args = arguments.replaced(args, _slot)
        self._kwargs = arguments.replaced(kwargs, _slot)

    def finish(self, output: Any, made: list[Any]) -> None:
        """Keep the output of the call, and the tensors that it made."""
        self._writes = output is None
        self.outputs = [arguments.copied(tensor) for tensor in made]
        self.size += sum(map(arguments.footprint, self.outputs))

    def repeat(self, given: dict[int, Any], without_out: bool = False) -> list[Any]:
        """Make the call again, with these tensors for its inputs, and the random numbers and modes that it had.

        Returns its outputs.
        """

        def filled(part: Any) -> Any:
            return given[part.key] if isinstance(part, _Slot) else part

        args, kwargs = arguments.rebuilt(self._args, filled), arguments.rebuilt(self._kwargs, filled)
        if without_out:
            kwargs.pop("out", None)
        with DisableTorchFunction(), random_numbers_kept(), self._surroundings.restored():
            torch.set_rng_state(self.random)
            output = self.function(*args, **kwargs)
        return [tensor for _, tensor in arguments.tensors(args[0] if self._writes else output)]

    @cached_property
    def repeats(self) -> bool:
        """Whether the call, made again, gives the same outputs."""
        try:
            with torch.no_grad():
                again = self.repeat(self.fresh())
        except RuntimeError:
            with torch.enable_grad():
                again = self.repeat(self.fresh())
        return len(self.outputs) == len(again) and all(
            identical(output, other.detach()) for output, other in zip(self.outputs, again, strict=True)
        )

    def fresh(self) -> dict[int, Any]:
        """The inputs as they were, each in memory of its own."""
        return {key: arguments.copied(given.copy) for key, given in self.inputs.items()}


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


def _position(path: str) -> str:
    """`[0][1][0]`, the first of a list that is argument 1, as `1[0]`; `[1]['weight']` as `weight`."""
    _, _, rest = path[1:].partition("]")
    own, _, more = rest[1:].partition("]")
    return own.strip("'") + more


_EARLY = 64
"""How many operations before the one that is asked for calls are caught: one call may be noted with others inside it."""


class Catcher(TorchFunctionMode):
    """A function mode that catches the calls of some operations, which it has by their ids.

    `caught` has the calls. `too_large`: there was more to copy for one than is copied. `crowded`: there was too little room
    left for it beside the others; alone it could be caught.
    """

    def __init__(self, operations: Iterable[str], recording: Recording) -> None:
        super().__init__()
        self.caught: dict[str, RepeatableCall] = {}
        self.too_large: set[str] = set()
        self.crowded: set[str] = set()
        self._missing = {operation: _number(operation) for operation in operations}
        self._room = ELEMENTS
        self._tensors = recording.tensors
        self._log = recording.log

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Make the call, and keep it if it was one of them."""
        kwargs = kwargs or {}
        count = self._log.made
        call: RepeatableCall | None = None
        written = arguments.target(args)
        near = [name for name, number in self._missing.items() if count < number <= count + _EARLY]
        if near:
            call = self._begin(near, func, args, kwargs)
        output = func(*args, **kwargs)
        found = None if call is None or self._log.made == count else self._which(near, func)
        if call is not None and found is not None:
            self._keep(found, call, output, written)
        return output

    def _which(self, near: list[str], func: Any) -> str | None:
        """The operation that the call became. A module's is noted with the first call in it, but is another."""
        name = public_name(func)
        for operation in near:
            index = self._log.index(operation)
            if index is not None and self._log.records[index].name == name:
                return operation
        return None

    def _begin(self, near: list[str], func: Any, args: Any, kwargs: Any) -> RepeatableCall | None:
        try:
            with DisableTorchFunction():
                return RepeatableCall(func, args, kwargs, self._tensors.id_of, self._room)
        except TooLarge as error:
            (self.too_large if error.alone else self.crowded).update(near)
        except Exception:  # a tensor that cannot be copied
            return None
        return None

    def _keep(self, operation: str, call: RepeatableCall, output: Any, written: Any) -> None:
        try:
            with DisableTorchFunction():
                call.finish(output, arguments.made(output, written))
        except Exception:
            self.caught.pop(operation, None)
            return
        self.caught[operation] = call
        self._missing.pop(operation, None)
        self._room -= call.size


def _number(operation: str) -> int:
    digits = operation.removeprefix("op")
    return int(digits) if digits.isdecimal() else 0
