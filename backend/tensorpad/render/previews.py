"""The picture of a program for links to it: title, code, and beside it the graph, what it shows, or what failed."""

from collections.abc import Sequence

from msgspec import Struct

from tensorpad.protocol.drawing import Inset
from tensorpad.render.highlighting import highlighted
from tensorpad.render.text import escape, visible, width, wrapped
from tensorpad.render.themes import Palette, Theme, palette

SIZE = (1200, 630)
"""Pixels, which are points here: what sites that show links ask for."""
_EDGE = 44
_ROOM = SIZE[0] - 2 * _EDGE
_TOP, _TITLE_HEIGHT, _BODY_HEIGHT, _FOOT_HEIGHT = 26, 84, 404, 116
_CODE_ROOM, _GAP = 500, 28
_BESIDE_ROOM = _ROOM - _CODE_ROOM - _GAP
_PADDING = 18
_LARGEST, _SMALLEST, _LEADING = 24, 15, 1.3
"""Font sizes of code, as large as fits and never so small that nobody can read it; and the height of a line."""
_GRAPH_DPI = 112
"""Pixels of an inch of a small graph; a larger one is made smaller as a whole."""
GRAPH_FRAME = f'dpi={_GRAPH_DPI}, size="{_BESIDE_ROOM / _GRAPH_DPI:.4f},{_BODY_HEIGHT / _GRAPH_DPI:.4f}"'
"""Attributes of the graph that is drawn beside the code."""


class Preview(Struct, frozen=True):
    """What is in the picture, but for the graph. `shown` is what the program shows, `failure` a heading and a message."""

    title: str
    description: str
    code: tuple[str, ...]
    shown: tuple[str, ...] = ()
    failure: tuple[str, str] | None = None


def preview_dot(preview: Preview, theme: Theme, *, beside: bool) -> str:
    """The picture as DOT source; `beside` leaves a place for the graph next to the code."""
    colours = palette(theme)
    two = beside or bool(preview.shown) or preview.failure is not None
    body = _code(preview.code, _CODE_ROOM if two else _ROOM, colours)
    if two:
        right = "" if beside else _beside(preview, colours)
        body += f"{_box('', _GAP, _BODY_HEIGHT)}{_box(right, _BESIDE_ROOM, _BODY_HEIGHT)}"
    parts = (
        _box(_title(preview.title, colours), _ROOM, _TITLE_HEIGHT),
        f"<TD>{_TABLE}<TR>{body}</TR></TABLE></TD>",
        _box(_foot(preview, colours), _ROOM, _FOOT_HEIGHT),
    )
    edge = f"<TD FIXEDSIZE='TRUE' WIDTH='{_EDGE}' HEIGHT='1'></TD>"
    rows = "".join(f"<TR>{edge}{part}{edge}</TR>" for part in parts)
    across, down = SIZE
    return (
        f'digraph {{ graph [dpi=72, margin=0, pad=0, bgcolor="{colours.card}"] node [shape=plain, fontname="sans-serif"] '
        f"preview [label=<{_TABLE[:-1]} FIXEDSIZE='TRUE' WIDTH='{across}' HEIGHT='{down}' BGCOLOR='{colours.card}'>"
        f"<TR><TD COLSPAN='3' FIXEDSIZE='TRUE' WIDTH='{across}' HEIGHT='{_TOP}'></TD></TR>{rows}</TABLE>>] }}"
    )


def graph_inset(dot: str) -> Inset:
    """A graph in its place beside the code."""
    return Inset(dot, _EDGE + _CODE_ROOM + _GAP, _TOP + _TITLE_HEIGHT, _BESIDE_ROOM, _BODY_HEIGHT)


def _title(title: str, colours: Palette) -> str:
    size = next((size for size in (38, 32, 27) if width(title, size, mono=False, bold=True) <= _ROOM), 27)
    lines = wrapped(visible(title), size, False, _ROOM / 1.15, 2)
    return _lines([_text(line, size, colours.ink, bold=True) for line in lines], size)


def _foot(preview: Preview, colours: Palette) -> str:
    lines = wrapped(visible(preview.description), 18, False, _ROOM, 2)
    brand = _text("Tensorpad", 22, colours.leaf_line, bold=True)
    return _lines([brand], 24) + _lines([_text(line, 18, colours.muted) for line in lines], 18)


def _code(code: Sequence[str], room: int, colours: Palette) -> str:
    inside = room - 2 * _PADDING
    lines = [visible(line.expandtabs(4)).rstrip() for line in code]
    widest = max((width(line, 100, mono=True) for line in lines), default=1) / 100
    tall = _BODY_HEIGHT - 2 * _PADDING
    fitting = min(inside / max(widest, 1), tall / _LEADING / max(len(lines), 1))
    size = max(_SMALLEST, min(_LARGEST, int(fitting)))
    most = int(tall / _LEADING / size)
    if len(lines) > most:
        lines = [*lines[: most - 1], "…"]
    across = int(inside / (0.615 * size))
    rows = [_highlighted(_cut(line, across), size, colours) for line in lines]
    return (
        f"<TD FIXEDSIZE='TRUE' WIDTH='{room}' HEIGHT='{_BODY_HEIGHT}' BGCOLOR='{colours.panel}' STYLE='ROUNDED' "
        f"CELLPADDING='{_PADDING}' ALIGN='LEFT' BALIGN='LEFT' VALIGN='TOP'>{_lines(rows, size)}</TD>"
    )


def _cut(line: str, most: int) -> str:
    """As much of a line as fits, where wide characters take two places."""
    if width(line, 100, mono=True) <= most * 61.5:
        return line
    while line and width(line, 100, mono=True) > (most - 1) * 61.5:
        line = line[:-1]
    return f"{line}…"


def _highlighted(line: str, size: int, colours: Palette) -> str:
    parts = [_text(part, size, getattr(colours, role), mono=True) for part, role in highlighted(line)]
    return "".join(parts) or _text(" ", size, colours.ink, mono=True)


def _beside(preview: Preview, colours: Palette) -> str:
    if preview.failure is not None:
        heading, message = preview.failure
        rows = [_text(line, 26, colours.failure_ink, bold=True) for line in _wrapped(heading, 26, 2)]
        said = [_text(line, 20, colours.ink, mono=True) for line in _wrapped(message, 20, 10, mono=True)]
        return _lines(rows, 26) + _lines(said, 20)
    fitting = int(_BESIDE_ROOM / (0.615 * 20))
    # Spaces put the rows of a tensor below each other.
    lines = [_cut(visible(line.expandtabs(4)).rstrip(), fitting) for line in preview.shown[:14]]
    return _lines([_text(line, 20, colours.ink, mono=True) for line in lines], 20)


def _wrapped(text: str, size: int, most: int, *, mono: bool = False) -> list[str]:
    return wrapped(visible(" ".join(text.split())), size, mono, _BESIDE_ROOM / (1 if mono else 1.15), most)


_TABLE = "<TABLE BORDER='0' CELLBORDER='0' CELLSPACING='0' CELLPADDING='0'>"


def _box(content: str, across: int, down: int) -> str:
    return f"<TD FIXEDSIZE='TRUE' WIDTH='{across}' HEIGHT='{down}' ALIGN='LEFT' BALIGN='LEFT'>{content}</TD>"


def _lines(rows: Sequence[str], size: int) -> str:
    """Lines of one text, of this font size: rows of a table would be spread over the height of its cell.

    A line is as high as its largest character, so each ends with a larger space.
    """
    space = _text(" ", round(size * _LEADING), "transparent")
    return "".join(f"{row}{space}<BR ALIGN='LEFT'/>" for row in rows)


def _text(text: str, size: int, colour: str, *, mono: bool = False, bold: bool = False) -> str:
    face = " FACE='monospace'" if mono else ""
    # An element of a label may not be empty.
    body = escape(text) or escape(" ")
    body = f"<B>{body}</B>" if bold else body
    return f"<FONT{face} POINT-SIZE='{size}' COLOR='{colour}'>{body}</FONT>"
