"""The whole report on a program: every kind of record, put together."""

from msgspec import Struct

from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.failures import FailureRecord
from tensorpad.protocol.inquiries import Answer
from tensorpad.protocol.records import (
    ArrayRecord,
    AutogradRecord,
    StorageRecord,
    TensorRecord,
    TruncationRecord,
    VariableRecord,
)
from tensorpad.protocol.steps import OperationRecord, StepRecord


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
    answer: Answer | None = None
