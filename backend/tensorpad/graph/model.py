"""The graph model: one autograd graph as a person reads it, from leaves to result, forward and backward at once."""

from typing import Literal

from msgspec import Struct

from tensorpad.protocol.records import Span, Values

NodeKind = Literal["leaf", "parameter", "constant", "operation", "result", "folded", "elided"]
GroupKind = Literal["module", "repetition"]
FoldKind = Literal["operation", "repetition", "module", "inputs", "rest"]

INPUTS: frozenset[str] = frozenset(("leaf", "parameter", "constant"))
"""Kinds of nodes that nothing leads to."""


def short_name(call: str) -> str:
    """A torch operation's name without the packages that most are in."""
    return call.removeprefix("torch.").removeprefix("nn.functional.").removeprefix("Tensor.")


class Node(Struct, frozen=True, gc=False, omit_defaults=True):
    """One node.

    A leaf or parameter is a tensor together with its `AccumulateGrad` function; a constant is a tensor that an operation
    used and that needs no gradient; an operation is a backward function together with the tensor that the operation gave;
    the result is the operation that the graph was walked from. A folded node stands for `count` others that
    `Graph.folded` lists, an elided node for `count` that are not shown.

    `id` is the tensor's id for a leaf or constant (`t3`), else the function's (`f7`), `k1`, `k2`, … for folded nodes, and
    `rest` for the elided node. `label` is what to call the node in one line. `grad` is what accumulated in a leaf, and what
    arrived at an operation. `grad_kept` tells that it is the tensor's `.grad`: a leaf's, or one after `retain_grad()`; what
    only passed through is gone after the pass. `order` is the place in which the engine ran the function, from 0.
    `operation` is the forward operation (`op4`), `call` its public name, `arguments` what it was given besides tensors, as
    text. A function that is one of several steps of an operation, but not the one that gave its result, has that as
    `within`. `group` is the innermost group.
    """

    id: str
    """Id of its tensor or function, or of what it stands for."""
    kind: NodeKind
    """What it is."""
    label: str
    """What to call it in one line."""
    tensor: str | None = None
    """Id of its tensor."""
    names: tuple[str, ...] = ()
    """What the program calls the tensor."""
    shape: tuple[int, ...] | None = None
    """The tensor's shape."""
    dtype: str | None = None
    """The tensor's dtype."""
    function: str | None = None
    """torch's name of its backward function."""
    expression: str | None = None
    """Source of its operation."""
    span: Span | None = None
    """Where the source is."""
    order: int | None = None
    """The place in which the engine ran it, from 0; null if it did not."""
    value: Values | None = None
    """The tensor's value."""
    grad: Values | None = None
    """What accumulated in a leaf, or arrived at an operation."""
    grad_kept: bool = False
    """Whether `grad` is the tensor's `.grad`."""
    count: int = 1
    """How many nodes it stands for."""
    operation: str | None = None
    """Id of the forward operation."""
    call: str | None = None
    """Public name of the operation."""
    within: str | None = None
    """Id of the function that gave the result of the operation that this is a step of."""
    arguments: tuple[str, ...] = ()
    """What the operation was given besides tensors, as text."""
    group: str | None = None
    """Id of the innermost group."""


class Edge(Struct, frozen=True, gc=False, omit_defaults=True):
    """One edge in the forward direction, between node ids. `id` is `e1`, `e2`, … in the order of `Graph.edges`.

    `tensor` is what went forward along it, and `gradient` what came back along it in the newest backward pass: one of the
    terms that `grad` of the source is the sum of. An edge that stands for several (`count`) tells neither.
    """

    id: str
    """`e1`, `e2`, … in the order of the graph's edges."""
    source: str
    """Id of the node that it comes from."""
    target: str
    """Id of the node that it goes to."""
    tensor: str | None = None
    """Id of the tensor that went forward along it."""
    gradient: Values | None = None
    """What came back along it in the newest backward pass; null if none did, or if it is large."""
    count: int = 1
    """How many edges it stands for."""


class Group(Struct, frozen=True, gc=False, omit_defaults=True):
    """Nodes that belong together: what one call of a module did (`m1`), or one round of something repeated (`r1`).

    `label` is the module's path (`model.0`), empty for a round. `type` is the module's class. A round is number `round` of
    `rounds`. `parent` is the group around it.
    """

    id: str
    """`m1`, … for a call of a module, `r1`, … for a round."""
    kind: GroupKind
    """What holds its nodes together."""
    label: str
    """Path of the module; empty for a round."""
    type: str | None = None
    """Class of the module."""
    call: int | None = None
    """Which call of the module it is."""
    parent: str | None = None
    """Id of the group around it."""
    round: int = 1
    """Number of the round, from 1."""
    rounds: int = 1
    """How many rounds there are."""


class Part(Struct, frozen=True, gc=False, omit_defaults=True):
    """A parameter or buffer of a folded module."""

    name: str
    """Its name in the module: `weight`."""
    shape: tuple[int, ...] | None = None
    """Its shape."""


class Fold(Struct, frozen=True, gc=False, omit_defaults=True):
    """What one folded or elided node stands for; `id` is the node's.

    `repetition`: `count` rounds of the same operations, between the first and the last round, which are shown; `pattern` has
    their source or functions. `operation`: steps within one operation (`label`). `module`: a call of a module (`label`,
    `type`), with its `parts`, the `features` that it took and gave, and the `operations` that it made.
    `inputs`: `count` tensors that nothing tells
    apart. `rest`: what is too far from the root. `members` are the ids that the nodes would have had, in forward order.
    """

    id: str
    """Id of the node."""
    kind: FoldKind
    """What the node stands for."""
    label: str
    """What to call it."""
    count: int
    """How many rounds, steps or tensors there are."""
    members: tuple[str, ...]
    """Ids that the nodes would have had, in forward order."""
    pattern: tuple[str, ...] = ()
    """Source or functions of one round."""
    type: str | None = None
    """Class of the module."""
    parts: tuple[Part, ...] = ()
    """Parameters and buffers of the module."""
    features: tuple[int, int] | None = None
    """How many features each example had before and after the module, where it changed their number alone."""
    operations: tuple[str, ...] = ()
    """Ids of the operations that the module made."""

    @property
    def title(self) -> str:
        """A module by its class and features, `Linear 2 → 8`; anything else by its label."""
        name = (self.type or self.label).removeprefix("torch.nn.")
        return name if self.features is None else f"{name} {self.features[0]} → {self.features[1]}"


class Choice(Struct, frozen=True, gc=False):
    """What a person chose to see: nodes that no folded node may hide, and module groups that are folded, layers or not.

    A group around an open node is open. Without `layers`, calls of layers are not folded for what they are.
    """

    open: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    layers: bool = True


WHOLE = Choice()
"""No choice: as much as can be looked at."""


class Graph(Struct, frozen=True, gc=False):
    """One graph. `root` is the id of the node that it was walked from; nodes are in forward order, inputs before uses.

    `elided` counts what the elided node stands for: the nodes left out as too far from the root, and the functions that were
    never recorded. Groups come before those inside them.
    """

    id: str
    """Id of the graph: `g1`, `g2`, …."""
    root: str
    """Id of the node that it was walked from."""
    root_name: str
    """What the program calls its result."""
    backward: bool
    """Whether a backward pass ran over it."""
    nodes: tuple[Node, ...]
    """The nodes in forward order, inputs before uses."""
    edges: tuple[Edge, ...]
    """The edges in the forward direction."""
    elided: int = 0
    """How many functions are not shown."""
    groups: tuple[Group, ...] = ()
    """Groups of nodes; each comes before those inside it."""
    folded: tuple[Fold, ...] = ()
    """What each folded or elided node stands for."""
