"""Python's own streams of a worker: text, in UTF-8, a line at a time, and counted."""

import contextlib
import io
import sys
from collections.abc import Callable
from typing import Any

from tensorpad.trace.program.output_log import Shown

_CONTINUATIONS = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that begin no character."""


class Streams:
    """Standard output and standard error of a program, on these descriptors; `shown` counts their characters.

    `limit` is the number of bytes that both may take together. The first byte above it is still written, which proves to
    the service that there was more; then `overflow` is called, at each further attempt too, and nothing is written any more.
    """

    def __init__(self, limit: int, stdout: int = 1, stderr: int = 2) -> None:
        self.shown = Shown()
        self.shown.settle = self._settle
        self.overflow: Callable[[], None] = _nothing
        self.left = limit + 1
        self.stdout = _Text(_Counted(stdout, self, "stdout"), self.shown)
        self.stderr = _Text(_Counted(stderr, self, "stderr"), self.shown)

    def put_in_place(self) -> None:
        """Make them the interpreter's, with an empty input."""
        sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.FileIO(0, closefd=False), encoding="utf-8")
        sys.stdout = sys.__stdout__ = self.stdout
        sys.stderr = sys.__stderr__ = self.stderr

    def _settle(self) -> None:
        """Write what Python holds back."""
        for stream in (self.stdout, self.stderr):
            with contextlib.suppress(ValueError, RuntimeError, OSError):  # closed, or interrupted in the middle of a write
                stream.flush()


class _Text(io.TextIOWrapper):
    """What cannot be encoded shows as an escape, as a notebook shows it."""

    def __init__(self, raw: io.FileIO, shown: Shown) -> None:
        buffer = io.BufferedWriter(raw)
        super().__init__(buffer, encoding="utf-8", errors="backslashreplace", newline="", line_buffering=True)
        self._shown = shown

    def write(self, text: str, /) -> int:
        self._shown.touched = True
        return _write(self, text)


_write: Any = io.TextIOWrapper.write
_Text.__name__ = _Text.__qualname__ = io.TextIOWrapper.__name__
_Text.__module__ = io.TextIOWrapper.__module__


class _Counted(io.FileIO):
    """The file under a stream; `name` is that of its count."""

    def __init__(self, descriptor: int, streams: Streams, count: str) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._streams = streams
        self._of = count

    def write(self, data: Any, /) -> int:
        streams = self._streams
        offered = memoryview(data).nbytes
        if streams.left <= 0:
            streams.overflow()
            return offered
        kept = data if offered < streams.left else bytes(data)[: streams.left]
        written = super().write(kept) or 0
        streams.left -= written
        self._count(bytes(kept)[:written])
        if streams.left > 0:
            return written
        streams.overflow()
        return offered

    def _count(self, text: bytes) -> None:
        characters = len(text) if text.isascii() else len(text.translate(None, _CONTINUATIONS))
        shown = self._streams.shown
        shown.touched = True
        setattr(shown, self._of, getattr(shown, self._of) + characters)


def _nothing() -> None:
    """Until a program runs."""
