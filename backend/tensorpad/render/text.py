"""Text from a user, made safe to look at and to put into DOT labels, and an estimate of how wide it will be."""

import re
import unicodedata
from functools import lru_cache

_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
# Joiners that ordinary text and emoji need, and that reorder nothing.
_JOINERS = frozenset("\u200c\u200d")
_OPENING, _CLOSING = "（「『【〈《", "、。，；：！？）」』】〉》％"
"""What no line of Chinese ends with, and what none begins with."""
_WORDS = re.compile(rf"[{_OPENING}]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+)[{_CLOSING}]*\s*|\s+")


def visible(text: str) -> str:
    """`text` with control, formatting and unassigned characters as escapes, so that nothing hides or reorders text."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible_character(character) for character in text)


def _visible_character(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    if unicodedata.category(character) not in _HIDDEN:
        return " " if character.isspace() else character
    code = ord(character)
    return _ESCAPES.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def shorten(text: str, length: int) -> str:
    """`text` on one line, of at most `length` characters, with an ellipsis for what is left out."""
    if len(text) > 4 * length:
        text = text[: 4 * length]
    line = visible(" ".join(text.split()))
    return line if len(line) <= length else line[: length - 1] + "…"


def escape_markup(text: str) -> str:
    """`text` as character data of XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape(text: str) -> str:
    """`text` as character data of an HTML-like label of Graphviz. Spaces do not break or collapse."""
    return escape_markup(text).replace('"', "&quot;").replace(" ", "\N{NO-BREAK SPACE}")


def quote(text: str) -> str:
    """`text` as a quoted DOT string in which Graphviz finds no escape of its own."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def wrapped(text: str, size: float, mono: bool, room: float, most: int) -> list[str]:
    """`text` as lines no wider than `room`, of which at most `most`, the last with an ellipsis for what is left out.

    Lines break at spaces, between wide characters (but before no closing punctuation), and inside a word that is longer
    than a line.
    """
    lines: list[str] = [""]
    for word in _WORDS.findall(text[: most * int(room)]):
        if lines[-1] and width(lines[-1] + word.rstrip(), size, mono) > room:
            lines.append("")
        for character in word if width(word, size, mono) > room else (word if lines[-1] else word.lstrip(),):
            if lines[-1] and width((lines[-1] + character).rstrip(), size, mono) > room:
                lines.append("")
            lines[-1] += character
    lines = [line.strip() for line in lines]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1][:-1].rstrip() + "…"]


@lru_cache(maxsize=4096)
def width(text: str, size: float, mono: bool, bold: bool = False) -> int:
    """An upper estimate of the width of `text` in points at font size `size`.

    Graphviz measures with whatever fonts the server has, a browser draws with its own. Monospaced fonts in use are at most
    0.61 em wide and wide characters 1 em; proportional fonts are estimated as the widest of the common ones.
    """
    ems = 0.0
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            ems += 1.05
        elif mono or ord(character) > 0x2E80:
            ems += 0.615
        elif character in "iljI.,:;|!'· ":
            ems += 0.36
        elif character in "mwMW@…×→∇":
            ems += 0.98
        elif character.isupper():
            ems += 0.74
        else:
            ems += 0.62
    return int(ems * size * (1.07 if bold and not mono else 1.0)) + 1
