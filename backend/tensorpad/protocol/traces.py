"""The whole report on a program: every kind of record, put together, and the check of it all."""

from msgspec import Struct

from tensorpad.protocol.backwards import BackwardRecord, check_backwards
from tensorpad.protocol.checks import SLACK, Ids, known, most, unique
from tensorpad.protocol.failures import FailureRecord, check_failure
from tensorpad.protocol.holders import HolderRecord, check_holders
from tensorpad.protocol.inquiries import Answers, check_answer
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.notes import NoteRecord, check_notes
from tensorpad.protocol.outputs import OutputRecord, check_outputs
from tensorpad.protocol.records import (
    ArrayRecord,
    AutogradRecord,
    StorageRecord,
    TensorRecord,
    TruncationRecord,
    VariableRecord,
)
from tensorpad.protocol.records_check import check_array, check_graph, check_graph_sizes, check_storage, check_tensor
from tensorpad.protocol.series import SeriesRecord, check_series
from tensorpad.protocol.steps import OperationRecord, StepRecord, check_operations, check_timeline

_MEMBERS = 64
"""Names and references, on average over the records that a report may have of a kind."""
_VERSIONS_PER_STEP = 8
"""Values of histories in one report, on average over the steps that it may have."""


class TraceRecord(Struct, frozen=True):
    """Everything that is known of a program when it ends."""

    variables: tuple[VariableRecord, ...] = ()
    tensors: tuple[TensorRecord, ...] = ()
    storages: tuple[StorageRecord, ...] = ()
    operations: tuple[OperationRecord, ...] = ()
    graphs: tuple[AutogradRecord, ...] = ()
    truncated: tuple[TruncationRecord, ...] = ()
    arrays: tuple[ArrayRecord, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    failure: FailureRecord | None = None
    backwards: tuple[BackwardRecord, ...] = ()
    answers: Answers = ()
    holders: tuple[HolderRecord, ...] = ()
    outputs: tuple[OutputRecord, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
    series: tuple[SeriesRecord, ...] = ()


MANY_STEPS = 1_000
"""Steps that take a noticeable time to record: some tenths of a second, more where many programs run at a time."""


def took_long(trace: TraceRecord) -> bool:
    """Whether recording took a noticeable part of a program's time, as far as the trace shows; one that is lost may have."""
    return len(trace.steps) >= MANY_STEPS or any(part.what == "trace" for part in trace.truncated)


def check(trace: TraceRecord, limits: Limits) -> None:
    """Raises ProtocolError if the records contradict themselves, each other or the limits (`protocol.checks`)."""
    _check_counts(trace, limits)
    ids = _ids(trace)
    for tensor in trace.tensors:
        check_tensor(tensor, ids, limits)
    for array in trace.arrays:
        check_array(array, ids, limits)
    for storage in trace.storages:
        check_storage(storage, ids)
    for graph in trace.graphs:
        check_graph(graph, ids, limits)
    known("the tensor of a variable is", (variable.tensor for variable in trace.variables), ids.tensors)
    check_operations(trace.operations, ids)
    check_backwards(trace.backwards, ids, limits)
    check_timeline(trace.steps, ids)
    check_holders(trace.holders, ids, limits)
    check_outputs(trace.outputs, len(trace.steps), limits)
    check_notes(trace.notes)
    check_series(trace.series, ids, limits)
    if trace.failure is not None:
        check_failure(trace.failure, ids)
    if trace.answers:
        named = ids.versions.keys() | ids.operations | ids.functions
        for answer in trace.answers:
            if answer is not None:
                check_answer(answer, named, limits)


def _check_counts(trace: TraceRecord, limits: Limits) -> None:
    members = limits.records * _MEMBERS
    for what, count, limit in (
        ("variables", len(trace.variables), limits.records),
        ("tensors", len(trace.tensors), limits.records),
        ("arrays", len(trace.arrays), limits.records),
        ("storages", len(trace.storages), limits.records),
        ("operations", len(trace.operations), limits.records),
        ("backward passes", len(trace.backwards), limits.records),
        ("steps", len(trace.steps), limits.steps),
        ("graphs", len(trace.graphs), limits.graphs),
        ("names of tensors", sum(map(_names, trace.tensors)), members),
        ("members of storages", sum(len(storage.members) for storage in trace.storages), members),
        ("tensors of operations", sum(len(call.inputs) + len(call.outputs) for call in trace.operations), members),
        (
            "values of histories",
            sum(len(record.history) for record in (*trace.tensors, *trace.arrays)),
            limits.steps * _VERSIONS_PER_STEP,
        ),
    ):
        most(what, count, SLACK * limit)
    check_graph_sizes(trace.graphs, limits)


def _names(tensor: TensorRecord) -> int:
    return len(tensor.names) + sum(1 + len(path.names) for path in tensor.paths)


def _ids(trace: TraceRecord) -> Ids:
    unique("an array", (array.id for array in trace.arrays))
    return Ids(
        tensors=unique("a tensor", (tensor.id for tensor in trace.tensors)),
        storages=unique("a storage", (storage.id for storage in trace.storages)),
        operations=unique("an operation", (operation.id for operation in trace.operations)),
        graphs=unique("a graph", (graph.id for graph in trace.graphs)),
        functions={function.id for graph in trace.graphs for function in graph.functions},
        passes=unique("a backward pass", (backward.id for backward in trace.backwards)),
        ran={run.function for backward in trace.backwards for run in backward.runs},
        versions={record.id: len(record.history) for record in (*trace.tensors, *trace.arrays)},
        steps=len(trace.steps),
    )
