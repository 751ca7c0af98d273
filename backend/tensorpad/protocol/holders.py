"""What holds tensors when a program ends: its modules, its optimisers, and its lists of tensors.

Autograd knows nothing of them. Which parameters an optimiser will step, and which a module's `parameters()` finds, is told
here, each with the path by which the program reaches it (`net.0.weight`, `opt.param_groups[0]['params'][1]`, `losses[3]`).
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.checks import SLACK, Ids, known, most
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Count, Id, Name

Paths = Meta(max_length=100_000)


HolderKind = Literal["module", "optimizer", "container"]
CollectionType = Literal["list", "tuple", "dict"]


class HeldRecord(Struct, frozen=True, gc=False):
    """A tensor that something holds, and the path to it."""

    path: Name
    """How the program reaches the tensor."""
    tensor: Id
    """Id of the tensor."""


class HiddenRecord(Struct, frozen=True, gc=False):
    """A plain list, tuple or dictionary of modules, which is an attribute of a module: `parameters()` passes it over.

    `count` is how many modules it has, `held` are their parameters.
    """

    path: Name
    """How the program reaches the collection."""
    type: CollectionType
    """Its type."""
    count: Count
    """How many modules it has."""
    held: Annotated[tuple[HeldRecord, ...], Paths]
    """Their parameters."""


class HolderRecord(Struct, frozen=True, gc=False):
    """A variable that holds tensors: a module that is in no other variable's module, an optimiser, or a list of tensors.

    `held` are the parameters of a module or an optimiser, and the tensors of a list (`container`). Of a module, `plain` are
    the leaves with `requires_grad` that are mere attributes of it or of its parts, and `hidden` the lists of modules.
    """

    kind: HolderKind
    """What it is."""
    name: Name
    """Name of the variable."""
    type: Name
    """Its class."""
    held: Annotated[tuple[HeldRecord, ...], Paths]
    """The parameters of a module or optimiser, or the tensors of a list."""
    plain: Annotated[tuple[HeldRecord, ...], Paths] = ()
    """Leaves of a module that are no parameters of it."""
    hidden: Annotated[tuple[HiddenRecord, ...], Paths] = ()
    """Collections of modules that `parameters()` passes over."""


def most_held(limits: Limits) -> int:
    """Tensors that all holders of one report may name."""
    return 4 * limits.records


def check_holders(holders: tuple[HolderRecord, ...], ids: Ids, limits: Limits) -> None:
    """Raises ProtocolError if holders name what is not in the report, or are more than the limits allow."""
    most("holders", len(holders), SLACK * limits.records)
    most("lists of modules", sum(len(holder.hidden) for holder in holders), SLACK * limits.records)
    most("tensors that are held", sum(1 for _ in _held(holders)), SLACK * most_held(limits))
    known("a holder names", (held.tensor for held in _held(holders)), ids.tensors)


def _held(holders: Iterable[HolderRecord]) -> Iterator[HeldRecord]:
    for holder in holders:
        yield from holder.held
        yield from holder.plain
        for hidden in holder.hidden:
            yield from hidden.held
