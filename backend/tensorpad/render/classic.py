"""A graph as DOT source that looks as torchviz draws it.

Light blue boxes for leaves with their name and shape, a grey box for each backward function, `AccumulateGrad` among them,
and a green box for the result. Constants are not drawn.
"""

from tensorpad.graph.model import Graph, Node
from tensorpad.render.layout import LIMITS, place
from tensorpad.render.text import quote, shorten
from tensorpad.texts import CATALOGUES, Lang


def source(graph: Graph, lang: Lang = "en") -> str:
    """DOT source of `graph`. Boxes that torchviz draws beside a node's own carry its id and a suffix."""
    placed = place(graph)
    parts = [
        f"digraph {quote(graph.id)} {{",
        f'graph [ranksep=0.25, nodesep=0.25, pad=0.1, bgcolor="white", {LIMITS}]',
        'node [shape=box, style=filled, fillcolor="lightgrey", fontname="monospace", fontsize=10, height=0.2]',
        "edge [arrowsize=0.7]",
    ]
    starts: dict[str, str] = {}
    constants = {node.id for node in graph.nodes if node.kind == "constant"}
    for node in graph.nodes:
        match node.kind:
            case "leaf" | "parameter":
                for drawn in placed.copies.get(node.id, (node.id,)):
                    parts.append(_box(drawn, node.kind, _tensor_text(node, node.label), "lightblue"))
                    if node.function:
                        starts[drawn] = f"{drawn}-grad"
                        parts.append(_box(starts[drawn], "operation", shorten(_short(node.function), 60)))
                        parts.append(f"{quote(drawn)} -> {quote(starts[drawn])}")
            case "operation":
                for drawn in placed.copies.get(node.id, (node.id,)):
                    parts.append(_box(drawn, node.kind, shorten(node.function or node.label, 60)))
            case "result":
                parts.append(_box(node.id, node.kind, shorten(node.function or node.label, 60)))
                parts.append(_box(f"{node.id}-out", node.kind, _tensor_text(node, graph.root_name), "darkolivegreen1"))
                parts.append(f"{quote(node.id)} -> {quote(node.id + '-out')}")
            case "constant":
                continue
            case "folded":
                parts.append(_box(node.id, node.kind, shorten(f"{node.count} × {node.label}", 60)))
            case "elided":
                parts.append(_box(node.id, node.kind, CATALOGUES[lang].picture.elided.format(count=node.count)))
    for edge in graph.edges:
        if edge.source in constants:
            continue
        start = placed.sources.get(edge.id, edge.source)
        parts.append(f"{quote(starts.get(start, start))} -> {quote(edge.target)} [id={quote(edge.id)}]")
    parts.append("}\n")
    return "\n".join(parts)


def _box(drawn: str, kind: str, text: str, fill: str | None = None) -> str:
    colour = f', fillcolor="{fill}"' if fill else ""
    return f"{quote(drawn)} [id={quote(drawn)}, class={kind}, label={quote(text)}{colour}]"


def _short(function: str) -> str:
    return function.rsplit("::", 1)[-1]


def _tensor_text(node: Node, name: str) -> str:
    shape = f"({', '.join(map(str, node.shape))})" if node.shape is not None else ""
    return "\n".join(part for part in (shorten(name, 60), shape) if part)
