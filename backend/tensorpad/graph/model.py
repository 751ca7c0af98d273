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


class Node(Struct, frozen=True, gc=False):
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
    kind: NodeKind
    label: str
    tensor: str | None = None
    names: tuple[str, ...] = ()
    shape: tuple[int, ...] | None = None
    dtype: str | None = None
    function: str | None = None
    expression: str | None = None
    span: Span | None = None
    order: int | None = None
    value: Values | None = None
    grad: Values | None = None
    grad_kept: bool = False
    count: int = 1
    operation: str | None = None
    call: str | None = None
    within: str | None = None
    arguments: tuple[str, ...] = ()
    group: str | None = None


class Edge(Struct, frozen=True, gc=False):
    """One edge in the forward direction, between node ids. `id` is `e1`, `e2`, … in the order of `Graph.edges`.

    `tensor` is what went forward along it, and `gradient` what came back along it in the newest backward pass: one of the
    terms that `grad` of the source is the sum of. An edge of a folded node stands for `count` edges and tells neither.
    """

    id: str
    source: str
    target: str
    tensor: str | None = None
    gradient: Values | None = None
    count: int = 1


class Group(Struct, frozen=True, gc=False):
    """Nodes that belong together: what one call of a module did (`m1`), or one round of something repeated (`r1`).

    `label` is the module's path (`model.0`), empty for a round. `type` is the module's class. A round is number `round` of
    `rounds`. `parent` is the group around it.
    """

    id: str
    kind: GroupKind
    label: str
    type: str | None = None
    call: int | None = None
    parent: str | None = None
    round: int = 1
    rounds: int = 1


class Fold(Struct, frozen=True, gc=False):
    """What one folded or elided node stands for; `id` is the node's.

    `repetition`: `count` rounds of the same operations, between the first and the last round, which are shown; `pattern` has
    their source or functions. `operation`: steps within one operation (`label`). `module`: a call of a module (`label`,
    `type`). `inputs`: `count` tensors that nothing tells
    apart. `rest`: what is too far from the root. `members` are the ids that the nodes would have had, in forward order.
    """

    id: str
    kind: FoldKind
    label: str
    count: int
    members: tuple[str, ...]
    pattern: tuple[str, ...] = ()
    type: str | None = None


class Choice(Struct, frozen=True, gc=False):
    """What a person chose to see: nodes that no folded node may hide, and module groups that are folded at any size.

    A group in which an open node lies is open.
    """

    open: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()


WHOLE = Choice()
"""No choice: as much as can be looked at."""


class Graph(Struct, frozen=True, gc=False):
    """One graph. `root` is the id of the node that it was walked from; nodes are in forward order, inputs before uses.

    `elided` counts what the elided node stands for: the nodes left out as too far from the root, and the functions that were
    never recorded. Groups come before those inside them.
    """

    id: str
    root: str
    root_name: str
    backward: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    elided: int = 0
    groups: tuple[Group, ...] = ()
    folded: tuple[Fold, ...] = ()
