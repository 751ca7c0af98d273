"""What a node's card says, and how large that makes it, before it is drawn as an HTML-like label or as SVG.

Sizes are our own estimate (`text.width`) in points, so that a layout is the same on every server, whatever fonts it has.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from tensorpad.graph.model import Fold, Node
from tensorpad.render.grids import lines
from tensorpad.render.text import shorten, width
from tensorpad.render.themes import CardKind
from tensorpad.texts.catalogue import PictureWords

TITLE, CODE, META, BADGE, NUMBER, HEADING = 14.0, 12.0, 10.5, 10.0, 12.0, 10.0
"""Font sizes."""
PADDING, GAP, PANEL_PADDING, BADGE_PADDING = 12, 8, 9, 7
TITLE_LINE, CODE_LINE, META_LINE, HEADING_LINE, NUMBER_LINE = 20, 18, 16, 16, 16
"""Line heights."""
STACK = 7
"""How far the cards behind a folded one look out to the right and below."""
_TITLE_CHARS, _CODE_CHARS, _FUNCTION_CHARS, _REFERENCE_CHARS = 32, 44, 40, 24
_PARTS = 4
"""Lines for the parameters of a folded module."""


class Panel(Struct, frozen=True):
    """A heading over a grid of numbers, one text for each row; `passing` is a gradient that was not kept."""

    heading: str
    numbers: list[str]
    kind: Literal["value", "gradient", "passing"]
    width: int
    height: int


class Card(Struct, frozen=True):
    """The texts of a node and its size.

    `badge` says the kind, `code` the source, line by line, `function` and `size` what it is.
    """

    kind: CardKind
    title: str
    badge: str = ""
    code: tuple[str, ...] = ()
    function: str = ""
    size: str = ""
    panels: tuple[Panel, ...] = ()
    width: int = 0
    height: int = 0


def card(node: Node, words: PictureWords, fold: Fold | None = None, module: str = "", values: bool = True) -> Card:
    """The card of `node`; `fold` is what a folded one stands for, `module` the path of the module that it is drawn in.

    Without `values`, it has no panels of numbers.
    """
    if node.kind == "elided":
        text = "⋯ " + kind_word(node, words)
        return Card("elided", text, width=width(text, META, mono=False) + 2 * PADDING, height=36)
    if node.kind == "folded":
        return _folded(node, words, fold)
    title, code = _title(node, module)
    return _sized(
        Card(
            node.kind,
            title,
            badge="" if node.kind == "operation" else kind_word(node, words),
            code=(code,) if code else (),
            function="" if _is_leaf(node) or node.label == node.function else shorten(node.function or "", _FUNCTION_CHARS),
            size=size_text(node, words),
            panels=tuple(_panels(node, words)) if values else (),
        )
    )


def _is_leaf(node: Node) -> bool:
    return node.kind in ("leaf", "parameter")


def _title(node: Node, module: str) -> tuple[str, str]:
    """The names of a node with its source below, or its label alone."""
    names = (name.removeprefix(module + ".") if module else name for name in node.names)
    title = shorten(", ".join(names), _TITLE_CHARS)
    if not title:
        # The label is the source, unless library code made it.
        return shorten(node.label, _CODE_CHARS), ""
    if not node.expression or node.kind == "constant" or _is_leaf(node):
        return title, ""
    return title, "= " + shorten(node.expression, _CODE_CHARS)


def _panels(node: Node, words: PictureWords) -> Iterator[Panel]:
    if node.value is not None:
        yield _panel(words.value, lines(node.value), "value")
    if node.grad is not None:
        kind = "gradient" if node.grad_kept else "passing"
        yield _panel(words.gradient if node.grad_kept else words.passing, lines(node.grad), kind)
    elif node.order is not None and _is_leaf(node):
        # A pass filled its `.grad`, and the program cleared it. A page writes here what was there at a step.
        numbers = _panel(words.gradient, ["None"], "gradient")
        yield replace(numbers, width=max(numbers.width, _room(node, words)))


def _room(node: Node, words: PictureWords) -> int:
    """The width that a gradient of the node's would take, about that of its values."""
    return 0 if node.value is None else _panel(words.gradient, lines(node.value), "gradient").width


def reference(node: Node) -> Card:
    """The small card that refers to `node` near a use far from it."""
    title = "↑ " + shorten(", ".join(node.names) or node.label, _REFERENCE_CHARS)
    return Card("reference", title, width=width(title, CODE, mono=True) + 2 * PADDING, height=28)


def _folded(node: Node, words: PictureWords, fold: Fold | None) -> Card:
    if fold is not None and fold.kind == "module":
        return _stacked(_module(node, words, fold))
    size = words.folded.format(count=f"{node.count:,}")
    title, badge = shorten(node.label, _TITLE_CHARS), kind_word(node, words, fold)
    code: tuple[str, ...] = ()
    if fold is not None and fold.kind == "repetition":
        title = words.rounds.format(count=f"{fold.count:,}")
        code = tuple(shorten(line, _CODE_CHARS) for line in fold.pattern)
    elif fold is not None and fold.kind == "inputs":
        title = words.inputs.format(count=f"{fold.count:,}")
    return _stacked(Card("folded", title, badge, code, short_type(node.function or ""), size))


def _module(node: Node, words: PictureWords, fold: Fold) -> Card:
    """A call of a module: its class, its parameters with their shapes, its path, and the shape of what it gave."""
    shown = fold.parts if len(fold.parts) <= _PARTS else fold.parts[: _PARTS - 1]
    code = [shorten(f"{part.name} {shape_text(part.shape, words)}", _CODE_CHARS) for part in shown]
    if len(fold.parts) > len(shown):
        code.append(words.inputs.format(count=f"{len(fold.parts) - len(shown):,}"))
    size = size_text(node, words) or words.folded.format(count=f"{node.count:,}")
    path = shorten(fold.label, _FUNCTION_CHARS) if fold.title != fold.label else ""
    return Card("folded", shorten(fold.title, _TITLE_CHARS), kind_word(node, words, fold), tuple(code), path, size)


def _stacked(card: Card) -> Card:
    """A card with others behind it."""
    whole = _sized(card)
    return replace(whole, width=whole.width + STACK, height=whole.height + STACK)


def short_type(name: str) -> str:
    """A module's class without the package that most are in."""
    return shorten(name.removeprefix("torch.nn."), _FUNCTION_CHARS)


def _sized(card: Card) -> Card:
    """`card`, large enough for its texts."""
    title_width = width(card.title, TITLE, mono=True, bold=True)
    if card.badge:
        title_width += 2 * GAP + width(card.badge, BADGE, mono=False, bold=True) + 2 * BADGE_PADDING
    meta_width = width(card.function, META, mono=False, bold=True) + GAP + width(card.size, META, mono=False)
    panels_width = sum(panel.width for panel in card.panels) + GAP * max(len(card.panels) - 1, 0)
    code_width = max((width(line, CODE, mono=True) for line in card.code), default=0)
    content = max(title_width, code_width, meta_width, panels_width)
    height = TITLE_LINE + CODE_LINE * len(card.code) + (META_LINE if card.function or card.size else 0)
    if card.panels:
        height += GAP + max(panel.height for panel in card.panels)
    return replace(card, width=content + 2 * PADDING, height=height + 2 * PADDING - 2)


def kind_word(node: Node, words: PictureWords, fold: Fold | None = None) -> str:
    """What kind of node this is, in words."""
    match node.kind:
        case "constant":
            return words.constant
        case "folded":
            return _fold_word(words, fold)
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


def _fold_word(words: PictureWords, fold: Fold | None) -> str:
    match fold.kind if fold else "rest":
        case "repetition":
            return words.repeated
        case "module":
            return words.module
        case "operation":
            return words.steps
        case "inputs":
            return {"leaf": words.leaf, "parameter": words.parameter}.get(fold.label if fold else "", words.constant)
        case "rest":
            return ""


def size_text(node: Node, words: PictureWords) -> str:
    """Shape and dtype: `2×3 · float32`, or what of the two is known."""
    parts: list[str] = []
    if node.shape is not None:
        parts.append(shape_text(node.shape, words))
    if node.dtype:
        parts.append(shorten(node.dtype.removeprefix("torch."), 24))
    return " · ".join(parts)


def shape_text(shape: tuple[int, ...] | None, words: PictureWords) -> str:
    """A shape as cards say it: `2×3`; nothing for none."""
    if shape is None:
        return ""
    return "×".join(map(str, shape[:8])) + ("×…" if len(shape) > 8 else "") or words.scalar


def _panel(heading: str, numbers: list[str], kind: Literal["value", "gradient", "passing"]) -> Panel:
    longest = max(width(heading, HEADING, mono=False), *(width(number, NUMBER, mono=True) for number in numbers))
    return Panel(
        heading,
        numbers,
        kind,
        longest + 2 * PANEL_PADDING,
        HEADING_LINE + NUMBER_LINE * len(numbers) + 2 * PANEL_PADDING - 5,
    )
