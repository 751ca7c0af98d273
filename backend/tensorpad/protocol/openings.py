"""The opening of an operation: what torch did inside it, asked for and told."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

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
