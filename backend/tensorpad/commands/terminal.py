"""What a terminal can do: colours, and a line that says what goes on and is erased again."""

import os
import sys
from typing import Literal, TextIO

Colour = Literal["red", "green", "yellow", "bold", "dim"]
_CODES: dict[Colour, str] = {"red": "31", "green": "32", "yellow": "33", "bold": "1", "dim": "2"}


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
        """Write to a stream of the program, with the line out of the way."""
        self._erase()
        stream.write(text)
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
