"""Openings of operations as bodies of responses."""

from tensorpad.api.inquiries.inquiry_responses import ending_message
from tensorpad.api.inquiries.opening_schemas import InnerOperationBody, InnerTensorBody, OpeningBody, OpeningResponse
from tensorpad.api.runs import endings
from tensorpad.api.runs.response import environment_body
from tensorpad.api.runs.schemas import TimingBody
from tensorpad.api.runs.step_schemas import ArgumentBody
from tensorpad.api.runs.value_schemas import SpanBody
from tensorpad.api.runs.values import values_body
from tensorpad.explain import opening as openings
from tensorpad.protocol.openings import OpeningRecord
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.traces import TraceRecord
from tensorpad.texts import Lang


def opening_response(outcome: Outcome, timing: TimingBody, lang: Lang) -> OpeningResponse:
    """What was done inside an operation."""
    ending, trace = endings.of(outcome, lang), outcome.trace
    body = _opening(trace.answer, trace, lang) if isinstance(trace.answer, OpeningRecord) else None
    message, environment = ending_message(outcome, ending), environment_body(outcome.environment)
    return OpeningResponse(ending.status, message, body, environment, timing)


def _opening(record: OpeningRecord, trace: TraceRecord, lang: Lang) -> OpeningBody:
    operation = next((one for one in trace.operations if one.id == record.operation), None)
    span = operation.span if operation is not None else None
    return OpeningBody(
        operation=record.operation,
        reason=record.reason,
        name=record.name,
        expression=record.expression,
        span=SpanBody(span.cell, span.line, span.column, span.end_line, span.end_column) if span is not None else None,
        tensors=[
            InnerTensorBody(one.label, one.tensor, list(one.shape), one.dtype, values_body(one.values))
            for one in record.tensors
        ],
        operations=[
            InnerOperationBody(
                parent=one.parent,
                name=one.name,
                arguments=[ArgumentBody(argument.name, argument.text) for argument in one.arguments],
                inputs=list(one.inputs),
                outputs=list(one.outputs),
                in_place=one.in_place,
            )
            for one in record.operations
        ],
        exact=record.exact,
        complete=record.complete,
        text=openings.written(record, lang),
    )
