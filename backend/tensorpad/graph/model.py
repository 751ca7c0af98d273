"""The graph model: one autograd graph as a person reads it, from leaves to result."""

from typing import Literal

from msgspec import Struct

from tensorpad.protocol.records import Span, Values

NodeKind = Literal["leaf", "parameter", "operation", "result", "elided"]


class Node(Struct, frozen=True):
    """One node.

    A leaf or parameter is a tensor together with its `AccumulateGrad` function; an operation is a backward function together
    with the tensor that the operation gave; the result is the operation that the graph was walked from. An elided node
    stands for `count` functions that are not shown.

    `id` is the tensor's id for a leaf (`t3`), else the function's (`f7`), and `rest` for the elided node. `label` is what to
    call the node in one line. `grad` is what accumulated in a leaf, and what arrived at an operation. `order` is the place
    in which the engine ran the function, from 0.
    """

    id: str
    kind: NodeKind
    label: str
    tensor: str | None = None
    names: tuple[str, ...] = ()
    shape: tuple[int, ...] | None = None
    dtype: str | None = None
    function: str | None = None
    expression: str | None = None
    span: Span | None = None
    order: int | None = None
    value: Values | None = None
    grad: Values | None = None
    count: int = 1


class Edge(Struct, frozen=True):
    """One edge in the forward direction, between node ids. `id` is `e1`, `e2`, … in the order of `Graph.edges`."""

    id: str
    source: str
    target: str


class Graph(Struct, frozen=True):
    """One graph. `root` is the id of the node that it was walked from; nodes are in forward order, inputs before uses.

    `elided` counts the functions that no node shows, whether they were left out here or never recorded.
    """

    id: str
    root: str
    root_name: str
    backward: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    elided: int = 0
