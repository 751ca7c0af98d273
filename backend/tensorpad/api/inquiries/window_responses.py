"""Windows on tensors as the bodies of responses."""

from base64 import b64encode

from tensorpad.api.inquiries.inquiry_responses import ending_message
from tensorpad.api.inquiries.window_schemas import WindowBody, WindowResponse
from tensorpad.api.runs import endings
from tensorpad.api.runs.response import environment_body
from tensorpad.api.runs.schemas import TimingBody
from tensorpad.explain import window as windows
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.windows import WindowRecord
from tensorpad.texts import Lang


def window_response(outcome: Outcome, timing: TimingBody, lang: Lang) -> WindowResponse:
    """What the window shows."""
    ending, answer = endings.of(outcome, lang), outcome.trace.answer
    body = _window(answer, lang) if isinstance(answer, WindowRecord) else None
    environment = environment_body(outcome.environment)
    return WindowResponse(ending.status, ending_message(outcome, ending), body, environment, timing)


def _window(record: WindowRecord, lang: Lang) -> WindowBody:
    return WindowBody(
        subject=record.subject,
        gradient=record.gradient,
        reason=record.reason,
        text=windows.written(record, lang),
        dtype=record.dtype,
        shape=list(record.shape),
        leading=list(record.leading),
        rows=list(record.rows),
        columns=list(record.columns),
        block=list(record.block),
        format=record.format,
        complex=record.complex,
        data=b64encode(record.data).decode(),
        minimum=b64encode(record.minimum).decode(),
        maximum=b64encode(record.maximum).decode(),
    )
