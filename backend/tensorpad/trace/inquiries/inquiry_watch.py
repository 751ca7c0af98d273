"""A study: what a run does beyond its trace when an inquiry came with it."""

from typing import Any, Protocol

from msgspec.structs import replace

from tensorpad.protocol.inquiries import Answer, DerivationInquiry, Inquiry, LensInquiry
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.openings import OpeningInquiry
from tensorpad.protocol.traces import TraceRecord
from tensorpad.protocol.windows import WindowInquiry
from tensorpad.trace.forward.operation_mode import Operations
from tensorpad.trace.inquiries.derivations import Derivations
from tensorpad.trace.inquiries.lens import Lens
from tensorpad.trace.inquiries.openings import Opening
from tensorpad.trace.inquiries.windows import Window
from tensorpad.trace.memory.arrays import Arrays
from tensorpad.trace.memory.tensors import Sightings


class Study(Protocol):
    """Entered inside the trace, cell by cell, with its `mode` active; asked for its answer when the report is made."""

    @property
    def mode(self) -> Any:
        """The function mode that must be the innermost while the program runs; None if it needs none."""
        ...

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...

    def answer(self, hidden: dict[str, Any], trace: TraceRecord, until: float) -> Answer:
        """The answer, which names nothing that `trace` lacks. `until`, of `time.monotonic`, is when it must be ready."""
        ...


def study_of(
    inquiry: Inquiry | None,
    sightings: Sightings,
    arrays: Arrays,
    operations: Operations,
    namespace: dict[str, Any],
    limits: Limits,
) -> Study | None:
    """What an inquiry asks for."""
    match inquiry:
        case DerivationInquiry():
            return Derivations(inquiry, sightings, namespace, limits.values)
        case LensInquiry():
            return Lens(inquiry, sightings, operations)
        case WindowInquiry():
            return Window(inquiry, sightings, arrays)
        case OpeningInquiry():
            return Opening(inquiry, sightings, operations, limits.values)
        case None:
            return None


def answered(study: Study, hidden: dict[str, Any], trace: TraceRecord, until: float) -> TraceRecord:
    """The trace with the answer in it; without one where the program has damaged what making it takes."""
    try:
        return replace(trace, answer=study.answer(hidden, trace, until))
    except Exception:
        return trace
