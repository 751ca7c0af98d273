"""The lens: one element of one operation's output, followed back into the operation's inputs.

The operation is caught as the program makes it, and made again when the program has ended; see `trace.inquiries.dependence`.
"""

from typing import Any

import torch
from msgspec.structs import replace

from tensorpad.protocol.lenses import ElementIndex, LensInput, LensInquiry, LensRecord
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.inquiries.dependence import Dependence
from tensorpad.trace.inquiries.repeatable import Catcher, RepeatableCall

INPUTS = 256
"""Input elements that are listed."""


class LensWatch:
    """Answers from the call of the operation that the inquiry asks about, which the `catcher` has caught."""

    def __init__(self, inquiry: LensInquiry, catcher: Catcher) -> None:
        self._inquiry = inquiry
        self._catcher = catcher

    def answer(self, initial: dict[str, Any], trace: TraceRecord, until: float) -> LensRecord | None:
        """The answer; see `InquiryWatch`."""
        asked = self._inquiry.operation
        operation = next((record for record in trace.operations if record.id == asked), None)
        if operation is None:
            return LensRecord(asked, "no_operation")
        about = LensRecord(asked, None, operation.name, operation.expression, self._inquiry.output)
        call = self._catcher.caught.get(asked)
        if call is None:
            if asked in self._catcher.too_large:
                return replace(about, reason="too_large")
            return None if asked in self._catcher.crowded else replace(about, reason="unsupported")
        try:
            return _followed(call, self._inquiry, about, operation, {tensor.id for tensor in trace.tensors})
        except Exception as error:  # the call may contain what cannot be used again
            return replace(about, reason="unsupported", detail=type(error).__name__[:200])


def _followed(
    call: RepeatableCall, inquiry: LensInquiry, about: LensRecord, operation: OperationRecord, known: set[str]
) -> LensRecord:
    if not 0 <= inquiry.output < len(call.outputs):
        return replace(about, reason="no_output")
    output = call.outputs[inquiry.output]
    shape = tuple(output.shape)
    made = operation.outputs[inquiry.output] if inquiry.output < len(operation.outputs) else None
    about = replace(about, shape=shape, tensor=made if made in known else None)
    element = _index(inquiry.element, shape)
    if element is None:
        return replace(about, reason="no_element")
    about = replace(about, element=element, value=_text(output[element]))
    if not call.inputs:
        return about
    if not call.repeats:
        return replace(about, reason="not_repeatable")
    dependence = Dependence(call, inquiry.output, element)
    sources = dependence.sources()
    inputs: list[LensInput] = []
    for source in sources[:INPUTS]:
        given = call.inputs[source.key]
        index = tuple(int(part) for part in torch.unravel_index(torch.tensor(source.index), given.copy.shape))
        inputs.append(
            LensInput(
                given.id if given.id in known else None,
                given.position[:200],
                index,
                _text(given.copy[index]),
                source.derivative,
                "index" if source.decided else "value",
            )
        )
    return replace(about, inputs=tuple(inputs), count=len(sources), complete=dependence.complete)


def _index(element: tuple[int, ...], shape: tuple[int, ...]) -> ElementIndex | None:
    if len(element) != len(shape) or any(not -size <= index < size for index, size in zip(element, shape, strict=True)):
        return None
    return tuple(index % size for index, size in zip(element, shape, strict=True))


def _text(element: Any) -> str:
    value = element.resolve_conj().resolve_neg().item()
    return f"{value:.6g}" if isinstance(value, float | complex) else str(value)
