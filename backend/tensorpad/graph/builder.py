"""Trace records to the graph model.

The records have passed `protocol.traces.check`: ids are unique, references hold, and a graph has no cycle.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from tensorpad.graph import constants, expansion, modules, nodes, order
from tensorpad.graph.elision import REST, thinned
from tensorpad.graph.folding import fold
from tensorpad.graph.gradients import sent_gradients
from tensorpad.graph.model import INPUTS, WHOLE, Choice, Edge, Fold, Graph, Node
from tensorpad.protocol.records import AutogradRecord, FunctionRecord, Values
from tensorpad.protocol.traces import TraceRecord

_EDGES_PER_NODE = 16
"""Edges that are drawn, on average over the drawn nodes: one operation may take a hundred thousand inputs."""


class Link(Struct, frozen=True, gc=False):
    """One input of a function: the function that made it, which of its outputs it is, and its index in `next`."""

    producer: str
    slot: int
    index: int


Ends = tuple[str, str, str | None, Values | None]
"""An edge without its id: source, target, tensor, gradient."""


def build(
    trace: TraceRecord,
    autograd: AutogradRecord,
    drawn_nodes: int,
    choice: Choice = WHOLE,
    expanded: Sequence[str] = (),
) -> Graph:
    """The model of one autograd graph of `trace`, of at most `drawn_nodes` nodes (at least 2), folded as `choice` says.

    `expanded` names what is to be open of what would be folded so (`graph.expansion`). Raises NothingToExpand.
    """
    whole = _Builder(trace, autograd).graph()
    if expanded:
        choice = expansion.chosen(whole, fold(whole, drawn_nodes, choice), choice, expanded)
    return thinned(fold(whole, drawn_nodes, choice), _EDGES_PER_NODE * drawn_nodes)


class _Builder:
    """The graph of one record, with all of its nodes."""

    def __init__(self, trace: TraceRecord, autograd: AutogradRecord) -> None:
        self._trace = trace
        self._autograd = autograd
        self._functions = {function.id: function for function in autograd.functions}
        self._tensors = {tensor.id: tensor for tensor in trace.tensors}
        self._operations = {operation.id: operation for operation in trace.operations}
        self._makers = nodes.makers(trace.operations)
        self._steps = {step.ref: index for index, step in enumerate(trace.steps) if step.kind == "operation" and step.ref}
        self._links = {function.id: list(self._inputs(function)) for function in autograd.functions}

    def graph(self) -> Graph:
        """Follow the links from the root, add constants, and put the nodes into order and into modules."""
        root = self._autograd.root
        reached = order.from_root(root, {name: [link.producer for link in links] for name, links in self._links.items()})
        reached.reverse()
        drawn = self._nodes(reached)
        functions = [self._functions[name] for name in reached if name != REST]
        used = list(constants.of(functions, self._tensors, self._operations, self._makers, self._steps))
        by_id = {node.id: node for node in drawn.values()}
        for constant, _ in used:
            by_id.setdefault(constant.id, constant)
        between = chain(
            self._function_edges(functions, drawn),
            ((node.id, function_id, node.tensor, None) for node, function_id in used if by_id[node.id].kind == "constant"),
        )
        edges = [Edge(f"e{number}", *ends) for number, ends in enumerate(between, 1)]
        return self._arranged(by_id, edges, drawn[root].id)

    def _inputs(self, function: FunctionRecord) -> Iterator[Link]:
        """The inputs of a function, in order.

        If the worker left functions out, all edges to those are one link to the elided node.
        """
        followed = left_out = False
        for index, edge in enumerate(function.next):
            if edge is not None and edge[0] in self._functions:
                followed = True
                yield Link(edge[0], edge[1], index)
            elif edge is not None and not left_out:
                left_out = True
                yield Link(REST, 0, index)
        if self._autograd.elided and function.next and not (followed or left_out or nodes.is_leaf(function)):
            # Only an operation on something that needs a gradient has a function, so what it used was left out.
            yield Link(REST, 0, 0)

    def _nodes(self, reached: Iterable[str]) -> dict[str, Node]:
        """The node of each function, by the function's id."""
        drawn: dict[str, Node] = {}
        leaves: set[str] = set()
        for name in reached:
            if name == REST:
                drawn[name] = Node(REST, "elided", "…", count=max(self._autograd.elided, 1))
                continue
            function = self._functions[name]
            tensor = self._tensors[function.tensor] if function.tensor is not None else None
            if nodes.is_leaf(function):
                drawn[name] = nodes.leaf(function, tensor, self._makers.get(function.tensor or ""), leaves)
                leaves.add(drawn[name].id)
            else:
                kind = "result" if name == self._autograd.root else "operation"
                call = self._operations[function.operation] if function.operation is not None else None
                drawn[name] = nodes.operation(function, kind, tensor, call, self._tensors)
        return drawn

    def _function_edges(self, functions: Sequence[FunctionRecord], drawn: Mapping[str, Node]) -> Iterator[Ends]:
        sent = sent_gradients(self._trace.backwards, self._autograd.id)
        for function in functions:
            gradients = sent.get(function.id, ())
            for link in self._links[function.id]:
                gradient = gradients[link.index] if link.index < len(gradients) else None
                yield drawn[link.producer].id, drawn[function.id].id, self._output(link), gradient

    def _output(self, link: Link) -> str | None:
        """The tensor at the output that a link comes from."""
        function = self._functions.get(link.producer)
        if function is None:
            return None
        if link.slot == 0 and function.tensor is not None:
            return function.tensor
        outputs = self._operations[function.operation].outputs if function.operation is not None else ()
        return outputs[link.slot] if link.slot < len(outputs) else None

    def _arranged(self, by_id: Mapping[str, Node], edges: Sequence[Edge], root: str) -> Graph:
        times, parts = self._history(by_id, edges)
        arranged = order.forward(by_id, [(edge.source, edge.target) for edge in edges], times)
        made_in = {name: self._operations[operation] for name, operation in parts.items()}
        groups, membership = modules.groups([by_id[name] for name in arranged], edges, made_in, self._operations)
        elided = self._autograd.elided
        return Graph(
            self._autograd.id,
            root,
            self._autograd.root_name,
            self._autograd.backward,
            tuple([_belonging(by_id[name], parts, membership) for name in arranged]),
            tuple(edges),
            elided,
            groups,
            (Fold(REST, "rest", "…", max(elided, 1), ()),) if REST in by_id else (),
        )

    def _history(self, by_id: Mapping[str, Node], edges: Sequence[Edge]) -> tuple[dict[str, int], dict[str, str]]:
        """When the program ran each node's operation, and which operation each node is a part of.

        A function without a known operation is a step of the first operation that used its result. Inputs come right before
        their first use. `edges` to a node come before those from it.
        """
        indices = {operation.id: index for index, operation in enumerate(self._trace.operations, 1)}
        parts = {node.id: node.operation for node in by_id.values() if node.operation is not None}
        known = frozenset(parts)
        times = {name: indices[operation] for name, operation in parts.items()}
        for edge in reversed(edges):
            if edge.source in known or edge.target not in times:
                continue
            if times[edge.target] < times.get(edge.source, len(indices) + 1):
                times[edge.source] = times[edge.target]
                if by_id[edge.source].kind not in INPUTS:
                    parts[edge.source] = parts[edge.target]
        return times, parts


def _belonging(node: Node, parts: Mapping[str, str], membership: Mapping[str, str]) -> Node:
    within = parts.get(node.id) if node.kind == "operation" and node.operation is None else None
    group = membership.get(node.id)
    return replace(node, within=within, group=group) if within or group else node
