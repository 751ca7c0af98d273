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
    tensor: Id | None
    shape: Sizes
    dtype: Name
    values: Values


class InnerOperation(Struct, frozen=True):
    """One operator inside an operation, or inside its `parent`, which stands before it in the list.

    `inputs` and `outputs` are places in the list of tensors; one that was written `in_place` stands there once more.
    """

    parent: Count | None
    name: Name
    arguments: Annotated[tuple[ArgumentRecord, ...], Meta(max_length=64)]
    inputs: Annotated[tuple[Count, ...], Meta(max_length=1_000)]
    outputs: Annotated[tuple[Count, ...], Meta(max_length=1_000)]
    in_place: bool


class OpeningRecord(Struct, frozen=True, tag="opening"):
    """The answer to an OpeningInquiry: the operators of the operation when it was made again, in order.

    `exact` is False where that gave slightly other numbers, `complete` where there were more than are listed.
    """

    operation: Name
    reason: NoOpening | None = None
    name: Name = ""
    expression: Name | None = None
    tensors: Annotated[tuple[InnerTensor, ...], Meta(max_length=2_000)] = ()
    operations: Annotated[tuple[InnerOperation, ...], Meta(max_length=1_000)] = ()
    exact: bool = True
    complete: bool = True
    detail: Text = ""


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
