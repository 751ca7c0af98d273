"""Folds layers, and what is too much to read: rounds of the same, then calls of modules, then what is far from the root.

NOTE [What is folded]
A person's choice comes first: nodes that they opened are never folded, modules that they closed always are. Each call of
a layer (`graph.layers`) is one node: how torch does it, transposing a weight, is for those who open it. If there are more
nodes than a person can read (`READABLE`), the many steps (`STEPS`) of one library operation are folded. If there still are,
the following steps are taken one after another, each wholly, until there are not:
1. Rounds of the same operations on the same source (loops). The first and the last round stay.
2. Rounds of operations of the same kind, wherever their source is (repeated layers, long formulas).
3. Inputs of the same kind that the same operation uses.
4. Calls of modules, outermost first, except one that is all that is left. The root stays.
5. What is far from the root (`graph.elision`), as far as the limit demands.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from tensorpad.graph import closing, layers, repetition
from tensorpad.graph.contraction import Stretch, contract, operations
from tensorpad.graph.elision import elide
from tensorpad.graph.model import INPUTS, WHOLE, Choice, Fold, Graph, Group, Node, short_name
from tensorpad.graph.nesting import Chain, Nesting, RoundGroups
from tensorpad.graph.repetition import Rounds

STEPS = 8
"""Fewest steps of one operation that are folded."""
READABLE = 40
"""Nodes that a person can look through. Up to so many are shown, whatever they are."""
_PASSES = 6
"""Times that folded rounds are searched for rounds again: loops within loops."""
_LONGEST = 1_000
"""Most operations of a round."""
_SIBLINGS = 4
"""Fewest inputs that are worth folding: the first and the last are shown."""
_PATTERN = 6
"""Lines that describe a round."""


def fold(graph: Graph, drawn_nodes: int, choice: Choice = WHOLE) -> Graph:
    """`graph` with at most `drawn_nodes` nodes (at least 2), and what `choice` says open or closed as far as they allow."""
    drawn_nodes = max(drawn_nodes, 2)
    folder = _Folder(graph, min(drawn_nodes, READABLE), choice)
    folder.close()
    folder.layers()
    folder.steps()
    folder.rounds(_source)
    folder.rounds(_kind)
    folder.inputs()
    folder.modules()
    return elide(folder.graph, drawn_nodes)


def _source(node: Node) -> Hashable:
    return (node.kind == "folded" and node.label, node.function or node.label, node.span)


def _kind(node: Node) -> Hashable:
    return (node.kind == "folded", node.function or node.label)


class _Folder:
    """A graph that gets smaller until it has at most `most` nodes."""

    def __init__(self, graph: Graph, most: int, choice: Choice) -> None:
        self.graph = graph
        self._most = most
        self._choice = choice
        self._looked: Graph | None = None
        self._users: Collection[set[str]] = ()
        self._made = max((int(fold.id[1:]) for fold in graph.folded if fold.kind != "rest"), default=0)

    @property
    def _fits(self) -> bool:
        return len(self.graph.nodes) <= self._most

    def layers(self) -> None:
        """Fold each call of a layer, but those in which a person opened something."""
        if not self._choice.layers:
            return
        opened = self._open_groups()
        self._fold_modules({name: group for name, group in layers.layers(self.graph).items() if name not in opened})

    def steps(self) -> None:
        """Fold the many steps of an operation."""
        if self._fits:
            return
        nesting = Nesting(self.graph)
        made = {node.operation: node for node in self.graph.nodes if node.operation}
        stretches: list[Stretch] = []
        for operation, run in groupby(operations(self.graph), lambda node: node.within):
            hidden = [node for node in run if node.id != self.graph.root]
            whole = made.get(operation) if operation else None
            if whole is not None and len(hidden) >= STEPS and not self._opened(hidden):
                steps = Fold("", "operation", short_name(whole.call or whole.label), 1, ())
                stretch = self._stretch(steps, hidden, nesting)
                stretches.append(replace(stretch, node=replace(stretch.node, span=whole.span, within=operation)))
        self.graph = contract(self.graph, stretches)

    def rounds(self, key: Callable[[Node], Hashable]) -> None:
        """Fold rounds of nodes with the same keys, then rounds of such rounds."""
        if self._fits:
            return
        for _ in range(_PASSES):
            nodes = operations(self.graph)
            patterns = {fold.id: fold.pattern for fold in self.graph.folded}
            # What is elided is like nothing else.
            keys = [node.id if node.kind == "elided" else (patterns.get(node.id), key(node)) for node in nodes]
            nesting = Nesting(self.graph)
            runs = [_aligned(run, nodes, nesting) for run in repetition.find(keys, _LONGEST)]
            runs = [run for run in runs if not self._opened(_hidden(run, nodes))]
            if not runs:
                return
            groups = RoundGroups(self.graph)
            for run in runs:
                if run.period > 1 and _module(run, nodes, nesting) is None:
                    groups.add(nodes[run.start : run.start + run.period], 1, run.count)
                    groups.add(nodes[run.end - run.period : run.end], run.count, run.count)
            self.graph = groups.applied()
            nodes, nesting = operations(self.graph), Nesting(self.graph)
            self.graph = contract(self.graph, [self._round(run, nodes, nesting) for run in runs])

    def _round(self, run: Rounds, nodes: Sequence[Node], nesting: Nesting) -> Stretch:
        folds = {fold.id: fold for fold in self.graph.folded}
        names = {group.id: group for group in self.graph.groups}
        hidden = _hidden(run, nodes)
        module = _module(run, nodes, nesting)
        if module is not None and names[module].type is not None:
            return self._stretch(_repetition(run.count - 2, (names[module].type or "",)), hidden, nesting)
        pattern: list[str] = []
        for node in nodes[run.start : run.start + run.period]:
            inner = folds.get(node.id)
            lines = (inner.pattern or (inner.title,)) if inner else (_line(node),)
            # A round within this one is between its own first and last, which say the same.
            pattern += [line for line in lines if line not in pattern]
        return self._stretch(_repetition(run.count - 2, pattern[:_PATTERN]), hidden, nesting)

    def inputs(self) -> None:
        """Fold inputs of the same kind that go into the same operations and nowhere else."""
        if self._fits:
            return
        users: dict[str, list[str]] = {}
        for edge in self.graph.edges:
            users.setdefault(edge.source, []).append(edge.target)
        alike: dict[Hashable, list[Node]] = {}
        for node in self.graph.nodes:
            if node.kind in INPUTS and node.id != self.graph.root:
                alike.setdefault((node.kind, node.group, tuple(users.get(node.id, ()))), []).append(node)
        nesting = Nesting(self.graph)
        stretches = [
            self._stretch(Fold("", "inputs", nodes[1].kind, len(nodes) - 2, ()), nodes[1:-1], nesting)
            for nodes in alike.values()
            if len(nodes) >= _SIBLINGS and not self._opened(nodes[1:-1])
        ]
        self.graph = contract(self.graph, stretches)

    def modules(self) -> None:
        """Fold calls of modules: as few, and as far inside, as the number of nodes allows."""
        if self._fits:
            return
        self._fold_modules(closing.closed_calls(self.graph, self._most, self._open_groups()))

    def close(self) -> None:
        """Fold the modules that a person closed, but those in which they opened something."""
        if not self._choice.closed:
            return
        opened = self._open_groups()
        closed = [group for group in self.graph.groups if group.id in self._choice.closed and group.id not in opened]
        self._fold_modules({group.id: group for group in closed if group.kind == "module"})

    def _opened(self, hidden: Sequence[Node]) -> bool:
        """Whether a person wants one of these nodes to be shown, or an input that would go with them."""
        if not self._choice.open:
            return False
        names = {node.id for node in hidden}
        return not self._choice.open.isdisjoint(names) or any(users <= names for users in self._open_inputs())

    def _open_inputs(self) -> Collection[set[str]]:
        """The operations that use each input that a person wants to be shown, found once for each graph."""
        if self._looked is self.graph:
            return self._users
        inputs = {node.id for node in self.graph.nodes if node.kind in INPUTS and node.id in self._choice.open}
        users: dict[str, set[str]] = {}
        for edge in self.graph.edges if inputs else ():
            if edge.source in inputs:
                users.setdefault(edge.source, set()).add(edge.target)
        self._looked, self._users = self.graph, users.values()
        return self._users

    def _open_groups(self) -> frozenset[str]:
        """The groups around what a person wants to be shown."""
        nesting = Nesting(self.graph)
        return frozenset(name for node in self.graph.nodes if node.id in self._choice.open for name in nesting.around(node))

    def _fold_modules(self, closed: Mapping[str, Group]) -> None:
        """Fold the calls of these modules, the outer one if one is inside another."""
        if not closed:
            return
        nesting, surroundings = Nesting(self.graph), layers.Surroundings(self.graph)
        stretches: list[Stretch] = []
        for group_id, run in groupby(
            operations(self.graph), lambda node: next((group for group in nesting.around(node) if group in closed), None)
        ):
            hidden = [node for node in run if node.id != self.graph.root]
            if group_id is None or not hidden:
                continue
            told = layers.module(closed[group_id], hidden, surroundings)
            # A single operation is one node already, unless parameters go with it.
            if (len(hidden) > 1 or told.own) and self._choice.open.isdisjoint(told.own):
                around = nesting.chain(group_id)[:-1]
                stretches.append(self._numbered(told.node, told.fold, hidden, around, beside=told.beside))
        beside = frozenset[str]().union(*(stretch.beside for stretch in stretches))
        self.graph = contract(layers.moved_out(self.graph, closed, beside), stretches)

    def _stretch(self, stands_for: Fold, hidden: Sequence[Node], nesting: Nesting) -> Stretch:
        """`hidden` as one node; `stands_for` gets its id here."""
        node = Node("", "folded", stands_for.label, span=hidden[0].span)
        return self._numbered(node, stands_for, hidden, nesting.common(hidden))

    def _numbered(
        self, node: Node, fold: Fold, hidden: Sequence[Node], around: Chain, beside: frozenset[str] = frozenset()
    ) -> Stretch:
        self._made += 1
        name = f"k{self._made}"
        node = replace(node, id=name, group=around[-1] if around else None)
        hides = [each.id for each in hidden]
        return Stretch(node, replace(fold, id=name), hides, fold.kind == "inputs", beside)


def _repetition(rounds: int, pattern: Sequence[str]) -> Fold:
    return Fold("", "repetition", "; ".join(pattern), rounds, (), tuple(pattern))


def _aligned(run: Rounds, nodes: Sequence[Node], nesting: Nesting) -> Rounds:
    """`run`, shifted to begin with a call of a module if it can: rounds can be counted from any of their nodes."""

    def shared(start: int) -> int:
        """Calls of modules around both the node at `start` and the one before."""
        return len(nesting.common(nodes[start - 1 : start + 1]))

    starts = range(run.start + 1, run.start + run.period)
    best = min(starts, key=shared, default=run.start)
    if best == run.start or shared(best) >= shared(run.start + run.period):
        return run
    turned = run.turned(best - run.start)
    return turned if turned.count >= repetition.ROUNDS else run


def _module(run: Rounds, nodes: Sequence[Node], nesting: Nesting) -> str | None:
    """The group that each round is in alone, that is, the call of a module that the first round is; None if it is none."""
    around = nesting.common(nodes[run.start : run.end])
    first = nesting.common(nodes[run.start : run.start + run.period])
    return first[len(around)] if len(first) > len(around) else None


def _line(node: Node) -> str:
    """What a round does, in one line."""
    return node.label if node.names == () else node.expression or node.function or node.label


def _hidden(run: Rounds, nodes: Sequence[Node]) -> Sequence[Node]:
    """The nodes of all rounds but the first and the last."""
    return nodes[run.start + run.period : run.end - run.period]
