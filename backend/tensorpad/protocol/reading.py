"""A trace from the bytes of a worker's last message: decoded record by record, then checked.

The decoder is one call that nothing can interrupt, in whatever thread it is made, and millions of tiny members fit into a
message. So lists are first cut into records without looking inside, which costs next to nothing for each byte, and each
record is decoded by a call of its own, between which the event loop's thread has its turn.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Raw, Struct
from msgspec.structs import asdict, fields

from tensorpad.protocol.backwards import GRADIENTS_PER_RUN, BackwardRecord, FunctionRun, most_runs
from tensorpad.protocol.checks import SLACK
from tensorpad.protocol.errors import ProtocolError, ReportTooLong
from tensorpad.protocol.failures import FailureRecord
from tensorpad.protocol.holders import HolderRecord
from tensorpad.protocol.inquiries import Answers
from tensorpad.protocol.limits import MIB, Limits
from tensorpad.protocol.notes import NOTES, NoteRecord
from tensorpad.protocol.outputs import OutputRecord
from tensorpad.protocol.records import (
    ArrayRecord,
    AutogradRecord,
    Count,
    FunctionRecord,
    Id,
    Name,
    StorageRecord,
    TensorRecord,
    TruncationRecord,
    Values,
    VariableRecord,
)
from tensorpad.protocol.records_check import check_graph_sizes
from tensorpad.protocol.series import MOST_SERIES, SeriesRecord
from tensorpad.protocol.steps import OperationRecord, StepRecord
from tensorpad.protocol.traces import TraceRecord, check

T = TypeVar("T")

_RECORD_BYTES = 4 * MIB
_TRUNCATIONS = 1_000


class _Graph(Struct, frozen=True):
    """A graph whose functions have not been looked into."""

    id: Id
    root: Id
    root_name: Name
    backward: bool
    functions: Raw
    elided: Count = 0


def _unread(record: type[Struct], *lists: str) -> Any:
    """A struct like `record`, whose `lists` have not been looked into."""
    members = fields(record)
    return msgspec.defstruct(
        f"_{record.__name__}",
        [(member.name, Raw) if member.name in lists else (member.name, member.type) for member in members if member.required]
        + [(member.name, member.type, member.default) for member in members if not member.required],
        frozen=True,
    )


_members = {member.name: Raw(msgspec.msgpack.encode(member.default)) for member in fields(TraceRecord)}
_lists: "msgspec.msgpack.Decoder[Any]" = msgspec.msgpack.Decoder(
    msgspec.defstruct("_Lists", [(name, Raw, default) for name, default in _members.items()], frozen=True)
)
"""A trace whose members have not been looked into."""
_graph = msgspec.msgpack.Decoder(_Graph)
_variable = msgspec.msgpack.Decoder(VariableRecord)
_tensor = msgspec.msgpack.Decoder(TensorRecord)
_storage = msgspec.msgpack.Decoder(StorageRecord)
_operation = msgspec.msgpack.Decoder(OperationRecord)
_function = msgspec.msgpack.Decoder(FunctionRecord)
_truncation = msgspec.msgpack.Decoder(TruncationRecord)
_array = msgspec.msgpack.Decoder(ArrayRecord)
_step = msgspec.msgpack.Decoder(StepRecord)
_holder = msgspec.msgpack.Decoder(HolderRecord)
_output = msgspec.msgpack.Decoder(OutputRecord)
_note = msgspec.msgpack.Decoder(NoteRecord)
_series = msgspec.msgpack.Decoder(SeriesRecord)
_pass: "msgspec.msgpack.Decoder[Any]" = msgspec.msgpack.Decoder(_unread(BackwardRecord, "gradients", "runs"))
_run = msgspec.msgpack.Decoder(FunctionRun)
_values: "msgspec.msgpack.Decoder[Values]" = msgspec.msgpack.Decoder(Values)
_answers: "msgspec.msgpack.Decoder[Answers]" = msgspec.msgpack.Decoder(Answers)
_failure: "msgspec.msgpack.Decoder[FailureRecord | None]" = msgspec.msgpack.Decoder(FailureRecord | None)


def read_trace(data: Raw, limits: Limits) -> TraceRecord:
    """The trace that `data` holds.

    Raises ProtocolError where it fits neither the schema nor itself, ReportTooLong for a record that is too long.
    """
    try:
        lists = _lists.decode(data)
        read: dict[str, Any] = {name: _READERS[name](getattr(lists, name), limits) for name in _members}
        trace = TraceRecord(**read)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ProtocolError(f"a trace does not fit the schema: {error}") from None
    check(trace, limits)
    return trace


def _graphs(data: Raw, limits: Limits) -> tuple[AutogradRecord, ...]:
    graphs: list[AutogradRecord] = []
    for graph in _cut(data, SLACK * limits.graphs):
        graphs.append(_read_graph(graph, limits))
        check_graph_sizes(graphs, limits)  # at once, for millions of pairs also keep the garbage collector busy
    return tuple(graphs)


def _read_graph(data: Raw, limits: Limits) -> AutogradRecord:
    graph = _graph.decode(data)
    functions = _each(graph.functions, _function, SLACK * limits.graph_nodes)
    return AutogradRecord(graph.id, graph.root, graph.root_name, graph.backward, functions, graph.elided)


def _passes(data: Raw, limits: Limits) -> tuple[BackwardRecord, ...]:
    return tuple(_read_pass(record, limits) for record in _cut(data, SLACK * limits.records))


def _read_pass(data: Raw, limits: Limits) -> BackwardRecord:
    unread: Any = _pass.decode(data)
    members = asdict(unread)
    most = SLACK * most_runs(limits)
    members["gradients"] = _each(unread.gradients, _values, GRADIENTS_PER_RUN * most)
    members["runs"] = _each(unread.runs, _run, most)
    return BackwardRecord(**members)


def _each(data: Raw, decoder: "msgspec.msgpack.Decoder[T]", most: int) -> tuple[T, ...]:
    return tuple(_one(record, decoder) for record in _cut(data, most))


def _one(data: Raw, decoder: "msgspec.msgpack.Decoder[T]") -> T:
    length = memoryview(data).nbytes
    if length > _RECORD_BYTES:
        raise ReportTooLong(f"a record of {length} bytes is longer than the limit of {_RECORD_BYTES}")
    return decoder.decode(data)


def _cut(data: Raw, most: int) -> tuple[Raw, ...]:
    return _cutter(most).decode(data)


@lru_cache
def _cutter(most: int) -> "msgspec.msgpack.Decoder[tuple[Raw, ...]]":
    kind: Any = Annotated[tuple[Raw, ...], Meta(max_length=most)]
    return msgspec.msgpack.Decoder(kind)


def _records(decoder: "msgspec.msgpack.Decoder[Any]") -> Callable[[Raw, Limits], Any]:
    return lambda data, limits: _each(data, decoder, SLACK * limits.records)


_READERS: dict[str, Callable[[Raw, Limits], Any]] = {
    "variables": _records(_variable),
    "tensors": _records(_tensor),
    "storages": _records(_storage),
    "operations": _records(_operation),
    "graphs": _graphs,
    "truncated": lambda data, limits: _each(data, _truncation, _TRUNCATIONS),
    "arrays": _records(_array),
    "holders": _records(_holder),
    "steps": lambda data, limits: _each(data, _step, SLACK * limits.steps),
    "failure": lambda data, limits: _one(data, _failure),
    "backwards": _passes,
    "answers": lambda data, limits: _one(data, _answers),
    "series": lambda data, limits: _each(data, _series, SLACK * MOST_SERIES),
    "outputs": lambda data, limits: _each(data, _output, SLACK * (limits.steps + 2 * limits.cells)),
    "notes": lambda data, limits: _each(data, _note, NOTES),
}
"""How each member of a trace is read; one without an entry here fails in every trace, not only where it is used."""
