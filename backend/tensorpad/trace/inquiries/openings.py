"""The opening of one operation: what torch did inside it, with shapes and values.

The operation is caught as the program makes it, and made again when the program has ended; see `trace.inquiries.inside`.
"""

from typing import Any

import torch
from msgspec.structs import replace
from torch.nn.attention import SDPBackend, sdpa_kernel

from tensorpad.protocol.openings import InnerOperation, InnerTensor, OpeningInquiry, OpeningRecord
from tensorpad.protocol.steps import ArgumentRecord, OperationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.forward.argument_texts import MOST, text
from tensorpad.trace.inquiries.inside import Inside, Operator, pruned
from tensorpad.trace.inquiries.repeatable import Catcher, RepeatableCall, identical
from tensorpad.trace.memory.values import Allowance, values_of

ELEMENTS = 200_000
"""Elements in one answer."""


class OpeningWatch:
    """Answers from the call of the operation that the inquiry asks about, which the `catcher` has caught."""

    def __init__(self, inquiry: OpeningInquiry, catcher: Catcher, limit: int) -> None:
        self._inquiry = inquiry
        self._catcher = catcher
        self._limit = limit

    def answer(self, initial: dict[str, Any], trace: TraceRecord, until: float) -> OpeningRecord | None:
        """The answer; see `InquiryWatch`."""
        asked = self._inquiry.operation
        operation = next((record for record in trace.operations if record.id == asked), None)
        if operation is None:
            return OpeningRecord(asked, "no_operation")
        about = OpeningRecord(asked, None, operation.name, operation.expression)
        if any(record.parent == asked for record in trace.operations):
            return replace(about, reason="in_trace")
        call = self._catcher.caught.get(asked)
        if call is None:
            if asked in self._catcher.too_large:
                return replace(about, reason="too_large")
            return None if asked in self._catcher.crowded else replace(about, reason="unsupported")
        known = {tensor.id for tensor in trace.tensors}
        try:
            answer = _Repetition(call, operation, known, self._limit, Allowance(ELEMENTS, until)).answer(about)
            if answer.reason == "one_step":
                # Attention is one kernel if that is possible; torch can also compose it of others.
                with sdpa_kernel(SDPBackend.MATH):
                    answer = _Repetition(call, operation, known, self._limit, Allowance(ELEMENTS, until)).answer(about)
            return answer
        except Exception as error:  # the call may contain what cannot be used again
            return replace(about, reason="unsupported", detail=type(error).__name__[:200])


class _Repetition:
    """The call made once more, watched from inside."""

    def __init__(
        self, call: RepeatableCall, operation: OperationRecord, known: set[str], limit: int, allowance: Allowance
    ) -> None:
        self._call = call
        self._operation = operation
        self._known = known
        self._limit = limit
        self._allowance = allowance
        self._tensors: list[InnerTensor] = []
        self._indices: dict[int, int] = {}
        """By the id of a tensor object, the index in the list of how it is now."""
        self._alive: list[Any] = []
        self._noted: dict[Operator, tuple[tuple[int, ...], tuple[int, ...], tuple[ArgumentRecord, ...]]] = {}

    def answer(self, about: OpeningRecord) -> OpeningRecord:
        """Repeat the call, and add to the record `about` it what torch ran inside, or the reason why that is not known."""
        inputs = self._call.fresh()
        for key, tensor in inputs.items():
            self._add(tensor, self._call.inputs[key].id)
        inside = Inside(self._ran)
        with torch.inference_mode(), inside:
            again = self._call.repeat(inputs)
        top = pruned(inside.top)
        while len(top) == 1 and top[0].children:
            top = top[0].children
        # Asked first: what `torch.empty` gives is never the same, and there is nothing inside it.
        if len(top) < 2:
            return replace(about, reason="one_step")
        if len(again) != len(self._call.outputs):
            return replace(about, reason="not_repeatable")
        same = all(map(identical, self._call.outputs, again))
        if not same and not all(map(_close, self._call.outputs, again)):
            return replace(about, reason="not_repeatable")
        self._name_outputs(again)
        operations: list[InnerOperation] = []
        self._list(top, None, operations)
        return replace(
            about, tensors=tuple(self._tensors), operations=tuple(operations), exact=same, complete=not inside.more
        )

    def id_of(self, tensor: Any) -> str:
        """What stands for a tensor among arguments: by its id, or `v1`, `v2`, …; a lone number by its value."""
        index = self._indices.get(id(tensor))
        if index is not None:
            return self._tensors[index].label
        return str(tensor.item()) if tensor.dim() == 0 else "tensor"

    def _add(self, tensor: Any, known: str | None = None) -> int:
        label = known or f"v{sum(known.tensor is None for known in self._tensors) + 1}"
        self._indices[id(tensor)] = len(self._tensors)
        self._alive.append(tensor)
        values = values_of(tensor, self._limit, self._allowance)
        self._tensors.append(
            InnerTensor(label, known if known in self._known else None, tuple(tensor.shape), str(tensor.dtype), values)
        )
        return len(self._tensors) - 1

    def _ran(self, operator: Operator) -> None:
        """An operator has run: its outputs are recorded before the next can write to them."""
        inputs = tuple(self._indices[id(tensor)] for tensor in operator.inputs if id(tensor) in self._indices)
        named = [argument.name for argument in operator.schema.arguments]
        texts = [ArgumentRecord(name, text(value, self)) for name, value in zip(named, operator.args, strict=False)]
        texts += [ArgumentRecord(name, text(value, self)) for name, value in operator.kwargs.items()]
        outputs: list[int] = []
        for tensor in operator.outputs:
            origin = operator.origin(tensor)
            if origin is not None and id(origin) in self._indices:
                self._indices[id(tensor)] = self._indices[id(origin)]
                self._alive.append(tensor)
            index = self._indices.get(id(tensor))
            outputs.append(self._add(tensor) if index is None or (operator.written and not operator.children) else index)
        self._noted[operator] = inputs, tuple(outputs), tuple(texts[:MOST])

    def _name_outputs(self, again: list[Any]) -> None:
        """Name the outputs of the call as the run names them."""
        for tensor, known in zip(again, self._operation.outputs, strict=False):
            index = self._indices.get(id(tensor))
            if index is not None and self._tensors[index].tensor is None and known in self._known:
                self._tensors[index] = replace(self._tensors[index], label=known, tensor=known)

    def _list(self, operators: list[Operator], parent: int | None, into: list[InnerOperation]) -> None:
        for operator in operators:
            inputs, outputs, texts = self._noted[operator]
            name = operator.name or operator.schema.name
            index = len(into)
            into.append(InnerOperation(parent, name, texts, inputs, outputs, operator.written))
            self._list(operator.children, index, into)


def _close(one: Any, other: Any) -> bool:
    """Whether a result made in another order of the same arithmetic could be another's."""
    return one.shape == other.shape and one.dtype == other.dtype and torch.allclose(one, other, equal_nan=True)
