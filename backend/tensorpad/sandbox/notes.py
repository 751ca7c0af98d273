"""Notes of a run: what was not done as the program says, each with the place that asked for it."""

import sys
from typing import Any

from tensorpad.protocol.notes import NOTES, NoteKind, NoteRecord
from tensorpad.protocol.records import Span
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS
from tensorpad.trace.program.cells import Cells

_sys: Any = sys


class Notes:
    """Collects them."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._records: dict[NoteRecord, None] = {}

    def add(self, kind: NoteKind, text: str, span: Span | None = None) -> None:
        """Note something; without `span`, at the piece of the program's source that is running."""
        if span is None:
            frame = self._cells.nearest(_sys._getframe(1))
            span = None if frame is None else self._cells.span(frame.f_code, frame.f_lasti)
        if len(self._records) < NOTES:
            self._records[NoteRecord(kind, span, cut(text, NAME_CHARS)[0])] = None

    def workers(self, number: int) -> None:
        """A `DataLoader` does without so many processes."""
        self.add("workers", str(number))

    def records(self) -> tuple[NoteRecord, ...]:
        """All that was noted, in order."""
        return tuple(self._records)
