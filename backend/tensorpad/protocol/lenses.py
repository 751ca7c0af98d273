"""The lens: the question where one element of an output comes from, the answer, and the check of the answer."""

from collections.abc import Container
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.checks import known
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.records import Count, Id, Name, Real, Sizes, Text

ElementIndex = Annotated[tuple[Annotated[int, Meta(ge=-(2**62), le=2**62)], ...], Meta(max_length=64)]
"""An index for each dimension of a tensor."""


class LensInquiry(Struct, frozen=True, tag="lens"):
    """Where does one element come from? It is at the index `element` of the operation's `output`-th output."""

    operation: str
    output: int = 0
    element: tuple[int, ...] = ()


NoLens = Literal["no_operation", "no_output", "no_element", "too_large", "not_repeatable", "unsupported"]
"""`no_operation`: the run made no such operation; `no_output` and `no_element`: it has none of that number or index;
`too_large`: its inputs are more than are copied; `not_repeatable`: called again, it gave something else; `unsupported`: it
could not be called again."""


Relation = Literal["value", "index"]


class LensInput(Struct, frozen=True):
    """One input element that an output element came from.

    `value`: its value went into it; `derivative` is the local derivative, None where there is none (integers, complex
    numbers, functions that autograd does not differentiate). `index`: it decided which value was taken.
    """

    tensor: Id | None
    """Id of the tensor that it is an element of."""
    argument: Name
    """The argument that the tensor was."""
    element: ElementIndex
    """Its index."""
    value: Annotated[str, Meta(max_length=200)]
    """Its value, as text."""
    derivative: Real | None
    """The local derivative; null if there is none."""
    relation: Relation
    """What it did."""


class LensRecord(Struct, frozen=True, tag="lens"):
    """The answer to a LensInquiry. `element` is the index that was asked for, counted from the start.

    `count` is how many input elements there are in all, of which `inputs` holds the first. `complete` is False where the
    operation has inputs too large to try each of their elements, so that some that only decided may be missing.
    """

    operation: Name
    """Id of the operation."""
    reason: NoLens | None = None
    """Why nothing is known; null if it is."""
    name: Name = ""
    """Name of the operation."""
    expression: Name | None = None
    """Source of the operation."""
    output: Count = 0
    """Which of its outputs."""
    tensor: Id | None = None
    """Id of that output."""
    shape: Sizes = ()
    """Shape of that output."""
    element: ElementIndex = ()
    """Index of the element, counted from the start."""
    value: Annotated[str, Meta(max_length=200)] = ""
    """Value of the element, as text."""
    inputs: Annotated[tuple[LensInput, ...], Meta(max_length=1_000)] = ()
    """The first input elements that it came from."""
    count: Count = 0
    """How many there are in all."""
    complete: bool = True
    """Whether each element of the inputs was tried."""
    detail: Text = ""
    """More on the reason, in English."""


def check_lens(lens: LensRecord, ids: Container[str]) -> None:
    """Raises ProtocolError if a lens contradicts itself, or names anything that is not among `ids`."""
    known("the answer names", (lens.tensor, *(element.tensor for element in lens.inputs)), ids)
    if lens.count < len(lens.inputs):
        raise ProtocolError(f"the lens lists {len(lens.inputs)} inputs of {lens.count}")
    numbers = (*lens.element, *lens.shape, *(index for element in lens.inputs for index in element.element))
    if any(number < 0 for number in numbers):
        raise ProtocolError("the lens has a negative size or index")
