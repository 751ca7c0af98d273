"""Where the numbers of a tensor came from, by ways that gradients go and by ways that they do not.

A gradient goes back through what autograd recorded. Numbers also travel as indices, truth values and integers, through
`detach()`, and through Python (`item()`, `tolist()`), of which no operation tells: those are read from the source.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tensorpad.explain.program.numbers import NumberNames
from tensorpad.explain.program.sources import Sources, Token
from tensorpad.protocol.records import Id, Span
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord

CutKind = Literal["cut_detach", "cut_indices", "cut_truth", "cut_integers", "cut_numbers", "cut_copy", "cut_parameter"]
_BY_NAME: dict[str, CutKind] = {
    **dict.fromkeys(("detach", "data", "numpy", "from_numpy"), "cut_detach"),
    **dict.fromkeys(("argmax", "argmin", "argsort", "nonzero", "multinomial", "searchsorted", "bucketize"), "cut_indices"),
    **dict.fromkeys(
        ("max", "min", "topk", "sort", "median", "nanmedian", "mode", "kthvalue", "cummax", "cummin"), "cut_indices"
    ),
    **dict.fromkeys(
        ("eq", "ne", "lt", "gt", "le", "ge", "__eq__", "__ne__", "__lt__", "__gt__", "__le__", "__ge__"), "cut_truth"
    ),
    **dict.fromkeys(("bool", "isclose", "logical_not", "logical_and", "logical_or", "isnan"), "cut_truth"),
    **dict.fromkeys(("long", "int", "short", "byte", "char", "to", "type"), "cut_integers"),
    **dict.fromkeys(("tensor", "as_tensor", "asarray"), "cut_copy"),
    "Parameter": "cut_parameter",
}
_FACTORIES = frozenset(
    {"torch.tensor", "torch.as_tensor", "torch.FloatTensor", "torch.Tensor", "torch.full", "torch.from_numpy"}
)
_SHARING = frozenset({"torch.nn.Parameter", "torch.from_numpy", "torch.as_tensor", "torch.asarray"})
"""Functions whose result may be on memory that a tensor was on before."""
_LINES = 4
"""Lines of a statement beyond the first, if it is read."""
_PRODUCTS = ("mul", "div", "true_divide", "matmul", "mm", "bmm", "mv", "dot", "linear")
_SAVE_INPUT = frozenset(("pow", "square", "sin", "cos", "tan", "log", "log2", "log10", "log1p", "abs", *_PRODUCTS))
"""Functions whose backward function needs an input: of one factor for the gradient of the other."""
_SAVE_OUTPUT = frozenset(("exp", "sqrt", "rsqrt", "reciprocal", "tanh", "sigmoid", "relu", "softmax", "log_softmax"))
"""Functions whose backward function needs the result."""


@dataclass(frozen=True, slots=True)
class Cut:
    """An operation, or an expression in its source, that hands on numbers of `inputs` and no graph."""

    operation: OperationRecord
    kind: CutKind
    inputs: tuple[Id, ...]
    source: str


class Flow:
    """The ways of numbers through a program."""

    def __init__(self, sources: Sources, trace: TraceRecord, returning: dict[Id, list[OperationRecord]]) -> None:
        self._sources = sources
        self._trace = trace
        self._returning = returning
        self._tensors = {tensor.id: tensor for tensor in trace.tensors}

    def origins(self, tensor: Id) -> list[Id]:
        """The tensors that an operation made a tensor of, itself left out."""
        found = dict.fromkeys(item for operation in self._returning.get(tensor, ()) for item in self._given(operation))
        found.update(dict.fromkeys(self._by_numbers.get(tensor, ())))
        found.pop(tensor, None)
        return list(found)

    def behind(self, tensors: Iterable[Id], visited: set[Id]) -> Iterator[Id]:
        """These tensors and all that they were made of, except those in `visited`, which grows."""
        pending = list(tensors)
        while pending:
            tensor = pending.pop()
            if tensor not in visited:
                visited.add(tensor)
                yield tensor
                pending.extend(self.origins(tensor))

    def cuts_to(self, tensor: Id) -> Iterator[Cut]:
        """The operations that made a tensor, without a gradient, of others that require one."""
        for operation in self._returning.get(tensor, ()):
            kind = _BY_NAME.get(operation.name.rpartition(".")[2])
            inputs = tuple(item for item in self._given(operation) if item != tensor and self._tensors[item].requires_grad)
            if kind is not None and inputs and operation.recorded is not False and self._is_free(tensor):
                yield Cut(operation, kind, inputs, operation.expression or operation.name)
        numbers = self._by_numbers.get(tensor)
        if numbers:
            operation = self._returning[tensor][0]
            yield Cut(operation, "cut_numbers", tuple(numbers), operation.expression or operation.name)

    def needing(self, tensor: Id, write: OperationRecord) -> OperationRecord | None:
        """An operation before a write in place whose gradient needs the old values, and was computed after the write."""
        start = self._places.get(write.id)
        saving = self._saving.get(tensor)
        if start is None or saving is None:
            return None
        operations, latest = saving
        before = bisect_left(operations, int(write.id[2:]), key=lambda operation: int(operation.id[2:]))
        if not before or latest[before - 1] <= start:
            return None
        return next(operation for operation in operations if self._last_run[operation.id] > start)

    def _given(self, operation: OperationRecord) -> tuple[Id, ...]:
        """What an operation was given: of a Parameter or an array, of which none is told, the first tensor on its memory."""
        if operation.inputs or operation.name not in _SHARING or len(operation.outputs) != 1:
            return operation.inputs
        first = self._first_on.get(self._tensors[operation.outputs[0]].layout.storage or "")
        return () if first is None else (first,)

    @cached_property
    def _first_on(self) -> dict[Id, Id]:
        """The first tensor on each storage."""
        return {tensor.layout.storage: tensor.id for tensor in reversed(self._trace.tensors) if tensor.layout.storage}

    def _is_free(self, tensor: Id) -> bool:
        """Whether a tensor has no graph: it requires no gradient, or is a leaf that was made to require one."""
        record = self._tensors[tensor]
        return not record.requires_grad or record.is_leaf

    def _saves(self, operation: OperationRecord, tensor: Id) -> bool:
        name = operation.name.rpartition(".")[2].strip("_")
        if tensor in operation.outputs:
            return name in _SAVE_OUTPUT and tensor not in operation.inputs
        if name not in _SAVE_INPUT:
            return False
        # A bias is no factor.
        factors = operation.inputs[:2] if name == "linear" else operation.inputs
        if tensor not in factors:
            return False
        others = [item for item in factors if item != tensor]
        # A product saves a factor for the gradient of the other one.
        return not others or any(self._tensors[item].requires_grad for item in others)

    @cached_property
    def _saving(self) -> dict[Id, tuple[list[OperationRecord], list[int]]]:
        """By tensor, the operations whose gradients need it and were computed, and when the last of those so far was."""
        saving: dict[Id, tuple[list[OperationRecord], list[int]]] = {}
        for operation in self._trace.operations:
            run = self._last_run.get(operation.id)
            for tensor in {*operation.inputs, *operation.outputs} if run is not None else ():
                if run is not None and self._saves(operation, tensor):
                    operations, latest = saving.setdefault(tensor, ([], []))
                    operations.append(operation)
                    latest.append(max(run, latest[-1] if latest else run))
        return saving

    @cached_property
    def _places(self) -> dict[Id, int]:
        return {step.ref: index for index, step in enumerate(self._trace.steps) if step.ref and step.kind == "operation"}

    @cached_property
    def _last_run(self) -> dict[Id, int]:
        """Where in the timeline the pass began that last ran the function of each operation."""
        begun = {step.ref: index for index, step in enumerate(self._trace.steps) if step.kind == "backward"}
        return {
            run.operation: begun[backward.id]
            for backward in self._trace.backwards
            if backward.id in begun
            for run in backward.runs
            if run.operation is not None
        }

    @cached_property
    def _by_numbers(self) -> dict[Id, list[Id]]:
        """The tensors that require a gradient and whose numbers a factory was given as Python's."""
        factories = {
            operation.id: operation
            for operation in self._trace.operations
            if operation.name in _FACTORIES and not operation.inputs and operation.outputs and operation.expression
        }
        found: dict[Id, list[Id]] = {}
        names = NumberNames(self._tensors)
        read: dict[Span, list[Token]] = {}
        for step in self._trace.steps if factories else ():
            operation = factories.get(step.ref or "") if step.kind == "operation" else None
            if operation is not None:
                numbers = names.numbers(self._tokens(operation.span, read), step.frame)
                if numbers:
                    found[operation.outputs[0]] = numbers
            elif step.bound:
                is_statement = step.kind == "statement"
                numbers = names.numbers(self._tokens(step.span, read), step.frame) if is_statement else []
                for binding in step.bound:
                    names.bind(step.frame, binding.name, binding.value, numbers)
        return found

    def _tokens(self, span: Span | None, read: dict[Span, list[Token]]) -> list[Token]:
        if span is None or span.end_line - span.line > _LINES:
            return []
        if span not in read:
            read[span] = self._sources.tokens(span)
        return read[span]
