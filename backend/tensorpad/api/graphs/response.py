"""Graphs as they are sent."""

import math

from msgspec.structs import replace

from tensorpad.api.graphs.schemas import EdgeBody, FoldBody, GraphBody, GroupBody, NodeBody
from tensorpad.api.runs.step_responses import span_body
from tensorpad.api.runs.values import values_body
from tensorpad.graph.model import Edge, Graph, Node
from tensorpad.render.renderer import Picture

_EDGE_VALUES = 100
"""Elements of a gradient that an edge tells. Most are those of a node too, and `backwards` has them all."""


def graph_body(graph: Graph, picture: Picture) -> GraphBody:
    """A graph and its picture, as the picture shows it."""
    return _body(picture.shown or graph, picture.svg, picture.dot, None)


def outline_body(graph: Graph, like: str) -> GraphBody:
    """A graph without what makes it large, because the graph `like` shows the same structure."""
    nodes = tuple(replace(node, value=None, grad=None) for node in graph.nodes)
    edges = tuple(replace(edge, gradient=None) for edge in graph.edges)
    return _body(replace(graph, nodes=nodes, edges=edges), None, None, like)


def _body(shown: Graph, svg: str | None, dot: str | None, like: str | None) -> GraphBody:
    return GraphBody(
        id=shown.id,
        root=shown.root,
        root_name=shown.root_name,
        backward=shown.backward,
        nodes=[_node(node) for node in shown.nodes],
        edges=[_edge(edge) for edge in shown.edges],
        svg=svg,
        dot=dot,
        groups=[
            GroupBody(one.id, one.kind, one.label, one.type, one.call, one.parent, one.round, one.rounds)
            for one in shown.groups
        ],
        folded=[
            FoldBody(one.id, one.kind, one.label, one.count, list(one.members), list(one.pattern), one.type)
            for one in shown.folded
        ],
        elided=shown.elided,
        like=like,
    )


def _edge(edge: Edge) -> EdgeBody:
    gradient = edge.gradient
    if gradient is not None and math.prod(gradient.shape) > _EDGE_VALUES:
        gradient = None
    return EdgeBody(edge.id, edge.source, edge.target, edge.tensor, gradient and values_body(gradient), edge.count)


def _node(node: Node) -> NodeBody:
    return NodeBody(
        id=node.id,
        kind=node.kind,
        label=node.label,
        tensor=node.tensor,
        names=list(node.names),
        shape=None if node.shape is None else list(node.shape),
        dtype=node.dtype,
        function=node.function,
        expression=node.expression,
        span=span_body(node.span),
        order=node.order,
        value=node.value and values_body(node.value),
        grad=node.grad and values_body(node.grad),
        count=node.count,
        operation=node.operation,
        call=node.call,
        within=node.within,
        arguments=list(node.arguments),
        group=node.group,
    )
