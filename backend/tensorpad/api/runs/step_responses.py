"""Operations, the timeline, arrays and histories as they are sent."""

from collections.abc import Iterable

from tensorpad.api.runs.step_schemas import (
    ArgumentBody,
    ArrayBody,
    ArrayLayoutBody,
    BindingBody,
    BroadcastBody,
    ChangeBody,
    GradientChangeBody,
    LayoutBody,
    MemoryBody,
    ModuleBody,
    OperationBody,
    RangeBody,
    StepBody,
    VersionBody,
    WriteBody,
)
from tensorpad.api.runs.value_schemas import SpanBody
from tensorpad.api.runs.values import values_body
from tensorpad.protocol.records import ArrayRecord, GradientChangeRecord, History, Layout, Span, StorageRecord, VersionRecord
from tensorpad.protocol.steps import OperationRecord, StepRecord
from tensorpad.protocol.traces import TraceRecord


def span_body(span: Span | None) -> SpanBody | None:
    """A piece of source."""
    return span and SpanBody(span.cell, span.line, span.column, span.end_line, span.end_column)


def history_body(history: History) -> list[VersionBody]:
    """The values that something had."""
    return [_version(version) for version in history]


def _version(record: VersionRecord) -> VersionBody:
    values = record.values and values_body(record.values)
    return VersionBody(record.step, record.version, values, record.layout and layout_body(record.layout))


def layout_body(layout: Layout) -> LayoutBody:
    """The layout of a tensor."""
    shape, stride = list(layout.shape), list(layout.stride)
    return LayoutBody(shape, stride, layout.offset, layout.dtype, layout.device, layout.storage)


def grad_change_bodies(changes: Iterable[GradientChangeRecord]) -> list[GradientChangeBody]:
    """What a program did to the gradient of a leaf."""
    return [GradientChangeBody(change.step, change.values and values_body(change.values)) for change in changes]


def range_bodies(storage: StorageRecord) -> list[RangeBody]:
    """Which bytes of a storage each tensor and array looks at."""
    return [RangeBody(part.id, part.start, part.end) for part in storage.ranges]


def array_body(record: ArrayRecord) -> ArrayBody:
    """One NumPy array."""
    layout = record.layout
    return ArrayBody(
        id=record.id,
        names=list(record.names),
        layout=ArrayLayoutBody(list(layout.shape), list(layout.strides), layout.offset, layout.dtype, layout.storage),
        values=values_body(record.values),
        history=history_body(record.history),
    )


def operation_body(record: OperationRecord) -> OperationBody:
    """One operation."""
    module = record.module
    return OperationBody(
        id=record.id,
        name=record.name,
        span=span_body(record.span),
        expression=record.expression,
        inputs=list(record.inputs),
        outputs=list(record.outputs),
        arguments=[ArgumentBody(item.name, item.text) for item in record.arguments],
        in_place=record.in_place,
        writes=[WriteBody(item.tensor, item.before, item.after) for item in record.writes],
        memory=[MemoryBody(item.kind, item.of) for item in record.memory],
        broadcast=[
            BroadcastBody(item.input, list(item.shape), list(item.result), list(item.stretched), list(item.added))
            for item in record.broadcast
        ],
        input_shapes=[list(shape) for shape in record.input_shapes],
        output_shapes=[list(shape) for shape in record.output_shapes],
        parent=record.parent,
        module=module and ModuleBody(module.path, module.type, module.call),
    )


def step_bodies(trace: TraceRecord) -> list[StepBody]:
    """The timeline."""
    operations = {operation.id: operation for operation in trace.operations}
    return [_step(place, step, operations.get(step.ref or "")) for place, step in enumerate(trace.steps)]


def _step(place: int, step: StepRecord, operation: OperationRecord | None) -> StepBody:
    return StepBody(
        id=step.ref or f"step{place}",
        kind=step.kind,
        name=operation.name if operation else "",
        span=span_body(step.span),
        expression=operation.expression if operation else None,
        inputs=list(operation.inputs) if operation else [],
        outputs=list(operation.outputs) if operation else [],
        scope=step.scope,
        frame=step.frame,
        bound=[BindingBody(item.name, item.type, item.text, item.value) for item in step.bound],
        unbound=list(step.unbound),
        changed=[ChangeBody(item.id, item.version) for item in step.changed],
    )
