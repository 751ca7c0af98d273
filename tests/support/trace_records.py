"""The parts of a trace that tests ask for."""

from typing import Any

from tensorpad.protocol.records import FullValues, TensorRecord, Values
from tensorpad.protocol.traces import TraceRecord


def tensor_named(trace: TraceRecord, name: str) -> TensorRecord:
    """The one tensor of that name."""
    (tensor,) = [record for record in trace.tensors if name in record.names]
    return tensor


def elements(values: Values | None) -> tuple[Any, ...]:
    """All elements of values that have all."""
    assert isinstance(values, FullValues), values
    return values.data
