"""What a program wrote in place, and to which memory."""

from functools import cached_property

from tensorpad.protocol.records import Id, TensorRecord
from tensorpad.protocol.steps import OperationRecord, StepRecord, WriteRecord
from tensorpad.protocol.traces import TraceRecord


class Writes:
    """The writes of a trace by storage, and the tensors that share each."""

    def __init__(self, trace: TraceRecord) -> None:
        self._trace = trace
        self._tensors = {tensor.id: tensor for tensor in trace.tensors}
        self._uncounted: dict[Id, Id | None] = {}

    def storage_of(self, tensor: Id) -> Id:
        """The storage of a tensor; the tensor itself if that is not known."""
        record = self._tensors.get(tensor)
        return record.layout.storage if record is not None and record.layout.storage is not None else tensor

    @cached_property
    def named_in(self) -> dict[Id, list[TensorRecord]]:
        """The tensors with names in each storage."""
        named: dict[Id, list[TensorRecord]] = {}
        for tensor in self._trace.tensors:
            if tensor.names:
                named.setdefault(self.storage_of(tensor.id), []).append(tensor)
        return named

    @cached_property
    def own(self) -> list[tuple[OperationRecord, Id]]:
        """Every write in place by the program, in order, with the tensor that was written."""
        return [
            (operation, write.tensor)
            for operation in self._trace.operations
            if operation.parent is None
            for write in operation.writes
        ]

    @cached_property
    def written_in(self) -> dict[Id, list[tuple[OperationRecord, WriteRecord]]]:
        """The writes to each storage, in order, those of library code too."""
        writes: dict[Id, list[tuple[OperationRecord, WriteRecord]]] = {}
        for operation in self._trace.operations:
            for write in operation.writes:
                writes.setdefault(self.storage_of(write.tensor), []).append((operation, write))
        return writes

    def uncounted(self, tensor: Id) -> Id | None:
        """The tensor from `.data` that a tensor is or is a view of: it counts its writes by itself; None if there is none.

        All other tensors of a storage, also those from `detach()`, share one version counter.
        """
        passed: dict[Id, None] = {}
        current: Id | None = tensor
        while current is not None and current not in self._uncounted and current not in passed:
            passed[current] = None
            name, base = self._views.get(current, ("", None))
            if name == "torch.Tensor.data":
                self._uncounted[current] = current
            else:
                current = base
        found = self._uncounted.get(current) if current is not None else None
        self._uncounted.update(dict.fromkeys(passed, found))
        return found

    def changed(self, tensor: TensorRecord, operation: OperationRecord) -> bool:
        """Whether a tensor showed other values after an operation; what is not known counts as changed."""
        step = self._steps.get(operation.id)
        if step is None:
            return True
        version = next((change.version for change in step.changed if change.id == tensor.id), None)
        if version is None:
            return False
        if not 0 < version < len(tensor.history):
            return True
        before, after = tensor.history[version - 1 : version + 1]
        return before.values != (after.values or tensor.values)

    @cached_property
    def _views(self) -> dict[Id, tuple[str, Id | None]]:
        """Of each tensor that an operation made on memory that was there: the operation's name, and whose memory it was."""
        views: dict[Id, tuple[str, Id | None]] = {}
        for operation in self._trace.operations:
            for output, memory in zip(operation.outputs, operation.memory, strict=False):
                if memory.kind == "view" and memory.of != output:
                    views.setdefault(output, (operation.name, memory.of))
        return views

    @cached_property
    def _steps(self) -> dict[Id, StepRecord]:
        """The steps of operations."""
        return {step.ref: step for step in self._trace.steps if step.kind == "operation" and step.ref is not None}
