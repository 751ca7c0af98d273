"""What watches a run for an inquiry that came with it, and answers it in the end."""

from typing import Any, Protocol

from msgspec.structs import replace

from tensorpad.protocol.derivations import DerivationInquiry
from tensorpad.protocol.inquiries import Answer, Inquiry
from tensorpad.protocol.lenses import LensInquiry
from tensorpad.protocol.openings import OpeningInquiry
from tensorpad.protocol.traces import TraceRecord
from tensorpad.protocol.windows import WindowInquiry
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.inquiries.derivations import DerivationWatch
from tensorpad.trace.inquiries.lens import LensWatch
from tensorpad.trace.inquiries.openings import OpeningWatch
from tensorpad.trace.inquiries.windows import WindowWatch


class InquiryWatch(Protocol):
    """Entered inside the trace, cell by cell, with its `mode` active; asked for its answer when the report is made."""

    @property
    def mode(self) -> Any:
        """The function mode that must be the innermost while the program runs; None if it needs none."""
        ...

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...

    def answer(self, initial: dict[str, Any], trace: TraceRecord, until: float) -> Answer:
        """The answer, which names nothing that `trace` lacks. `until`, of `time.monotonic`, is when it must be ready.

        `initial` is what the namespace contained before the program.
        """
        ...


def watch_for(inquiry: Inquiry, recording: Recording) -> InquiryWatch:
    """What watches for an inquiry."""
    match inquiry:
        case DerivationInquiry():
            return DerivationWatch(inquiry, recording)
        case LensInquiry():
            return LensWatch(inquiry, recording)
        case WindowInquiry():
            return WindowWatch(inquiry, recording)
        case OpeningInquiry():
            return OpeningWatch(inquiry, recording)


def answered(watch: InquiryWatch, initial: dict[str, Any], trace: TraceRecord, until: float) -> TraceRecord:
    """The trace with the answer in it; without one if the program has damaged what making it takes."""
    try:
        return replace(trace, answer=watch.answer(initial, trace, until))
    except Exception:
        return trace
