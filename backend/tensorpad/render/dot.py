"""A graph as DOT source in the `tensorpad` style."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from tensorpad.graph.model import Graph, Group, Node
from tensorpad.render.cards import Card, card, reference, short_type
from tensorpad.render.labels import label
from tensorpad.render.layout import LIMITS, Arrangement, arrange
from tensorpad.render.text import quote, shorten
from tensorpad.render.themes import LIGHT, Palette, Theme, palette
from tensorpad.texts import CATALOGUES, Lang
from tensorpad.texts.catalogue import PictureWords

_PATH_CHARS = 60


def cards(graph: Graph, lang: Lang = "en") -> dict[str, Card]:
    """The card of each node, and with a `~` after its id the small one that stands for an operation far from its own."""
    words = CATALOGUES[lang].picture
    folds = {fold.id: fold for fold in graph.folded}
    modules = {group.id: group.label for group in graph.groups if group.kind == "module"}
    written = {node.id: card(node, words, folds.get(node.id), modules.get(node.group or "", "")) for node in graph.nodes}
    copies = arrange(graph).copies
    written.update((node.id + "~", reference(node)) for node in graph.nodes if node.id in copies)
    return written


def source(
    graph: Graph, written: Mapping[str, Card], theme: Theme = "light", background: bool = False, lang: Lang = "en"
) -> str:
    """DOT source that shows all that the cards say, for PNG and for use elsewhere.

    `background` fills behind the graph, for formats that are not laid over a page.
    """
    colours = palette(theme)

    def attributes(card: Card) -> str:
        frame = ""
        if card.kind == "result":
            frame = f', shape=box, style=rounded, margin="0.05,0.05", penwidth=1.6, color="{colours.result_line}"'
        elif card.kind == "folded":
            frame = f', shape=box3d, margin="0.08,0.08", color="{colours.folded_line}"'
        return f"label={label(card, colours)}{frame}"

    look = _Look(colours, colours.card if background else "transparent", "shape=plain", attributes)
    return _source(graph, written, look, CATALOGUES[lang].picture)


def skeleton(graph: Graph, written: Mapping[str, Card], lang: Lang = "en") -> str:
    """DOT source that lays the graph out: boxes as large as the cards, and edges. Takes a fifth of the time of labels."""

    def attributes(card: Card) -> str:
        return f"width={card.width / 72:.4f}, height={card.height / 72:.4f}"

    look = _Look(LIGHT, "transparent", 'shape=box, fixedsize=true, label=""', attributes)
    return _source(graph, written, look, CATALOGUES[lang].picture)


class _Look(Struct, frozen=True):
    """How nodes are drawn: the colours, the colour behind the graph, and the attributes of all nodes and of each card."""

    colours: Palette
    behind: str
    node_defaults: str
    attributes: Callable[[Card], str]


def _source(graph: Graph, written: Mapping[str, Card], look: _Look, words: PictureWords) -> str:
    arrangement, colours = arrange(graph), look.colours
    parts = [
        f"digraph {quote(graph.id)} {{",
        f'graph [rankdir=TB, nodesep=0.3, ranksep=0.42, pad=0.1, bgcolor="{look.behind}", {LIMITS}]',
        f'node [{look.node_defaults}, fontname="sans-serif", fontsize=11]',
        f'edge [color="{colours.edge}", penwidth=1.3, arrowsize=0.75, fontname="sans-serif", fontsize=10]',
    ]
    boxes: dict[str | None, list[str]] = {}
    for node in graph.nodes:
        for drawn, group in _drawings(node, arrangement):
            far = drawn != node.id and node.kind not in ("leaf", "parameter", "constant")
            kind = f'"{node.kind} reference"' if far else node.kind
            own = look.attributes(written[node.id + "~" if far else node.id])
            name = quote(drawn)
            boxes.setdefault(group, []).append(f"{name} [id={name}, class={kind}, {own}]")
    parts += boxes.get(None, ())
    parts += _clusters(graph, boxes, colours, words)
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
