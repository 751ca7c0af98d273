"""The torch call that raised an exception: what it was given, as it was at that moment, and the check of that."""

from typing import Annotated

from msgspec import Meta, Struct

from tensorpad.protocol.checks import Ids, check_layout, known
from tensorpad.protocol.records import Count, Id, Name, Sizes, Span
from tensorpad.protocol.steps import ArgumentRecord


class OperandRecord(Struct, frozen=True):
    """A tensor that the call was given.

    `argument` is the argument that it was: `0` for the first, `0[2]` for the third of a list, `weight` for a keyword.
    `tensor` is None if the tensor is not in the report. `base` is the tensor that it is a view of.
    """

    argument: Name
    tensor: Id | None
    shape: Sizes
    stride: Sizes
    dtype: Name
    device: Name
    requires_grad: bool
    is_leaf: bool
    version: Count | None
    base: Id | None = None


class FailureRecord(Struct, frozen=True):
    """The last call to torch that raised.

    `name` is that of a function, or of the module that raised where no function of torch did: what the module was made with
    is then among the `arguments`, and its parameters among the `operands`. The program may have caught the exception; `type`
    and `message` (cut to the length of a Name) tell whether it is the one that ended a cell. `arguments` are those that are
    no tensors; `span` is the program's own call, None for a module.
    """

    name: Name
    span: Span | None
    type: Name
    message: Name
    operands: Annotated[tuple[OperandRecord, ...], Meta(max_length=64)]
    arguments: Annotated[tuple[ArgumentRecord, ...], Meta(max_length=64)]


def check_failure(failure: FailureRecord, ids: Ids) -> None:
    """Raises ProtocolError if an operand cannot be, or is no tensor of the report."""
    for operand in failure.operands:
        known("the operands of the failure name", (operand.tensor, operand.base), ids.tensors)
        check_layout("an operand of the failure", operand.shape, operand.stride)
