"""Which questions the views of a run may ask about it, in the order in which answers are worth their room."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from msgspec import Raw

from tensorpad.api.encoding import json
from tensorpad.api.inquiries.derivation import DERIVATION
from tensorpad.api.inquiries.lens import LENS
from tensorpad.api.inquiries.opening import OPENING
from tensorpad.api.runs.answer import RunTiming
from tensorpad.protocol.derivations import DerivationInquiry
from tensorpad.protocol.inquiries import MOST_INQUIRIES, Answer
from tensorpad.protocol.lenses import LensInquiry
from tensorpad.protocol.limits import KIB, MIB
from tensorpad.protocol.openings import OpeningInquiry
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.traces import TraceRecord
from tensorpad.recordings.recording import RecordedDerivation, RecordedLens, RecordedOpening
from tensorpad.texts import Lang

UNTIMED = RunTiming(queued_ms=0, run_ms=0, render_ms=0, total_ms=0)
"""How long anything took is left out: a recording that is made again has the same bytes."""
_STEPS, _MOST = 20_000, 120
"""If each question took a run of the program, all of them would run so many steps; and so many are asked at most."""
_PASSES = 8
"""Passes, counted from the last, whose derivations are asked for."""
_ELEMENTS = 16
"""A tensor of more elements has no lens recorded."""
ROOM = {RecordedDerivation: MIB, RecordedOpening: MIB, RecordedLens: 512 * KIB}
"""Bytes of JSON for the answers of each kind."""

Question = DerivationInquiry | OpeningInquiry | LensInquiry
Recorded = RecordedDerivation | RecordedOpening | RecordedLens


def questions(trace: TraceRecord) -> Sequence[Sequence[Question]]:
    """As many as are worth running the program again for: those that one run answers, for each run."""
    every = [*_derivations(trace), *_openings(trace), *_lenses(trace)]
    kept = every[: min(_MOST, _STEPS // max(len(trace.steps), 1))]
    alone = [asked for asked in kept if isinstance(asked, DerivationInquiry)]
    return [*([asked] for asked in alone), *_batched(kept[len(alone) :], MOST_INQUIRIES)]


def _batched(asked: Sequence[Question], size: int) -> Iterator[Sequence[Question]]:
    """Groups of that size, in order; the last may be smaller."""
    for start in range(0, len(asked), size):
        yield asked[start : start + size]


def recorded(inquiry: Question, answer: Answer | None, outcome: Outcome, lang: Lang) -> Recorded | None:
    """The answer to a question as it is recorded; None if the worker did not give one."""
    match inquiry:
        case DerivationInquiry(of=of, finite_differences=checked, backward=backward):
            derived = DERIVATION.respond(outcome, answer, UNTIMED, lang)
            found = derived.derivation
            return found and RecordedDerivation(Raw(json(found)), of, backward, checked, derived.message)
        case OpeningInquiry(operation=operation):
            opening = OPENING.respond(outcome, answer, UNTIMED, lang).opening
            return opening and RecordedOpening(operation, Raw(json(opening)))
        case LensInquiry(operation=operation, output=output, element=element):
            lens = LENS.respond(outcome, answer, UNTIMED, lang).lens
            return lens and RecordedLens(operation, output, element, Raw(json(lens)))


def _derivations(trace: TraceRecord) -> Iterator[DerivationInquiry]:
    """From the last pass, from the passes before it, and from each scalar with a name; what can be checked, twice."""
    for checked in (False, True):
        yield DerivationInquiry(None, checked, None)
    for backward in reversed(trace.backwards[:-1][-_PASSES:]):
        if len(backward.roots) == 1:
            yield DerivationInquiry(None, False, backward.id)
    for tensor in trace.tensors:
        if tensor.names and tensor.roles and not tensor.roles[-1].is_leaf and prod(tensor.layout.shape) == 1:
            for checked in (False, True):
                yield DerivationInquiry(tensor.names[0], checked, None)


def _openings(trace: TraceRecord) -> Iterator[OpeningInquiry]:
    for operation in trace.operations:
        yield OpeningInquiry(operation.id)


def _lenses(trace: TraceRecord) -> Iterator[LensInquiry]:
    for operation in trace.operations:
        for output, shape in enumerate(operation.output_shapes):
            if prod(shape) <= _ELEMENTS:
                for element in product(*map(range, shape)):
                    yield LensInquiry(operation.id, output, element)
