"""From what Graphviz drew to an SVG that is complete in itself and safe in a page."""

import hashlib
import re
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from tensorpad.graph.model import Graph
from tensorpad.render import description
from tensorpad.render.cards import META, META_LINE, PADDING, Card
from tensorpad.render.figures import figure
from tensorpad.render.sanitiser import Clean, sanitise
from tensorpad.render.text import escape_markup, visible, wrapped
from tensorpad.render.themes import LIGHT, SCOPE, STYLE_SHEET, Theme
from tensorpad.texts import Lang

_BOX = re.compile(
    r" class='([^']*)'( data-node='([^']*)'>)((?:<title>[^<]*</title>)?)<polygon [^>]*points='([^']*)'></polygon>"
)
_NOTE_ROOM = 240
"""The least width for a note, in points."""


class Texts(Struct, frozen=True):
    """A graph in words: a title, a description, and a hint for each node, edge and group by its id."""

    title: str
    description: str
    hints: Mapping[str, str]


def texts(graph: Graph, lang: Lang = "en", title: str | None = None) -> Texts:
    """The words for the picture of `graph`, with a title of its own unless one is given."""
    return Texts(
        visible(title) if title else description.title(graph, lang),
        description.text(graph, lang),
        description.hints(graph, lang),
    )


def graph_svg(
    drawn: bytes,
    graph_id: str,
    texts: Texts,
    cards: Mapping[str, Card] | None = None,
    theme: Theme = "auto",
    note: str | None = None,
) -> str:
    """The picture of a graph, from Graphviz's SVG of `dot.skeleton`, whose boxes are replaced by `cards`.

    Without `cards` it is from `classic.source`, which has colours of its own, and does not follow a theme.

    Nodes are groups with the class `node` and their kind, and `data-node`; edges have `data-edge`. All drawings of a node
    have its one `data-node`; a small card that stands for an operation elsewhere has the class `reference` too. Clusters
    have the class `cluster` and their kind, and `data-group`. Each of these has an id, `<prefix>-<id in the graph>`, whose
    prefix no other picture has. `note` is a sentence below the picture. Raises UnsafeSvg.
    """
    prefix = _prefix(graph_id, drawn, msgspec.json.encode((texts, cards, theme, note)))
    clean = sanitise(drawn, prefix, _Annotation(texts.hints))
    if cards is not None:
        clean = Clean(clean.view_box, _BOX.sub(_Figures(cards), clean.body))
    if note:
        clean = _with_note(clean, note)
    described = f"{note} {texts.description}" if note else texts.description
    return document(clean, prefix, texts.title, described, None if cards is None else theme)


def display_svg(drawn: bytes, name: str, title: str) -> str:
    """The picture of DOT source that a program made; ids in it begin with `name` and a hash. Raises UnsafeSvg."""
    prefix = _prefix(name, drawn, title.encode())
    return document(sanitise(drawn, prefix), prefix, title, "", None)


def _prefix(name: str, *content: bytes) -> str:
    """What ids in a picture begin with: pictures of several runs are put into one page."""
    digest = hashlib.sha256()
    for part in content:
        digest.update(part)
    return f"{name}-{digest.hexdigest()[:8]}"


def _with_note(clean: Clean, note: str) -> Clean:
    """The picture with a sentence below it."""
    x, y, across, down = clean.view_box
    across = max(across, _NOTE_ROOM)
    lines = wrapped(visible(note), META, False, across - 2 * PADDING, 4)
    spans = "".join(
        f"<tspan x='{x + PADDING:g}' y='{y + down + (row + 1) * META_LINE:g}'>{escape_markup(line)}</tspan>"
        for row, line in enumerate(lines)
    )
    words = f"<text class='note' font-size='{META:g}' fill='{LIGHT.muted}'>{spans}</text>"
    return Clean((x, y, across, down + META_LINE * len(lines) + PADDING), clean.body + words)


_NAMES = {"node": "data-node", "edge": "data-edge", "cluster": "data-group"}


class _Annotation:
    """Marks nodes and edges for the page, and adds the hint of each."""

    def __init__(self, hints: Mapping[str, str]) -> None:
        self._hints = hints

    def __call__(self, identity: str, classes: str) -> tuple[str, str]:
        own = identity.partition("-")[0]
        kind = classes.partition(" ")[0]
        if kind == "node" and own not in self._hints:
            return "", ""
        name = _NAMES.get(kind)
        if name is None:
            return "", ""
        hint = self._hints.get(own)
        return f" {name}='{own}'", f"<title>{escape_markup(hint)}</title>" if hint else ""


class _Figures:
    """Replaces the box of a node by its card, about the same centre."""

    def __init__(self, cards: Mapping[str, Card]) -> None:
        self._cards = cards

    def __call__(self, box: re.Match[str]) -> str:
        card = self._cards[box[3] + "~" if "reference" in box[1] else box[3]]
        corners = [point.split(",") for point in box[5].split()]
        left = min(float(x) for x, _ in corners)
        top = min(float(y) for _, y in corners)
        return f" class='{box[1]}'{box[2]}{box[4]}{figure(card, left, top, LIGHT)}"


def document(clean: Clean, prefix: str, title: str, text: str, theme: Theme | None) -> str:
    """An SVG that stands alone; with a theme it brings the style sheet."""
    x, y, width, height = clean.view_box
    described = f" aria-describedby='{prefix}--desc'" if text else ""
    desc = f"<desc id='{prefix}--desc'>{escape_markup(text)}</desc>" if text else ""
    sheet = f"<style>{STYLE_SHEET}</style>" if theme else ""
    classes = f"class='tp-graph {SCOPE}' data-theme='{theme}'" if theme else "class='tp-plain'"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' id='{prefix}' {classes} role='img' "
        f"aria-labelledby='{prefix}--title'{described} width='{width:g}' height='{height:g}' "
        f"viewBox='{x:g} {y:g} {width:g} {height:g}' font-family='sans-serif'>"
        f"<title id='{prefix}--title'>{escape_markup(title)}</title>{desc}{sheet}{clean.body}</svg>"
    )
