"""A graph as DOT source that looks as torchviz draws it.

Light blue boxes for leaves with their name and shape, a grey box for each backward function, `AccumulateGrad` among them,
and a green box for the result. Constants are not drawn.
"""

from tensorpad.graph.model import Graph, Node
from tensorpad.render.layout import LIMITS, arrange
from tensorpad.render.text import quote, shorten
from tensorpad.texts import CATALOGUES, Lang


def source(graph: Graph, lang: Lang = "en") -> str:
    """DOT source of `graph`. Boxes that torchviz draws beside a node's own carry its id and a suffix."""
    arrangement = arrange(graph)
    parts = [
        f"digraph {quote(graph.id)} {{",
        f'graph [ranksep=0.25, nodesep=0.25, pad=0.1, bgcolor="white", {LIMITS}]',
        'node [shape=box, style=filled, fillcolor="lightgrey", fontname="monospace", fontsize=10, height=0.2]',
        "edge [arrowsize=0.7]",
    ]
    starts: dict[str, str] = {}
    for node in graph.nodes:
        drawn = arrangement.copies.get(node.id, (node.id,))
        if node.kind in ("leaf", "parameter"):
            for name in drawn:
                parts += _leaf(name, node)
                if node.function:
                    starts[name] = _gradient(name)
        elif node.kind == "operation":
            parts += [_box(name, node.kind, shorten(node.function or node.label, 60)) for name in drawn]
        else:
            parts += _single(node, graph, lang)
    constants = {node.id for node in graph.nodes if node.kind == "constant"}
    for edge in graph.edges:
        if edge.source not in constants:
            start = arrangement.sources.get(edge.id, edge.source)
            parts.append(f"{quote(starts.get(start, start))} -> {quote(edge.target)} [id={quote(edge.id)}]")
    parts.append("}\n")
    return "\n".join(parts)


def _leaf(name: str, node: Node) -> list[str]:
    """A leaf drawn as `name`, with the function that accumulates its gradient."""
    boxes = [_box(name, node.kind, _tensor_text(node, node.label), "lightblue")]
    if node.function:
        function = _gradient(name)
        boxes.append(_box(function, "operation", shorten(_short(node.function), 60)))
        boxes.append(f"{quote(name)} -> {quote(function)}")
    return boxes


def _gradient(name: str) -> str:
    return f"{name}-grad"


def _single(node: Node, graph: Graph, lang: Lang) -> list[str]:
    """A node that is never drawn twice."""
    match node.kind:
        case "result":
            output = f"{node.id}-out"
            return [
                _box(node.id, node.kind, shorten(node.function or node.label, 60)),
                _box(output, node.kind, _tensor_text(node, graph.root_name), "darkolivegreen1"),
                f"{quote(node.id)} -> {quote(output)}",
            ]
        case "folded":
            return [_box(node.id, node.kind, shorten(f"{node.count} × {node.label}", 60))]
        case "elided":
            return [_box(node.id, node.kind, CATALOGUES[lang].picture.elided.format(count=node.count))]
        case _:
            return []


def _box(drawn: str, kind: str, text: str, fill: str | None = None) -> str:
    colour = f', fillcolor="{fill}"' if fill else ""
    return f"{quote(drawn)} [id={quote(drawn)}, class={kind}, label={quote(text)}{colour}]"


def _short(function: str) -> str:
    return function.rsplit("::", 1)[-1]


def _tensor_text(node: Node, name: str) -> str:
    shape = f"({', '.join(map(str, node.shape))})" if node.shape is not None else ""
    return "\n".join(part for part in (shorten(name, 60), shape) if part)
