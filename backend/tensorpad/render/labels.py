"""A card as an HTML-like label of Graphviz: for PNG, and for DOT that people take elsewhere.

A kind of node never differs by colour alone: a leaf is a square card with a thick edge and says "leaf", an operation is a
rounded card with the name of its backward function, the result has a double edge and says "result".
"""

from collections.abc import Iterable

from tensorpad.render.cards import BADGE, CODE, HEADING, META, NUMBER, PANEL_PADDING, TITLE, Card, Panel
from tensorpad.render.text import escape
from tensorpad.render.themes import Palette, card_colours


def label(card: Card, colours: Palette) -> str:
    """The label of a node, with its angle brackets."""
    fill, line, ink = card_colours(card.kind, colours)
    if card.kind in ("elided", "reference"):
        text = _text(card.title, META, colours.muted, mono=card.kind == "reference")
        return (
            f"<<TABLE BORDER='1' STYLE='ROUNDED,DASHED' COLOR='{line}' BGCOLOR='{fill}' CELLBORDER='0' CELLPADDING='10' "
            f"WIDTH='{card.width}'><TR><TD>{text}</TD></TR></TABLE>>"
        )
    title = _text(card.title, TITLE, colours.ink, mono=True, bold=True)
    badge = f"<TD ALIGN='RIGHT'>{_text(card.badge, BADGE, ink, bold=True)}</TD>" if card.badge else ""
    rows = [f"<TR><TD{'' if badge else _BOTH} ALIGN='LEFT'>{title}</TD>{badge}</TR>"]
    rows += [_row(_text(code, CODE, colours.ink, mono=True)) for code in card.code]
    function = _text(card.function, META, ink, bold=True) if card.function else ""
    size = _text(("  " if function else "") + card.size, META, colours.muted) if card.size else ""
    if function or size:
        rows.append(_row(function + size))
    if card.panels:
        span = _BOTH if len(card.panels) == 1 else ""
        rows.append(f"<TR>{''.join(_panel(panel, colours, span) for panel in card.panels)}</TR>")
    edge = _EDGES.get(card.kind, "BORDER='1' STYLE='ROUNDED'")
    return (
        f"<<TABLE {edge} COLOR='{line}' BGCOLOR='{fill}' CELLBORDER='0' CELLSPACING='6' CELLPADDING='0' "
        f"WIDTH='{card.width}'>{''.join(rows)}</TABLE>>"
    )


def failure_label(rows: Iterable[tuple[str, float, str, bool, bool]], width: int, colours: Palette) -> str:
    """The label of a picture of a failure; each row has its text, font size, colour, and whether it is mono and bold."""
    cells = "".join(
        f"<TR><TD ALIGN='LEFT'>{_text(text, size, colour, mono=mono, bold=bold)}</TD></TR>"
        for text, size, colour, mono, bold in rows
    )
    return (
        f"<<TABLE BORDER='2' STYLE='ROUNDED' COLOR='{colours.failure_line}' BGCOLOR='{colours.failure}' CELLBORDER='0' "
        f"CELLSPACING='3' CELLPADDING='1' WIDTH='{width}'>{cells}</TABLE>>"
    )


_BOTH = " COLSPAN='2'"
_EDGES = {"leaf": "BORDER='2'", "parameter": "BORDER='2'", "constant": "BORDER='1'"}


def _row(markup: str) -> str:
    return f"<TR><TD{_BOTH} ALIGN='LEFT'>{markup}</TD></TR>"


def _text(text: str, size: float, colour: str, mono: bool = False, bold: bool = False) -> str:
    face = " FACE='monospace'" if mono else ""
    body = f"<B>{escape(text)}</B>" if bold else escape(text)
    return f"<FONT{face} POINT-SIZE='{size:g}' COLOR='{colour}'>{body}</FONT>"


def _panel(panel: Panel, colours: Palette, span: str) -> str:
    fill, head, ink = colours.panel, colours.muted, colours.panel_ink
    if panel.kind != "value":
        fill = colours.gradient if panel.kind == "gradient" else colours.card
        head = ink = colours.gradient_ink
    rows = "".join(f"<TR><TD ALIGN='LEFT'>{_text(number, NUMBER, ink, mono=True)}</TD></TR>" for number in panel.numbers)
    return (
        f"<TD{span} WIDTH='{panel.width}' ALIGN='LEFT' VALIGN='TOP' STYLE='ROUNDED' BGCOLOR='{fill}' "
        f"CELLPADDING='{PANEL_PADDING - 3}'><TABLE BORDER='0' CELLBORDER='0' CELLSPACING='0' CELLPADDING='1'>"
        f"<TR><TD ALIGN='LEFT'>{_text(panel.heading, HEADING, head)}</TD></TR>{rows}</TABLE></TD>"
    )
