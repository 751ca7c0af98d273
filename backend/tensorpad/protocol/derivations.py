"""The derivation of a gradient: the question how it comes about, the answer step by step, and the check of the answer."""

from collections.abc import Container, Iterator
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.checks import check_values, known, most
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Count, Id, Name, Values

Formula = Annotated[str, Meta(max_length=4_000)]
_VALUES = 20_000
"""Values, of whatever size, in one derivation."""
_WRITTEN = 4_000_000
"""Characters, about, of all paths of a derivation written out: each of their edges names both its ends once more."""
_NUMBER = 16
"""Characters, at least, of the derivative at an edge."""


class DerivationInquiry(Struct, frozen=True, tag="derivation"):
    """How does the gradient of a scalar come about?

    `of` is the name of the variable; None means the root of the last backward pass, or else the last scalar variable that
    needs a gradient. `backward` asks about the root of one pass instead (`b1`). `finite_differences` asks for a check by
    small changes of every leaf element.
    """

    of: str | None = None
    finite_differences: bool = False
    backward: Id | None = None


NoDerivation = Literal[
    "no_scalar", "not_found", "not_scalar", "no_graph", "too_large", "freed", "complex", "custom", "unsupported"
]
"""Why there is no derivation.

`no_scalar`: no scalar needs a gradient. `not_found`: there is no variable of that name. `not_scalar`: it is not a
floating-point tensor of one element. `no_graph`: it has no backward function. `too_large`: there are more steps or elements
than are written out. `freed`: its graph was freed before it could be asked. `complex`: a step has complex numbers.
`custom`: the backward of a function of the program's own raised. `unsupported`: a backward function gave no local
derivative.
"""


DerivativeKind = Literal["elementwise", "row", "matrix"]


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
    kind: DerivativeKind
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


NoDifferences = Literal["unseen", "not_repeatable", "too_large", "too_slow", "too_coarse", "not_dense", "not_finite"]
"""`unseen`: an operation cannot be repeated; `not_repeatable`: repeated, it gave something else; `too_large`: there are too
many elements; `too_slow`: the time did not suffice; `too_coarse`: the dtype has too few digits for small changes;
`not_dense`: the leaf is sparse; `not_finite`: the result is infinite or NaN."""


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
    divided by the largest magnitude (at least 1), and `agrees` tells whether it is within `tolerance`. NaN equals NaN.
    `dtype` is the one with the fewest digits on the way, which `tolerance` is for; `hooked` tells that a hook changed a
    gradient on the way.
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
    dtype: Name = ""
    hooked: bool = False


class DerivationRecord(Struct, frozen=True, tag="derivation"):
    """The answer to a DerivationInquiry. `root` names the result; `reason` says why there are no steps.

    `fault` is the backward function that has no derivative to write out, where that is the reason.
    """

    root: Name
    reason: NoDerivation | None = None
    steps: Annotated[tuple[DerivationStep, ...], Meta(max_length=1_000)] = ()
    leaves: Annotated[tuple[LeafDerivation, ...], Meta(max_length=1_000)] = ()
    fault: Name = ""


def check_derivation(derivation: DerivationRecord, ids: Container[str], limits: Limits) -> None:
    """Raises ProtocolError if a derivation contradicts itself, or names anything that is not among `ids`."""
    most("the values of the derivation", sum(1 for _ in _values(derivation)), _VALUES)
    for values in _values(derivation):
        check_values("values of the derivation", values, limits)
    for index, step in enumerate(derivation.steps):
        known("the answer names", (step.function, step.tensor, step.operation), ids)
        _check_locals(index, step, derivation.steps)
    for leaf in derivation.leaves:
        _check_leaf(leaf, derivation.steps)
    labels = [len(step.label) for step in derivation.steps]
    paths = (path for leaf in derivation.leaves for path in leaf.paths)
    written = sum(_NUMBER + 2 * labels[step] for path in paths for step in path.steps)
    most("the characters of the derivation's paths", written, _WRITTEN)


def _values(derivation: DerivationRecord) -> Iterator[Values]:
    for step in derivation.steps:
        yield from (gradient for gradient in step.gradients if gradient is not None)
        yield from (local.values for local in step.locals)
    for leaf in derivation.leaves:
        yield from _leaf_values(leaf)


def _leaf_values(leaf: LeafDerivation) -> Iterator[Values]:
    yield leaf.total
    yield leaf.autograd
    if leaf.finite_differences is not None and leaf.finite_differences.values is not None:
        yield leaf.finite_differences.values
    yield from (path.product for path in leaf.paths)


def _check_locals(index: int, step: DerivationStep, steps: tuple[DerivationStep, ...]) -> None:
    for local in step.locals:
        # Every step comes before its inputs, so that whoever follows them comes to an end.
        if not index < local.target < len(steps):
            raise ProtocolError(f"step {index} has step {local.target} of {len(steps)} for an input")
        if local.slot >= len(step.gradients) or local.target_slot >= len(steps[local.target].gradients):
            raise ProtocolError(f"step {index} has a derivative of an output that it or its input does not have")
        if local.kind == "matrix" and len(local.values.shape) != 2:
            raise ProtocolError(f"step {index} has a matrix of {len(local.values.shape)} dimensions")


def _check_leaf(leaf: LeafDerivation, steps: tuple[DerivationStep, ...]) -> None:
    if leaf.step >= len(steps) or not steps[leaf.step].leaf:
        raise ProtocolError(f"step {leaf.step} is no leaf")
    if any(values.shape != leaf.total.shape for values in _leaf_values(leaf)):
        raise ProtocolError("values of the derivation have another shape than what they belong to")
    if leaf.path_count < len(leaf.paths):
        raise ProtocolError(f"a leaf lists {len(leaf.paths)} paths of {leaf.path_count}")
    for path in leaf.paths:
        _check_path(path, leaf.step, steps)


def _check_path(path: PathRecord, leaf: int, steps: tuple[DerivationStep, ...]) -> None:
    if len(path.steps) != len(path.locals) + 1 or path.steps[0] != 0 or path.steps[-1] != leaf:
        raise ProtocolError("a path does not lead from the result to its leaf")
    for step, following, local in zip(path.steps, path.steps[1:], path.locals, strict=False):
        if step >= len(steps) or local >= len(steps[step].locals) or steps[step].locals[local].target != following:
            raise ProtocolError("a path takes an edge that is not there")
