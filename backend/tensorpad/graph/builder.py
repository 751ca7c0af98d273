"""Trace records to the graph model.

NOTE: the steps are
1. Index tensors and operations by id; the first of a repeated id counts.
2. Turn each function's `next` (backwards) into links forwards, one for each input. If the worker says that it left functions
   out, what points nowhere, and operations without any input, are joined to the elided node; else they are dropped.
3. Follow the links from the root. Each function that is met becomes a node: a leaf has its tensor's id, else it is the
   function's own.
4. Add the tensors that operations used and that need no gradient (`graph.constants`).
5. Put the nodes into the order in which the program ran them, and into the modules that it ran them in (`graph.modules`).
6. Fold what is too large to draw (`graph.folding`), and leave out edges that nobody could tell apart.
Nothing here trusts the records: repeated, missing and circular ids give a smaller graph, never an error or a loop.
"""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from tensorpad.graph import constants, modules, order
from tensorpad.graph.elision import REST
from tensorpad.graph.folding import fold
from tensorpad.graph.gradients import sent_gradients
from tensorpad.graph.model import INPUTS, WHOLE, Choice, Edge, Fold, Graph, Node, NodeKind, short_name
from tensorpad.protocol.records import AutogradRecord, FunctionRecord, TensorRecord
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord

_EDGES_PER_NODE = 16
"""Edges that are drawn, on average over the drawn nodes: one operation may take a hundred thousand inputs."""


class Link(Struct, frozen=True, gc=False):
    """One input of a function: which function made it, at which output, and in which place of `next` it stands."""

    producer: str
    slot: int
    place: int


def build(trace: TraceRecord, autograd: AutogradRecord, drawn_nodes: int, choice: Choice = WHOLE) -> Graph:
    """The model of one autograd graph of `trace`, of at most `drawn_nodes` nodes (at least 2), folded as `choice` says."""
    functions: dict[str, FunctionRecord] = {}
    for function in autograd.functions:
        functions.setdefault(function.id, function)
    if autograd.root not in functions:
        return Graph(autograd.id, autograd.root, autograd.root_name, autograd.backward, (), (), autograd.elided)
    tensors = {tensor.id: tensor for tensor in reversed(trace.tensors)}
    operations = {operation.id: operation for operation in reversed(trace.operations)}
    links = _links(autograd, functions)
    reached = order.from_root(autograd.root, {name: [link.producer for link in own] for name, own in links.items()})
    reached.reverse()

    ids: dict[str, str] = {}
    nodes: dict[str, Node] = {}
    for name in reached:
        node = (
            Node(REST, "elided", "…", count=max(autograd.elided, 1))
            if name == REST
            else _node(functions[name], name == autograd.root, nodes, tensors, operations)
        )
        ids[name] = node.id
        nodes[node.id] = node
    found = [functions[name] for name in reached if name != REST]
    sent = sent_gradients(trace.backwards, autograd.id)
    edges: list[Edge] = []
    for function in found:
        gradients = sent.get(function.id, ())
        for link in links[function.id]:
            gradient = gradients[link.place] if link.place < len(gradients) else None
            tensor = _output(functions.get(link.producer), link.slot, tensors, operations)
            edges.append(Edge(f"e{len(edges) + 1}", ids[link.producer], ids[function.id], tensor, gradient))
    for constant, function_id in constants.of(found, tensors, operations):
        node = nodes.setdefault(constant.id, constant)
        if node.kind == "constant":
            edges.append(Edge(f"e{len(edges) + 1}", node.id, ids[function_id], node.tensor))
    times, parts = _history(trace, nodes, edges)
    arranged = order.forward(nodes, [(edge.source, edge.target) for edge in edges], times)
    made_in = {name: operations[operation] for name, operation in parts.items()}
    groups, membership = modules.groups([nodes[name] for name in arranged], edges, made_in, operations)
    whole = Graph(
        autograd.id,
        ids[autograd.root],
        autograd.root_name,
        autograd.backward,
        tuple([_placed(nodes[name], parts, membership) for name in arranged]),
        tuple(edges),
        autograd.elided,
        groups,
        (Fold(REST, "rest", "…", max(autograd.elided, 1), ()),) if REST in nodes else (),
    )
    return _thinned(fold(whole, drawn_nodes, choice), _EDGES_PER_NODE * drawn_nodes)


def _placed(node: Node, parts: Mapping[str, str], membership: Mapping[str, str]) -> Node:
    within = parts.get(node.id) if node.kind == "operation" and node.operation is None else None
    group = membership.get(node.id)
    return replace(node, within=within, group=group) if within or group else node


def _history(trace: TraceRecord, nodes: Mapping[str, Node], edges: list[Edge]) -> tuple[dict[str, int], dict[str, str]]:
    """When the program ran each node's operation, and which operation each node is a part of.

    A function that no operation is known for is a step within the one that used what it gave first, and inputs come right
    before their first use. Of `edges`, those that lead to a node stand before those that leave it.
    """
    places = {operation.id: place for place, operation in enumerate(trace.operations, 1)}
    parts = {node.id: node.operation for node in nodes.values() if node.operation is not None and node.operation in places}
    known = frozenset(parts)
    times = {name: places[operation] for name, operation in parts.items()}
    for edge in reversed(edges):
        if edge.source in known or edge.target not in times:
            continue
        if times[edge.target] < times.get(edge.source, len(places) + 1):
            times[edge.source] = times[edge.target]
            if nodes[edge.source].kind not in INPUTS:
                parts[edge.source] = parts[edge.target]
    return times, parts


def _thinned(graph: Graph, most: int) -> Graph:
    """`graph` with at most `most` edges: parallel ones are made one, and if that is not enough the last are left out."""
    if len(graph.edges) <= most:
        return graph
    counts: dict[tuple[str, str], int] = {}
    for edge in graph.edges:
        pair = (edge.source, edge.target)
        counts[pair] = counts.get(pair, 0) + edge.count
    pairs = list(counts.items())[:most]
    edges = tuple(Edge(f"e{number}", *pair, count=count) for number, (pair, count) in enumerate(pairs, 1))
    return replace(graph, edges=edges)


def _links(autograd: AutogradRecord, functions: dict[str, FunctionRecord]) -> dict[str, list[Link]]:
    """For each function, those that made its inputs, in the order of its inputs."""
    links: dict[str, list[Link]] = {}
    for function in functions.values():
        inputs: list[Link] = []
        left_out = False
        for place, edge in enumerate(function.next):
            if edge is None:
                continue
            if edge[0] in functions:
                inputs.append(Link(edge[0], edge[1], place))
            elif autograd.elided and not left_out:
                left_out = True
                inputs.append(Link(REST, 0, place))
        if autograd.elided and not inputs and function.next and not _is_leaf(function):
            # Only an operation on something that needs a gradient has a function, so what it used was left out.
            inputs.append(Link(REST, 0, 0))
        links[function.id] = inputs
    return links


def _is_leaf(function: FunctionRecord) -> bool:
    return function.name.endswith("AccumulateGrad")


def _output(
    function: FunctionRecord | None,
    slot: int,
    tensors: Mapping[str, TensorRecord],
    operations: Mapping[str, OperationRecord],
) -> str | None:
    """The tensor at an output of the operation that `function` stands for."""
    if function is None:
        return None
    operation = operations.get(function.operation) if function.operation else None
    outputs = operation.outputs if operation else ()
    tensor = function.tensor
    if slot or tensor is None:
        tensor = outputs[slot] if slot < len(outputs) else None
    return tensor if tensor in tensors else None


def _called(operation: OperationRecord | None) -> str | None:
    """The source of an operation; its name if library code made it, for the source is then that of a larger call."""
    if operation is None or operation.parent is None:
        return operation.expression if operation else None
    return short_name(operation.name)


def _node(
    function: FunctionRecord,
    root: bool,
    taken: Mapping[str, Node],
    tensors: Mapping[str, TensorRecord],
    operations: Mapping[str, OperationRecord],
) -> Node:
    tensor = tensors.get(function.tensor) if function.tensor else None
    leaf = _is_leaf(function)
    operation = operations.get(function.operation) if function.operation and not leaf else None
    arrived = next((gradient for gradient in function.gradients if gradient is not None), None)
    kind: NodeKind = "result" if root else "operation"
    node_id, grad = function.id, arrived
    if leaf:
        kind = "parameter" if tensor is not None and tensor.is_parameter else "leaf"
        if tensor is not None:
            grad = tensor.grad
            # Two functions that claim one tensor cannot both have its id.
            node_id = function.id if tensor.id in taken else tensor.id
    names = tensor.names if tensor else ()
    expression = operation.expression if operation else None
    given = operation.arguments if operation else ()
    arguments = [f"{one.name}={one.text}" if one.name else one.text for one in given if one.text not in tensors]
    return Node(
        id=node_id,
        kind=kind,
        label=", ".join(names) or _called(operation) or (node_id if leaf else function.name),
        tensor=tensor.id if tensor else None,
        names=names,
        shape=tensor.shape if tensor else None,
        dtype=tensor.dtype if tensor else None,
        function=function.name,
        expression=expression,
        span=operation.span if operation else None,
        order=function.order,
        value=tensor.values if tensor else None,
        grad=grad,
        operation=operation.id if operation else None,
        call=operation.name if operation else None,
        arguments=tuple(arguments),
    )
