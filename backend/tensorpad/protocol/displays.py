"""What a cell shows besides text, as it travels from the worker."""

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.records import Count, Name, Text

DisplayKind = Literal["graph", "media"]
MediaType = Literal["image/png", "image/jpeg", "image/svg+xml", "text/html", "text/latex"]
BITMAPS: frozenset[MediaType] = frozenset(("image/png", "image/jpeg"))
"""Media types whose data is base64; that of the others is text."""
_CHARS = 16_000_000


class DisplayRecord(Struct, frozen=True):
    """Something that a cell shows besides text: a graph as DOT source, or a figure, a picture or a table as media.

    `data` of a bitmap is base64, of other media text. `clears`: when it appeared, what its cell had displayed before went.
    """

    kind: DisplayKind
    """What it is."""
    title: Name
    """What to call it; empty if nothing is known."""
    dot: Annotated[str, Meta(max_length=_CHARS)] = ""
    """The source of a graph as DOT."""
    file: Name | None = None
    """The name that a graph was to be saved under."""
    mime: MediaType | None = None
    """The type of media; null for a graph."""
    data: Annotated[str, Meta(max_length=_CHARS)] = ""
    """The media: base64 for PNG and JPEG, text for the others; empty if they cannot be shown."""
    text: Text = ""
    """The value as text."""
    width: Count | None = None
    """Pixels across at which a bitmap is meant to be shown; null: its own."""
    clears: bool = False
    """Whether it takes the place of what its cell displayed before."""

    @property
    def length(self) -> int:
        """Characters that it takes."""
        return len(self.dot) + len(self.data) + len(self.text)


def check_display(display: DisplayRecord) -> None:
    """Raises ProtocolError if a display is neither a graph nor media."""
    if (display.kind == "media") != (display.mime in get_args(MediaType)):
        raise ProtocolError(f"a display of the kind {display.kind!r} has the media type {display.mime!r}")
