"""`POST /api/v1/lens`: where one element of an operation's output comes from."""

from typing import Annotated, Any

from msgspec.structs import asdict
from pydantic import Field

from tensorpad.api.inquiries.envelope import Envelope, InquiryKind, envelope
from tensorpad.api.requests import AskingBody
from tensorpad.api.runs.answer import RunTiming
from tensorpad.explain.inquiries import lens as lenses
from tensorpad.protocol.inquiries import Answer, Inquiry
from tensorpad.protocol.lenses import LensInput, LensInquiry, LensRecord
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import Span
from tensorpad.protocol.traces import TraceRecord
from tensorpad.texts import Lang

_DESCRIPTION = """Runs the program, and follows one element of an operation's output back to the input elements that it
came from, with the local derivative by each: for every torch operation, differentiable or not."""

Index = Annotated[int, Field(ge=-(2**62), lt=2**62)]


class LensRequest(AskingBody):
    """A program, and an element of an operation's output in it."""

    operation: Annotated[str, Field(pattern=r"^op[0-9]{1,7}$", description="The operation's id in a run of this program.")]
    output: Annotated[int, Field(ge=0, lt=10_000, description="Which of its outputs.")] = 0
    element: Annotated[
        list[Index],
        Field(
            default_factory=list, max_length=64, description="One index for each dimension; negatives count from the end."
        ),
    ]

    def inquiry(self) -> Inquiry:
        """What is asked of the worker."""
        return LensInquiry(self.operation, self.output, tuple(self.element))


class ExplainedInput(LensInput, frozen=True):
    """One input element, in words: it went into the result (`value`), or decided which value was taken (`index`)."""

    text: str
    """What the element did, in words."""


class Lens(LensRecord, frozen=True, tag=False):
    """Where an element came from. `reason` says why nothing is known; `count` is how many inputs there are in all."""

    inputs: tuple[ExplainedInput, ...] = ()
    """The first input elements that it came from."""
    span: Span | None = None
    """Where the operation's source is."""
    text: str = ""
    """All of it, in sentences."""


class LensResponse(Envelope, frozen=True, kw_only=True):
    """The answer. `lens` is null if the worker died before it could send it; `message` says why."""

    lens: Lens | None
    """The answer; null if the worker died before it could send it."""


def _response(outcome: Outcome, answer: Answer | None, timing: RunTiming, lang: Lang) -> LensResponse:
    """The answer of the lens."""
    body = _lens(answer, outcome.trace, lang) if isinstance(answer, LensRecord) else None
    return envelope(LensResponse, outcome, timing, lang, lens=body)


def _lens(record: LensRecord, trace: TraceRecord, lang: Lang) -> Lens:
    written = lenses.written(record, trace, lang)
    operation = next((operation for operation in trace.operations if operation.id == record.operation), None)
    lines = zip(record.inputs, written.inputs, strict=False)
    members: dict[str, Any] = {
        **asdict(record),
        "inputs": tuple(ExplainedInput(**asdict(element), text=text) for element, text in lines),
    }
    return Lens(**members, span=operation and operation.span, text=written.text)


LENS = InquiryKind(
    path="lens",
    summary="Follow one element back",
    description=_DESCRIPTION,
    request=LensRequest,
    response=LensResponse,
    respond=_response,
)
