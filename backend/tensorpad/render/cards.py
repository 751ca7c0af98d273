"""What a node's card says, and how large that makes it, before it is drawn as an HTML-like label or as SVG.

Sizes are our own estimate (`text.width`) in points, so that a layout is the same on every server, whatever fonts it has.
"""

from msgspec import Struct

from tensorpad.graph.model import Node, NodeKind
from tensorpad.render.grids import lines
from tensorpad.render.text import shorten, width
from tensorpad.render.words import Words

TITLE, CODE, META, BADGE, NUMBER, HEADING = 14.0, 12.0, 10.5, 10.0, 12.0, 10.0
"""Font sizes."""
PADDING, GAP, PANEL_PADDING, BADGE_PADDING = 12, 8, 9, 7
TITLE_LINE, CODE_LINE, META_LINE, HEADING_LINE, NUMBER_LINE = 20, 18, 16, 16, 16
"""Line heights."""
_TITLE_CHARS, _CODE_CHARS, _FUNCTION_CHARS = 32, 44, 40


class Panel(Struct, frozen=True):
    """A heading over a grid of numbers, one text for each row."""

    heading: str
    numbers: list[str]
    gradient: bool
    width: int
    height: int


class Card(Struct, frozen=True):
    """The texts of a node and its size. `badge` says the kind, `code` the source, `function` and `size` what it is."""

    kind: NodeKind
    title: str
    badge: str
    code: str
    function: str
    size: str
    panels: tuple[Panel, ...]
    width: int
    height: int


def card(node: Node, words: Words) -> Card:
    """The card of `node`."""
    if node.kind == "elided":
        text = "⋯ " + kind_word(node, words)
        return Card("elided", text, "", "", "", "", (), width(text, META, mono=False) + 2 * PADDING, 36)
    leaf = node.kind in ("leaf", "parameter")
    code = shorten(node.expression, _CODE_CHARS) if node.expression and not leaf else ""
    title, badge = shorten(", ".join(node.names), _TITLE_CHARS), "" if node.kind == "operation" else kind_word(node, words)
    if title and code:
        code = "= " + code
    elif not title:
        title, code = (code, "") if code else (shorten(node.label, _TITLE_CHARS), "")
    function = shorten(node.function or "", _FUNCTION_CHARS) if not leaf and node.label != node.function else ""
    size = size_text(node, words)
    panels: list[Panel] = []
    if node.value is not None:
        panels.append(_panel(words.value, lines(node.value), gradient=False))
    if node.grad is not None:
        panels.append(_panel(words.gradient, lines(node.grad), gradient=True))

    title_width = width(title, TITLE, mono=True, bold=True)
    if badge:
        title_width += 2 * GAP + width(badge, BADGE, mono=False, bold=True) + 2 * BADGE_PADDING
    meta_width = width(function, META, mono=False, bold=True) + GAP + width(size, META, mono=False)
    panels_width = sum(panel.width for panel in panels) + GAP * max(len(panels) - 1, 0)
    content = max(title_width, width(code, CODE, mono=True), meta_width, panels_width)
    height = TITLE_LINE + (CODE_LINE if code else 0) + (META_LINE if function or size else 0)
    if panels:
        height += GAP + max(panel.height for panel in panels)
    return Card(
        node.kind, title, badge, code, function, size, tuple(panels), content + 2 * PADDING, height + 2 * PADDING - 2
    )


def kind_word(node: Node, words: Words) -> str:
    """What kind of node this is, in words."""
    match node.kind:
        case "leaf":
            return words.leaf
        case "parameter":
            return words.parameter
        case "operation":
            return words.operation
        case "result":
            return words.result
        case "elided":
            return words.elided.format(count=node.count)


def size_text(node: Node, words: Words) -> str:
    """Shape and dtype: `2×3 · float32`, or what of the two is known."""
    parts: list[str] = []
    if node.shape is not None:
        more = "×…" if len(node.shape) > 8 else ""
        parts.append("×".join(map(str, node.shape[:8])) + more or words.scalar)
    if node.dtype:
        parts.append(shorten(node.dtype.removeprefix("torch."), 24))
    return " · ".join(parts)


def _panel(heading: str, numbers: list[str], *, gradient: bool) -> Panel:
    longest = max(width(heading, HEADING, mono=False), *(width(number, NUMBER, mono=True) for number in numbers))
    return Panel(
        heading,
        numbers,
        gradient,
        longest + 2 * PANEL_PADDING,
        HEADING_LINE + NUMBER_LINE * len(numbers) + 2 * PANEL_PADDING - 5,
    )
