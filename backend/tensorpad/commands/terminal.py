"""What a terminal can do: colours, and a line that says what goes on and is erased again; and what it is not let do."""

import os
import re
import sys
from typing import Literal, TextIO

Colour = Literal["red", "green", "yellow", "bold", "dim"]
_CODES: dict[Colour, str] = {"red": "31", "green": "32", "yellow": "33", "bold": "1", "dim": "2"}


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_UNCOLOURED = re.compile(rf"\x1b\[[0-9;:]*m|[\b\r]|({_CONTROL.pattern})")


def harmless(text: str) -> str:
    """What a service says, with control characters as escapes: they can move the cursor or write into the clipboard."""
    return _CONTROL.sub(_escaped, text)


def _output(text: str) -> str:
    """What a program prints, in the same way; it may colour its text and write a line again."""
    return _UNCOLOURED.sub(lambda found: _escaped(found) if found[1] else found[0], text)


def _escaped(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]


def coloured(text: str, colour: Colour, stream: TextIO) -> str:
    """The text in a colour, where the stream is a terminal and nobody asked for none (https://no-color.org)."""
    plain = not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else f"\x1b[{_CODES[colour]}m{text}\x1b[0m"


class Progress:
    """One line on a terminal's standard error, only while nothing else is written; nothing where it is no terminal."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._text = ""
        self._drawn = False

    def say(self, text: str) -> None:
        """Show this in place of what was shown."""
        self._text = text
        self._draw()

    def write(self, text: str, stream: TextIO) -> None:
        """Write what a program prints, with the line out of the way. A file gets all of it, a terminal nothing that acts."""
        self._erase()
        stream.write(_output(text) if stream.isatty() else text)
        stream.flush()
        if text.endswith("\n"):
            self._draw()

    def end(self) -> None:
        """Leave no line behind."""
        self._erase()
        self._text = ""

    def _draw(self) -> None:
        if self._shows and self._text:
            sys.stderr.write(f"\r\x1b[2K\x1b[2m{self._text}\x1b[0m")
            sys.stderr.flush()
            self._drawn = True

    def _erase(self) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
            self._drawn = False
