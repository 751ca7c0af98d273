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
5. With infinity or NaN on the way, a matrix product is not what a backward function computes: 0 × NaN is NaN, even where the
   function has nothing to multiply. There the function itself is called with what arrived; `nonfinite` has the rest.
"""

from collections import deque
from typing import Any

import torch

from tensorpad.protocol.derivations import NoDerivation
from tensorpad.trace.inquiries.nonfinite import cleared, summed

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
    """The graph has no derivation that could be written out; `reason` says why, `step` is the backward function at fault."""

    def __init__(self, reason: NoDerivation, step: str = "") -> None:
        super().__init__(reason)
        self.reason: NoDerivation = reason
        self.step = step


class Edge:
    """One local derivative: from output `slot` of a step to its input `number`, which is output `target_slot` of
    the step at `target`.

    `jacobian` has a row for each element of the output and a column for each of the input, in double precision. `reaches`,
    known where infinity or NaN arrived, tells which of its elements the function multiplies at all.
    """

    __slots__ = ("jacobian", "number", "reaches", "slot", "target", "target_slot")

    def __init__(self, slot: int, number: int, target: tuple[int, int], jacobian: Any) -> None:
        self.slot = slot
        self.number = number
        self.target, self.target_slot = target
        self.jacobian = jacobian
        self.reaches: Any = None

    def times(self, product: Any) -> Any:
        """A row of derivatives of the result by the output, times this derivative."""
        return product @ self.jacobian if self.reaches is None else summed(product, self.jacobian, self.reaches)


class Node:
    """One backward function in the chain. `variable` is the leaf for which it accumulates, or None."""

    __slots__ = ("dtypes", "edges", "function", "gradients", "name", "shapes", "variable")

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
        self.dtypes: frozenset[torch.dtype] = frozenset(kinds)
        if any(kind.is_complex for kind in kinds):
            raise Underivable("complex", self.name)
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
            result = self.nodes[0]
            result.gradients[self.slot] = torch.full((_count(result.shapes[self.slot]),), start, dtype=torch.float64)
            for node in self.nodes:
                # Its gradient is complete when its turn comes, for all that use it come before it.
                if node.variable is None:
                    self._derive(node)
                    self._pass_on(node)

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
        reaching = self.reaching(leaf)
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
                (edge.target, edge.target_slot, [*nodes, edge.target], [*edges, number], edge.times(product))
                for number, edge in enumerate(self.nodes[index].edges)
                if edge.slot == slot and edge.target in reaching
            ]
            pending.extend(reversed(following))
        return found

    def reaching(self, leaf: int) -> set[int]:
        """The nodes that lead to a leaf, with the leaf itself."""
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
                gradients = call(node, slot, element)
                for number, function, target_slot in edges:
                    shapes = self.nodes[self._indices[id(function)]].shapes
                    row = _row(gradients[number], shapes[target_slot])
                    rows[number].append(row)
                    self._cells -= row.numel()
                if self._cells < 0:
                    raise Underivable("too_large")
            for number, function, target_slot in edges:
                if rows[number]:
                    target = self._indices[id(function)]
                    shapes = self.nodes[target].shapes
                    jacobian: Any = torch.stack(rows[number])
                    if not bool(torch.isfinite(jacobian).all()):
                        unasked = _row(call(node, slot, 0, 0.0)[number], shapes[target_slot])
                        jacobian = cleared(jacobian, unasked, shape, shapes[target_slot])
                    if len(node.shapes) == 1 or bool(jacobian.count_nonzero()):
                        node.edges.append(Edge(slot, number, (target, target_slot), jacobian))

    def _pass_on(self, node: Node) -> None:
        """The chain rule: what arrived at a node, times its local derivatives, to the nodes of its inputs."""
        numbers: list[Any] = [*node.gradients.values(), *(edge.jacobian for edge in node.edges)]
        if all(bool(torch.isfinite(part).all()) for part in numbers):
            for edge in node.edges:
                if edge.slot in node.gradients:
                    self._add(edge.target, edge.target_slot, node.gradients[edge.slot] @ edge.jacobian)
            return
        for edge in node.edges:
            edge.reaches = self._reaches(node, edge)
        sent = called(node, [node.gradients.get(slot) for slot in range(len(node.shapes))])
        following: tuple[tuple[Any, int], ...] = node.function.next_functions
        for number, (function, target_slot) in enumerate(following):
            if function is not None:
                target = self._indices[id(function)]
                self._add(target, target_slot, _row(sent[number], self.nodes[target].shapes[target_slot]))

    def _reaches(self, node: Node, edge: Edge) -> Any:
        """Which elements of an edge's Jacobian matrix are multiplied: those where NaN goes through, or that are no zero."""
        shape = self.nodes[edge.target].shapes[edge.target_slot]
        sent = [call(node, edge.slot, row, float("nan")) for row in range(edge.jacobian.shape[0])]
        marks: Any = torch.stack([_row(gradients[edge.number], shape) for gradients in sent])
        unasked = _row(call(node, edge.slot, 0, 0.0)[edge.number], shape)
        return (edge.jacobian != 0) | (torch.isnan(marks) & ~torch.isnan(unasked))

    def _add(self, target: int, slot: int, part: Any) -> None:
        gradients = self.nodes[target].gradients
        gradients[slot] = gradients[slot] + part if slot in gradients else part


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


def call(node: Node, slot: int, element: int, seed: float = 1.0) -> tuple[Any, ...]:
    """What a node's function sends when `seed` arrives at one element of an output, and zeros at all others."""
    arrived: list[Any] = [torch.zeros(_count(shape), dtype=torch.float64) for shape in node.shapes]
    if arrived[slot].numel():
        arrived[slot][element] = seed
    return called(node, arrived)


def called(node: Node, arrived: list[Any]) -> tuple[Any, ...]:
    """What a node's function sends when these gradients arrive in its slots (None: nothing)."""
    function: Any = node.function
    custom = not callable(function)
    vectors: list[Any] = []
    for gradient, slot in zip(arrived, function._input_metadata, strict=True):
        if gradient is None:
            # A function that is written in Python is given zeros by the engine.
            vectors.append(torch.zeros(tuple(slot.shape), dtype=slot.dtype, device=slot.device) if custom else None)
        else:
            vectors.append(gradient.reshape(tuple(slot.shape)).to(slot.device, slot.dtype))
    try:
        # A function that is written in Python is no callable, but has its backward as a method.
        result: Any = function.apply(*vectors) if custom else function(*vectors)
    except RuntimeError as error:
        freed = "second time" in str(error)
        raise Underivable("freed" if freed else "custom" if custom else "unsupported", node.name) from None
    except Exception:  # a backward of the program's own can raise anything
        raise Underivable("custom" if custom else "unsupported", node.name) from None
    results: tuple[Any, ...] = result if _type(result) is tuple else (result,)
    return (*results, *[None] * (len(function.next_functions) - len(results)))


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
