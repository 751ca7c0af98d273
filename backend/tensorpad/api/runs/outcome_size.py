"""Whether an outcome is turned into a response at once, or in a thread so that the event loop goes on meanwhile."""

from collections.abc import Iterator

from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import FullValues, SummaryValues, Values
from tensorpad.protocol.traces import TraceRecord

_RECORDS = 400
"""Records up to which a thread costs more than the mapping takes."""
_MEMBERS = 10 * _RECORDS
"""References, names and the like in those records: one record may hold a hundred thousand."""
_ELEMENTS = 10 * _MEMBERS
"""Numbers in values, each of which is cheap."""


def is_small(outcome: Outcome) -> bool:
    """Whether the outcome takes no more than a few milliseconds to map, whatever its worker reported."""
    trace = outcome.trace
    return _records(trace) <= _RECORDS and _members(trace) <= _MEMBERS and _elements(trace) <= _ELEMENTS


def _records(trace: TraceRecord) -> int:
    flat = (trace.tensors, trace.operations, trace.variables, trace.storages, trace.arrays, trace.steps, trace.backwards)
    count = sum(len(records) for records in flat)
    count += sum(len(graph.functions) for graph in trace.graphs)
    return count + sum(len(one.runs) for one in trace.backwards)


def _members(trace: TraceRecord) -> int:
    count = sum(len(storage.members) + len(storage.ranges) for storage in trace.storages)
    count += sum(
        len(one.inputs) + len(one.outputs) + len(one.arguments) + len(one.writes) + len(one.broadcast)
        for one in trace.operations
    )
    count += sum(len(one.next) + len(one.gradients) for graph in trace.graphs for one in graph.functions)
    count += sum(len(one.names) + len(one.history) + len(one.grad_changes) for one in trace.tensors)
    count += sum(len(one.names) + len(one.history) for one in trace.arrays)
    count += sum(len(one.bound) + len(one.unbound) + len(one.changed) for one in trace.steps)
    for one in trace.backwards:
        count += len(one.gradients) + len(one.roots) + len(one.returned) + len(one.graphs)
        count += sum(len(run.next) + len(run.arrived) + len(run.sent) + len(run.hooks) for run in one.runs)
    return count


def _elements(trace: TraceRecord) -> int:
    return sum(_numbers(values) for values in _values(trace))


def _values(trace: TraceRecord) -> Iterator[Values | None]:
    for record in (*trace.tensors, *trace.arrays):
        yield record.values
        yield from (version.values for version in record.history)
    for tensor in trace.tensors:
        yield tensor.grad
        yield from (change.values for change in tensor.grad_changes)
    for graph in trace.graphs:
        yield from (gradient for function in graph.functions for gradient in function.gradients)
    for one in trace.backwards:
        yield from one.gradients


def _numbers(values: Values | None) -> int:
    match values:
        case FullValues():
            return len(values.data)
        case SummaryValues():
            return len(values.corners)
        case _:
            return 0
