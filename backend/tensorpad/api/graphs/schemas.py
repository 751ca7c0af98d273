"""The parts of a response that tell of graphs, forward and backward at once."""

from dataclasses import dataclass
from typing import Literal

from tensorpad.api.runs.value_schemas import SpanBody, ValuesBody


@dataclass(frozen=True, slots=True)
class NodeBody:
    """One node of a drawn graph. In the SVG its elements carry `data-node="<id>"`, and the id `<graph>-<id>`.

    A leaf, parameter, constant or result stands for a tensor, an operation for a backward function and its output. A folded
    node stands for `count` others, which `folded` lists; an elided node for `count` that are not drawn. `operation` is the
    forward operation and `call` its name; `within` the operation of which the function is an inner step; `arguments` what
    the operation was given besides tensors. `group` is the innermost group.
    """

    id: str
    kind: Literal["leaf", "parameter", "constant", "operation", "result", "folded", "elided"]
    label: str
    tensor: str | None
    names: list[str]
    shape: list[int] | None
    dtype: str | None
    function: str | None
    expression: str | None
    span: SpanBody | None
    order: int | None
    value: ValuesBody | None
    grad: ValuesBody | None
    count: int
    operation: str | None
    call: str | None
    within: str | None
    arguments: list[str]
    group: str | None


@dataclass(frozen=True, slots=True)
class EdgeBody:
    """One edge, in the forward direction. In the SVG it carries `data-edge="<id>"`, and the id `<graph>-<id>`.

    `tensor` went forward along it; `gradient` came back, and is null where none did, or where it is large (`backwards` has
    it then). `count` edges are drawn as one where they lead to or from a folded node.
    """

    id: str
    source: str
    target: str
    tensor: str | None
    gradient: ValuesBody | None
    count: int


@dataclass(frozen=True, slots=True)
class GroupBody:
    """Nodes that belong together. In the SVG they are in a frame with `data-group="<id>"`, and the id `<graph>-<id>`.

    `module`: what one call of a module did; `label` is its path, `type` its class. `repetition`: round `round` of `rounds`.
    `parent` is the group around it.
    """

    id: str
    kind: Literal["module", "repetition"]
    label: str
    type: str | None
    call: int | None
    parent: str | None
    round: int
    rounds: int


@dataclass(frozen=True, slots=True)
class FoldBody:
    """What one folded or elided node stands for; `id` is the node's. `members` are the ids of the nodes that it hides.

    `operation`: inner steps of one operation (`label`). `repetition`: `count` rounds like the first and the last, which are
    drawn; `pattern` says what a round does. `module`: a call of a module. `inputs`: `count` inputs that nothing tells apart.
    `rest`: `count` nodes too far from the root, of which `members` are those that were recorded.
    """

    id: str
    kind: Literal["operation", "repetition", "module", "inputs", "rest"]
    label: str
    count: int
    members: list[str]
    pattern: list[str]
    type: str | None


@dataclass(frozen=True, slots=True)
class GraphBody:
    """One autograd graph, and its picture. `svg` is null where it could not be drawn in time (`truncated` says so).

    `like` names a later graph of the run with the same structure: the one that the last round of a training loop made. Such
    a graph comes in a run's answer as an outline: without picture and DOT (`svg` and `dot` are null), values and gradients.
    `POST /api/v1/graph` with its id as `graph` answers with the whole of it. `elided` counts what the elided node stands
    for.
    """

    id: str
    root: str
    root_name: str
    backward: bool
    nodes: list[NodeBody]
    edges: list[EdgeBody]
    svg: str | None
    dot: str | None
    groups: list[GroupBody]
    folded: list[FoldBody]
    elided: int
    like: str | None
