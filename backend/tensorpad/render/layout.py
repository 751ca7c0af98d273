"""What keeps `dot` fast: short edges, and limits on its search.

Laying out is slow where edges cross many ranks, not where there are many nodes: a leaf that is used every 50 operations of a
long chain takes minutes. So such a leaf is drawn anew near each group of its uses.
"""

from collections.abc import Mapping

from msgspec import Struct

from tensorpad.graph.model import Edge, Graph

REACH = 8
"""Ranks that the uses of one drawing of a leaf may span."""

LIMITS = "nslimit=4, nslimit1=4, maxiter=12, searchsize=20"
"""Bounds of dot's network simplex (per node) and of its crossing reduction."""


class Placed(Struct, frozen=True):
    """Where a graph's edges start once leaves are drawn more than once.

    `copies` has the drawn ids of each leaf that is drawn more than once, the first of them its own; `sources` the drawn id
    at which each edge starts, where that is not the edge's own source.
    """

    copies: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, str]


def place(graph: Graph) -> Placed:
    """Decide which leaves to draw anew. Copies of `t3` are `t3-2`, `t3-3`, ….

    Nodes come in forward order, so one pass gives each its rank: one more than the highest of its inputs.
    """
    incoming: dict[str, list[Edge]] = {}
    outgoing: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        incoming.setdefault(edge.target, []).append(edge)
        outgoing.setdefault(edge.source, []).append(edge)
    ranks: dict[str, int] = {}
    for node in graph.nodes:
        ranks[node.id] = 1 + max((ranks.get(edge.source, 0) for edge in incoming.get(node.id, ())), default=0)
    copies: dict[str, tuple[str, ...]] = {}
    sources: dict[str, str] = {}
    for node in graph.nodes:
        uses = outgoing.get(node.id, [])
        if node.kind not in ("leaf", "parameter") or len(uses) < 2:
            continue
        drawn = [node.id]
        uses.sort(key=lambda edge: ranks[edge.target])
        first = ranks[uses[0].target]
        for edge in uses:
            if ranks[edge.target] - first > REACH:
                first = ranks[edge.target]
                drawn.append(f"{node.id}-{len(drawn) + 1}")
            if len(drawn) > 1:
                sources[edge.id] = drawn[-1]
        if len(drawn) > 1:
            copies[node.id] = tuple(drawn)
    return Placed(copies, sources)
