"""The tensors that graphs start from: which graphs a report has, and what the program calls their roots."""

from types import FrameType
from typing import Any

import torch

from tensorpad.trace.backward.graphs import Graph, Graphs, WalkAllowance, function_of
from tensorpad.trace.base.attributes import numel, requires_grad_of
from tensorpad.trace.base.internals import calling_frame, engine_callers
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.tracked import is_leaf
from tensorpad.trace.program.cells import is_call

_MEMBERS = 64
"""Most members whose graphs are looked for: a list of losses can hold thousands of graphs alive."""
_Roots = list[tuple[str, Any]]
"""Names and tensors (None for one that is gone)."""


def all_graphs(graphs: Graphs, roots: _Roots, members: _Roots, limit: int) -> list[Graph]:
    """At most `limit` graphs: the newest of those with a backward pass, then one for each root that is not shown already.

    A tensor of one element is a root unless a graph starts from it; one of several elements is, unless it is part of any
    graph. What the program had drawn, and the `members` of its lists, dictionaries and objects, are roots if no other graph
    has them. Their graphs come first, because the last one is the one that is meant where none is named.
    """
    allowance = graphs.allowance_beside_the_newest()
    shown = {id(graph.functions[0].info) for graph in graphs.newest}
    single = _walk(graphs, [root for root in roots if _is_root(root[1], True)], shown, allowance, whole=False)
    shown.update(id(function.info) for graph in (*graphs.newest, *single) for function in graph.functions)
    # Later ones first: they tend to lead to the earlier ones, and the last of all is kept where there are too many.
    several = _walk(graphs, [root for root in reversed(roots) if _is_root(root[1], False)], shown, allowance, whole=True)
    added = [*single, *several]
    inner = _beside(graphs, members, [*graphs.newest, *added], allowance)
    most = limit - bool(graphs.newest)
    inner = inner[: max(0, most - len(added))]
    graphs.leave_out(dropped=len(added) > most)
    added = [*single[:most], *reversed(several[: max(0, most - len(single))])]
    graphs.make_room(len(inner) + len(added), sum(len(graph.functions) for graph in (*inner, *added)))
    return [*inner, *graphs.newest, *added]


def asked_graph(graphs: Graphs, name: str, tensor: Any, shown: list[Graph]) -> list[Graph]:
    """The graphs, with that of a tensor as the last one, under a name."""
    function = None if tensor is None or is_leaf(tensor) else function_of(tensor)
    if function is None:
        return shown
    info = graphs.info(function)
    same = next((graph for graph in shown if graph.functions[0].info is info), None)
    if same is not None:
        same.root_name = name
        return [*(graph for graph in shown if graph is not same), same]
    graphs.make_room(1, 0)
    kept = [graph for graph in shown if not graph.backward or graph in graphs.newest]
    return [*kept, graphs.walk(function, name, False, graphs.allowance_beside_the_newest())[0]]


def _beside(graphs: Graphs, members: _Roots, others: list[Graph], allowance: WalkAllowance) -> list[Graph]:
    """The graphs of what was drawn and of members that are part of no other graph."""
    shown = {id(function.info) for graph in others for function in graph.functions}
    beside: list[Graph] = []
    for graph in reversed(graphs.drawn):
        if id(graph.functions[0].info) not in shown:
            beside.append(graph)
            shown.update(id(function.info) for function in graph.functions)
    kept = [root for root in reversed(members) if requires_grad_of(root[1]) and not is_leaf(root[1])]
    return [*_walk(graphs, kept[:_MEMBERS], shown, allowance, whole=True), *reversed(beside)]


def _is_root(tensor: Any, scalar: bool) -> bool:
    return tensor is not None and requires_grad_of(tensor) and not is_leaf(tensor) and (numel(tensor) == 1) is scalar


def _walk(
    graphs: Graphs, roots: list[tuple[str, Any]], shown: set[int], allowance: WalkAllowance, whole: bool
) -> list[Graph]:
    added: list[Graph] = []
    for name, tensor in roots:
        try:
            grad_fn = function_of(tensor)
            if id(graphs.info(grad_fn)) in shown:
                continue
            if not allowance:
                graphs.leave_out(crowded=True)
                break
            graph, _ = graphs.walk(grad_fn, name, False, allowance)
        except Exception:
            continue
        added.append(graph)
        shown.update(id(function.info) for function in (graph.functions if whole else graph.functions[:1]))
    return added


_OURS = "tensorpad.trace."


class RootNames:
    """Finds the names of the tensors that backward passes start from."""

    def __init__(self, recording: Recording) -> None:
        self._namespace = recording.namespace
        self._cells = recording.cells
        self._sites = recording.sites
        self._tensors = recording.tensors
        self._log = recording.log

    def of(self, root: Any) -> str:
        """A variable, or else the source that made it or that calls `backward` on it."""
        return self._variable(root) or self._called() or self._made(root) or "output"

    def made(self, root: Any) -> str:
        """A variable, or else the source that made it."""
        return self._variable(root) or self._made(root) or "output"

    def _variable(self, root: Any) -> str | None:
        for name, value in list(self._namespace.items()):
            if value is root and not name.startswith("_"):
                return name
        return None

    def _called(self) -> str | None:
        """The source of the call, if it is the program's and not a library's on its behalf."""
        frame = calling_frame(1)
        own = self._cells.nearest(frame)
        if own is None or not _is_direct(frame, own):
            return None
        text = self._sites.own(own)[1].expression
        head, method, _ = (text or "").rpartition(".backward")
        return head if method else text

    def _made(self, root: Any) -> str | None:
        """The source of the operation that made it."""
        info = self._tensors.of(root).function if isinstance(root, torch.Tensor) else None
        index = None if info is None or info.operation is None else self._log.index(info.operation)
        return None if index is None else self._log.records[index].expression


def _is_direct(frame: FrameType | None, own: FrameType) -> bool:
    """Whether nothing but torch's way to the engine, and our own code, is between `own` and `frame`."""
    while frame is not None and frame is not own:
        ours = str(frame.f_globals.get("__name__")).startswith(_OURS)
        if not ours and frame.f_code.co_filename not in engine_callers and not is_call(frame.f_code):
            return False
        frame = frame.f_back
    return True
