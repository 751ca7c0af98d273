"""`POST /api/v1/opening`: what torch did inside an operation."""

from typing import Annotated, Any

from msgspec.structs import asdict
from pydantic import Field

from tensorpad.api.inquiries.envelope import Envelope, InquiryKind, envelope
from tensorpad.api.requests import AskingBody
from tensorpad.api.runs.answer import RunTiming
from tensorpad.explain.inquiries import opening as openings
from tensorpad.protocol.inquiries import Answer, Inquiry
from tensorpad.protocol.openings import OpeningInquiry, OpeningRecord
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import Span
from tensorpad.protocol.traces import TraceRecord
from tensorpad.texts import Lang

_DESCRIPTION = """Runs the program, and tells what torch did inside one operation, with shapes and values: `cross_entropy` is
a `log_softmax` and an `nll_loss`, `linear` a `t` and an `addmm`."""


class OpeningRequest(AskingBody):
    """A program, and an operation in it."""

    operation: Annotated[str, Field(pattern=r"^op[0-9]{1,7}$", description="The operation's id in a run of this program.")]

    def inquiry(self) -> Inquiry:
        """What is asked of the worker."""
        return OpeningInquiry(self.operation)


class Opening(OpeningRecord, frozen=True, tag=False):
    """What an operation did inside, known from making it again. `reason` says why there is nothing to show, `text` says all.

    `exact` is false if the numbers differ by rounding from those of the run, `complete` if steps were left out. A tensor
    among the `arguments` of a step is its label.
    """

    span: Span | None = None
    """Where the operation's source is."""
    text: str = ""
    """All of it, in sentences."""


class OpeningResponse(Envelope, frozen=True, kw_only=True):
    """The answer. `opening` is null if the worker died before it could send it; `message` says why."""

    opening: Opening | None
    """The answer; null if the worker died before it could send it."""


def _response(outcome: Outcome, answer: Answer | None, timing: RunTiming, lang: Lang) -> OpeningResponse:
    """What was done inside an operation."""
    body = _opening(answer, outcome.trace, lang) if isinstance(answer, OpeningRecord) else None
    return envelope(OpeningResponse, outcome, timing, lang, opening=body)


def _opening(record: OpeningRecord, trace: TraceRecord, lang: Lang) -> Opening:
    operation = next((operation for operation in trace.operations if operation.id == record.operation), None)
    members: dict[str, Any] = asdict(record)
    return Opening(**members, span=operation and operation.span, text=openings.written(record, lang))


OPENING = InquiryKind(
    path="opening",
    summary="Open an operation",
    description=_DESCRIPTION,
    request=OpeningRequest,
    response=OpeningResponse,
    respond=_response,
)
