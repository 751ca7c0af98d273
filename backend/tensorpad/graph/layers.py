"""Calls of layers, which are one node each unless a person opens them, and what is to be said of a folded module."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tensorpad.graph.model import INPUTS, Fold, Graph, Group, Node, Part
from tensorpad.graph.nesting import Nesting

_LIBRARY, _LINEAR = "torch.nn.", "torch.nn.Linear"
_CONTAINERS = frozenset(("torch.nn.Sequential",))
"""Modules of the library that are no layers, but call those."""


def layers(graph: Graph) -> dict[str, Group]:
    """The groups that are calls of a layer: of a module of the library in which no other module was called."""
    around = {group.parent for group in graph.groups if group.kind == "module"}
    return {
        group.id: group
        for group in graph.groups
        if group.kind == "module" and group.id not in around and (group.type or "").startswith(_LIBRARY)
        if group.type not in _CONTAINERS
    }


class Surroundings:
    """The edges of a graph by their nodes, to see what goes into some nodes and comes out of them."""

    def __init__(self, graph: Graph) -> None:
        self._nodes = {node.id: node for node in graph.nodes}
        self._sources: dict[str, list[str]] = {}
        self._users: dict[str, list[str]] = {}
        for edge in graph.edges:
            self._sources.setdefault(edge.target, []).append(edge.source)
            self._users.setdefault(edge.source, []).append(edge.target)

    def inputs(self, hidden: Sequence[str]) -> list[Node]:
        """The nodes that lead to these and are none of them, each once."""
        own = set(hidden)
        found = dict.fromkeys(source for name in hidden for source in self._sources.get(name, ()) if source not in own)
        return [self._nodes[name] for name in found]

    def alone(self, name: str, hidden: Sequence[str]) -> bool:
        """Whether nothing but these uses a node."""
        return set(self._users.get(name, ())) <= set(hidden)

    def result(self, hidden: Sequence[str]) -> Node | None:
        """The one of these nodes that others use; None if there are several."""
        own = set(hidden)
        used = [name for name in hidden if any(user not in own for user in self._users.get(name, ()))]
        return self._nodes[used[0]] if len(used) == 1 else None


class Module(Struct, frozen=True):
    """A call of a module that is folded: node and fold, without ids, the inputs that go with it, and those that stay."""

    node: Node
    fold: Fold
    own: frozenset[str]
    beside: frozenset[str]


def module(group: Group, hidden: Sequence[Node], surroundings: Surroundings) -> Module:
    """What is to be said of the call of a module whose operations are `hidden`.

    Its parameters and buffers go with it, unless another call uses them, too. What it was called with stays, so that a
    person sees what goes into it.
    """
    names = [node.id for node in hidden]
    inputs = surroundings.inputs(names)
    own = [node for node in inputs if node.kind in INPUTS and _belongs(node, group)]
    parts = tuple(Part(_name(node, group), node.shape) for node in own)
    data = [node for node in inputs if node not in own]
    given = surroundings.result(names)
    fold = Fold(
        "",
        "module",
        group.label,
        1,
        (),
        type=group.type,
        parts=parts,
        features=_features(group, own, data, given),
        operations=tuple(dict.fromkeys(node.operation for node in hidden if node.operation)),
    )
    node = Node("", "folded", group.label, function=group.type, span=hidden[0].span)
    if given is not None:
        node = replace(node, tensor=given.tensor, names=given.names, shape=given.shape, dtype=given.dtype)
    alone = frozenset(node.id for node in own if surroundings.alone(node.id, names))
    return Module(node, fold, alone, frozenset(node.id for node in data))


def moved_out(graph: Graph, folded: Mapping[str, Group], beside: frozenset[str]) -> Graph:
    """`graph` with these inputs around the modules that are folded, in which they were drawn."""
    nesting = Nesting(graph)

    def moved(node: Node) -> Node:
        around = nesting.around(node)
        inner = next((place for place, group in enumerate(around) if group in folded), None)
        return node if inner is None else replace(node, group=around[inner - 1] if inner else None)

    return replace(graph, nodes=tuple([moved(node) if node.id in beside else node for node in graph.nodes]))


def _belongs(node: Node, group: Group) -> bool:
    """Whether an input is a module's own: a parameter, a buffer, or what the module made for itself."""
    if node.kind == "parameter":
        return True
    if node.names:
        return all(name.startswith(group.label + ".") for name in node.names)
    return node.expression is None


def _name(node: Node, group: Group) -> str:
    return (node.names[0] if node.names else node.label).removeprefix(group.label + ".")


def _features(group: Group, own: Sequence[Node], data: Sequence[Node], given: Node | None) -> tuple[int, int] | None:
    weight = next((node.shape for node in own if node.shape is not None and len(node.shape) == 2), None)
    if group.type == _LINEAR and weight is not None:
        return weight[1], weight[0]
    shapes = {node.shape for node in data}
    before, after = next(iter(shapes)) if len(shapes) == 1 else None, given.shape if given else None
    if before is None or after is None or len(before) != len(after):
        return None
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    return changed[0] if len(changed) == 1 else None
