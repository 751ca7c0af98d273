"""`POST /api/v1/derivation`: the chain rule written out for one scalar."""

from typing import Annotated

from msgspec import Struct
from pydantic import Field

from tensorpad.api.inquiries.envelope import Envelope, InquiryKind, envelope
from tensorpad.api.requests import ProgramBody
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
from tensorpad.protocol.inquiries import Inquiry
from tensorpad.protocol.notation import latex_name
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import Real, Span, Values
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.texts import Lang

_DESCRIPTION = """Runs the program, and writes the chain rule out for one scalar: the local derivative of each step, the
product along each path, the sum over paths, and how it compares with the gradient that autograd computed; for small
elementwise programs also the closed form."""


class DerivationRequest(ProgramBody):
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
    slot: int
    target_slot: int
    kind: DerivativeKind
    values: Values
    formula: Line | None
    line: Line


class ChainStep(Struct, frozen=True):
    """One step, from the result (the first) back to the leaves. `gradients` are the result's derivatives by its outputs."""

    label: str
    latex: str
    name: str
    function: str | None
    tensor: str | None
    operation: str | None
    expression: str | None
    span: Span | None
    leaf: bool
    gradients: tuple[Values | None, ...]
    derivatives: tuple[ChainDerivative, ...]


class ChainPath(Struct, frozen=True):
    """One path: its steps, which derivative of each it takes, and their product."""

    steps: tuple[int, ...]
    derivatives: tuple[int, ...]
    product: Values
    line: Line


class ClosedFormLines(Struct, frozen=True):
    """The gradient as one formula in the elements of the leaf, and the result as one; both agree with the numbers."""

    gradient: Line
    result: Line


class DifferenceCheck(Struct, frozen=True):
    """Central differences over the traced operations; `values` is null if they were not possible. `text` says all."""

    values: Values | None
    dtype: str
    step: float
    deviation: Real | None
    tolerance: float
    agrees: bool | None
    text: str


class LeafGradient(Struct, frozen=True):
    """The gradient of one leaf: the sum over its paths, and what autograd returned. `deviation` is the largest difference,
    relative to the largest element (at least 1); `statement` says what was checked.
    """

    step: int
    label: str
    tensor: str | None
    path_count: int
    paths: tuple[ChainPath, ...]
    total: Values
    autograd: Values
    deviation: Real
    tolerance: float
    agrees: bool
    chain_rule: Line
    closed_form: ClosedFormLines | None
    finite_differences: DifferenceCheck | None
    statement: str


class Derivation(Struct, frozen=True):
    """The chain rule for one scalar. `reason` and `text` say why there is nothing to show."""

    root: str
    reason: NoDerivation | None
    text: str | None
    steps: tuple[ChainStep, ...] = ()
    leaves: tuple[LeafGradient, ...] = ()


class DerivationResponse(Envelope, frozen=True, kw_only=True):
    """The answer. `derivation` is null if the worker died before it could send it; `message` says why."""

    derivation: Derivation | None


def _response(outcome: Outcome, timing: RunTiming, lang: Lang) -> DerivationResponse:
    """The derivation."""
    trace = outcome.trace
    body = _derivation(trace.answer, trace, lang) if isinstance(trace.answer, DerivationRecord) else None
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
    answer=_response,
)
