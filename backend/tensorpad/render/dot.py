"""A graph as DOT source in the `tensorpad` style."""

from collections.abc import Callable, Mapping

from tensorpad.graph.model import Graph, Node
from tensorpad.render.cards import Card, card
from tensorpad.render.labels import label
from tensorpad.render.layout import LIMITS, place
from tensorpad.render.text import quote
from tensorpad.render.themes import LIGHT, Theme, palette
from tensorpad.render.words import Lang, words


def cards(graph: Graph, lang: Lang = "en") -> dict[str, Card]:
    """The card of each node."""
    language = words(lang)
    return {node.id: card(node, language) for node in graph.nodes}


def source(graph: Graph, written: Mapping[str, Card], theme: Theme = "light", background: bool = False) -> str:
    """DOT source that shows all that the cards say, for PNG and for use elsewhere.

    `background` fills behind the graph, for formats that are not laid over a page.
    """
    colours = palette(theme)

    def attributes(node: Node) -> str:
        frame = ""
        if node.kind == "result":
            frame = f', shape=box, style=rounded, margin="0.05,0.05", penwidth=1.6, color="{colours.result_line}"'
        return f"label={label(written[node.id], colours)}{frame}"

    return _source(graph, attributes, colours.edge, colours.card if background else "transparent")


def skeleton(graph: Graph, written: Mapping[str, Card]) -> str:
    """DOT source that lays the graph out: boxes as large as the cards, and edges. Takes a fifth of the time of labels."""

    def attributes(node: Node) -> str:
        size = written[node.id]
        return f"width={size.width / 72:.4f}, height={size.height / 72:.4f}"

    node_defaults = 'shape=box, fixedsize=true, label=""'
    return _source(graph, attributes, LIGHT.edge, "transparent", node_defaults)


def _source(
    graph: Graph, attributes: Callable[[Node], str], edge: str, behind: str, node_defaults: str = "shape=plain"
) -> str:
    placed = place(graph)
    parts = [
        f"digraph {quote(graph.id)} {{",
        f'graph [rankdir=TB, nodesep=0.3, ranksep=0.42, pad=0.1, bgcolor="{behind}", {LIMITS}]',
        f'node [{node_defaults}, fontname="sans-serif", fontsize=11]',
        f'edge [color="{edge}", penwidth=1.3, arrowsize=0.75]',
    ]
    for node in graph.nodes:
        own = attributes(node)
        for drawn in placed.copies.get(node.id, (node.id,)):
            name = quote(drawn)
            parts.append(f"{name} [id={name}, class={node.kind}, {own}]")
    for edge_ in graph.edges:
        start = placed.sources.get(edge_.id, edge_.source)
        parts.append(f"{quote(start)} -> {quote(edge_.target)} [id={edge_.id}]")
    parts.append("}\n")
    return "\n".join(parts)
