"""A tape of the operations that carry gradients, which can be played again with other values."""

from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.forward import arguments
from tensorpad.trace.inquiries.repeatable import random_numbers_kept
from tensorpad.trace.inquiries.surroundings import Surroundings

ENTRIES = 2_000
ELEMENTS = 4_000_000
"""Elements of constants and leaves that are copied for one tape."""


class Unplayable(Exception):
    """The tape, or a part that is needed, cannot be played again."""


class UnseenTensor(Unplayable):
    """A tensor was made by a call that no mode sees."""


class Made:
    """A tensor that an entry of the tape made, in place of the tensor itself."""

    __slots__ = ("key",)

    def __init__(self, key: int) -> None:
        self.key = key


class Leaf:
    """A leaf as an entry used it: which one, and a copy of its value then."""

    __slots__ = ("key", "value")

    def __init__(self, key: int, value: Any) -> None:
        self.key = key
        self.value = value


class Constant:
    """A tensor that needs no gradient, as an entry used it."""

    __slots__ = ("original", "value")

    def __init__(self, original: Any, value: Any) -> None:
        self.original = original
        self.value = value


class Entry:
    """One call. `args` and `kwargs` contain Made, Leaf and Constant in place of tensors; `outputs` are the keys of those
    that need a gradient, by their index among all tensors of the output; `written` says that one was an input too.
    """

    __slots__ = ("args", "function", "kwargs", "operands", "outputs", "random", "shape", "surroundings", "writes", "written")

    def __init__(self, function: Any, args: Any, kwargs: Any, operands: list["Operand"]) -> None:
        self.function = function
        self.args = args
        self.kwargs = kwargs
        self.operands = operands
        self.random: Any = torch.get_rng_state()
        self.surroundings = Surroundings()
        self.outputs: dict[int, int] = {}
        self.writes = False
        self.written = False
        self.shape: tuple[int, ...] = ()


Operand = Made | Leaf | Constant


class Tape(TorchFunctionMode):
    """The tape; `full` says that it had to stop.

    NOTE [What the tape keeps]
    1. It watches as a function mode of its own above the trace's, and only in a run that asks for a derivation. Such a run
       is its own; it may keep tensors alive, which the trace of an ordinary run must not.
    2. What needs no gradient is a constant to autograd, so it is kept as a copy of what it was at each call. What needs one
       is kept by reference, and is made anew when the tape is played.
    3. A leaf is a copy of what it was at each use: what an optimiser does to it between two passes is no part of either.
    4. A tensor that needs a gradient and was made by a call that no mode sees (a Function of the program's) ends the tape:
       what uses it cannot be played again, and is said to be unseen.
    """

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.full = False
        self._held: dict[int, Any] = {}
        self._makers: dict[int, Entry] = {}
        self._room = ELEMENTS

    def maker(self, key: int) -> Entry | None:
        """The last entry that made or wrote the tensor with this key (its id)."""
        return self._makers.get(key)

    def tensor(self, key: int) -> Any:
        """A tensor by its key."""
        return self._held[key]

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Make the call, and keep it if its output carries a gradient."""
        kwargs = kwargs or {}
        entry = None
        written = arguments.target(args)
        if not self.full and torch.is_grad_enabled():
            try:
                with DisableTorchFunction():
                    entry = self._before(func, args, kwargs)
            except Exception:  # what cannot be copied cannot be played; the program goes on
                self.full = True
        output = func(*args, **kwargs)
        if entry is not None:
            try:
                with DisableTorchFunction():
                    self._after(entry, args, arguments.made(output, written))
                    entry.writes = output is None
            except Exception:
                self.full = True
        return output

    def _before(self, function: Any, args: Any, kwargs: Any) -> Entry | None:
        given = [tensor for _, tensor in arguments.tensors((args, kwargs))]
        if not any(tensor.requires_grad for tensor in given):
            return None
        if len(self.entries) >= ENTRIES or self._room < 0:
            self.full = True
            return None
        operands: list[Operand] = []

        def kept(tensor: Any) -> Operand:
            operand = self._operand(tensor)
            operands.append(operand)
            return operand

        # Copied before the call, which may write to them.
        held_args, held_kwargs = arguments.replaced(args, kept), arguments.replaced(kwargs, kept)
        return Entry(function, held_args, held_kwargs, operands)

    def _operand(self, tensor: Any) -> Operand:
        key = id(tensor)
        if tensor.requires_grad and not tensor.is_leaf:
            self._held[key] = tensor
            return Made(key)
        self._room -= arguments.footprint(tensor)
        if self._room < 0:
            raise Unplayable
        if tensor.requires_grad:
            self._held[key] = tensor
            return Leaf(key, arguments.copied(tensor))
        return Constant(tensor, arguments.copied(tensor))

    def _after(self, entry: Entry, args: Any, made: list[Any]) -> None:
        given = {id(tensor) for _, tensor in arguments.tensors(args)}
        for index, tensor in enumerate(made):
            if not tensor.requires_grad or tensor.is_leaf:
                continue
            key = id(tensor)
            self._held[key] = tensor
            self._makers[key] = entry
            entry.outputs[index] = key
            entry.written = entry.written or key in given
        if entry.outputs:
            first = made[next(iter(entry.outputs))]
            entry.shape = tuple(first.shape)
            self.entries.append(entry)


def play(tape: Tape, root: int, changed: dict[int, Any], dtype: torch.dtype | None) -> Any:
    """The tensor `root` (a key) when the tape is played with `changed` added to leaves (by key).

    With a `dtype`, all floating-point tensors are converted to it first. Raises Unplayable, UnseenTensor.
    """
    values: dict[int, Any] = {}

    def given(operand: Any) -> Any:
        if isinstance(operand, Made):
            if operand.key not in values:
                raise UnseenTensor
            return values[operand.key]
        value = _as(operand.value, dtype)
        if isinstance(operand, Leaf) and operand.key in changed:
            return value + changed[operand.key].to(value.dtype)
        return arguments.copied(value)

    with torch.no_grad(), random_numbers_kept():
        for entry in tape.entries:
            args, kwargs = _filled(entry.args, given, dtype), _filled(entry.kwargs, given, dtype)
            torch.set_rng_state(entry.random)
            with entry.surroundings.restored():
                output = entry.function(*args, **kwargs)
            made = [tensor for _, tensor in arguments.tensors(args[0] if entry.writes else output)]
            for index, key in entry.outputs.items():
                values[key] = made[index]
    if root not in values:
        raise UnseenTensor
    return values[root]


def _as(tensor: Any, dtype: torch.dtype | None) -> Any:
    return tensor.to(dtype) if dtype is not None and tensor.is_floating_point() else tensor


def _filled(value: Any, given: Any, dtype: torch.dtype | None) -> Any:
    def leaf(part: Any) -> Any:
        if isinstance(part, (Made, Leaf, Constant)):
            return given(part)
        if isinstance(part, torch.dtype) and dtype is not None and part.is_floating_point:
            return dtype
        return part

    return arguments.rebuilt(value, leaf)
