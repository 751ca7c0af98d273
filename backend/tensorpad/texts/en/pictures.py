"""Pictures of graphs, in English."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import DisplayText, PictureWords

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
)

DISPLAYS: Final[Mapping[DisplayText, str]] = {
    "too_many": "Only the first {most} graphs of a cell are drawn (limits.graphs).",
    "too_slow": "It could not be drawn within {limit:g} s.",
}
