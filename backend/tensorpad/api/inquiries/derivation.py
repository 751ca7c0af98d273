"""`POST /api/v1/derivation`: the chain rule written out for one scalar."""

from typing import Annotated

from msgspec import Struct
from pydantic import Field

from tensorpad.api.inquiries.envelope import Envelope, InquiryKind, envelope
from tensorpad.api.requests import AskingBody
from tensorpad.api.runs.answer import RunTiming
from tensorpad.explain.inquiries import derivation as derivations
from tensorpad.explain.inquiries.derivation import Line, WrittenLeaf
from tensorpad.protocol.derivations import (
    DerivationInquiry,
    DerivationRecord,
    DerivationStep,
    DerivativeKind,
    FiniteDifferences,
    LeafDerivation,
    NoDerivation,
)
from tensorpad.protocol.inquiries import Answer, Inquiry
from tensorpad.protocol.notation import latex_name
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import Real, Span, Values
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.texts import Lang

_DESCRIPTION = """Runs the program, and writes the chain rule out for one scalar: the local derivative of each step, the
product along each path, the sum over paths, and how it compares with the gradient that autograd computed; for small
elementwise programs also the closed form."""


class DerivationRequest(AskingBody):
    """A program, and a scalar in it."""

    of: Annotated[
        str | None,
        Field(max_length=1_000, description="Its variable; default: where the last backward pass started."),
    ] = None
    backward: Annotated[
        str | None,
        Field(pattern=r"^b[0-9]{1,7}$", description="Where this backward pass of a run of this program started, instead."),
    ] = None
    finite_differences: Annotated[bool, Field(description="Check every leaf element by small changes, too.")] = False

    def inquiry(self) -> Inquiry:
        """What is asked of the worker."""
        return DerivationInquiry(self.of, self.finite_differences, self.backward)


class ChainDerivative(Struct, frozen=True):
    """The derivative of a step by one of its inputs, which is step `target`.

    `values` is in the input's shape for `elementwise` and `row`; for `matrix` it has a row for each output element and a
    column for each input element. `formula` is null if there is none in symbols.
    """

    target: int
    """Place of the input in the list of steps."""
    slot: int
    """Which output of this step is meant."""
    target_slot: int
    """Which output of the input's step is meant."""
    kind: DerivativeKind
    """The form of `values`."""
    values: Values
    """The derivative in numbers."""
    formula: Line | None
    """The derivative in symbols; null if there is none."""
    line: Line
    """The derivative, with its name, as a line of the derivation."""


class ChainStep(Struct, frozen=True):
    """One step, from the result (the first) back to the leaves. `gradients` are the result's derivatives by its outputs."""

    label: str
    """What to call its value."""
    latex: str
    """The same in LaTeX."""
    name: str
    """torch's name of its backward function."""
    function: str | None
    """Id of its backward function in a graph of the run."""
    tensor: str | None
    """Id of the tensor that it stands for."""
    operation: str | None
    """Id of the operation that made the tensor."""
    expression: str | None
    """Source of the operation."""
    span: Span | None
    """Where the source is."""
    leaf: bool
    """Whether it is a leaf."""
    gradients: tuple[Values | None, ...]
    """The result's derivative by each of its outputs; null for one that is not used."""
    derivatives: tuple[ChainDerivative, ...]
    """Its derivatives by its inputs."""


class ChainPath(Struct, frozen=True):
    """One path: its steps, which derivative of each it takes, and their product."""

    steps: tuple[int, ...]
    """Places of its steps, from the result to the leaf."""
    derivatives: tuple[int, ...]
    """Which derivative of each step it takes."""
    product: Values
    """Product of these derivatives, in the leaf's shape."""
    line: Line
    """The product as a line of the derivation."""


class ClosedFormLines(Struct, frozen=True):
    """The gradient as one formula in the elements of the leaf, and the result as one; both agree with the numbers."""

    gradient: Line
    """The gradient by one element of the leaf."""
    result: Line
    """The result itself."""


class DifferenceCheck(Struct, frozen=True):
    """Central differences over the traced operations; `values` is null if they were not possible. `text` says all."""

    values: Values | None
    """The differences; null if they were not possible."""
    dtype: str
    """The dtype that was calculated in."""
    step: float
    """The change of each element."""
    deviation: Real | None
    """Largest difference from autograd's gradient, relative to its largest element (at least 1)."""
    tolerance: float
    """The deviation up to which they agree."""
    agrees: bool | None
    """Whether they agree."""
    text: str
    """The check in a sentence."""


class LeafGradient(Struct, frozen=True):
    """The gradient of one leaf: the sum over its paths, and what autograd returned. `deviation` is the largest difference,
    relative to the largest element (at least 1); `statement` says what was checked.
    """

    step: int
    """Place of the leaf in the list of steps."""
    label: str
    """What to call the leaf."""
    tensor: str | None
    """Id of the leaf."""
    path_count: int
    """How many paths there are, of which `paths` has some."""
    paths: tuple[ChainPath, ...]
    """Paths from the result to the leaf."""
    total: Values
    """The sum over all paths."""
    autograd: Values
    """What autograd computed."""
    deviation: Real
    """Largest difference of the two, relative to the largest element (at least 1)."""
    tolerance: float
    """The deviation up to which they agree."""
    agrees: bool
    """Whether they agree."""
    chain_rule: Line
    """The sum as a line of the derivation."""
    closed_form: ClosedFormLines | None
    """The gradient as one formula, for small elementwise programs."""
    finite_differences: DifferenceCheck | None
    """The check by small changes, if it was asked for."""
    statement: str
    """What was checked, in a sentence."""


class Derivation(Struct, frozen=True):
    """The chain rule for one scalar. `reason` and `text` say why there is nothing to show."""

    root: str
    """What the program calls the scalar."""
    reason: NoDerivation | None
    """Why there is nothing to show; null if there is."""
    text: str | None
    """The reason in a sentence."""
    steps: tuple[ChainStep, ...] = ()
    """The steps, from the result back to the leaves."""
    leaves: tuple[LeafGradient, ...] = ()
    """The gradient of each leaf."""


class DerivationResponse(Envelope, frozen=True, kw_only=True):
    """The answer. `derivation` is null if the worker died before it could send it; `message` says why."""

    derivation: Derivation | None
    """The answer; null if the worker died before it could send it."""


def _response(outcome: Outcome, answer: Answer | None, timing: RunTiming, lang: Lang) -> DerivationResponse:
    """The derivation."""
    body = _derivation(answer, outcome.trace, lang) if isinstance(answer, DerivationRecord) else None
    return envelope(DerivationResponse, outcome, timing, lang, derivation=body)


def _derivation(record: DerivationRecord, trace: TraceRecord, lang: Lang) -> Derivation:
    written = derivations.written(record, lang)
    if record.reason is not None:
        return Derivation(record.root, record.reason, written.message)
    operations = {operation.id: operation for operation in trace.operations}
    steps = zip(record.steps, written.steps, strict=True)
    leaves = zip(record.leaves, written.leaves, strict=True)
    return Derivation(
        root=record.root,
        reason=None,
        text=None,
        steps=tuple(_step(step, lines, operations[step.operation] if step.operation else None) for step, lines in steps),
        leaves=tuple(_leaf(leaf, record.steps[leaf.step], lines) for leaf, lines in leaves),
    )


def _step(step: DerivationStep, lines: list[Line], operation: OperationRecord | None) -> ChainStep:
    return ChainStep(
        label=step.label,
        latex=latex_name(step.label),
        name=step.name,
        function=step.function,
        tensor=step.tensor,
        operation=step.operation,
        expression=operation and operation.expression,
        span=operation and operation.span,
        leaf=step.leaf,
        gradients=step.gradients,
        derivatives=tuple(
            ChainDerivative(
                target=local.target,
                slot=local.slot,
                target_slot=local.target_slot,
                kind=local.kind,
                values=local.values,
                formula=None if local.formula is None else Line(local.formula, local.latex or ""),
                line=line,
            )
            for local, line in zip(step.locals, lines, strict=True)
        ),
    )


def _leaf(leaf: LeafDerivation, step: DerivationStep, lines: WrittenLeaf) -> LeafGradient:
    closed = None
    if leaf.closed_form is not None and lines.closed_form is not None:
        result = Line(leaf.closed_form.result, leaf.closed_form.result_latex)
        closed = ClosedFormLines(lines.closed_form, result)
    paths = zip(leaf.paths, lines.paths, strict=True)
    return LeafGradient(
        step=leaf.step,
        label=step.label,
        tensor=step.tensor,
        path_count=leaf.path_count,
        paths=tuple(ChainPath(path.steps, path.locals, path.product, line) for path, line in paths),
        total=leaf.total,
        autograd=leaf.autograd,
        deviation=leaf.deviation,
        tolerance=leaf.tolerance,
        agrees=leaf.agrees,
        chain_rule=lines.chain_rule,
        closed_form=closed,
        finite_differences=leaf.finite_differences and _check(leaf.finite_differences, lines.differences or ""),
        statement=lines.statement,
    )


def _check(record: FiniteDifferences, text: str) -> DifferenceCheck:
    return DifferenceCheck(
        values=record.values,
        dtype=record.dtype,
        step=record.step,
        deviation=record.deviation,
        tolerance=record.tolerance,
        agrees=record.agrees,
        text=text,
    )


DERIVATION = InquiryKind(
    path="derivation",
    summary="Write the chain rule out",
    description=_DESCRIPTION,
    request=DerivationRequest,
    response=DerivationResponse,
    respond=_response,
)
