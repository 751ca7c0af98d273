"""The tensors that graphs start from: which graphs a report has, and what the program calls their roots."""

from types import FrameType
from typing import Any

import torch

from tensorpad.trace.backward.graphs import Graph, Graphs, Room, function_of
from tensorpad.trace.base.internals import calling_frame, engine_callers
from tensorpad.trace.forward.log import Log
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.memory.tracked import is_leaf
from tensorpad.trace.program.call_sites import CallSites
from tensorpad.trace.program.cells import Cells, is_call


def all_graphs(graphs: Graphs, roots: list[tuple[str, Any]], limit: int) -> list[Graph]:
    """At most `limit` graphs: the newest of those with a backward pass, then one for each root that is not shown already.

    `roots` are names and tensors (None for one that is gone). A tensor of one element is a root unless a graph starts
    from it; one of several elements is, unless it is part of any graph.
    """
    room = graphs.room_beside_the_newest()
    shown = {id(graph.functions[0].mark) for graph in graphs.newest}
    added = _walk(graphs, [root for root in roots if _is_root(root[1], True)], shown, room, whole=False)
    shown.update(id(seen.mark) for graph in (*graphs.newest, *added) for seen in graph.functions)
    # Later ones first: they tend to lead to the earlier ones.
    several = [root for root in reversed(roots) if _is_root(root[1], False)]
    added += _walk(graphs, several, shown, room, whole=True)
    most = limit - bool(graphs.newest)
    graphs.dropped = graphs.dropped or len(added) > most
    added = added[:most]
    graphs.make_room(len(added), sum(len(graph.functions) for graph in added))
    return [*graphs.newest, *added]


def _is_root(tensor: Any, scalar: bool) -> bool:
    return tensor is not None and tensor.requires_grad and not is_leaf(tensor) and (tensor.numel() == 1) is scalar


def _walk(graphs: Graphs, roots: list[tuple[str, Any]], shown: set[int], room: Room, whole: bool) -> list[Graph]:
    added: list[Graph] = []
    for name, tensor in roots:
        try:
            function = function_of(tensor)
            if id(graphs.mark(function)) in shown:
                continue
            if not room:
                graphs.crowded = True
                break
            graph, _ = graphs.walk(function, name, False, room)
        except Exception:
            continue
        added.append(graph)
        shown.update(id(seen.mark) for seen in (graph.functions if whole else graph.functions[:1]))
    return added


_OURS = "tensorpad.trace."


class RootNames:
    """Finds names in a run, whose variables are in `namespace`."""

    def __init__(self, namespace: dict[str, Any], cells: Cells, sites: CallSites, sightings: Sightings, log: Log) -> None:
        self._namespace = namespace
        self._cells = cells
        self._sites = sites
        self._sightings = sightings
        self._log = log

    def of(self, root: Any) -> str:
        """A variable, or else the source that made it or that calls `backward` on it."""
        for name, value in list(self._namespace.items()):
            if value is root and not name.startswith("_"):
                return name
        return self._called() or self._made(root) or "output"

    def _called(self) -> str | None:
        """The source of the call, where it is the program's and not a library's on its behalf."""
        frame = calling_frame(1)
        own = self._cells.nearest(frame)
        if own is None or not _is_direct(frame, own):
            return None
        text = self._sites.own(own)[1].expression
        head, method, _ = (text or "").rpartition(".backward")
        return head if method else text

    def _made(self, root: Any) -> str | None:
        """The source of the operation that made it."""
        mark = self._sightings.of(root).mark if isinstance(root, torch.Tensor) else None
        place = None if mark is None or mark.operation is None else self._log.place(mark.operation)
        return None if place is None else self._log.records[place].expression


def _is_direct(frame: FrameType | None, own: FrameType) -> bool:
    """Whether nothing but torch's way to the engine, and we, stand between `own` and `frame`."""
    while frame is not None and frame is not own:
        ours = str(frame.f_globals.get("__name__")).startswith(_OURS)
        if not ours and frame.f_code.co_filename not in engine_callers and not is_call(frame.f_code):
            return False
        frame = frame.f_back
    return True
