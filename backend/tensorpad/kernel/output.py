"""What a traced block prints: it goes where it would go, and is kept for the recording."""

import sys
from typing import Any

from tensorpad.protocol.outputs import StreamName
from tensorpad.trace.program.output_log import Shown

_module: Any = sys


class Output:
    """While entered, keeps what goes through `sys.stdout` and `sys.stderr`, up to `limit` characters of both together.

    `shown` counts the characters that are kept; `cut` says that there were more.
    """

    def __init__(self, limit: int) -> None:
        self.shown = Shown()
        self.cut = False
        self._left = limit
        self._texts: dict[StreamName, list[str]] = {"stdout": [], "stderr": []}
        self._streams: dict[StreamName, tuple[Any, _Tee]] = {}

    def text(self, stream: StreamName) -> str:
        """What was printed on a stream."""
        return "".join(self._texts[stream])

    def __enter__(self) -> None:
        for name in self._texts:
            original = getattr(_module, name)
            if original is not None:
                tee = _Tee(original, name, self)
                self._streams[name] = original, tee
                setattr(_module, name, tee)

    def __exit__(self, *_: object) -> None:
        for name, (original, tee) in self._streams.items():
            if getattr(_module, name) is tee:  # and not one that the program has put there
                setattr(_module, name, original)
        self._streams.clear()

    def keep(self, stream: StreamName, text: str) -> None:
        """A text was printed."""
        kept = text[: self._left]
        self.cut = self.cut or len(kept) < len(text)
        self._left -= len(kept)
        self._texts[stream].append(kept)
        setattr(self.shown, stream, getattr(self.shown, stream) + len(kept))
        self.shown.touched = True


class _Tee:
    """A stream that also tells what is written to it. Whoever keeps it beyond the block goes on writing to the stream."""

    def __init__(self, stream: Any, name: StreamName, output: Output) -> None:
        self._tensorpad = stream, name, output

    def write(self, text: str) -> Any:
        """Write, as the stream does."""
        stream, name, output = self._tensorpad
        written = stream.write(text)
        if type(text) is str:
            output.keep(name, text)
        return written

    def writelines(self, lines: Any) -> None:
        """Write, as the stream does."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tensorpad[0], name)

    def __iter__(self) -> Any:
        return iter(self._tensorpad[0])
