"""What watches a run for the inquiries that came with it, and answers them in the end."""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import msgspec

from tensorpad.protocol.derivations import DerivationInquiry
from tensorpad.protocol.inquiries import Answer, Inquiry
from tensorpad.protocol.lenses import LensInquiry
from tensorpad.protocol.openings import OpeningInquiry
from tensorpad.protocol.traces import TraceRecord
from tensorpad.protocol.windows import WindowInquiry
from tensorpad.trace.base.internals import push_function_mode
from tensorpad.trace.base.quiet import take_off
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.inquiries.derivations import DerivationWatch
from tensorpad.trace.inquiries.lens import LensWatch
from tensorpad.trace.inquiries.openings import OpeningWatch
from tensorpad.trace.inquiries.repeatable import Catcher
from tensorpad.trace.inquiries.windows import WindowWatch

_FURTHER_BYTES = 4_000_000
"""Bytes of answers after which no further inquiry is answered."""


class InquiryWatch(Protocol):
    """Watches for one inquiry."""

    def answer(self, initial: dict[str, Any], trace: TraceRecord, until: float) -> Answer | None:
        """The answer, which names nothing that `trace` lacks; None if the inquiry must be asked alone.

        `initial` is what the namespace contained before the program; `until`, of `time.monotonic`, is when it must be ready.
        """
        ...


class InquiryWatches:
    """Entered inside the trace, cell by cell; asked for its answers when the report is made."""

    def __init__(self, inquiries: Sequence[Inquiry], recording: Recording) -> None:
        self._modes: list[Any] = []
        self._entered: list[AbstractContextManager[None]] = []
        self._watches: list[InquiryWatch] = []
        caught = [inquiry.operation for inquiry in inquiries if isinstance(inquiry, LensInquiry | OpeningInquiry)]
        catcher = Catcher(caught, recording)
        if caught:
            self._modes.append(catcher)
        for inquiry in inquiries:
            match inquiry:
                case DerivationInquiry():
                    derivation = DerivationWatch(inquiry, recording)
                    self._modes.append(derivation.mode)
                    self._entered.append(derivation)
                    self._watches.append(derivation)
                case LensInquiry():
                    self._watches.append(LensWatch(inquiry, catcher))
                case WindowInquiry():
                    self._watches.append(WindowWatch(inquiry, recording))
                case OpeningInquiry():
                    self._watches.append(OpeningWatch(inquiry, catcher, recording.limits.values))

    def __enter__(self) -> None:
        # Their modes must be the innermost while the program runs.
        for mode in self._modes:
            push_function_mode(mode)
        for watch in self._entered:
            watch.__enter__()

    def __exit__(self, *_: object) -> None:
        for watch in self._entered:
            watch.__exit__(None, None, None)

    def take_off(self) -> None:
        """Take their modes off, once the trace's own is."""
        for mode in reversed(self._modes):
            take_off(mode)

    def answered(self, initial: dict[str, Any], trace: TraceRecord, until: float) -> TraceRecord:
        """The trace with the answers in it. `initial` and `until` are as in `InquiryWatch.answer`.

        An answer is None if the program has damaged what making it takes, or if there was no room or time for it beside
        those before it: then the inquiry must be asked alone.
        """
        answers: list[Answer | None] = []
        now, room = time.monotonic(), _FURTHER_BYTES
        last = now + (until - now) / 2
        for watch in self._watches:
            answer: Answer | None = None
            if not answers or (room > 0 and time.monotonic() < last):
                try:
                    answer = watch.answer(initial, trace, until)
                except Exception:
                    answer = None
            answers.append(answer)
            if len(self._watches) > 1:
                room -= len(msgspec.msgpack.encode(answer))
        return msgspec.structs.replace(trace, answers=tuple(answers))
