"""What was not done as the program says, and did not stop it: the worker alone knows, and the service puts it into words."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from tensorpad.protocol.checks import most
from tensorpad.protocol.records import Name, Span

NoteKind = Literal["workers"]
"""`workers`: a `DataLoader` made its batches without the processes that it was asked to start."""
NOTES = 64
"""Most notes of a run; a line that is repeated is noted once."""


class NoteRecord(Struct, frozen=True, gc=False):
    """One such thing: where it was asked for, and how (`text`): for `workers`, their number."""

    kind: NoteKind
    span: Span | None
    text: Name


def check_notes(notes: Iterable[NoteRecord]) -> None:
    """Raises ProtocolError if there are more than a run can have."""
    for count, _ in enumerate(notes, 1):
        most("notes", count, NOTES)
