"""The drawing process: `python -m tensorpad.render.process`, with a socket as its standard input.

It reads a `DrawerSetup`, warms Graphviz up, confines itself, answers `DrawerReady`, and then answers each `DrawRequest` and
`CleanRequest` in turn until the socket is closed. It is started with a clean environment and no other descriptor of the
service. A picture that takes too long is ended by the service, which kills the process.
"""

import base64
import contextlib
import os
import resource
import sys

from tensorpad.confinement import identity, landlock, resources
from tensorpad.confinement.seccomp import SystemCallFilter
from tensorpad.protocol import frames
from tensorpad.protocol.drawing import (
    CleanRequest,
    DrawerReady,
    DrawerReply,
    DrawerRequest,
    DrawerSetup,
    DrawFailed,
    Drawing,
    DrawRequest,
    Inset,
)
from tensorpad.protocol.limits import Limits
from tensorpad.render import media
from tensorpad.render.graphviz import Graphviz, GraphvizError
from tensorpad.render.insets import laid

CHANNEL = 0
"""Descriptor of the socket to the service."""

_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/etc/fonts", "/var/cache/fontconfig")

_WARM_UP = """digraph { node [shape=plain, fontname="sans-serif"]
a [label=<<TABLE STYLE="ROUNDED"><TR><TD><B>x ∇ × · ⋮ ⋯ …</B></TD><TD>变量 梯度 変数 변수 Ж Ω ñ العربية</TD></TR><TR><TD>
<FONT FACE="monospace">1. <B>y</B> 变量 π</FONT></TD></TR></TABLE>>]
b [shape=box, style="filled,rounded", fontname="monospace"]
c [shape=ellipse, fontname="Times,serif", label="<i>"]
a -> b [label="1"] b -> c }"""


def main() -> int:
    """Serve until the service goes away."""
    reader: frames.FrameReader[DrawerRequest] = frames.FrameReader(DrawerRequest, 16 * 1024 * 1024)
    graphviz: Graphviz | None = None
    limits = Limits()
    while data := os.read(CHANNEL, 1 << 18):
        for request in reader.feed(data):
            match request:
                case DrawerSetup():
                    limits = request.limits
                    graphviz = Graphviz()
                    _send(_prepare(graphviz, limits))
                case DrawRequest():
                    _send(_draw(graphviz, request))
                case CleanRequest():
                    _send(_clean(request, limits))
    return 0


def _prepare(graphviz: Graphviz, limits: Limits) -> DrawerReply:
    """Load what drawing needs (fonts, plugins) while files may still be read, then confine."""
    try:
        graphviz.draw(_WARM_UP, "svg")
        bitmap = graphviz.draw(_WARM_UP, "png")
        laid(bitmap, bitmap, Inset("", 0, 0, 10, 10))
        media.clean("image/png", base64.b64encode(bitmap).decode(), limits)
        media.clean("text/html", "<b>x</b>", limits)
        return DrawerReady(_confine(limits))
    except Exception as error:
        return DrawFailed(f"{type(error).__name__}: {error}"[:1_000])


def _confine(limits: Limits) -> tuple[str, ...]:
    """Give up all that drawing does not need, and return the layers that hold.

    Files that were not opened while warming up stay out of reach, but for fonts: a picture may need one that is new.
    """
    memory = resources.memory_in_use().mapped + limits.memory_bytes
    for which, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_FSIZE, limits.frame_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
    held = ["rlimits"]
    for layer, put_on in (
        ("capabilities", identity.drop_capabilities),
        ("landlock", lambda: landlock.restrict(_FONTS, ())),
        ("seccomp", SystemCallFilter(processes=False).load),
    ):
        # A kernel without one of them still has the others; the service learns which hold.
        with contextlib.suppress(OSError):
            put_on()
            held.append(layer)
    return tuple(held)


def _draw(graphviz: Graphviz | None, request: DrawRequest) -> DrawerReply:
    if graphviz is None:
        return DrawFailed("a picture was asked for before the setup")
    try:
        picture = graphviz.draw(request.dot, request.format)
        if request.inset is not None:
            picture = laid(picture, graphviz.draw(request.inset.dot, "png"), request.inset)
        return Drawing(picture)
    except (GraphvizError, MemoryError) as error:
        return DrawFailed(str(error) or type(error).__name__)


def _clean(request: CleanRequest, limits: Limits) -> DrawerReply:
    try:
        return Drawing(media.clean(request.mime, request.data, limits).encode())
    except (media.UnsafeMedia, MemoryError) as error:
        return DrawFailed(str(error)[:1_000] or type(error).__name__)


def _send(reply: DrawerReply) -> None:
    frames.write_all(CHANNEL, frames.encode(reply))


if __name__ == "__main__":
    sys.exit(main())
