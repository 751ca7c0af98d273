"""Tensors and arrays as records: what they are at the end, where they lie, and what they held in the course of the run."""

from operator import attrgetter
from typing import Any

import torch

from tensorpad.protocol.records import ArrayRecord, GradientChangeRecord, OpaqueValues, StorageRecord, TensorRecord, Values
from tensorpad.protocol.steps import ChangeRecord
from tensorpad.trace.backward.leaf_gradients import Change, LeafGradients
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.arrays import TrackedArray
from tensorpad.trace.memory.decoding import NO_TYPE
from tensorpad.trace.memory.gradients import own_gradient
from tensorpad.trace.memory.tracked import TAKEN, TrackedTensor, is_leaf
from tensorpad.trace.memory.values import Allowance, values_of
from tensorpad.trace.report.histories import Histories
from tensorpad.trace.report.storage_report import StorageReport

FREED = "the tensor was freed before the program ended, and was too large to keep a copy of"


class TensorRecords:
    """Makes the records of tensors, arrays and storages of one report.

    `allowance` is for the values at the end; those before have room of their own. `changes` says, by places in the
    timeline, what each step changed.
    """

    def __init__(
        self,
        recording: Recording,
        leaf_gradients: LeafGradients,
        allowance: Allowance,
    ) -> None:
        self._tensors = recording.tensors
        self._ledger = recording.ledger
        self._arrays = recording.arrays
        self._grad_changes = leaf_gradients.changes
        self._steps = len(recording.timeline.steps)
        self._limit = recording.limits.values
        self._allowance = allowance
        self._histories = Histories(self._limit, self._steps, allowance.until)
        self._memory: StorageReport | None = None

    @property
    def shortened(self) -> bool:
        """Whether earlier values had to be left out."""
        return self._histories.shortened or self._ledger.shortened

    @property
    def changes(self) -> dict[int, list[ChangeRecord]]:
        """What each step changed; complete once all records have been made."""
        return self._histories.changes

    def tensors(self, wanted: list[TrackedTensor], names: dict[str, list[str]], known: set[str]) -> tuple[TensorRecord, ...]:
        """The tensors, in order of first sight; room for values is given out in the order of `wanted`."""
        living = {sighting.id: tensor for sighting in wanted if (tensor := sighting.alive()) is not None}
        for sighting in wanted:
            tensor = living.get(sighting.id)
            if tensor is not None:
                self._tensors.refresh(sighting, tensor)
                if sighting.snapshot.storage is not None:
                    self._ledger.measure(tensor)
        self._arrays.compare()
        memory = self._memory = StorageReport(self._ledger, self._arrays)
        values = {sighting.id: self._values(sighting, living.get(sighting.id)) for sighting in wanted}
        self._histories.take(wanted, self._arrays.all)
        ordered = sorted(wanted, key=attrgetter("number"))
        return tuple([self._tensor(one, living.get(one.id), values[one.id], names, known, memory) for one in ordered])

    def arrays(self, names: dict[int, list[str]]) -> tuple[ArrayRecord, ...]:
        """The arrays that lie on a storage of the report; `names` are by the identity of living arrays."""
        records: list[ArrayRecord] = []
        for array in self._arrays.all:
            layout = self._memory and self._memory.array(array)
            if layout is None:
                continue
            living = array.alive()
            records.append(
                ArrayRecord(
                    array.id,
                    tuple(names.get(id(living), ())) if living is not None else (),
                    layout,
                    self._array_values(array, living),
                    self._histories.array(array),
                )
            )
        return tuple(records)

    def storages(self) -> tuple[StorageRecord, ...]:
        """The storages of the tensors and arrays that were recorded."""
        return () if self._memory is None else self._memory.records()

    def _values(self, sighting: TrackedTensor, tensor: Any) -> tuple[Values, Values | None]:
        limit = self._limit
        if tensor is None:
            last = self._histories.last(sighting, self._allowance)
            return last or OpaqueValues(sighting.snapshot.shape, FREED), None
        grad = own_gradient(tensor)
        seen = sighting.snapshot
        own = values_of(tensor, limit, self._allowance) if seen.whole else OpaqueValues(seen.shape, TAKEN)
        return own, None if grad is None else values_of(grad, limit, self._allowance)

    def _array_values(self, array: TrackedArray, living: Any) -> Values:
        if array.states and array.states[-1][1] is not None:
            return self._histories.array_values(array, array.states[-1][1], self._allowance)
        if living is None or any(stride < 0 for stride in array.strides) or not living.flags.writeable:
            return OpaqueValues(array.shape, "too large to be told")
        try:
            shared: Any = torch.as_tensor(living)
        except (TypeError, ValueError):  # torch may lack the type, or the order of its bytes
            return OpaqueValues(array.shape, NO_TYPE)
        return values_of(shared, self._limit, self._allowance)

    def _tensor(
        self,
        sighting: TrackedTensor,
        tensor: Any,
        values: tuple[Values, Values | None],
        names: dict[str, list[str]],
        known: set[str],
        memory: StorageReport,
    ) -> TensorRecord:
        seen = sighting.snapshot
        requires_grad, leaf, grad_fn = seen.requires_grad, seen.is_leaf, seen.grad_fn
        if tensor is not None:
            requires_grad, leaf, grad_fn = tensor.requires_grad, is_leaf(tensor), _function_name(tensor)
        history = self._histories.tensor(sighting, memory)
        layout = memory.tensor(sighting.id, seen)
        changes = self._grad_changes.get(sighting.number)
        return TensorRecord(
            sighting.id,
            tuple(names[sighting.id]) if sighting.id in names else (),
            layout,
            requires_grad,
            leaf,
            grad_fn,
            seen.version,
            seen.base if seen.base in known else None,
            *values,
            is_parameter=sighting.is_parameter,
            history=history,
            grad_changes=self._gradient_changes(changes) if changes else (),
        )

    def _gradient_changes(self, changes: list[Change]) -> tuple[GradientChangeRecord, ...]:
        return tuple(
            GradientChangeRecord(step, kept and kept.values(self._limit, self._allowance))
            for step, kept in changes
            if step < self._steps
        )


def _function_name(tensor: Any) -> str | None:
    try:
        return type(tensor.grad_fn).__name__ if tensor.grad_fn is not None else None
    except RuntimeError:
        return None
