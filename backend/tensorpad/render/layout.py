"""What keeps `dot` fast: short edges, and limits on its search.

Laying out is slow if edges cross many ranks, not if there are many nodes: a leaf that is used every 50 operations of a
long chain takes minutes. So such a leaf is drawn anew near each group of its uses, and an operation that is used far from
its node is named there by a small card that refers to it.
"""

from collections.abc import Mapping

from msgspec import Struct

from tensorpad.graph.model import INPUTS, Edge, Graph

REACH = 8
"""Ranks that the uses of one drawing of an input, or of one reference to an operation, may span."""
FAR = 16
"""Ranks from which on a use of an operation refers to it instead of being joined to it."""

LIMITS = "nslimit=4, nslimit1=4, maxiter=12, searchsize=20"
"""Bounds of dot's network simplex (per node) and of its crossing reduction."""


class Arrangement(Struct, frozen=True):
    """Where a graph's edges start once nodes are drawn more than once.

    `copies` has the drawn ids of each node that is drawn more than once, the first of them its own; `sources` the drawn id
    at which an edge starts, if that is not the edge's own source; `groups` the group that a drawing is in, if that is not
    the node's own.
    """

    copies: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, str]
    groups: Mapping[str, str | None]


def arrange(graph: Graph) -> Arrangement:
    """Decide which nodes to draw anew. Copies of `t3` are `t3-2`, `t3-3`, ….

    Nodes come in forward order, so one pass gives each its rank: one more than the highest of its inputs.
    """
    incoming: dict[str, list[Edge]] = {}
    outgoing: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        incoming.setdefault(edge.target, []).append(edge)
        outgoing.setdefault(edge.source, []).append(edge)
    ranks: dict[str, int] = {}
    own: dict[str, str | None] = {}
    for node in graph.nodes:
        ranks[node.id] = 1 + max((ranks.get(edge.source, 0) for edge in incoming.get(node.id, ())), default=0)
        own[node.id] = node.group
    copies: dict[str, tuple[str, ...]] = {}
    sources: dict[str, str] = {}
    groups: dict[str, str | None] = {}
    for node in graph.nodes:
        uses = outgoing.get(node.id, [])
        whole = node.kind in INPUTS
        if not whole:
            uses = [edge for edge in uses if ranks[edge.target] - ranks[node.id] >= FAR]
        if len(uses) < 1 + whole:
            continue
        uses.sort(key=lambda edge: ranks[edge.target])
        drawn = [node.id]
        first = ranks[uses[0].target] if whole else -REACH
        for edge in uses:
            if ranks[edge.target] - first > REACH:
                first = ranks[edge.target]
                drawn.append(f"{node.id}-{len(drawn) + 1}")
                groups[drawn[-1]] = own[edge.target]
            if len(drawn) > 1:
                sources[edge.id] = drawn[-1]
            # A drawing that several groups use is in none of them.
            if groups.get(drawn[-1], own[edge.target]) != own[edge.target]:
                groups[drawn[-1]] = node.group
        if len(drawn) > 1:
            copies[node.id] = tuple(drawn)
    return Arrangement(copies, sources, groups)
