"""One call of a torch function, caught as the program makes it, so that it can be made again."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.forward import arguments
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.forward.torch_functions import public_name
from tensorpad.trace.inquiries.surroundings import Surroundings

ELEMENTS = 20_000_000
"""Elements that are copied of one call's inputs and outputs."""


class TooLarge(Exception):
    """The inputs are more than are copied."""


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
    """A call before it is made; `finish` takes its outputs. `name` returns a tensor's id. Raises TooLarge."""

    def __init__(self, function: Any, args: Any, kwargs: Any, name: Callable[[Any], str]) -> None:
        self.function = function
        self.inputs: dict[int, Input] = {}
        """By the id of the tensor object, so that an argument that is repeated is one input."""
        self.outputs: list[Any] = []
        self.numbers: list[float] = [part for part in (*args, *kwargs.values()) if type(part) in (int, float)]
        """Python numbers among the arguments."""
        self.random: Any = torch.get_rng_state()
        self._surroundings = Surroundings()
        self._writes = False
        room = ELEMENTS
        for path, tensor in arguments.tensors((args, kwargs)):
            if id(tensor) in self.inputs:
                continue
            room -= arguments.footprint(tensor)
            if room < 0:
                raise TooLarge
            self.inputs[id(tensor)] = Input(arguments.copied(tensor), name(tensor), _position(path))
        self._args = arguments.replaced(args, _slot)
        self._kwargs = arguments.replaced(kwargs, _slot)

    def finish(self, output: Any, made: list[Any]) -> None:
        """Keep the output of the call, and the tensors that it made."""
        self._writes = output is None
        self.outputs = [arguments.copied(tensor) for tensor in made]

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
    """A function mode that catches the call of `operation`. `too_large`: there was more to copy than is copied."""

    def __init__(self, operation: str, recording: Recording) -> None:
        super().__init__()
        self.caught: RepeatableCall | None = None
        self.too_large = False
        self._operation = operation
        self._number = int(operation.removeprefix("op")) if operation.removeprefix("op").isdecimal() else 0
        self._tensors = recording.tensors
        self._log = recording.log

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Make the call, and keep it if it was the one."""
        kwargs = kwargs or {}
        count = self._log.made
        call: RepeatableCall | None = None
        written = arguments.target(args)
        if self.caught is None and count < self._number <= count + _EARLY:
            call = self._begin(func, args, kwargs)
        output = func(*args, **kwargs)
        if call is not None and self._is_it(func, count):
            try:
                with DisableTorchFunction():
                    call.finish(output, arguments.made(output, written))
                self.caught = call
            except Exception:
                self.caught = None
        return output

    def _is_it(self, func: Any, count: int) -> bool:
        """Whether the call became the operation. A module's operation is noted with the first call in it, but is another."""
        if self._log.made == count:
            return False
        operation = next((record for record in reversed(self._log.records) if record.id == self._operation), None)
        return operation is not None and operation.name == public_name(func)

    def _begin(self, func: Any, args: Any, kwargs: Any) -> RepeatableCall | None:
        try:
            with DisableTorchFunction():
                return RepeatableCall(func, args, kwargs, self._tensors.id_of)
        except TooLarge:
            self.too_large = True
        except Exception:  # a tensor that cannot be copied
            return None
        return None
