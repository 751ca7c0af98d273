"""A card as SVG, drawn where the layout put it.

A leaf or parameter has square corners and a bar at its left, a constant square corners alone, an operation round corners,
the result a double edge, a folded node others behind it, an elided node a dashed edge; all but operations say in words what
they are. Values, gradients and names of backward functions have the classes `value`, `gradient` and `function`, so that a
page can bring out one way through the graph.
"""

from collections.abc import Iterator

from tensorpad.render.cards import (
    BADGE,
    BADGE_PADDING,
    CODE,
    CODE_LINE,
    GAP,
    HEADING,
    HEADING_LINE,
    META,
    META_LINE,
    NUMBER,
    NUMBER_LINE,
    PADDING,
    PANEL_PADDING,
    STACK,
    TITLE,
    TITLE_LINE,
    Card,
    Panel,
)
from tensorpad.render.text import escape_markup, width
from tensorpad.render.themes import Palette, card_colours


def figure(card: Card, left: float, top: float, colours: Palette) -> str:
    """The markup of `card` with its upper left corner at `left`, `top`."""
    fill, line, ink = card_colours(card.kind, colours)
    parts = [f"<g transform='translate({left:g} {top:g})'>", _outline(card, fill, line)]
    if card.kind == "reference":
        parts.append(_text(PADDING, 18, CODE, colours.ink, card.title, _MONO))
        return "".join((*parts, "</g>"))
    if card.kind == "elided":
        parts.append(_text(PADDING, 22, META, colours.muted, card.title))
        return "".join((*parts, "</g>"))
    y = PADDING + 13
    parts.append(_text(PADDING, y, TITLE, colours.ink, card.title, _MONO_BOLD))
    if card.badge:
        parts.append(_badge(card, fill, line, ink, colours))
    y = PADDING + TITLE_LINE
    for code in card.code:
        parts.append(_text(PADDING, y + 12, CODE, colours.ink, code, _MONO))
        y += CODE_LINE
    if card.function or card.size:
        x = PADDING
        if card.function:
            # The size follows in the same text, so that the gap is right whatever the font.
            size = f"<tspan dx='6' font-weight='400' fill='{colours.muted}'>{escape_markup(card.size)}</tspan>"
            parts.append(
                f"<text class='function' x='{x}' y='{y + 11}' font-size='{META:g}' fill='{ink}'{_BOLD}>"
                f"{escape_markup(card.function)}{size if card.size else ''}</text>"
            )
        else:
            parts.append(_text(x, y + 11, META, colours.muted, card.size))
        y += META_LINE
    if card.panels:
        parts += _panels(card, y + GAP, colours)
    parts.append("</g>")
    return "".join(parts)


_MONO = " font-family='monospace'"
_BOLD = " font-weight='600'"
_MONO_BOLD = _MONO + _BOLD


def _text(x: float, y: float, size: float, colour: str, text: str, more: str = "") -> str:
    return f"<text x='{x:g}' y='{y:g}' font-size='{size:g}' fill='{colour}'{more}>{escape_markup(text)}</text>"


def _outline(card: Card, fill: str, line: str) -> str:
    across, down = card.width, card.height
    match card.kind:
        case "leaf" | "parameter":
            return (
                f"<rect width='{across}' height='{down}' rx='2' fill='{fill}' stroke='{line}' stroke-width='1.2'/>"
                f"<rect width='5' height='{down}' rx='1' fill='{line}'/>"
            )
        case "constant":
            return f"<rect width='{across}' height='{down}' rx='2' fill='{fill}' stroke='{line}'/>"
        case "reference":
            return (
                f"<rect width='{across}' height='{down}' rx='{down / 2:g}' fill='{fill}' stroke='{line}' "
                "stroke-dasharray='2 3'/>"
            )
        case "folded":
            behind = (
                f"<rect x='{off}' y='{off}' width='{across - STACK}' height='{down - STACK}' rx='10' fill='{fill}' "
                f"stroke='{line}'/>"
                for off in (STACK, STACK / 2, 0)
            )
            return "".join(behind)
        case "result":
            return (
                f"<rect width='{across}' height='{down}' rx='12' fill='{fill}' stroke='{line}' stroke-width='1.6'/>"
                f"<rect x='3.5' y='3.5' width='{across - 7}' height='{down - 7}' rx='9' fill='none' stroke='{line}'/>"
            )
        case "elided":
            return (
                f"<rect width='{across}' height='{down}' rx='10' fill='{fill}' stroke='{line}' stroke-width='1.2' "
                "stroke-dasharray='5 4'/>"
            )
        case _:
            return f"<rect width='{across}' height='{down}' rx='10' fill='{fill}' stroke='{line}'/>"


def _badge(card: Card, fill: str, line: str, ink: str, colours: Palette) -> str:
    across = width(card.badge, BADGE, mono=False, bold=True) + 2 * BADGE_PADDING
    left = card.width - PADDING - across - (STACK if card.kind == "folded" else 0)
    return (
        f"<rect x='{left}' y='{PADDING - 1}' width='{across}' height='18' rx='9' fill='{colours.card}' stroke='{line}' "
        "stroke-width='0.8'/>"
        + _text(left + across / 2, PADDING + 11.5, BADGE, ink, card.badge, f"{_BOLD} text-anchor='middle'")
    )


def _panels(card: Card, top: float, colours: Palette) -> Iterator[str]:
    """Panels side by side over the whole width, each as wide as its share."""
    room = card.width - 2 * PADDING - GAP * (len(card.panels) - 1)
    spare = (room - sum(panel.width for panel in card.panels)) / len(card.panels)
    height = max(panel.height for panel in card.panels)
    left: float = PADDING
    for panel in card.panels:
        yield _panel(panel, left, top, panel.width + spare, height, colours)
        left += panel.width + spare + GAP


def _panel(panel: Panel, left: float, top: float, across: float, down: float, colours: Palette) -> str:
    fill, head, ink, edge = colours.panel, colours.muted, colours.panel_ink, ""
    if panel.kind != "value":
        fill, head, ink = colours.gradient, colours.gradient_ink, colours.gradient_ink
    kind = panel.kind
    if kind == "passing":
        # What was not kept has an outline and no ground, so that it differs in print and without colours, too.
        fill, kind = colours.card, "gradient passing"
        edge = f" stroke='{colours.gradient_ink}' stroke-dasharray='3 3' stroke-width='0.8'"
    box = f"<rect x='{left:g}' y='{top:g}' width='{across:g}' height='{down:g}' rx='6' fill='{fill}'{edge}/>"
    x, y = left + PANEL_PADDING, top + PANEL_PADDING + 7
    heading = _text(x, y, HEADING, head, panel.heading)
    rows = "".join(
        f"<tspan x='{x:g}' dy='{NUMBER_LINE if row else HEADING_LINE}'>{escape_markup(number.replace(' ', _SPACE))}</tspan>"
        for row, number in enumerate(panel.numbers)
    )
    numbers = f"<text y='{y:g}' font-size='{NUMBER:g}' fill='{ink}'{_MONO}>{rows}</text>"
    return f"<g class='{kind}'>{box}{heading}{numbers}</g>"


_SPACE = "\N{NO-BREAK SPACE}"
"""Keeps columns of numbers aligned in viewers that collapse ordinary spaces."""
