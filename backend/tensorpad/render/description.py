"""A graph in words, for those who do not see it."""

from tensorpad.graph.model import Fold, Graph, Node
from tensorpad.protocol.records import Values
from tensorpad.render.cards import kind_word, size_text
from tensorpad.render.grids import lines
from tensorpad.render.text import shorten
from tensorpad.texts import CATALOGUES, Lang
from tensorpad.texts.catalogue import PictureWords

_ROWS = 4
"""Lines of a gradient in a hint."""
_LISTED = 60
"""Nodes that are described one by one."""


def title(graph: Graph, lang: Lang = "en") -> str:
    """One line that says what the graph is of."""
    return CATALOGUES[lang].picture.title.format(name=shorten(graph.root_name, 60))


def text(graph: Graph, lang: Lang = "en") -> str:
    """Every node with its kind, shape and inputs, in forward order; of a large graph, those nearest the result."""
    words = CATALOGUES[lang].picture
    folds = {fold.id: fold for fold in graph.folded}
    labels = {node.id: shorten(node.label, 60) for node in graph.nodes}
    inputs: dict[str, list[str]] = {}
    for edge in graph.edges:
        inputs.setdefault(edge.target, []).append(labels.get(edge.source, edge.source))
    parts = [words.summary.format(nodes=len(graph.nodes))]
    for node in graph.nodes[-_LISTED:]:
        names = words.from_inputs.format(names=", ".join(inputs[node.id])) if node.id in inputs else ""
        details = ", ".join(part for part in (_function(node), size_text(node, words)) if part)
        sentence = words.node.format(
            kind=kind_word(node, words, folds.get(node.id)), label=labels[node.id], details=details, inputs=names
        )
        parts.append(sentence.replace(" ()", "").replace("（）", ""))
    if len(graph.nodes) > _LISTED:
        parts.append(words.more.format(count=len(graph.nodes) - _LISTED))
    return "".join(parts).strip()


def hints(graph: Graph, lang: Lang = "en") -> dict[str, str]:
    """One line about each node, and about each edge that brought a share of a gradient, to show under the pointer."""
    words = CATALOGUES[lang].picture
    folds = {fold.id: fold for fold in graph.folded}
    hints = {node.id: _hint(node, folds.get(node.id), words) for node in graph.nodes}
    grads = {node.id: node.grad for node in graph.nodes}
    for edge in graph.edges:
        # Most edges bring all of the gradient, which is in the hint of the node.
        if edge.gradient is not None and edge.gradient != grads.get(edge.source):
            hints[edge.id] = f"{words.passing}: {_numbers(edge.gradient)}"
    return hints


def _numbers(values: Values) -> str:
    rows = lines(values)
    return " ".join((*rows[:_ROWS], "…") if len(rows) > _ROWS else rows)


def _hint(node: Node, fold: Fold | None, words: PictureWords) -> str:
    names = ", ".join(node.names)
    called = f"{names} = {node.expression}" if names and node.expression else names or node.expression or ""
    if fold is not None:
        called = "; ".join(fold.pattern) or (fold.label if fold.title == fold.label else f"{fold.title}: {fold.label}")
    count = words.folded.format(count=f"{node.count:,}") if fold is not None and node.kind == "folded" else ""
    parts = (kind_word(node, words, fold), shorten(called, 200), _function(node), size_text(node, words), count)
    return " · ".join(part for part in parts if part)


def _function(node: Node) -> str:
    return shorten(node.function or "", 60) if node.kind in ("operation", "result", "folded") else ""
