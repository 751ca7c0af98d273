"""Pictures of graphs, in English."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import DisplayText, NoGraphText, PictureWords, UndrawnText

PICTURE: Final = PictureWords(
    leaf="leaf",
    parameter="parameter",
    constant="constant",
    repeated="repeated",
    rounds="{count} more rounds",
    round="round {round} of {rounds}",
    module="module",
    inputs="{count} more",
    steps="inner steps",
    folded="{count} nodes",
    operation="operation",
    result="result",
    value="value",
    gradient="∇ .grad",
    passing="∇ passed through",
    scalar="scalar",
    elided="{count} more, not drawn",
    title="Computation graph of {name}",
    summary="{nodes} nodes, from leaves to result. ",
    node="{kind} {label} ({details}){inputs}. ",
    from_inputs=", from {names}",
    more="And {count} more.",
    hurried="Folded to {nodes} of {all} nodes: the layout of all took longer than {limit} s. Asking again may show more.",
)

DISPLAYS: Final[Mapping[DisplayText, str]] = {
    "too_many": "Only the first {most} graphs of a cell are drawn (limits.graphs).",
    "too_slow": "It could not be drawn within {limit:g} s.",
}

NO_GRAPH: Final[Mapping[NoGraphText, str]] = {
    "id": "The program has no graph {graph}. It has: {known}.",
    "none": "The program made no computation graph: no result depends on a tensor with requires_grad=True.",
    "root": "No graph has the root {of}. The program's graphs have the roots: {known}.",
    "part": "The graph has no folded node or module {name}. It has: {known}.",
}

UNDRAWN: Final[Mapping[UndrawnText, str]] = {
    "graph": (
        "The graph of {name} could not be drawn: {reason}. Ask for fewer nodes (max_nodes), "
        "or for graph.dot, which needs no drawing."
    ),
    "late": "no layout was found within {limit} s",
}
