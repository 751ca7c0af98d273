"""The messages between the service and a drawing process."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.displays import MediaType
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Text

DOT_CHARS = 8_000_000
"""The longest source that is drawn, or cleaned, in characters."""

PictureFormat = Literal["svg", "png"]


class DrawerSetup(Struct, frozen=True, tag="setup"):
    """The first message to a drawing process: what it may use."""

    limits: Limits


class Inset(Struct, frozen=True):
    """A second bitmap to lay upon a first, in the middle of a box of pixels that it does not fill or overrun."""

    dot: Annotated[str, Meta(max_length=DOT_CHARS)]
    left: int
    top: int
    width: int
    height: int


class DrawRequest(Struct, frozen=True, tag="draw"):
    """One picture to draw from DOT source. An `inset` is only for a bitmap."""

    dot: Annotated[str, Meta(max_length=DOT_CHARS)]
    format: PictureFormat = "svg"
    inset: Inset | None = None


class CleanRequest(Struct, frozen=True, tag="clean"):
    """Media that a program displays, to be made safe to show: a bitmap as base64, others as text."""

    mime: MediaType
    data: str


class DrawerReady(Struct, frozen=True, tag="ready"):
    """The process is confined and warm. `layers` names what confines it."""

    layers: tuple[str, ...]


class Drawing(Struct, frozen=True, tag="drawing"):
    """A picture, or media that are clean."""

    data: bytes


class DrawFailed(Struct, frozen=True, tag="failed"):
    """Graphviz refused the source, or the process could not start; `message` is its own words, shortened."""

    message: Text


DrawerRequest = DrawerSetup | DrawRequest | CleanRequest
DrawerReply = DrawerReady | Drawing | DrawFailed
