"""A graph as DOT source that looks as torchviz draws it.

Light blue boxes for leaves with their name and shape, a grey box for each backward function, `AccumulateGrad` among them,
and a green box for the result. Constants are not drawn. The dark theme has the same hues.
"""

from msgspec import Struct

from tensorpad.graph.model import Graph, Node
from tensorpad.render.layout import LIMITS, arrange
from tensorpad.render.looks import PLAIN, Look
from tensorpad.render.text import quote, shorten
from tensorpad.texts import CATALOGUES, Lang


class _Colours(Struct, frozen=True):
    """The ground, ink and boxes of a theme."""

    ground: str
    ink: str
    function: str
    leaf: str
    result: str


_LIGHT = _Colours("white", "black", "lightgrey", "lightblue", "darkolivegreen1")
_DARK = _Colours("#1a202a", "#e7ecf3", "#3d4654", "#23506b", "#46602a")


def source(graph: Graph, look: Look = PLAIN, frame: str | None = None) -> str:
    """DOT source of `graph`. Boxes that torchviz draws beside a node's own carry its id and a suffix.

    `frame` has the attributes of a bitmap.
    """
    arrangement, colours = arrange(graph), _DARK if look.theme == "dark" else _LIGHT
    more = "" if frame is None else f", {frame}"
    parts = [
        f"digraph {quote(graph.id)} {{",
        f"graph [rankdir={look.direction}, ranksep=0.25, nodesep=0.25, pad=0.1, "
        f"bgcolor={quote(colours.ground)}, {LIMITS}{more}]",
        f"node [shape=box, style=filled, fillcolor={quote(colours.function)}, color={quote(colours.ink)}, "
        f'fontcolor={quote(colours.ink)}, fontname="monospace", fontsize=10, height=0.2]',
        f"edge [arrowsize=0.7, color={quote(colours.ink)}]",
    ]
    starts: dict[str, str] = {}
    for node in graph.nodes:
        drawn = arrangement.copies.get(node.id, (node.id,))
        if node.kind in ("leaf", "parameter"):
            for name in drawn:
                parts += _leaf(name, node, colours)
                if node.function:
                    starts[name] = _gradient(name)
        elif node.kind == "operation":
            parts += [_box(name, node.kind, shorten(node.function or node.label, 60)) for name in drawn]
        else:
            parts += _single(node, graph, look.lang, colours)
    constants = {node.id for node in graph.nodes if node.kind == "constant"}
    for edge in graph.edges:
        if edge.source not in constants:
            start = arrangement.sources.get(edge.id, edge.source)
            parts.append(f"{quote(starts.get(start, start))} -> {quote(edge.target)} [id={quote(edge.id)}]")
    parts.append("}\n")
    return "\n".join(parts)


def _leaf(name: str, node: Node, colours: _Colours) -> list[str]:
    """A leaf drawn as `name`, with the function that accumulates its gradient."""
    boxes = [_box(name, node.kind, _tensor_text(node, node.label), colours.leaf)]
    if node.function:
        function = _gradient(name)
        boxes.append(_box(function, "operation", shorten(_short(node.function), 60)))
        boxes.append(f"{quote(name)} -> {quote(function)}")
    return boxes


def _gradient(name: str) -> str:
    return f"{name}-grad"


def _single(node: Node, graph: Graph, lang: Lang, colours: _Colours) -> list[str]:
    """A node that is never drawn twice."""
    match node.kind:
        case "result":
            output = f"{node.id}-out"
            return [
                _box(node.id, node.kind, shorten(node.function or node.label, 60)),
                _box(output, node.kind, _tensor_text(node, graph.root_name), colours.result),
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
