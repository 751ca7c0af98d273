"""Which foldings of a graph a person can reach by clicks, and the pictures of these."""

from collections.abc import AsyncIterator, Mapping, Sequence

from msgspec import Raw

from tensorpad.api.encoding import json
from tensorpad.api.graphs.response import drawn
from tensorpad.api.runs.service import Service
from tensorpad.graph import builder, likeness
from tensorpad.graph.model import WHOLE, Choice, Graph
from tensorpad.protocol.errors import TensorpadError
from tensorpad.protocol.limits import KIB
from tensorpad.protocol.records import AutogradRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.recordings.recording import RecordedDrawing
from tensorpad.render.looks import Look
from tensorpad.texts import Lang

MOST = 8
"""Drawings of one run, beside those of its answer."""
MOST_BYTES = 384 * KIB

_Folds = tuple[tuple[str, ...], tuple[str, ...]]
"""Nodes to show and groups to fold, each in the order of the clicks, as the page asks for them."""
_UNFOLDED: _Folds = ((), ())


async def drawings(service: Service, trace: TraceRecord, lang: Lang) -> tuple[RecordedDrawing, ...]:
    """What an answer leaves undrawn (graphs that a later one is like), then what clicks lead to, nearest first."""
    made: list[RecordedDrawing] = []
    room = MOST_BYTES
    async for drawing in _drawings(service, trace, lang):
        room -= len(drawing.drawn)
        if room < 0 or len(made) == MOST:
            break
        made.append(drawing)
    return tuple(made)


async def _drawings(service: Service, trace: TraceRecord, lang: Lang) -> AsyncIterator[RecordedDrawing]:
    limits = service.limits
    records = {record.id: record for record in trace.graphs[: limits.graphs]}
    graphs = [builder.build(trace, record, limits.drawn_nodes) for record in records.values()]
    like = likeness.later(graphs)
    for graph in reversed(graphs):
        if graph.id in like and (made := await _drawn(service, graph, _UNFOLDED, lang)) is not None:
            yield made
    waiting = [(graph.id, folds) for graph in reversed(graphs) if graph.id not in like for folds in _next(graph, _UNFOLDED)]
    seen = set(waiting)
    for graph_id, folds in waiting:
        graph = _folded(service, trace, records, graph_id, folds)
        made = await _drawn(service, graph, folds, lang)
        if made is None:
            continue
        yield made
        further = [(graph_id, after) for after in _next(graph, folds)]
        # What is appended is visited, too: so the nearest come first.
        waiting += [way for way in further if way not in seen]
        seen.update(further)


def _folded(
    service: Service, trace: TraceRecord, records: Mapping[str, AutogradRecord], graph_id: str, folds: _Folds
) -> Graph:
    choice = Choice(frozenset(folds[0]), frozenset(folds[1])) if folds != _UNFOLDED else WHOLE
    return builder.build(trace, records[graph_id], service.limits.drawn_nodes, choice)


async def _drawn(service: Service, graph: Graph, folds: _Folds, lang: Lang) -> RecordedDrawing | None:
    """None if it cannot be drawn in time."""
    try:
        picture = await service.drawer.draw_graph(graph, Look(lang=lang))
    except TensorpadError:
        return None
    if picture.svg is None:
        return None
    return RecordedDrawing(graph.id, *folds, Raw(json(drawn(graph, picture, dot=False))))


def _next(graph: Graph, folds: _Folds) -> Sequence[_Folds]:
    """What one click leads to: to open a folded node is to show its first member, to close a module is to fold it."""
    opened, closed = folds
    ways: list[_Folds] = [((*opened, fold.members[0]), closed) for fold in graph.folded if fold.members]
    parents = {group.id: group.parent for group in graph.groups}

    def within(node_group: str | None, group: str) -> bool:
        while node_group is not None and node_group != group:
            node_group = parents.get(node_group)
        return node_group is not None

    groups = {node.id: node.group for node in graph.nodes}
    for group in graph.groups:
        if group.kind == "module":
            still = tuple(node for node in opened if not within(groups.get(node), group.id))
            ways.append((still, (*(other for other in closed if other != group.id), group.id)))
    return ways
