"""Groups within groups: what is around a node, and rounds as groups of their own."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from tensorpad.graph.model import INPUTS, Graph, Group, Node

Chain = tuple[str, ...]
"""The groups around a node, outermost first."""


class Nesting:
    """The groups of one graph."""

    def __init__(self, graph: Graph) -> None:
        self._chains: dict[str | None, Chain] = {None: ()}
        for group in graph.groups:
            self._chains[group.id] = (*self._chains.get(group.parent, ()), group.id)

    def around(self, node: Node) -> Chain:
        """The groups around `node`."""
        return self.chain(node.group)

    def chain(self, group: str | None) -> Chain:
        """`group` and the groups around it."""
        return self._chains.get(group, ())

    def common(self, nodes: Iterable[Node]) -> Chain:
        """The groups around all of `nodes`."""
        chains = [self.chain(group) for group in dict.fromkeys([node.group for node in nodes])]
        shared: list[str] = []
        for groups in zip(*chains, strict=False):
            if len(set(groups)) > 1:
                break
            shared.append(groups[0])
        return tuple(shared)


class RoundGroups:
    """Collects rounds, and makes each a group unless that would cut through another group."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._nesting = Nesting(graph)
        self._count = max((int(group.id[1:]) for group in graph.groups if group.kind == "repetition"), default=0)
        self._made: list[Group] = []
        self._parents: dict[str, str] = {}
        self._inside: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        for node in graph.nodes:
            if node.kind not in INPUTS:
                for group in self._nesting.around(node):
                    self._sizes[group] = self._sizes.get(group, 0) + 1

    def add(self, nodes: Sequence[Node], number: int, rounds: int) -> None:
        """Make round `number` of `rounds`, which does `nodes`, a group."""
        shared = self._nesting.common(nodes)
        chains = [self._nesting.around(node) for node in nodes]
        inner: dict[str, int] = {}
        for chain in chains:
            if len(chain) > len(shared):
                group = chain[len(shared)]
                inner[group] = inner.get(group, 0) + 1
        if any(self._sizes[group] != size for group, size in inner.items()):
            return
        self._count += 1
        made = Group(f"r{self._count}", "repetition", "", parent=shared[-1] if shared else None, round=number, rounds=rounds)
        self._made.append(made)
        self._parents.update(dict.fromkeys(inner, made.id))
        for node, chain in zip(nodes, chains, strict=True):
            if len(chain) == len(shared):
                self._inside[node.id] = made.id

    def applied(self) -> Graph:
        """The graph with the rounds that were added."""
        if not self._made:
            return self._graph
        groups = [replace(group, parent=self._parents.get(group.id, group.parent)) for group in self._graph.groups]
        parents = {group.id: group.parent for group in (*groups, *self._made)}
        inside = self._with_inputs()
        nodes = tuple(replace(node, group=inside[node.id]) if node.id in inside else node for node in self._graph.nodes)
        ordered = sorted((*groups, *self._made), key=lambda group: _depth(group.id, parents))
        return replace(self._graph, nodes=nodes, groups=tuple(ordered))

    def _with_inputs(self) -> dict[str, str]:
        """Which nodes are directly in a round, with the inputs that only nodes directly in it use."""
        kinds = {node.id: node for node in self._graph.nodes}
        users: dict[str, set[str | None]] = {}
        for edge in self._graph.edges:
            if kinds[edge.source].kind in INPUTS:
                users.setdefault(edge.source, set()).add(self._inside.get(edge.target))
        inside = dict(self._inside)
        outer = {made.id: made.parent for made in self._made}
        for name, rounds in users.items():
            only = next(iter(rounds)) if len(rounds) == 1 else None
            if only is not None and kinds[name].group == outer[only]:
                inside[name] = only
        return inside


def _depth(group: str, parents: dict[str, str | None]) -> int:
    depth = 0
    following = parents.get(group)
    while following is not None and depth < len(parents):
        depth += 1
        following = parents.get(following)
    return depth
