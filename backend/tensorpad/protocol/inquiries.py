"""Questions about a program that only a run of it can answer, and the answers: the derivation of a gradient, the lens,
the opening of an operation (`protocol.openings`), and a window on a large tensor (`protocol.windows`).

An inquiry travels in a `RunRequest`; its answer comes back in the trace. Everything in an answer is a worker's word, so
lengths are bounded here, and references and sizes are checked by `protocol.validation`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.openings import OpeningInquiry, OpeningRecord
from tensorpad.protocol.records import Count, Id, Name, Real, Sizes, Text, Values
from tensorpad.protocol.windows import WindowInquiry, WindowRecord

Index = Annotated[tuple[Annotated[int, Meta(ge=-(2**62), le=2**62)], ...], Meta(max_length=64)]
Formula = Annotated[str, Meta(max_length=4_000)]


class DerivationInquiry(Struct, frozen=True, tag="derivation"):
    """How does the gradient of a scalar come about?

    `of` is the name of the variable; None means the root of the last backward pass, or else the last scalar variable that
    needs a gradient. `finite_differences` asks for a check by small changes of every leaf element.
    """

    of: str | None = None
    finite_differences: bool = False


class LensInquiry(Struct, frozen=True, tag="lens"):
    """Where does one element come from? It is at the index `element` of the operation's `output`-th output."""

    operation: str
    output: int = 0
    element: tuple[int, ...] = ()


Inquiry = DerivationInquiry | LensInquiry | OpeningInquiry | WindowInquiry

NoDerivation = Literal["no_scalar", "not_found", "not_scalar", "no_graph", "too_large", "freed", "unsupported"]
"""Why there is no derivation.

`no_scalar`: no scalar needs a gradient. `not_found`: there is no variable of that name. `not_scalar`: it is not a
floating-point tensor of one element. `no_graph`: it has no backward function. `too_large`: there are more steps or elements
than are written out. `freed`: its graph was freed before it could be asked. `unsupported`: a backward function gave no local
derivative.
"""


class LocalDerivative(Struct, frozen=True):
    """The derivative of one step by one of its inputs.

    `target` is the place of the input in the list of steps; `slot` says which output of this step is meant, `target_slot`
    which of the input's step. `elementwise`: output and input have one shape and element i depends on element i alone,
    `values` has that shape. `row`: the output is one number, `values` has the input's shape. `matrix`: `values` is the whole
    Jacobian matrix, a row for each output element and a column for each input element. `formula` and `latex` write the
    derivative in symbols, where that was possible and agrees with `values`.
    """

    target: Count
    slot: Count
    target_slot: Count
    kind: Literal["elementwise", "row", "matrix"]
    values: Values
    formula: Formula | None = None
    latex: Formula | None = None


class DerivationStep(Struct, frozen=True):
    """One step from the result back to the leaves: a backward function, or a leaf (`leaf`), in an order in which every step
    comes before its inputs; the first is the result itself.

    `label` is what to call its value, `gradients` the derivative of the result by each of its outputs (None: not used).
    """

    label: Name
    name: Name
    function: Id | None
    tensor: Id | None
    operation: Id | None
    leaf: bool
    gradients: Annotated[tuple[Values | None, ...], Meta(max_length=64)]
    locals: Annotated[tuple[LocalDerivative, ...], Meta(max_length=64)]


class PathRecord(Struct, frozen=True):
    """One path from the result to a leaf. `locals` are the places, in each step's `locals`, of the edges it takes; `product`
    is the product of their derivatives, in the leaf's shape.
    """

    steps: Annotated[tuple[Count, ...], Meta(max_length=1_000)]
    locals: Annotated[tuple[Count, ...], Meta(max_length=1_000)]
    product: Values


class ClosedForm(Struct, frozen=True):
    """The derivative of the result by element i of a leaf, as one formula; it was evaluated, and agrees with autograd's.

    `result` is the result itself as a formula. In `formula`, `x[i]` is element i; a leaf of one element has no index.
    """

    formula: Formula
    latex: Formula
    result: Formula
    result_latex: Formula
    deviation: float


NoDifferences = Literal["unseen", "not_repeatable", "too_large", "too_slow"]
"""`unseen`: an operation cannot be repeated; `not_repeatable`: repeated, it gave something else; `too_large`: there are too
many elements; `too_slow`: the time did not suffice."""


class FiniteDifferences(Struct, frozen=True):
    """A check: central differences with steps of `step`, over the traced operations repeated in `dtype`.

    `deviation` is the largest difference from autograd's gradient, divided by the largest magnitude in it (at least 1);
    `agrees` tells whether it is within `tolerance`. `values` is None, and `reason` says why, where it was not possible.
    """

    values: Values | None
    dtype: Name = ""
    step: float = 0.0
    deviation: float | None = None
    tolerance: float = 0.0
    agrees: bool | None = None
    reason: NoDifferences | None = None


class LeafDerivation(Struct, frozen=True):
    """What the derivation gives for one leaf, whose place in the list of steps is `step`.

    `path_count` counts all paths, of which `paths` holds the first few. `total` is the sum over all paths, `autograd` the
    gradient that torch's own engine gives; `deviation` is the largest difference between the two
    divided by the largest magnitude (at least 1), and `agrees` tells whether it is within `tolerance`.
    """

    step: Count
    path_count: Count
    paths: Annotated[tuple[PathRecord, ...], Meta(max_length=64)]
    total: Values
    autograd: Values
    deviation: float
    tolerance: float
    agrees: bool
    closed_form: ClosedForm | None = None
    finite_differences: FiniteDifferences | None = None


class DerivationRecord(Struct, frozen=True, tag="derivation"):
    """The answer to a DerivationInquiry. `root` names the result; `reason` says why there are no steps."""

    root: Name
    reason: NoDerivation | None = None
    steps: Annotated[tuple[DerivationStep, ...], Meta(max_length=1_000)] = ()
    leaves: Annotated[tuple[LeafDerivation, ...], Meta(max_length=1_000)] = ()


NoLens = Literal["no_operation", "no_output", "no_element", "too_large", "not_repeatable", "unsupported"]
"""`no_operation`: the run made no such operation; `no_output` and `no_element`: it has none of that number or index;
`too_large`: its inputs are more than are copied; `not_repeatable`: called again, it gave something else; `unsupported`: it
could not be called again."""


class LensInput(Struct, frozen=True):
    """One input element that an output element came from.

    `value`: its value went into it; `derivative` is the local derivative, None where there is none (integers, complex
    numbers, functions that autograd does not differentiate). `index`: it decided which value was taken.
    """

    tensor: Id | None
    argument: Name
    element: Index
    value: Annotated[str, Meta(max_length=200)]
    derivative: Real | None
    relation: Literal["value", "index"]


class LensRecord(Struct, frozen=True, tag="lens"):
    """The answer to a LensInquiry. `element` is the index that was asked for, counted from the start.

    `count` is how many input elements there are in all, of which `inputs` holds the first. `complete` is False where the
    operation has inputs too large to try each of their elements, so that some that only decided may be missing.
    """

    operation: Name
    reason: NoLens | None = None
    name: Name = ""
    expression: Name | None = None
    output: Count = 0
    tensor: Id | None = None
    shape: Sizes = ()
    element: Index = ()
    value: Annotated[str, Meta(max_length=200)] = ""
    inputs: Annotated[tuple[LensInput, ...], Meta(max_length=1_000)] = ()
    count: Count = 0
    complete: bool = True
    detail: Text = ""


Answer = DerivationRecord | LensRecord | OpeningRecord | WindowRecord
