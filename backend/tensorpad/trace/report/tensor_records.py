"""Tensors and arrays as records: what they are at the end, their layout, and their values in the course of the run."""

from contextlib import suppress
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import torch
from msgspec.structs import replace

from tensorpad.protocol.records import (
    ArrayRecord,
    GradientChangeRecord,
    NamesRecord,
    OpaqueValues,
    RoleRecord,
    StorageRecord,
    TensorRecord,
    Values,
)
from tensorpad.protocol.steps import ChangeRecord
from tensorpad.trace.backward.leaf_gradients import Change
from tensorpad.trace.base.attributes import grad_fn_of, requires_grad_of
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.arrays import TrackedArray
from tensorpad.trace.memory.decoding import NO_TYPE
from tensorpad.trace.memory.gradients import own_gradient
from tensorpad.trace.memory.tracked import TAKEN, TrackedTensor, is_leaf
from tensorpad.trace.memory.values import Allowance, values_of
from tensorpad.trace.report.histories import Histories
from tensorpad.trace.report.storage_report import StorageReport

_Dated = TypeVar("_Dated", RoleRecord, NamesRecord)
FREED = "the tensor was freed before the program ended, and was too large to keep a copy of"


class TensorChanges(NamedTuple):
    """By a tensor's number, what was done to its gradient and which names it had through modules."""

    gradients: dict[int, list[Change]]
    paths: dict[int, list[NamesRecord]]


class TensorRecords:
    """Makes the records of the `wanted` tensors, and of the arrays and storages that they share.

    `allowance` is for the values at the end, in the order of `wanted`; those before have room of their own.
    """

    def __init__(
        self,
        recording: Recording,
        changes: TensorChanges,
        allowance: Allowance,
        wanted: list[TrackedTensor],
    ) -> None:
        self._recording = recording
        self._limit = recording.limits.values
        self._steps = len(recording.timeline.steps)
        self._gradient_changes, self._paths = changes
        self._allowance = allowance
        self._wanted = wanted
        self._living = {tracked.number: tensor for tracked in wanted if (tensor := tracked.alive()) is not None}
        self._take_snapshots()
        self._storages = StorageReport(recording.ledger, recording.arrays)
        self._histories = Histories(self._limit, self._steps, allowance.until)

    @property
    def shortened(self) -> bool:
        """Whether earlier values were left out."""
        return self._histories.shortened or self._recording.ledger.allowance.shortened

    @property
    def changes(self) -> dict[int, list[ChangeRecord]]:
        """By the index of a step, what it changed; complete once all records have been made."""
        return self._histories.changes

    def tensors(self, names: dict[str, list[str]]) -> tuple[TensorRecord, ...]:
        """The tensors, in the order in which they were first seen. `names` are by their ids."""
        values = {tracked.number: self._values(tracked) for tracked in self._wanted}
        self._histories.take(self._wanted, self._recording.arrays.all)
        known = {tracked.id for tracked in self._wanted}
        ordered = sorted(self._wanted, key=attrgetter("number"))
        return tuple(
            [self._tensor(tracked, names.get(tracked.id, ()), values[tracked.number], known) for tracked in ordered]
        )

    def arrays(self, names: dict[int, list[str]]) -> tuple[ArrayRecord, ...]:
        """The arrays on the storages of tensors, whose records must have been made. `names` are by the id of the array."""
        records: list[ArrayRecord] = []
        for array in self._recording.arrays.all:
            layout = self._storages.array(array)
            if layout is None:
                continue
            living = array.alive()
            record = ArrayRecord(
                id=array.id,
                names=tuple(names.get(id(living), ())) if living is not None else (),
                layout=layout,
                values=self._array_values(array, living),
                history=self._histories.array(array),
            )
            records.append(record)
        return tuple(records)

    def storages(self) -> tuple[StorageRecord, ...]:
        """The storages of the tensors and arrays whose records have been made."""
        return self._storages.records()

    def _take_snapshots(self) -> None:
        """Take last snapshots of the living tensors, and note where their memory is."""
        for tracked in self._wanted:
            tensor = self._living.get(tracked.number)
            if tensor is not None:
                with suppress(Exception):  # what was known of it before is reported
                    self._recording.tensors.refresh(tracked, tensor)
                    if tracked.snapshot.storage is not None:
                        self._recording.ledger.measure(tensor)
        self._recording.arrays.compare()

    def _values(self, tracked: TrackedTensor) -> tuple[Values, Values | None]:
        """The values of a tensor at the end, and of its gradient."""
        tensor = self._living.get(tracked.number)
        snapshot = tracked.snapshot
        if tensor is None:
            last = self._histories.last(tracked, self._allowance)
            return last or OpaqueValues(snapshot.shape, FREED), None
        own = self._values_of(tensor) if snapshot.whole else OpaqueValues(snapshot.shape, TAKEN)
        if isinstance(own, OpaqueValues) and own.shape != snapshot.shape:
            own = replace(own, shape=snapshot.shape)
        grad = own_gradient(tensor)
        return own, None if grad is None else self._values_of(grad)

    def _values_of(self, tensor: Any) -> Values:
        return values_of(tensor, self._limit, self._allowance)

    def _array_values(self, array: TrackedArray, living: Any) -> Values:
        if array.states and array.states[-1][1] is not None:
            return self._histories.array_values(array, array.states[-1][1], self._allowance)
        if living is None or any(stride < 0 for stride in array.strides) or not living.flags.writeable:
            return OpaqueValues(array.shape, "too large to be told")
        try:
            shared: Any = torch.as_tensor(living)
        except (TypeError, ValueError):  # torch may lack the type, or the order of its bytes
            return OpaqueValues(array.shape, NO_TYPE)
        return self._values_of(shared)

    def _tensor(
        self,
        tracked: TrackedTensor,
        names: list[str] | tuple[()],
        values: tuple[Values, Values | None],
        known: set[str],
    ) -> TensorRecord:
        snapshot = tracked.snapshot
        layout, earlier = self._storages.layouts(
            tracked.id, snapshot, self._histories.snapshots(tracked) if tracked.earlier else []
        )
        own, grad = values
        return TensorRecord(
            id=tracked.id,
            names=tuple(names),
            layout=layout,
            roles=self._roles(tracked),
            version=snapshot.version,
            view_of=snapshot.base if snapshot.base in known else None,
            values=own,
            grad=grad,
            history=self._histories.tensor(tracked, earlier),
            grad_changes=self._changes_of(tracked) if tracked.number in self._gradient_changes else (),
            paths=tuple(map(self._dated, self._paths.get(tracked.number, ()))),
        )

    def _roles(self, tracked: TrackedTensor) -> tuple[RoleRecord, ...]:
        """What a tensor was to autograd, and what it is now."""
        tensor = self._living.get(tracked.number)
        if tensor is not None and tracked.snapshot.unread is None:
            # The functions of views are made when they are asked for; now that nothing runs any more they may be.
            now = replace(tracked.snapshot, requires_grad=requires_grad_of(tensor), is_leaf=is_leaf(tensor))
            now.grad_fn = _function_name(tensor)
            if tracked.role(now) != tracked.role(tracked.snapshot):
                tracked.leave_role(tracked.snapshot, self._steps)
                tracked.snapshot = now
        return tuple(map(self._dated, (*tracked.roles, tracked.role(tracked.snapshot))))

    def _dated(self, record: _Dated) -> _Dated:
        """The record, without a step that the timeline has not."""
        return record if record.step is not None and record.step < self._steps else replace(record, step=None)

    def _changes_of(self, tracked: TrackedTensor) -> tuple[GradientChangeRecord, ...]:
        """What the program did to the gradient of a tensor."""
        return tuple(
            [
                GradientChangeRecord(step, kept and kept.values(self._limit, self._allowance))
                for step, kept in self._gradient_changes[tracked.number]
                if step < self._steps
            ]
        )


def _function_name(tensor: Any) -> str | None:
    try:
        grad_fn = grad_fn_of(tensor)
    except RuntimeError:
        return None
    return type(grad_fn).__name__ if grad_fn is not None else None
