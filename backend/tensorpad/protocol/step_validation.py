"""What the schema cannot say of operations, memory and the timeline: lists that run parallel, references that hold.

Part of `protocol.validation`; linear in the size of the records.
"""

from collections.abc import Callable, Iterable

from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import ID_FORM, ArrayRecord, History, OpaqueValues, TensorRecord, Values, VersionRecord
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord

_SLACK = 2
_VERSIONS_PER_STEP = 8
"""Values of histories in one report, on average over the steps that it may have."""
_Check = Callable[[str, Values, Limits], None]


def check_steps(trace: TraceRecord, limits: Limits, check_values: _Check) -> None:
    """Raises ProtocolError where operations, histories, memory or steps contradict themselves or the rest of the report."""
    if len(trace.steps) > _SLACK * limits.steps or len(trace.arrays) > _SLACK * limits.records:
        raise ProtocolError("there are more steps or arrays than the limits allow")
    known: dict[str, int] = {tensor.id: len(tensor.history) for tensor in trace.tensors}
    storages = {storage.id for storage in trace.storages}
    for array in trace.arrays:
        if array.id in known:
            raise ProtocolError(f"two records have the id {array.id}")
        known[array.id] = len(array.history)
        _array(array, storages, limits, check_values)
    if sum(known.values()) > _SLACK * _VERSIONS_PER_STEP * limits.steps:
        raise ProtocolError("histories are longer than the limits allow")
    for record in (*trace.tensors, *trace.arrays):
        _history(record, len(trace.steps), storages, limits, check_values)
    for tensor in trace.tensors:
        _grad_changes(tensor, len(trace.steps), limits, check_values)
    for storage in trace.storages:
        _all_known(f"the ranges of {storage.id}", (part.id for part in storage.ranges), known)
        if any(part.end < part.start for part in storage.ranges):
            raise ProtocolError(f"a range of {storage.id} ends before it begins")
    earlier: set[str] = set()
    for operation in trace.operations:
        _operation(operation, known, earlier)
        earlier.add(operation.id)
    _timeline(trace, known, earlier)


def _array(array: ArrayRecord, storages: set[str], limits: Limits, check_values: _Check) -> None:
    if not ID_FORM.fullmatch(array.id) or array.id[0] != "a":
        raise ProtocolError(f"the id of an array is {array.id!r}")
    layout = array.layout
    if len(layout.strides) != len(layout.shape) or any(size < 0 for size in layout.shape):
        raise ProtocolError(f"{array.id} has sizes or strides that cannot be")
    if layout.storage is not None and layout.storage not in storages:
        raise ProtocolError(f"{array.id} lies on {layout.storage}, which is not there")
    check_values(f"the values of {array.id}", array.values, limits)


def _history(
    record: TensorRecord | ArrayRecord, steps: int, storages: set[str], limits: Limits, check_values: _Check
) -> None:
    history: History = record.history
    for place, version in enumerate(history):
        if version.step is not None and version.step >= steps:
            raise ProtocolError(f"the history of {record.id} names step {version.step} of {steps}")
        if (version.values is None) != (place == len(history) - 1):
            raise ProtocolError(f"the history of {record.id} leaves out a value, or repeats the last")
        if version.values is not None:
            check_values(f"the history of {record.id}", version.values, limits)
        _layout(record, version, storages)


def _layout(record: TensorRecord | ArrayRecord, version: VersionRecord, storages: set[str]) -> None:
    layout, values = version.layout, version.values
    shape = record.layout.shape
    if layout is not None:
        shape = layout.shape
        if isinstance(record, ArrayRecord) or values is None:
            raise ProtocolError(f"the history of {record.id} has a layout where there can be none")
        if any(size < 0 for size in shape) or len(layout.stride) not in (0, len(shape)):
            raise ProtocolError(f"the history of {record.id} has sizes or strides that cannot be")
        if layout.storage is not None and layout.storage not in storages:
            raise ProtocolError(f"the history of {record.id} lies on {layout.storage}, which is not there")
    if values is not None and not isinstance(values, OpaqueValues) and values.shape != shape:
        raise ProtocolError(f"the history of {record.id} has values of another shape than it had")


def _grad_changes(tensor: TensorRecord, steps: int, limits: Limits, check_values: _Check) -> None:
    for change in tensor.grad_changes:
        if change.step >= steps:
            raise ProtocolError(f"the gradient of {tensor.id} changes at step {change.step} of {steps}")
        if change.values is not None:
            check_values(f"the gradient of {tensor.id}", change.values, limits)


def _operation(operation: OperationRecord, known: dict[str, int], earlier: set[str]) -> None:
    name = operation.id
    for what, parallel, to in (
        ("memory", operation.memory, operation.outputs),
        ("output shapes", operation.output_shapes, operation.outputs),
        ("input shapes", operation.input_shapes, operation.inputs),
    ):
        if len(parallel) not in (0, len(to)):
            raise ProtocolError(f"{name} has {len(parallel)} {what} for {len(to)}")
    _all_known(f"the writes of {name}", (write.tensor for write in operation.writes), known)
    _all_known(f"the memory of {name}", (part.of for part in operation.memory), known)
    for part in operation.broadcast:
        dimensions = (*part.stretched, *part.added)
        if part.input >= len(operation.inputs) or any(place >= len(part.result) for place in dimensions):
            raise ProtocolError(f"{name} broadcasts an input or a dimension that it has not")
    shapes = (*operation.input_shapes, *operation.output_shapes, *(part.shape for part in operation.broadcast))
    if any(size < 0 for shape in shapes for size in shape):
        raise ProtocolError(f"{name} has a negative size")
    if operation.parent is not None and operation.parent not in earlier:
        raise ProtocolError(f"{name} is part of {operation.parent}, which is not before it")


def _timeline(trace: TraceRecord, known: dict[str, int], operations: set[str]) -> None:
    functions = {function.id for graph in trace.graphs for function in graph.functions}
    functions.update(run.function for one in trace.backwards for run in one.runs)
    refs = {"operation": operations, "backward": {one.id for one in trace.backwards}, "function": functions}
    done: set[str] = set()
    for place, step in enumerate(trace.steps):
        if step.kind == "operation" and step.ref is not None:
            # A step is answered with its operation's inputs and outputs: thousands of steps on one long list would be many.
            if step.ref in done:
                raise ProtocolError(f"step {place} is another one of {step.ref}")
            done.add(step.ref)
        if step.ref is not None and step.ref not in refs.get(step.kind, ()):
            raise ProtocolError(f"step {place} names {step.ref}, which is not there")
        _all_known(f"the names of step {place}", (binding.value for binding in step.bound), known)
        for change in step.changed:
            if change.version >= known.get(change.id, 0):
                raise ProtocolError(f"step {place} changes {change.id} to a version that is not there")


def _all_known(what: str, ids: Iterable[str | None], known: dict[str, int]) -> None:
    for one in ids:
        if one is not None and one not in known:
            raise ProtocolError(f"{what} name {one}, which is not there")
