"""Figures in plain text: shapes written one under the other, so that what is compared stands in one column."""

import unicodedata
from collections.abc import Sequence

LABEL = 24
"""Columns of a label; a longer one is cut."""
_TIMES = " × "


def width(text: str) -> int:
    """Columns that a text takes: an East Asian wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def shape(sizes: Sequence[int]) -> str:
    """A shape as Python writes it."""
    return str(tuple(sizes))


def aligned(rows: Sequence[tuple[str, Sequence[int]]], marked: Sequence[int] = ()) -> str:
    """Shapes aligned at their last dimension. `marked` are dimensions, counted from the end (-1), to point at."""
    labels = [_cut(label) for label, _ in rows]
    indent = max((width(label) for label in labels), default=0)
    deepest = max((len(sizes) for _, sizes in rows), default=0)
    columns = [
        max((len(str(sizes[place])) for _, sizes in rows if len(sizes) >= -place), default=1) for place in range(-deepest, 0)
    ]
    lines: list[str] = []
    for label, (_, sizes) in zip(labels, rows, strict=True):
        cells = [" " * columns[place] for place in range(deepest - len(sizes))]
        cells += [str(size).rjust(columns[deepest - len(sizes) + place]) for place, size in enumerate(sizes)]
        text = ""
        for place, cell in enumerate(cells):
            joint = _TIMES if place > deepest - len(sizes) else "   "
            text += (joint if place else "") + cell
        lines.append(f"{label}{' ' * (indent - width(label))}   {text if sizes else '()'}".rstrip())
    if marked:
        points = [
            "↑".rjust(columns[place]) if place - deepest in marked else " " * columns[place] for place in range(deepest)
        ]
        lines.append((" " * (indent + 3) + "   ".join(points)).rstrip())
    return fenced("\n".join(lines))


def fenced(text: str) -> str:
    """A figure as a text holds it."""
    return f"```\n{text}\n```"


def code(text: str, limit: int = 60) -> str:
    """A piece of code inside a sentence: one line, no backticks of its own, and not long."""
    line = " ".join(text.replace("`", "'").split())
    return f"`{line if len(line) <= limit else line[: limit - 1] + '…'}`"


def _cut(label: str) -> str:
    clean = " ".join(label.replace("`", "'").split())
    return clean if len(clean) <= LABEL else clean[: LABEL - 1] + "…"
