"""The local derivatives of an autograd graph, from its own backward functions, and their products along paths.

NOTE [Local derivatives without a table of operations]
1. A backward function is a vector-Jacobian product: called with a vector that is one at one element and zero elsewhere, it
   returns one row of the Jacobian matrix by each of its inputs. Called directly, outside the engine, it runs no hook of the
   program's, accumulates nothing and frees nothing.
2. So as many calls as an output has elements yield the whole local derivative. If it is zero but for the diagonal, and
   both shapes are the same, the step is elementwise for the values at hand.
3. It must be done before the engine runs, which frees what the functions have saved.
4. The chain rule is then matrix products in double precision: from the result backwards, summed wherever paths meet; and
   along each single path.
"""

from collections import deque
from typing import Any

import torch

from tensorpad.protocol.derivations import NoDerivation

STEPS = 200
ELEMENTS = 512
"""Elements of one value in the graph."""
CELLS = 4_000_000
"""Elements of all Jacobian matrices together."""
PATHS = 32
"""Paths that are written out for one leaf."""
_AccumulateGrad = "AccumulateGrad"
_type: Any = type


class Underivable(Exception):
    """The graph has no derivation that could be written out; `reason` says why."""

    def __init__(self, reason: NoDerivation) -> None:
        super().__init__(reason)
        self.reason: NoDerivation = reason


class Edge:
    """One local derivative: from output `slot` of a step to output `target_slot` of the step at `target`.

    `jacobian` has a row for each element of the output and a column for each of the input, in double precision.
    """

    __slots__ = ("jacobian", "slot", "target", "target_slot")

    def __init__(self, slot: int, target: int, target_slot: int, jacobian: Any) -> None:
        self.slot = slot
        self.target = target
        self.target_slot = target_slot
        self.jacobian = jacobian


class Node:
    """One backward function in the chain. `variable` is the leaf for which it accumulates, or None."""

    __slots__ = ("edges", "function", "gradients", "name", "shapes", "variable")

    def __init__(self, function: Any) -> None:
        self.function: Any = function
        self.name: str = type(function).__name__
        self.variable: Any = function.variable if self.name == _AccumulateGrad else None
        self.shapes: list[tuple[int, ...]] = []
        self.edges: list[Edge] = []
        self.gradients: dict[int, Any] = {}
        """The derivative of the result by each output that was used, flat, in double precision."""
        if self.variable is not None:
            self.shapes = [tuple(self.variable.shape)]
            kinds = [self.variable.dtype]
        else:
            self.shapes = [tuple(slot.shape) for slot in function._input_metadata]
            kinds = [slot.dtype for slot in function._input_metadata]
        if any(kind.is_complex for kind in kinds):
            raise Underivable("unsupported")
        if any(_count(shape) > ELEMENTS for shape in self.shapes):
            raise Underivable("too_large")


class Path:
    """A path from the result to a leaf: the nodes, the indices of the edges in each node's `edges`, and their product."""

    __slots__ = ("edges", "nodes", "product")

    def __init__(self, nodes: list[int], edges: list[int], product: Any) -> None:
        self.nodes = nodes
        self.edges = edges
        self.product = product


class Chain:
    """The graph behind one scalar, with every local derivative. Raises Underivable.

    `root` is the backward function and which of its outputs the scalar is; `start` the gradient that the pass begins with.
    """

    def __init__(self, root: tuple[Any, int], start: float = 1.0) -> None:
        self.nodes = _ordered(root[0])
        self.slot = root[1]
        self._start = start
        self._indices = {id(node.function): index for index, node in enumerate(self.nodes)}
        self._cells = CELLS
        with torch.no_grad():
            for node in self.nodes:
                if node.variable is None:
                    self._derive(node)
            self._accumulate()

    def leaves(self) -> list[int]:
        """The indices of the leaves."""
        return [index for index, node in enumerate(self.nodes) if node.variable is not None]

    def path_counts(self) -> list[int]:
        """How many paths lead from the result to each node."""
        counts: dict[tuple[int, int], int] = {(0, self.slot): 1}
        for index, node in enumerate(self.nodes):
            for edge in node.edges:
                key = (edge.target, edge.target_slot)
                counts[key] = counts.get(key, 0) + counts.get((index, edge.slot), 0)
        return [
            sum(counts.get((index, slot), 0) for slot in range(len(node.shapes))) for index, node in enumerate(self.nodes)
        ]

    def paths(self, leaf: int, limit: int = PATHS) -> list[Path]:
        """The first paths to a leaf, at most `limit`, in the order of the inputs."""
        reaching = self._reaching(leaf)
        found: list[Path] = []
        size = _count(self.nodes[0].shapes[self.slot])
        start = torch.full((1, size), self._start, dtype=torch.float64)
        pending: list[tuple[int, int, list[int], list[int], Any]] = [(0, self.slot, [0], [], start)]
        while pending and len(found) < limit:
            index, slot, nodes, edges, product = pending.pop()
            if index == leaf:
                found.append(Path(nodes, edges, product.reshape(-1)))
                continue
            following = [
                (edge.target, edge.target_slot, [*nodes, edge.target], [*edges, number], product @ edge.jacobian)
                for number, edge in enumerate(self.nodes[index].edges)
                if edge.slot == slot and edge.target in reaching
            ]
            pending.extend(reversed(following))
        return found

    def _reaching(self, leaf: int) -> set[int]:
        reaching = {leaf}
        for index in range(len(self.nodes) - 1, -1, -1):
            if any(edge.target in reaching for edge in self.nodes[index].edges):
                reaching.add(index)
        return reaching

    def _derive(self, node: Node) -> None:
        edges: list[tuple[int, Any, int]] = [
            (number, *edge) for number, edge in enumerate(node.function.next_functions) if edge[0] is not None
        ]
        for slot, shape in enumerate(node.shapes):
            rows: dict[int, list[Any]] = {number: [] for number, _, _ in edges}
            for element in range(_count(shape)):
                gradients = _call(node, slot, element)
                for number, function, target_slot in edges:
                    shapes = self.nodes[self._indices[id(function)]].shapes
                    row = _row(gradients[number], shapes[target_slot])
                    rows[number].append(row)
                    self._cells -= row.numel()
                if self._cells < 0:
                    raise Underivable("too_large")
            for number, function, target_slot in edges:
                if rows[number]:
                    jacobian: Any = torch.stack(rows[number])
                    if len(node.shapes) == 1 or bool(jacobian.count_nonzero()):
                        target = self._indices[id(function)]
                        node.edges.append(Edge(slot, target, target_slot, jacobian))

    def _accumulate(self) -> None:
        """The chain rule: each node's gradient is complete when its turn comes, for all that use it come before it."""
        root = self.nodes[0]
        root.gradients[self.slot] = torch.full((_count(root.shapes[self.slot]),), self._start, dtype=torch.float64)
        for node in self.nodes:
            for edge in node.edges:
                arrived = node.gradients.get(edge.slot)
                if arrived is None:
                    continue
                target = self.nodes[edge.target].gradients
                part: Any = arrived @ edge.jacobian
                target[edge.target_slot] = target[edge.target_slot] + part if edge.target_slot in target else part


def _ordered(root: Any) -> list[Node]:
    """The functions behind `root`, each after all that use it (Kahn's algorithm)."""
    waiting: dict[int, int] = {id(root): 0}
    found = [root]
    for function in found:
        if len(found) > STEPS:
            raise Underivable("too_large")
        for following, _ in function.next_functions:
            if following is None:
                continue
            if id(following) not in waiting:
                waiting[id(following)] = 0
                found.append(following)
            waiting[id(following)] += 1
    ready = deque([root])
    ordered: list[Node] = []
    while ready:
        function = ready.popleft()
        ordered.append(Node(function))
        for following, _ in function.next_functions:
            if following is not None:
                waiting[id(following)] -= 1
                if waiting[id(following)] == 0:
                    ready.append(following)
    return ordered


def _call(node: Node, slot: int, element: int) -> tuple[Any, ...]:
    function: Any = node.function
    vectors: list[Any] = []
    for index, metadata in enumerate(node.function._input_metadata):
        vector: Any = torch.zeros(tuple(metadata.shape), dtype=metadata.dtype, device=metadata.device)
        if index == slot:
            vector.view(-1)[element] = 1
        vectors.append(vector)
    try:
        # A function that is written in Python is no callable, but has its backward as a method.
        result: Any = function(*vectors) if callable(function) else function.apply(*vectors)
    except RuntimeError as error:
        raise Underivable("freed" if "second time" in str(error) else "unsupported") from None
    except Exception:  # a backward of the program's own can raise anything
        raise Underivable("unsupported") from None
    results: tuple[Any, ...] = result if _type(result) is tuple else (result,)
    return (*results, *[None] * (len(node.function.next_functions) - len(results)))


def _row(gradient: Any, shape: tuple[int, ...]) -> Any:
    if gradient is None:
        return torch.zeros(_count(shape), dtype=torch.float64)
    if gradient.layout is not torch.strided:
        gradient = gradient.to_dense()
    if tuple(gradient.shape) != shape:
        # As the engine does if a function leaves a broadcast to it.
        gradient = gradient.sum_to_size(shape)
    return gradient.reshape(-1).to("cpu", torch.float64)


def _count(shape: tuple[int, ...]) -> int:
    count = 1
    for size in shape:
        count *= size
    return count
