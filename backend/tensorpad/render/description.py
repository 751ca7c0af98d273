"""A graph in words, for those who do not see it."""

from tensorpad.graph.model import Graph, Node
from tensorpad.render.cards import kind_word, size_text
from tensorpad.render.text import shorten
from tensorpad.render.words import Lang, words

_TOLD = 60
"""Nodes that are told one by one."""


def title(graph: Graph, lang: Lang = "en") -> str:
    """One line that says what the graph is of."""
    return words(lang).title.format(name=shorten(graph.root_name, 60))


def text(graph: Graph, lang: Lang = "en") -> str:
    """Every node with its kind, shape and inputs, in forward order; of a large graph, those nearest the result."""
    language = words(lang)
    labels = {node.id: shorten(node.label, 60) for node in graph.nodes}
    inputs: dict[str, list[str]] = {}
    for edge in graph.edges:
        inputs.setdefault(edge.target, []).append(labels.get(edge.source, edge.source))
    parts = [language.summary.format(nodes=len(graph.nodes))]
    for node in graph.nodes[-_TOLD:]:
        names = language.from_inputs.format(names=", ".join(inputs[node.id])) if node.id in inputs else ""
        details = ", ".join(part for part in (_function(node), size_text(node, language)) if part)
        told = language.node.format(kind=kind_word(node, language), label=labels[node.id], details=details, inputs=names)
        parts.append(told.replace(" ()", "").replace("（）", ""))
    if len(graph.nodes) > _TOLD:
        parts.append(language.more.format(count=len(graph.nodes) - _TOLD))
    return "".join(parts).strip()


def hint(node: Node, lang: Lang = "en") -> str:
    """One line about a node, to show where it is pointed at."""
    language = words(lang)
    names = ", ".join(node.names)
    called = f"{names} = {node.expression}" if names and node.expression else names or node.expression or ""
    parts = (kind_word(node, language), shorten(called, 200), _function(node), size_text(node, language))
    return " · ".join(part for part in parts if part)


def _function(node: Node) -> str:
    return shorten(node.function or "", 60) if node.kind in ("operation", "result") else ""
