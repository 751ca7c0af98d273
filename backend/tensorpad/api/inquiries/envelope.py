"""What the answers to all inquiries have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from msgspec import Struct

from tensorpad.api.requests import ProgramBody
from tensorpad.api.runs import endings
from tensorpad.api.runs.answer import RunTiming
from tensorpad.protocol.inquiries import Answer
from tensorpad.protocol.outcomes import Environment, Outcome, RunStatus
from tensorpad.texts import Lang


class Envelope(Struct, frozen=True, kw_only=True):
    """How the program ended that was run for an inquiry. `message` says what ended it early, or what it raised."""

    status: RunStatus
    """How the program ended."""
    message: str | None
    """What ended it early, or what it raised; null if it ran to its end."""
    environment: Environment
    """Where the program ran."""
    timing: RunTiming
    """How long it took."""


Response_co = TypeVar("Response_co", bound=Envelope, covariant=True)


@dataclass(frozen=True, slots=True)
class InquiryKind(Generic[Response_co]):
    """A route for one kind of inquiry: `POST /api/v1/{path}` with a `request`, answered with a `response`.

    `respond` makes it of the worker's answer, None if it gave none.
    """

    path: str
    summary: str
    description: str
    request: type[ProgramBody]
    response: type[Response_co]
    respond: Callable[[Outcome, Answer | None, RunTiming, Lang], Response_co]


Response = TypeVar("Response", bound=Envelope)


def envelope(kind: type[Response], outcome: Outcome, timing: RunTiming, lang: Lang, **answer: Struct | None) -> Response:
    """A response of a kind, with its own member: the answer, None if the worker died before it could send one."""
    ending = endings.of(outcome, lang)
    message, environment = _message(outcome, ending), outcome.environment
    return kind(status=ending.status, message=message, environment=environment, timing=timing, **answer)


def _message(outcome: Outcome, ending: endings.Ending) -> str | None:
    if ending.message is not None:
        return ending.message
    errors = (cell.record.error for cell in outcome.cells if cell.record is not None)
    return next((f"{error.type}: {error.message}" for error in errors if error is not None), None)
