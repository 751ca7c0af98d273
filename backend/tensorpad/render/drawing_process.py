"""One drawing process, seen from the parent: start it, ask it, end it."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable

from tensorpad.protocol import frames
from tensorpad.protocol.drawing import (
    DOT_CHARS,
    CleanRequest,
    DrawerReady,
    DrawerReply,
    DrawerRequest,
    DrawerSetup,
    DrawFailed,
    Drawing,
    DrawRequest,
)
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.interpreters import FLAGS, HASH_SEED
from tensorpad.protocol.limits import Limits
from tensorpad.render.errors import DrawError, DrawTimeout

_READ_BYTES = 1 << 18


class DrawerDied(Exception):
    """The process ended, or spoke nonsense, before it answered."""


class DrawingProcess:
    """A process that draws one picture at a time. After any exception but DrawError it must be ended."""

    def __init__(self, limits: Limits) -> None:
        """Start the process; `ready` waits until it can draw."""
        self.drawn = 0
        self.layers: tuple[str, ...] = ()
        self._limits = limits
        self._socket, theirs = socket.socketpair()
        self._socket.setblocking(False)
        self._reader: frames.FrameReader[DrawerReply] = frames.FrameReader(DrawerReply, limits.frame_bytes)
        try:
            self._process = subprocess.Popen(
                [sys.executable, *FLAGS, "-m", "tensorpad.render.process"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8", "PATH": os.defpath, **HASH_SEED},
                cwd="/",
            )
        except OSError:
            self._socket.close()
            raise
        finally:
            theirs.close()

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    async def ready(self) -> None:
        """Wait until the process is warm and confined. Raises DrawerDied."""
        try:
            async with asyncio.timeout(self._limits.start_s):
                reply = await self._ask(DrawerSetup(self._limits))
        except TimeoutError:
            raise DrawerDied("the drawing process did not become ready") from None
        if not isinstance(reply, DrawerReady):
            raise DrawerDied(reply.message if isinstance(reply, DrawFailed) else "the drawing process spoke out of turn")
        self.layers = reply.layers

    async def draw(self, request: DrawRequest | CleanRequest, asked: Callable[[], object] | None = None) -> bytes:
        """Draw one picture, or clean media; `asked` is called once the process is at work.

        Raises DrawError, DrawTimeout or DrawerDied.
        """
        size = _length(request)
        if size > DOT_CHARS:
            raise DrawError(f"the source has {size} characters, more than the {DOT_CHARS} that are drawn")
        self.drawn += 1
        try:
            async with asyncio.timeout(self._limits.draw_s):
                reply = await self._ask(request, asked)
        except TimeoutError:
            raise DrawTimeout(f"the layout took longer than {self._limits.draw_s:g} s") from None
        match reply:
            case Drawing(data=data):
                return data
            case DrawFailed(message=message):
                raise DrawError(message)
            case _:
                raise DrawerDied("the drawing process spoke out of turn")

    async def _ask(self, request: DrawerRequest, asked: Callable[[], object] | None = None) -> DrawerReply:
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_sendall(self._socket, frames.encode(request))
            if asked is not None:
                asked()
            while data := await loop.sock_recv(self._socket, _READ_BYTES):
                for reply in self._reader.feed(data):
                    return reply
        except (OSError, ProtocolError) as error:
            raise DrawerDied(str(error)) from None
        raise DrawerDied("the drawing process ended")

    async def end(self) -> None:
        """Kill the process and reap it."""
        self._socket.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        # A killed process is gone within moments; a thread would cost more than looking again.
        while self._process.poll() is None:
            await asyncio.sleep(0.002)


def _length(request: DrawRequest | CleanRequest) -> int:
    if isinstance(request, CleanRequest):
        return len(request.data)
    return max(len(request.dot), len(request.inset.dot) if request.inset is not None else 0)
