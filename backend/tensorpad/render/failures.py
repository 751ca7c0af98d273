"""A picture that says why there is no picture: as SVG, written here, and as DOT, for a bitmap."""

import hashlib

import msgspec
from msgspec import Struct

from tensorpad.render.bitmaps import frame
from tensorpad.render.labels import failure_label
from tensorpad.render.sanitiser import Clean
from tensorpad.render.svg import document
from tensorpad.render.text import escape_markup, visible, wrapped
from tensorpad.render.themes import LIGHT, Theme, palette

WIDTH = 460
"""Points; most pages have room for it."""
_PADDING, _BAR = 16, 6
_HEADING, _PLACE, _MESSAGE, _ADVICE, _STATUS = 15.0, 11.0, 12.0, 12.0, 10.0
_ROOM = WIDTH - 2 * _PADDING - _BAR


class Failure(Struct, frozen=True):
    """What is said: a heading, where it happened, the error in its own words, what explains it, and the HTTP status."""

    heading: str
    place: str
    message: str
    advice: str
    status: str


class Line(Struct, frozen=True):
    """A line of the picture: its text, font size, height, the role of its colour, and its face."""

    text: str
    size: float
    height: float
    role: str
    mono: bool = False
    bold: bool = False


def failure_svg(failure: Failure, theme: Theme) -> str:
    """The picture as an SVG that stands alone."""
    prefix = f"failure-{hashlib.sha256(msgspec.json.encode((failure, theme))).hexdigest()[:8]}"
    lines = _lines(failure)
    down = sum(line.height for line in lines) + 2 * _PADDING
    parts = [
        f"<rect x='0.5' y='0.5' width='{WIDTH - 1}' height='{down - 1:g}' rx='8' fill='{LIGHT.failure}' "
        f"stroke='{LIGHT.failure_line}'/>",
        f"<rect x='0.5' y='0.5' width='{_BAR}' height='{down - 1:g}' rx='3' fill='{LIGHT.failure_line}'/>",
    ]
    y: float = _PADDING
    for line in lines:
        y += line.height
        face = " font-family='monospace'" if line.mono else ""
        weight = " font-weight='600'" if line.bold else ""
        parts.append(
            f"<text x='{_PADDING + _BAR}' y='{y - line.height / 3.4:.6g}' font-size='{line.size:g}' "
            f"fill='{getattr(LIGHT, line.role)}'{face}{weight}>{escape_markup(line.text)}</text>"
        )
    words = " ".join(part for part in (failure.place, failure.message, failure.advice) if part)
    clean = Clean((0.0, 0.0, float(WIDTH), down), "".join(parts))
    return document(clean, prefix, visible(failure.heading), visible(words), theme)


def failure_dot(failure: Failure, theme: Theme, width: int | None) -> str:
    """The same as DOT source, for a bitmap of so many pixels across."""
    colours = palette(theme)
    rows = [(line.text, line.size, getattr(colours, line.role), line.mono, line.bold) for line in _lines(failure)]
    return (
        f'digraph {{ graph [pad=0.05, bgcolor="{colours.card}", {frame(width, None, colours.muted)}] '
        f'node [shape=plain, fontname="sans-serif"] failure [label={failure_label(rows, WIDTH, colours)}] }}'
    )


def _lines(failure: Failure) -> list[Line]:
    """The texts, broken to the width of the picture. No more than fits on a small screen is shown of any of them."""
    found = [
        Line(f"⚠ {text}" if not row else text, _HEADING, 21, "failure_ink", bold=True)
        for row, text in enumerate(_broken(failure.heading, _HEADING, 2))
    ]
    found += [Line(text, _PLACE, 17, "muted") for text in _broken(failure.place, _PLACE, 1)]
    found += [Line(text, _MESSAGE, 18, "ink", mono=True) for text in _broken(failure.message, _MESSAGE, 5, mono=True)]
    found += [Line(text, _ADVICE, 18, "ink") for text in _broken(failure.advice, _ADVICE, 4)]
    return [*found, Line(failure.status, _STATUS, 16, "muted")]


def _broken(text: str, size: float, most: int, *, mono: bool = False) -> list[str]:
    line = visible(" ".join(text.split()))
    return wrapped(line, size, mono, _ROOM - 1.5 * size, most) if line else []
