"""The displays of a run: what a program shows becomes records, which are sent at once, within limits.

NOTE [A figure is shown as a notebook shows it]
1. `plt.show()` displays all open figures and closes them; so does the end of a cell, also of one that failed.
2. A figure that is the value of a cell is displayed and closed, so that the end of the cell does not show it again.
"""

import contextlib
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

from msgspec.structs import replace

from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.limits import Limits
from tensorpad.sandbox.displays import notebook
from tensorpad.sandbox.displays.drawings import DOT_CHARS, Drawings
from tensorpad.sandbox.displays.media import Media, media_of
from tensorpad.trace.base.texts import cut, encodable
from tensorpad.trace.program.output_log import Shown

_NAME_CHARS: Final = 200
FIGURES: Final = "tensorpad.sandbox.displays.figures"
"""The module that matplotlib loads as its backend; what knows figures is there once a program has one."""


class Displays:
    """Sends what a program shows, at most `limits.displays` in a cell; `dropped`: there were more, or too large ones.

    `text` makes the text of a value, `counts` has the displays of all cells.
    """

    def __init__(
        self, limits: Limits, text: Callable[[object], str], counts: Shown, send: Callable[[DisplayRecord], None]
    ) -> None:
        self.dropped = False
        self.counts = counts
        self.drawings = Drawings(self._add_graph)
        self._limits = limits
        self._text = text
        self._send = send
        self._cell = 0
        self._left = limits.display_bytes
        self._clearing = False
        self._last: DisplayRecord | None = None
        self._waiting: list[DisplayRecord] = []
        self._thread = threading.get_ident()

    def show(self, value: object) -> bool:
        """Display a value if it is more than text, and say whether it was."""
        if self.drawings.show(value):
            return True
        figures = sys.modules.get(FIGURES)
        if figures is not None and figures.show_value(value, self.add_media):
            return True
        media = media_of(value)
        if media is not None:
            self.add_media(media, value)
        return media is not None

    def display(self, *values: object, raw: bool = False, **_: object) -> None:
        """What a notebook calls `display`: what is only text is printed as a result would be.

        With `raw` a value is a dictionary of media types.
        """
        for value in values:
            media = media_of(value, raw=True) if raw else None
            if media is not None:
                self.add_media(media, None)
            elif not self.show(value):
                print(self._text(value))

    def clear(self, wait: bool = False) -> None:
        """What a notebook calls `clear_output`: the next display takes the place of those before. Text stays."""
        del wait
        self._clearing = True

    def end_cell(self) -> None:
        """The cell has ended: figures that are open are shown, and the last that took another's place in any case."""
        figures = sys.modules.get(FIGURES)
        if figures is not None:
            with contextlib.suppress(Exception):  # a program can damage matplotlib too
                figures.show_open(self.add_media)
        if self._last is not None:
            self._counted(self._last)
        self._flush()
        self._cell = 0
        self._clearing = False
        self._last = None

    def add_media(self, media: Media, value: object) -> None:
        """Display media, which show `value`."""
        text = ""
        with contextlib.suppress(Exception):  # its picture is there
            text = "" if value is None else cut(self._text(value), self._limits.text_chars)[0]
        title = cut(media.title, _NAME_CHARS)[0]
        self._add(DisplayRecord("media", title, mime=media.mime, data=media.data, text=text, width=media.width))

    def _add_graph(self, title: str, dot: str, file: str | None) -> None:
        dot = encodable(dot)
        if len(dot) > DOT_CHARS:
            self.dropped = True
            return
        name = None if file is None else cut(file, _NAME_CHARS)[0]
        self._add(DisplayRecord("graph", cut(title, _NAME_CHARS)[0], dot, name))

    def _add(self, record: DisplayRecord) -> None:
        if self._clearing:
            record = replace(record, clears=True)
            self._clearing = False
        full = self._cell >= self._limits.displays
        if full or record.length > self._left:
            self.dropped = True
            # Of frames that take each other's place, the last is the one that stays.
            self._last = record if record.clears and full and record.length <= self._left else self._last
            return
        self._counted(record)
        self._flush()

    def _counted(self, record: DisplayRecord) -> None:
        self._cell += 1
        self._left -= record.length
        self.counts.displays += 1
        self.counts.touched = True
        self._waiting.append(record)

    def _flush(self) -> None:
        """Send what waits. Another thread of the program must not tear a message that the main one writes."""
        if threading.get_ident() != self._thread:
            return
        while self._waiting:
            self._send(self._waiting.pop(0))

    @contextmanager
    def installed(self) -> Generator[None]:
        """Take the place of Graphviz, of IPython, and of what shows figures."""
        with ExitStack() as stack:
            stack.enter_context(self.drawings.installed())
            stack.enter_context(notebook.installed(self.display, self.clear))
            showing.append(self)
            stack.callback(showing.remove, self)
            yield

    def show_figures(self) -> None:
        """Show all open figures, and close them."""
        figures: Any = sys.modules[FIGURES]
        figures.show_open(self.add_media)


showing: Final[list[Displays]] = []
"""The displays of the run that is under way, last."""
