"""What is known of a program when it is to be explained: its source, its trace, the error, the call that raised it."""

import re
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from tensorpad.explain.figures import code
from tensorpad.explain.findings import Phrase, Value
from tensorpad.explain.sources import Sources
from tensorpad.protocol.backwards import BackwardRecord, FunctionRun
from tensorpad.protocol.failures import FailureRecord, OperandRecord
from tensorpad.protocol.records import ErrorRecord, Id, Span, TensorRecord
from tensorpad.protocol.steps import OperationRecord, StepRecord, WriteRecord
from tensorpad.protocol.traces import TraceRecord

FLOATING = frozenset(
    {"torch.float32", "torch.float64", "torch.float16", "torch.bfloat16", "torch.complex64", "torch.complex128"}
)
_WARNING = re.compile(r"^<cell (\d+)>:(\d+): \w*Warning: (.*)$", re.MULTILINE)


_SYNONYMS: Final = {"spmm": "mm", "dsmm": "mm", "hspmm": "mm"}
"""torch has one function for several names, and knows it by the one that few write."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that a cell printed."""

    cell: int
    line: int
    message: str


@dataclass(frozen=True)
class Facts:
    """Everything that rules decide from.

    `cell` and `error` are those of the cell that failed (None where none did). `stderr` is what each cell printed there.
    `seeded` is False where the random streams begin differently in each run.
    """

    sources: Sources
    trace: TraceRecord
    cell: int | None = None
    error: ErrorRecord | None = None
    stderr: tuple[str, ...] = ()
    seeded: bool = True
    tensors: dict[Id, TensorRecord] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tensors", {tensor.id: tensor for tensor in self.trace.tensors})

    @property
    def type(self) -> str:
        """The exception's type, without its module."""
        return self.error.type.rpartition(".")[2] if self.error else ""

    @property
    def message(self) -> str:
        """The exception's message."""
        return self.error.message if self.error else ""

    @cached_property
    def span(self) -> Span | None:
        """The source at which the error arose."""
        error = self.error
        if error is None or self.cell is None or error.line is None or error.end_line is None:
            return None
        return Span(self.cell, error.line, error.column or 0, error.end_line, error.end_column or 0)

    @cached_property
    def text(self) -> str:
        """The source text of `span`."""
        return self.sources.text(self.span)

    @cached_property
    def failure(self) -> FailureRecord | None:
        """The torch call that raised the error; None where no such call is known."""
        failure = self.trace.failure
        if failure is None or failure.type != self.type or failure.message[:900] != self.message[:900]:
            return None
        return failure

    @cached_property
    def operands(self) -> tuple[OperandRecord, ...]:
        """The tensors that the failed call was given."""
        return self.failure.operands if self.failure else ()

    @property
    def function(self) -> str:
        """The failed function's name without its module."""
        name = self.failure.name.rpartition(".")[2] if self.failure else ""
        return _SYNONYMS.get(name, name)

    def called(self, *names: str) -> bool:
        """Whether the failed call is to a function of one of these names, whatever module it is in."""
        return self.failure is not None and self.function in names

    def argument(self, *places: str) -> str | None:
        """The text of a plain argument of the failed call: the first of the places that was given."""
        given = {item.name: item.text for item in self.failure.arguments} if self.failure else {}
        return next((given[place] for place in places if place in given), None)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Where torch's message has a pattern; messages of exorbitant length are not searched."""
        return pattern.search(self.message[:4_000])

    def name(self, tensor: Id | None) -> str | None:
        """What the program calls a tensor."""
        record = self.tensors.get(tensor or "")
        if record is not None and record.names:
            return record.names[0]
        return self.bound.get(tensor or "")

    def label(self, tensor: Id | None, position: int) -> Value:
        """A tensor inside a sentence: its name, or else which operand it is (from 1)."""
        name = self.name(tensor)
        return code(name) if name is not None else Phrase("operand", {"position": position})

    def row(self, tensor: Id | None, position: int) -> str:
        """A tensor as the label of a figure's row."""
        return self.name(tensor) or f"#{position}"

    def variable(self, name: str) -> TensorRecord | None:
        """The tensor that a name of the program stands for."""
        for record in self.trace.tensors:
            if name in record.names:
                return record
        return None

    @cached_property
    def makers(self) -> dict[Id, OperationRecord]:
        """The operation that first gave each tensor."""
        made: dict[Id, OperationRecord] = {}
        for operation in self.trace.operations:
            for output in operation.outputs:
                if output not in operation.inputs:
                    made.setdefault(output, operation)
        return made

    @cached_property
    def givers(self) -> dict[Id, list[OperationRecord]]:
        """Every operation that gave each tensor: a module's call, and what it did inside, which alone has its parameters."""
        given: dict[Id, list[OperationRecord]] = {}
        for operation in self.trace.operations:
            for output in operation.outputs:
                given.setdefault(output, []).append(operation)
        return given

    def ancestors(self, tensor: Id) -> list[OperationRecord]:
        """The operations that a tensor came from, nearest first."""
        found: dict[Id, OperationRecord] = {}
        pending = deque([tensor])
        seen = {tensor}
        while pending:
            maker = self.makers.get(pending.popleft())
            if maker is None or maker.id in found:
                continue
            found[maker.id] = maker
            for item in maker.inputs:
                if item not in seen:
                    seen.add(item)
                    pending.append(item)
        return list(found.values())

    @cached_property
    def bound(self) -> dict[Id, str]:
        """The name that was last given to each tensor, in functions of the program too."""
        return {item.value: item.name for step in self.trace.steps for item in step.bound if item.value is not None}

    @cached_property
    def by_id(self) -> dict[Id, OperationRecord]:
        """Every operation."""
        return {operation.id: operation for operation in self.trace.operations}

    @cached_property
    def failed_pass(self) -> BackwardRecord | None:
        """The backward pass in which the error arose."""
        last = self.trace.backwards[-1] if self.trace.backwards else None
        return last if last is not None and last.failed and self.error is not None else None

    @property
    def failed_run(self) -> FunctionRun | None:
        """The backward function that ended that pass."""
        runs = self.failed_pass.runs if self.failed_pass else ()
        return next((run for run in reversed(runs) if not run.completed), None)

    @cached_property
    def own_operations(self) -> list[OperationRecord]:
        """The operations that the program itself called."""
        return [operation for operation in self.trace.operations if operation.parent is None]

    @cached_property
    def writes(self) -> list[tuple[OperationRecord, Id]]:
        """Every write in place by the program, in order, with the tensor that was written."""
        return [(operation, write.tensor) for operation in self.own_operations for write in operation.writes]

    @cached_property
    def backwards(self) -> list[OperationRecord]:
        """The calls that ran a backward pass, in order."""
        names = ("torch.Tensor.backward", "torch.autograd.backward", "torch.autograd.grad")
        return [operation for operation in self.own_operations if operation.name in names]

    def place(self, tensor: Id) -> Id:
        """The storage that a tensor lies in; the tensor itself where that is not known."""
        record = self.tensors.get(tensor)
        return record.storage if record is not None and record.storage is not None else tensor

    @cached_property
    def steps(self) -> dict[Id, StepRecord]:
        """The steps of operations."""
        return {step.ref: step for step in self.trace.steps if step.kind == "operation" and step.ref is not None}

    def changed(self, tensor: TensorRecord, operation: OperationRecord) -> bool:
        """Whether a tensor showed other values after an operation; what is not known counts as changed."""
        step = self.steps.get(operation.id)
        place = next((one.version for one in step.changed if one.id == tensor.id), None) if step is not None else 0
        if place is None:
            return False
        before, after = (tensor.history[at] if 0 <= at < len(tensor.history) else None for at in (place - 1, place))
        return before is None or after is None or before.values != (after.values or tensor.values)

    @cached_property
    def named_in(self) -> dict[Id, list[TensorRecord]]:
        """The tensors with names that lie in each storage."""
        found: dict[Id, list[TensorRecord]] = {}
        for tensor in self.trace.tensors:
            if tensor.names:
                found.setdefault(self.place(tensor.id), []).append(tensor)
        return found

    @cached_property
    def written_in(self) -> dict[Id, list[tuple[OperationRecord, WriteRecord]]]:
        """The writes to each storage, in order, those of library code too."""
        found: dict[Id, list[tuple[OperationRecord, WriteRecord]]] = {}
        for operation in self.trace.operations:
            for write in operation.writes:
                found.setdefault(self.place(write.tensor), []).append((operation, write))
        return found

    @cached_property
    def warnings(self) -> list[Warned]:
        """The warnings that the cells printed."""
        return [
            Warned(int(found[1]) - 1, int(found[2]), found[3])
            for printed in self.stderr
            for found in _WARNING.finditer(printed[:200_000])
        ]


def is_floating(dtype: str) -> bool:
    """Whether a dtype can carry gradients."""
    return dtype in FLOATING


def broadcastable(*shapes: tuple[int, ...]) -> bool:
    """Whether shapes can be stretched to a common one."""
    return not clashes(*shapes)


def clashes(*shapes: tuple[int, ...]) -> list[int]:
    """The dimensions, counted from the end (-1), in which shapes cannot be stretched to a common one."""
    deepest = max((len(shape) for shape in shapes), default=0)
    found: list[int] = []
    for place in range(-deepest, 0):
        sizes = {shape[place] for shape in shapes if len(shape) >= -place} - {1}
        if len(sizes) > 1:
            found.append(place)
    return found
