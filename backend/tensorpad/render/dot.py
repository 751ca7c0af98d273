"""A graph as DOT source in the `tensorpad` style."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from tensorpad.graph.model import Graph, Group, Node
from tensorpad.render.cards import Card, card, reference, short_type
from tensorpad.render.labels import label
from tensorpad.render.layout import LIMITS, Arrangement, arrange
from tensorpad.render.looks import PLAIN, Look
from tensorpad.render.text import quote, shorten
from tensorpad.render.themes import LIGHT, Palette, palette
from tensorpad.texts import CATALOGUES
from tensorpad.texts.catalogue import PictureWords

_PATH_CHARS = 60
_CLEAR = 'bgcolor="transparent"'


def cards(graph: Graph, look: Look = PLAIN) -> dict[str, Card]:
    """The card of each node, and with a `~` after its id the small one that stands for an operation far from its own."""
    words = CATALOGUES[look.lang].picture
    folds = {fold.id: fold for fold in graph.folded}
    modules = {group.id: group.label for group in graph.groups if group.kind == "module"}
    written = {
        node.id: card(node, words, folds.get(node.id), modules.get(node.group or "", ""), look.values)
        for node in graph.nodes
    }
    copies = arrange(graph).copies
    written.update((node.id + "~", reference(node)) for node in graph.nodes if node.id in copies)
    return written


def source(graph: Graph, written: Mapping[str, Card], look: Look = PLAIN, frame: str | None = None) -> str:
    """DOT source that shows all that the cards say, for PNG and for use elsewhere.

    `frame` has the attributes of a bitmap (`bitmaps.frame`), which is not laid over a page and so has a ground of its own.
    """
    colours = palette(look.theme)

    def attributes(card: Card) -> str:
        frame = ""
        if card.kind == "result":
            frame = f', shape=box, style=rounded, margin="0.05,0.05", penwidth=1.6, color="{colours.result_line}"'
        elif card.kind == "folded":
            frame = f', shape=box3d, margin="0.08,0.08", color="{colours.folded_line}"'
        return f"label={label(card, colours)}{frame}"

    ground = _CLEAR if frame is None else f'bgcolor="{colours.card}", {frame}'
    return _source(graph, written, look, _Ink(colours, ground, "shape=plain", attributes))


def skeleton(graph: Graph, written: Mapping[str, Card], look: Look = PLAIN) -> str:
    """DOT source that lays the graph out: boxes as large as the cards, and edges. Takes a fifth of the time of labels."""

    def attributes(card: Card) -> str:
        return f"width={card.width / 72:.4f}, height={card.height / 72:.4f}"

    return _source(graph, written, look, _Ink(LIGHT, _CLEAR, 'shape=box, fixedsize=true, label=""', attributes))


class _Ink(Struct, frozen=True):
    """How nodes are written: the colours, more attributes of the graph, and those of all nodes and of each card."""

    colours: Palette
    graph: str
    nodes: str
    attributes: Callable[[Card], str]


def _source(graph: Graph, written: Mapping[str, Card], look: Look, ink: _Ink) -> str:
    arrangement, colours = arrange(graph), ink.colours
    parts = [
        f"digraph {quote(graph.id)} {{",
        f"graph [rankdir={look.direction}, nodesep=0.3, ranksep=0.42, pad=0.1, {ink.graph}, {LIMITS}]",
        f'node [{ink.nodes}, fontname="sans-serif", fontsize=11]',
        f'edge [color="{colours.edge}", penwidth=1.3, arrowsize=0.75, fontname="sans-serif", fontsize=10]',
    ]
    boxes: dict[str | None, list[str]] = {}
    for node in graph.nodes:
        for drawn, group in _drawings(node, arrangement):
            far = drawn != node.id and node.kind not in ("leaf", "parameter", "constant")
            kind = f'"{node.kind} reference"' if far else node.kind
            own = ink.attributes(written[node.id + "~" if far else node.id])
            name = quote(drawn)
            boxes.setdefault(group, []).append(f"{name} [id={name}, class={kind}, {own}]")
    parts += boxes.get(None, ())
    parts += _clusters(graph, boxes, colours, CATALOGUES[look.lang].picture)
    for edge in graph.edges:
        start = arrangement.sources.get(edge.id, edge.source)
        # An edge drawn in place of several is labelled with their number.
        count = f', label=" ×{edge.count:,}", fontcolor="{colours.muted}"' if edge.count > 1 else ""
        parts.append(f"{quote(start)} -> {quote(edge.target)} [id={edge.id}{count}]")
    parts.append("}\n")
    return "\n".join(parts)


def _drawings(node: Node, arrangement: Arrangement) -> list[tuple[str, str | None]]:
    """The drawn ids of a node, each with the group that it is drawn in."""
    return [(drawn, arrangement.groups.get(drawn, node.group)) for drawn in arrangement.copies.get(node.id, (node.id,))]


def _clusters(graph: Graph, boxes: Mapping[str | None, list[str]], colours: Palette, words: PictureWords) -> list[str]:
    """The groups as clusters within clusters, with the boxes in them."""
    inner: dict[str | None, list[Group]] = {}
    for group in graph.groups:
        inner.setdefault(group.parent, []).append(group)
    lines: list[str] = []
    depth = 0
    waiting: list[Group | None] = [*reversed(inner.get(None, []))]
    while waiting:
        group = waiting.pop()
        if group is None:
            lines.append("}")
            depth -= 1
            continue
        fill = colours.inner_group if depth % 2 else colours.group
        depth += 1
        lines.append(
            f"subgraph {quote('cluster_' + group.id)} {{ id={quote(group.id)}; class={group.kind}; style=rounded; "
            f'color="{colours.group_line}"; bgcolor="{fill}"; fontcolor="{colours.group_ink}"; fontsize=11; '
            f'fontname="sans-serif"; labeljust=l; margin=10; label={quote(_title(group, words))}'
        )
        lines += boxes.get(group.id, ())
        waiting.append(None)
        waiting += reversed(inner.get(group.id, []))
    return lines


def _title(group: Group, words: PictureWords) -> str:
    if group.kind == "repetition":
        return words.round.format(round=f"{group.round:,}", rounds=f"{group.rounds:,}")
    path = shorten(group.label, _PATH_CHARS)
    return f"{path} · {short_type(group.type)}" if group.type else path
