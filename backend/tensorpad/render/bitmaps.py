"""What a bitmap has that a vector picture needs not: a size in pixels, and a note that Graphviz sets."""

from tensorpad.render.text import quote, visible, wrapped

DPI = 96
"""Pixels of an inch, where no width is asked for: those of CSS."""
MIN_WIDTH, MAX_WIDTH = 16, 4_096
_MAX_HEIGHT = 8_192
"""Pixels, so that a picture of 4096 × 8192 still fits into a drawing process."""
_NOTE_SIZE, _NOTE_ROOM, _NOTE_LINES = 10.5, 320, 6


def frame(width: int | None, note: str | None, ink: str) -> str:
    """Attributes of a graph that is drawn as a bitmap: `width` in pixels (its natural size, if None), `note` below it.

    Graphviz scales the drawing before it makes pixels of it, so that it is sharp at any size.
    """
    across, down = (width, _MAX_HEIGHT) if width is not None else (MAX_WIDTH, _MAX_HEIGHT)
    grow = "!" if width is not None else ""
    parts = [f"dpi={DPI}", f'size="{across / DPI:.6g},{down / DPI:.6g}{grow}"']
    if note:
        lines = wrapped(visible(note), _NOTE_SIZE, False, _NOTE_ROOM, _NOTE_LINES)
        text = "".join(f"{quote(line)[1:-1]}\\l" for line in lines)
        parts.append(
            f'labelloc=b, labeljust=l, fontname="sans-serif", fontsize={_NOTE_SIZE}, fontcolor="{ink}", label="{text}"'
        )
    return ", ".join(parts)
