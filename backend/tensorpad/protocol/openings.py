"""The opening of an operation: the question what torch did inside it, the answer, and the check of the answer."""

from collections.abc import Container
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.checks import check_values, known
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Count, Id, Name, Sizes, Text, Values
from tensorpad.protocol.steps import ArgumentRecord


class OpeningInquiry(Struct, frozen=True, tag="opening"):
    """What did torch do inside an operation?"""

    operation: str


NoOpening = Literal["no_operation", "in_trace", "one_step", "too_large", "not_repeatable", "unsupported"]
"""`in_trace`: what was done inside stands in the trace already; `one_step`: torch does it in one step; the others are as for
the lens."""


class InnerTensor(Struct, frozen=True):
    """A tensor at one moment inside an operation. `tensor` is its id where the run itself has it, too."""

    label: Name
    """What to call it."""
    tensor: Id | None
    """Id of the tensor, where the run itself has it."""
    shape: Sizes
    """Its shape."""
    dtype: Name
    """Its dtype."""
    values: Values
    """Its value."""


class InnerOperation(Struct, frozen=True):
    """One operator inside an operation, or inside its `parent`, which stands before it in the list.

    `inputs` and `outputs` are places in the list of tensors; one that was written `in_place` stands there once more.
    """

    parent: Count | None
    """Place of the operation around it in the list; null if there is none."""
    name: Name
    """torch's name of the operator."""
    arguments: Annotated[tuple[ArgumentRecord, ...], Meta(max_length=64)]
    """What it was given."""
    inputs: Annotated[tuple[Count, ...], Meta(max_length=1_000)]
    """Places of its inputs in the list of tensors."""
    outputs: Annotated[tuple[Count, ...], Meta(max_length=1_000)]
    """Places of its outputs in the list of tensors."""
    in_place: bool
    """Whether it wrote into its input."""


class OpeningRecord(Struct, frozen=True, tag="opening"):
    """The answer to an OpeningInquiry: the operators of the operation when it was made again, in order.

    `exact` is False where that gave slightly other numbers, `complete` where there were more than are listed.
    """

    operation: Name
    """Id of the operation."""
    reason: NoOpening | None = None
    """Why there is nothing to show; null if there is."""
    name: Name = ""
    """Name of the operation."""
    expression: Name | None = None
    """Source of the operation."""
    tensors: Annotated[tuple[InnerTensor, ...], Meta(max_length=2_000)] = ()
    """The tensors inside, each at one moment."""
    operations: Annotated[tuple[InnerOperation, ...], Meta(max_length=1_000)] = ()
    """The operators inside, in order."""
    exact: bool = True
    """Whether it gave the numbers of the run, to the bit."""
    complete: bool = True
    """Whether all operators are listed."""
    detail: Text = ""
    """More on the reason, in English."""


def check_opening(opening: OpeningRecord, ids: Container[str], limits: Limits) -> None:
    """Raises ProtocolError if an opening contradicts itself, or names anything that is not among `ids`."""
    for tensor in opening.tensors:
        known("the answer names", (tensor.tensor,), ids)
        check_values(f"the values of {tensor.label}", tensor.values, limits)
        if tensor.values.shape != tensor.shape:
            raise ProtocolError(f"the values of {tensor.label} have another shape than it has")
    for index, operation in enumerate(opening.operations):
        # Every operation comes after the one around it, so that whoever goes outwards comes to an end.
        if operation.parent is not None and operation.parent >= index:
            raise ProtocolError(f"inner operation {index} is part of {operation.parent}, which is not before it")
        if any(tensor >= len(opening.tensors) for tensor in (*operation.inputs, *operation.outputs)):
            raise ProtocolError(f"inner operation {index} has a tensor that is not there")
