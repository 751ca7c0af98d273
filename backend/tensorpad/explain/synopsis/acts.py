"""What a program does that is worth telling, as data. Texts in it are code of the program, on one line."""

from typing import Literal

from msgspec import Struct

Size = tuple[int, ...]
Kind = Literal["tensor", "parameter", "array"]
Definition = Literal["module", "autograd_function", "function", "class"]


class Makes(Struct):
    """A new tensor or array. `size` is None if the source does not tell; `value` is the number of a scalar.

    It may come to require a gradient by a later statement.
    """

    name: str
    code: str
    size: Size | None
    kind: Kind = "tensor"
    requires_grad: bool = False
    value: str | None = None


class Builds(Struct, frozen=True):
    """A module that is put together."""

    code: str


class Defines(Struct, frozen=True):
    """A class or function of the program's own."""

    what: Definition
    name: str


class Computes(Struct, frozen=True):
    """A result with a name."""

    name: str
    code: str


class Changes(Struct, frozen=True):
    """A write in place."""

    code: str


class Differentiates(Struct, frozen=True):
    """A call of `backward()`; `root` is what it is called on, as code."""

    root: str
    code: str


class Trains(Struct, frozen=True):
    """A loop that follows gradients. Without an `optimiser` the program updates what it trains itself."""

    what: tuple[str, ...]
    rounds: int | None
    optimiser: str | None


class Repeats(Struct, frozen=True):
    """Another loop, by what it does first."""

    code: str
    rounds: int | None


class Draws(Struct, frozen=True):
    """A graph that the program draws itself."""

    root: str


class Shows(Struct, frozen=True):
    """What is printed, or shown under a cell."""

    code: str


Act = Makes | Builds | Defines | Computes | Changes | Differentiates | Trains | Repeats | Draws | Shows


class Fault(Struct, frozen=True):
    """Where a program is no Python, and the compiler's words. `cell` is None if there is only one."""

    cell: int | None
    line: int
    message: str
