"""The graphs of a report: those that a backward pass ran over, and those that variables and the last result lead to."""

from typing import Any

from tensorpad.trace.backward.graphs import Graph, Graphs, Room, function_of
from tensorpad.trace.memory.snapshots import is_leaf


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
