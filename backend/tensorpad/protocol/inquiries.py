"""Questions about a program that only a run of it can answer: any of them, any answer, and the check of an answer.

Inquiries travel in a `RunRequest`; their answers come back in the trace. Each kind has a module of its own:
`protocol.derivations`, `protocol.lenses`, `protocol.openings` and `protocol.windows`.
"""

from collections.abc import Container
from typing import Annotated

from msgspec import Meta

from tensorpad.protocol.derivations import DerivationInquiry, DerivationRecord, check_derivation
from tensorpad.protocol.lenses import LensInquiry, LensRecord, check_lens
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.openings import OpeningInquiry, OpeningRecord, check_opening
from tensorpad.protocol.windows import WindowInquiry, WindowRecord, check_window

Inquiry = DerivationInquiry | LensInquiry | OpeningInquiry | WindowInquiry
Answer = DerivationRecord | LensRecord | OpeningRecord | WindowRecord

MOST_INQUIRIES = 32
"""Inquiries of one run."""
Inquiries = Annotated[tuple[Inquiry, ...], Meta(max_length=MOST_INQUIRIES)]
Answers = Annotated[tuple[Answer | None, ...], Meta(max_length=MOST_INQUIRIES)]
"""The answer to each inquiry of a run, in their order; None where there is none, and the inquiry must be asked alone."""


def check_answer(answer: Answer, ids: Container[str], limits: Limits) -> None:
    """Raises ProtocolError if an answer contradicts itself, or names anything that is not among `ids`."""
    match answer:
        case DerivationRecord():
            check_derivation(answer, ids, limits)
        case LensRecord():
            check_lens(answer, ids)
        case OpeningRecord():
            check_opening(answer, ids, limits)
        case WindowRecord():
            check_window(answer, ids)
