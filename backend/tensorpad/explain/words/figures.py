"""Figures in plain text: shapes one under the other, so that sizes that are compared are in one column."""

import re
import unicodedata
from collections.abc import Sequence

from tensorpad.explain.words.findings import Named, Shapes

LABEL = 24
"""Columns of a label; a longer one is cut."""
_TIMES = " × "
_PATH = re.compile(r"[^\W\d]\w*(?:\.\w+)+")
_NUMBER = re.compile(r"\.(\d+)(?=\.|$)")


def width(text: str) -> int:
    """Columns that a text takes: an East Asian wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def shape(sizes: Sequence[int]) -> str:
    """A shape as Python writes it."""
    return str(tuple(sizes))


def sizes_in(text: str) -> tuple[int, ...]:
    """The sizes that a message of torch lists: `2, 3`."""
    return tuple(int(size) for size in text.split(",") if size.strip())


def aligned(rows: Sequence[tuple[str | Named, Sequence[int]]], marked: Sequence[int] = ()) -> Shapes:
    """Shapes aligned at their last dimension. `marked` are dimensions, counted from the end (-1), to point at."""
    return Shapes(tuple((label, tuple(sizes)) for label, sizes in rows), tuple(marked))


def drawn(figure: Shapes, labels: Sequence[str]) -> str:
    """A figure as part of a text, with the labels of its rows."""
    indent = max((width(label) for label in labels), default=0)
    columns = _columns([sizes for _, sizes in figure.rows])
    lines: list[str] = []
    for label, (_, sizes) in zip(labels, figure.rows, strict=True):
        cells = [str(sizes[dim]).rjust(column) for dim, column in columns.items() if len(sizes) >= -dim]
        empty = [" " * column for dim, column in columns.items() if len(sizes) < -dim]
        text = "   ".join((*empty, _TIMES.join(cells))) if sizes else "()"
        lines.append(f"{label}{' ' * (indent - width(label))}   {text}".rstrip())
    if figure.marked:
        arrows = "   ".join(("↑" if dim in figure.marked else "").rjust(column) for dim, column in columns.items())
        lines.append(f"{' ' * indent}   {arrows}".rstrip())
    return fenced("\n".join(lines))


def _columns(shapes: Sequence[Sequence[int]]) -> dict[int, int]:
    """The width of the column of each dimension, from the first to the last (-1)."""
    deepest = max((len(sizes) for sizes in shapes), default=0)
    return {dim: max(len(str(sizes[dim])) for sizes in shapes if len(sizes) >= -dim) for dim in range(-deepest, 0)}


def fenced(text: str) -> str:
    """A figure as part of a text."""
    return f"```\n{text}\n```"


def code(text: str, limit: int = 60) -> str:
    """A piece of code inside a sentence: one line, no backticks of its own, and not long.

    A path of PyTorch's (`net.2.weight`) is as a program writes it: `net[2].weight`.
    """
    line = " ".join(text.replace("`", "'").split())
    if _PATH.fullmatch(line):
        line = _NUMBER.sub(r"[\1]", line)
    return f"`{line if len(line) <= limit else line[: limit - 1] + '…'}`"


def row_label(label: str) -> str:
    """A label as it fits into a row: one line, no backticks, and not long."""
    clean = " ".join(label.replace("`", "'").split())
    return clean if len(clean) <= LABEL else clean[: LABEL - 1] + "…"
