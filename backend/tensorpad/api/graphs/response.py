"""Graphs as they are sent: the model, with a picture."""

import math
from typing import Any

from msgspec import UNSET, UnsetType
from msgspec.structs import asdict, replace

from tensorpad.graph.model import Edge, Graph
from tensorpad.graph.shapes import without_values
from tensorpad.render.renderer import Picture

_EDGE_VALUES = 100
"""Elements of a gradient that an edge has. Most are those of a node too, and `backwards` has them all."""


class DrawnGraph(Graph, frozen=True, gc=False):
    """One autograd graph, and its picture. `svg` is null if it could not be drawn in time (`truncated` says so).

    `like` names a later graph of the run with the same structure: the one that the last round of a training loop made. Such
    a graph comes in a run's answer as an outline: without picture and DOT (`svg` and `dot` are null), values and gradients.
    `POST /api/v1/graph` with its id as `graph` answers with the whole of it.

    In the SVG a node has `data-node="<id>"`, an edge `data-edge="<id>"`, the frame of a group `data-group="<id>"`. Ids of
    elements differ from picture to picture, so that several can be in one page. A large gradient is null on an edge;
    `backwards` has it.
    """

    svg: str | UnsetType | None = UNSET
    """The picture; null for an outline, or if it could not be drawn in time; not there if it was not asked for."""
    dot: str | UnsetType | None = UNSET
    """The picture's source as DOT; null for an outline; not there if it was not asked for."""
    like: str | None = None
    """Id of a later graph of the run with the same structure; null if this one is told in full."""


def drawn(graph: Graph, picture: Picture | None, *, svg: bool = True, dot: bool = True) -> DrawnGraph:
    """A graph and its picture, as the picture shows it. `svg` and `dot` tell whether the picture and its source are sent."""
    shown = (picture and picture.shown) or graph
    members: dict[str, Any] = {**asdict(shown), "edges": tuple(map(_light, shown.edges))}
    if picture is None:
        return DrawnGraph(**members)
    return DrawnGraph(**members, svg=picture.svg if svg else UNSET, dot=picture.dot if dot else UNSET)


def outline(graph: Graph, like: str) -> DrawnGraph:
    """A graph without what makes it large, because the graph `like` shows the same structure."""
    return DrawnGraph(**asdict(without_values(graph)), svg=None, dot=None, like=like)


def _light(edge: Edge) -> Edge:
    large = edge.gradient is not None and math.prod(edge.gradient.shape) > _EDGE_VALUES
    return replace(edge, gradient=None) if large else edge
