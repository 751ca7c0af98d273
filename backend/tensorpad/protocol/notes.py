"""What was not done as the program says, and did not stop it: the worker alone knows, and the service puts it into words."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from tensorpad.protocol.checks import most
from tensorpad.protocol.records import Name, Span

NoteKind = Literal["workers", "ignored", "uninstalled", "skipped", "timed"]
"""`workers`: a `DataLoader` made its batches without the processes that it was asked to start. Of lines that only a notebook
understands: `ignored`, it means nothing here; `uninstalled`, it would install what is not here; `skipped`, it would do what
cannot be done here; `timed`, what it measured was traced, too.
"""
NOTES = 64
"""Most notes of a run; a line that is repeated is noted once."""


class NoteRecord(Struct, frozen=True, gc=False):
    """One such thing: where it was asked for, and how (`text`).

    For `workers` that is their number, for `uninstalled` the packages, for `skipped` the command, else the line.
    """

    kind: NoteKind
    span: Span | None
    text: Name


def check_notes(notes: Iterable[NoteRecord]) -> None:
    """Raises ProtocolError if there are more than a run can have."""
    for count, _ in enumerate(notes, 1):
        most("notes", count, NOTES)
