"""Answers to inquiries as the bodies of responses: one mapping, without input or output."""

from tensorpad.api.inquiries.inquiry_schemas import (
    ClosedFormBody,
    DerivationBody,
    DerivationResponse,
    DerivationStepBody,
    FiniteDifferencesBody,
    LeafDerivationBody,
    LensBody,
    LensInputBody,
    LensResponse,
    LineBody,
    LocalDerivativeBody,
    PathBody,
)
from tensorpad.api.runs import endings
from tensorpad.api.runs.response import environment_body
from tensorpad.api.runs.schemas import TimingBody
from tensorpad.api.runs.value_schemas import SpanBody
from tensorpad.api.runs.values import number, values_body
from tensorpad.explain import derivation as derivations
from tensorpad.explain import lens as lenses
from tensorpad.explain.derivation import Line, WrittenLeaf
from tensorpad.protocol.inquiries import (
    DerivationRecord,
    DerivationStep,
    FiniteDifferences,
    LeafDerivation,
    LensRecord,
)
from tensorpad.protocol.notation import latex_name
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.texts import Lang


def lens_response(outcome: Outcome, timing: TimingBody, lang: Lang) -> LensResponse:
    """The answer of the lens."""
    ending, trace = endings.of(outcome, lang), outcome.trace
    body = _lens(trace.answer, trace, lang) if isinstance(trace.answer, LensRecord) else None
    return LensResponse(ending.status, ending_message(outcome, ending), body, environment_body(outcome.environment), timing)


def derivation_response(outcome: Outcome, timing: TimingBody, lang: Lang) -> DerivationResponse:
    """The derivation."""
    ending, trace = endings.of(outcome, lang), outcome.trace
    body = _derivation(trace.answer, trace, lang) if isinstance(trace.answer, DerivationRecord) else None
    message, environment = ending_message(outcome, ending), environment_body(outcome.environment)
    return DerivationResponse(ending.status, message, body, environment, timing)


def ending_message(outcome: Outcome, ending: endings.Ending) -> str | None:
    """What ended the run early; the exception where the program raised one."""
    if ending.message is not None:
        return ending.message
    errors = [cell.record.error for cell in outcome.cells if cell.record is not None and cell.record.error is not None]
    return f"{errors[0].type}: {errors[0].message}" if errors else None


def _lens(record: LensRecord, trace: TraceRecord, lang: Lang) -> LensBody:
    written = lenses.written(record, trace, lang)
    operation = next((one for one in trace.operations if one.id == record.operation), None)
    inputs = [
        LensInputBody(
            tensor=one.tensor,
            argument=one.argument,
            element=list(one.element),
            value=one.value,
            derivative=None if one.derivative is None else number(one.derivative),
            relation=one.relation,
            text=text,
        )
        for one, text in zip(record.inputs, written.inputs, strict=False)
    ]
    return LensBody(
        operation=record.operation,
        reason=record.reason,
        name=record.name,
        expression=record.expression,
        span=_span(operation.span) if operation is not None else None,
        output=record.output,
        tensor=record.tensor,
        shape=list(record.shape),
        element=list(record.element),
        value=record.value,
        inputs=inputs,
        count=record.count,
        complete=record.complete,
        text=written.text,
    )


def _derivation(record: DerivationRecord, trace: TraceRecord, lang: Lang) -> DerivationBody:
    written = derivations.written(record, lang)
    if record.reason is not None:
        return DerivationBody(record.root, record.reason, written.message, [], [])
    operations = {operation.id: operation for operation in trace.operations}
    steps = [
        _step(step, lines, operations.get(step.operation or ""))
        for step, lines in zip(record.steps, written.steps, strict=True)
    ]
    leaves = [_leaf(leaf, record.steps[leaf.step], said) for leaf, said in zip(record.leaves, written.leaves, strict=True)]
    return DerivationBody(record.root, None, None, steps, leaves)


def _step(step: DerivationStep, lines: list[Line], operation: OperationRecord | None) -> DerivationStepBody:
    derivatives = [
        LocalDerivativeBody(
            target=local.target,
            slot=local.slot,
            target_slot=local.target_slot,
            kind=local.kind,
            values=values_body(local.values),
            formula=None if local.formula is None else LineBody(local.formula, local.latex or ""),
            line=_line(line),
        )
        for local, line in zip(step.locals, lines, strict=True)
    ]
    return DerivationStepBody(
        label=step.label,
        latex=latex_name(step.label),
        name=step.name,
        function=step.function,
        tensor=step.tensor,
        operation=step.operation,
        expression=operation.expression if operation is not None else None,
        span=_span(operation.span) if operation is not None else None,
        leaf=step.leaf,
        gradients=[None if gradient is None else values_body(gradient) for gradient in step.gradients],
        derivatives=derivatives,
    )


def _leaf(leaf: LeafDerivation, step: DerivationStep, said: WrittenLeaf) -> LeafDerivationBody:
    closed = None
    if leaf.closed_form is not None and said.closed_form is not None:
        result = LineBody(leaf.closed_form.result, leaf.closed_form.result_latex)
        closed = ClosedFormBody(_line(said.closed_form), result)
    paths = [
        PathBody(list(path.steps), list(path.locals), values_body(path.product), _line(line))
        for path, line in zip(leaf.paths, said.paths, strict=True)
    ]
    return LeafDerivationBody(
        step=leaf.step,
        label=step.label,
        tensor=step.tensor,
        path_count=leaf.path_count,
        paths=paths,
        total=values_body(leaf.total),
        autograd=values_body(leaf.autograd),
        deviation=number(leaf.deviation),
        tolerance=leaf.tolerance,
        agrees=leaf.agrees,
        chain_rule=_line(said.chain_rule),
        closed_form=closed,
        finite_differences=leaf.finite_differences and _differences(leaf.finite_differences, said.differences or ""),
        statement=said.statement,
    )


def _differences(record: FiniteDifferences, text: str) -> FiniteDifferencesBody:
    return FiniteDifferencesBody(
        values=None if record.values is None else values_body(record.values),
        dtype=record.dtype,
        step=record.step,
        deviation=None if record.deviation is None else number(record.deviation),
        tolerance=record.tolerance,
        agrees=record.agrees,
        text=text,
    )


def _line(line: Line) -> LineBody:
    return LineBody(line.text, line.latex)


def _span(span: Span | None) -> SpanBody | None:
    return span and SpanBody(span.cell, span.line, span.column, span.end_line, span.end_column)
