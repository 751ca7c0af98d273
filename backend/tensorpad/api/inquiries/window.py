"""`POST /api/v1/values`: the elements of a part of a large tensor."""

from typing import Annotated, Any

from msgspec.structs import asdict
from pydantic import Field

from tensorpad.api.inquiries.envelope import Envelope, InquiryKind, envelope
from tensorpad.api.requests import AskingBody
from tensorpad.api.runs.answer import RunTiming
from tensorpad.explain.inquiries import window as windows
from tensorpad.protocol.inquiries import Answer, Inquiry
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.windows import SIDE, WindowInquiry, WindowRecord
from tensorpad.texts import Lang

_DESCRIPTION = """Runs the program, and tells the elements of a part of a tensor or NumPy array that is too large for the
answer of a run, as they were after a step or at the end: each of them, or blocks of them if more are asked for than are
sent."""

Bound = Annotated[int, Field(ge=0, lt=2**62)]
# JSON has no tuples, and a strict model takes nothing for one.
Bounds = Annotated[tuple[Bound, Bound], Field(strict=False, description="From the first to past the last.")]


class WindowRequest(AskingBody):
    """A program, and a part of a tensor or array in it."""

    subject: Annotated[
        str, Field(pattern=r"^[ta][0-9]{1,7}$", description="The id of a tensor or array in a run of this program.")
    ]
    gradient: Annotated[bool, Field(description="Its gradient at the end, instead of its value.")] = False
    step: Annotated[
        int | None, Field(ge=0, lt=2**31, description="As it was right after this step; default: at the end.")
    ] = None
    leading: Annotated[
        list[Bound],
        Field(default_factory=list, max_length=62, description="One index for each dimension before the last two."),
    ]
    rows: Annotated[Bounds | None, Field(description="Rows of the matrix, which for a vector has one; default: all.")] = None
    columns: Annotated[Bounds | None, Field(description="Its columns; default: all.")] = None
    height: Annotated[int, Field(ge=1, le=SIDE, description="Rows to send; more are put together into blocks.")] = 128
    width: Annotated[int, Field(ge=1, le=SIDE, description="Columns to send.")] = 128

    def inquiry(self) -> Inquiry:
        """What is asked of the worker."""
        return WindowInquiry(
            subject=self.subject,
            gradient=self.gradient,
            step=self.step,
            leading=tuple(self.leading),
            rows=self.rows,
            columns=self.columns,
            height=self.height,
            width=self.width,
        )


class TensorWindow(WindowRecord, frozen=True, tag=False):
    """A part of a matrix. `reason` and `text` say why it could not be had.

    `data` has the numbers in base64: row-major, little-endian, in `format`; of a `complex` matrix, real and imaginary parts
    in turn. If a side of `block` is more than 1, `data` has the means of blocks (of absolute values, if complex), and
    `minimum` and `maximum`, which are empty otherwise, their extremes; the last block of a side may be smaller.
    """

    text: str | None = None
    """The reason in a sentence; null if there is a window."""


class WindowResponse(Envelope, frozen=True, kw_only=True):
    """The answer. `window` is null if the worker died before it could send it; `message` says why."""

    window: TensorWindow | None
    """The answer; null if the worker died before it could send it."""


def _response(outcome: Outcome, answer: Answer | None, timing: RunTiming, lang: Lang) -> WindowResponse:
    """What the window shows."""
    body = _window(answer, lang) if isinstance(answer, WindowRecord) else None
    return envelope(WindowResponse, outcome, timing, lang, window=body)


def _window(record: WindowRecord, lang: Lang) -> TensorWindow:
    members: dict[str, Any] = asdict(record)
    return TensorWindow(**members, text=windows.written(record, lang))


WINDOW = InquiryKind(
    path="values",
    summary="Look at a part of a large tensor",
    description=_DESCRIPTION,
    request=WindowRequest,
    response=WindowResponse,
    respond=_response,
)
