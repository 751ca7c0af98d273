"""What is known of a program that is explained: its source and its trace, and what one reads from both."""

import itertools
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tensorpad.explain.evidence.failing import Failing
from tensorpad.explain.program.chronology import Chronology
from tensorpad.explain.program.definitions import Definitions
from tensorpad.explain.program.flow import Flow
from tensorpad.explain.program.moments import Moments
from tensorpad.explain.program.training import Training
from tensorpad.explain.program.writes import Writes
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Named, Phrase, Value
from tensorpad.protocol.failures import OperandRecord
from tensorpad.protocol.records import Id, Span, TensorRecord
from tensorpad.protocol.steps import OperationRecord

FLOATING = frozenset(
    {"torch.float32", "torch.float64", "torch.float16", "torch.bfloat16", "torch.complex64", "torch.complex128"}
)
_WARNING = re.compile(r"^<([^<>\n]+)>:(\d+): \w*Warning: (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that a cell printed."""

    cell: int
    line: int
    message: str


@dataclass(frozen=True)
class Facts(Failing):
    """Everything that rules decide from.

    `stderr` is what each cell printed to it. `seeded` is False if random numbers differ in each run. `refused` are the cells
    that Python refused, so that nothing of them ran.
    """

    stderr: tuple[str, ...] = ()
    seeded: bool = True
    refused: tuple[int, ...] = ()
    tensors: dict[Id, TensorRecord] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tensors", {tensor.id: tensor for tensor in self.trace.tensors})

    def labelled(self, operand: OperandRecord) -> Value:
        """An operand inside a sentence."""
        return self.label(operand.tensor, 1 + self.operands.index(operand))

    def name(self, tensor: Id | None) -> str | None:
        """What the program calls a tensor."""
        record = self.tensors.get(tensor or "")
        if record is not None and record.names:
            return record.names[0]
        return self.bound.get(tensor or "")

    def label(self, tensor: Id | None, position: int) -> Value:
        """A tensor inside a sentence, whose operand number `position` it is (from 1): `Named` says what it is called."""
        return Named(tensor, position)

    def row(self, tensor: Id | None, position: int) -> str | Named:
        """A tensor as the label of a figure's row."""
        return Named(tensor, position)

    def rows(self, operands: Sequence[OperandRecord], start: int = 1) -> list[tuple[str | Named, tuple[int, ...]]]:
        """The rows of a figure that compares shapes; the first operand is number `start` of the call."""
        return [(self.row(operand.tensor, number), operand.shape) for number, operand in enumerate(operands, start)]

    def line(self, span: Span | None) -> Phrase:
        """Where something happened, in words; the cell is named only if there are several."""
        if span is None:
            return Phrase("somewhere", {})
        if span.cell < len(self.sources.titles):
            return Phrase("titled_line", {"title": self.sources.titles[span.cell], "line": span.line})
        if len(self.sources.cells) > 1:
            return Phrase("cell_line", {"cell": span.cell + 1, "line": span.line})
        return Phrase("line", {"line": span.line})

    def variable(self, name: str) -> TensorRecord | None:
        """The tensor that has a name of the program."""
        for record in self.trace.tensors:
            if name in record.names:
                return record
        return None

    @cached_property
    def makers(self) -> dict[Id, OperationRecord]:
        """The operation that first returned each tensor."""
        made: dict[Id, OperationRecord] = {}
        for operation in self.trace.operations:
            for output in operation.outputs:
                if output not in operation.inputs:
                    made.setdefault(output, operation)
        return made

    @cached_property
    def taken(self) -> set[Id]:
        """The tensors that operations were given for another purpose than to write to them."""
        return {
            tensor
            for operation in self.trace.operations
            for tensor in operation.inputs
            if not any(write.tensor == tensor for write in operation.writes)
        }

    @cached_property
    def returning(self) -> dict[Id, list[OperationRecord]]:
        """All operations that returned each tensor: a module's call, and those inside, which alone have its parameters."""
        returning: dict[Id, list[OperationRecord]] = {}
        for operation in self.trace.operations:
            for output in operation.outputs:
                returning.setdefault(output, []).append(operation)
        return returning

    def ancestors(self, tensor: Id) -> list[OperationRecord]:
        """The operations that a tensor came from, nearest first."""
        ancestors: dict[Id, OperationRecord] = {}
        pending = deque([tensor])
        visited = {tensor}
        while pending:
            maker = self.makers.get(pending.popleft())
            if maker is None or maker.id in ancestors:
                continue
            ancestors[maker.id] = maker
            for origin in maker.inputs:
                if origin not in visited:
                    visited.add(origin)
                    pending.append(origin)
        return list(ancestors.values())

    @cached_property
    def bound(self) -> dict[Id, str]:
        """The name that was last given to each tensor, in functions of the program too."""
        return {item.value: item.name for step in self.trace.steps for item in step.bound if item.value is not None}

    @cached_property
    def types(self) -> dict[str, set[str]]:
        """The types of the values that each name was given."""
        types: dict[str, set[str]] = {}
        for step in self.trace.steps:
            for item in step.bound:
                types.setdefault(item.name, set()).add(item.type)
        return types

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The type of what each name was last given, in functions of the program too: `torch.return_types.max`."""
        return {item.name: item.type for step in self.trace.steps for item in step.bound}

    def inputs(self, operation: OperationRecord) -> list[TensorRecord]:
        """The tensors that an operation was given."""
        return [self.tensors[tensor] for tensor in operation.inputs]

    def outputs(self, operation: OperationRecord) -> list[TensorRecord]:
        """The tensors that an operation returned."""
        return [self.tensors[tensor] for tensor in operation.outputs]

    def source(self, operation: OperationRecord) -> str:
        """The source of an operation, or its name if it has none, inside a sentence."""
        return code(operation.expression or operation.name)

    def is_written(self, operation: OperationRecord) -> bool:
        """Whether the program itself wrote an operation: its source is no call of another function, which made it inside."""
        tokens = self.sources.tokens(operation.span)
        depth, called = 0, ""
        for token, following in itertools.pairwise(tokens):
            depth -= token.text in ")]"
            if depth == 0 and not (token.is_name or token.text in ".)](["):
                return True  # an operator
            if depth == 0 and following.text == "(":
                called = token.text
            depth += token.text in "(["
        return called in ("", operation.name.rpartition(".")[2])

    def statement(self, operation: OperationRecord) -> str:
        """The source of the statement that an operation is, if it has a line to itself; else its expression."""
        span = operation.span
        statement = self.sources.statement(span.line, span.cell) if span else None
        return self.sources.text(statement.span) if statement else operation.expression or operation.name

    @cached_property
    def by_id(self) -> dict[Id, OperationRecord]:
        """Every operation."""
        return {operation.id: operation for operation in self.trace.operations}

    @cached_property
    def definitions(self) -> Definitions:
        """The functions, classes and hooks that the source defines."""
        return Definitions(self.sources)

    @cached_property
    def writes(self) -> Writes:
        """The writes in place, by storage."""
        return Writes(self.trace)

    @cached_property
    def moments(self) -> Moments:
        """The values of tensors before and after each operation."""
        return Moments(self.trace)

    @cached_property
    def chronology(self) -> Chronology:
        """When the program did what."""
        return Chronology(self.trace)

    def lineage(self, tensor: Id | None) -> list[OperationRecord]:
        """All operations that a tensor came from, nearest first: as `ancestors`, and those inside calls of modules too."""
        lineage: dict[Id, OperationRecord] = {}
        pending = deque([tensor] if tensor is not None else [])
        visited = set(pending)
        while pending:
            for maker in self.returning.get(pending.popleft(), []):
                if maker.id in lineage:
                    continue
                lineage[maker.id] = maker
                new = [origin for origin in maker.inputs if origin not in visited]
                visited.update(new)
                pending.extend(new)
        return list(lineage.values())

    def outermost(self, operation: OperationRecord) -> OperationRecord:
        """The call by the program itself that an operation is, or belongs to."""
        while operation.parent is not None:
            operation = self.by_id[operation.parent]
        return operation

    @cached_property
    def flow(self) -> Flow:
        """The ways of numbers from tensor to tensor."""
        return Flow(self.sources, self.trace, self.returning)

    @cached_property
    def training(self) -> Training:
        """Backward passes, optimisers and their steps."""
        return Training(self.sources, self.trace)

    @cached_property
    def own_operations(self) -> list[OperationRecord]:
        """The operations that the program itself called."""
        return [operation for operation in self.trace.operations if operation.parent is None]

    @cached_property
    def backwards(self) -> list[OperationRecord]:
        """The calls that ran a backward pass, in order."""
        names = ("torch.Tensor.backward", "torch.autograd.backward", "torch.autograd.grad")
        return [operation for operation in self.own_operations if operation.name in names]

    @cached_property
    def warnings(self) -> list[Warned]:
        """The warnings that the cells printed."""
        count = len(self.sources.cells)
        names = self.sources.titles or tuple(f"cell {number}" for number in range(1, count + 1))
        cells = {name: cell for cell, name in enumerate(names)}
        return [
            Warned(cells[match[1]], int(match[2]), match[3])
            for printed in self.stderr
            for match in _WARNING.finditer(printed[:200_000])
            if match[1] in cells
        ]


def is_floating(dtype: str) -> bool:
    """Whether a dtype can carry gradients."""
    return dtype in FLOATING
