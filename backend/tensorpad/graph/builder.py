"""Autograd records to the graph model.

NOTE: the steps are
1. Index tensors and operations by id; the first of a repeated id counts.
2. Give each function a node id: the tensor's id for `AccumulateGrad`, else its own.
3. Turn `next` (backwards) into edges forwards, one for each input. If the worker says that it left functions out, what
   points nowhere, and operations without any input, are joined to the elided node; else they are dropped.
4. Order the nodes from the root (`graph.order`) and turn the order round.
5. Leave out what is too far from the root (`graph.elision`), and edges that nobody could tell apart.
Nothing here trusts the records: repeated, missing and circular ids give a smaller graph, never an error or a loop.
"""

from msgspec.structs import replace

from tensorpad.graph import order
from tensorpad.graph.elision import REST, elide
from tensorpad.graph.model import Edge, Graph, Node, NodeKind
from tensorpad.protocol.records import AutogradRecord, FunctionRecord, TensorRecord
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord

_EDGES_PER_NODE = 16
"""Edges that are drawn, on average over the drawn nodes: one operation may take a hundred thousand inputs."""


def build(trace: TraceRecord, autograd: AutogradRecord, drawn_nodes: int) -> Graph:
    """The model of one autograd graph of `trace`, of at most `drawn_nodes` nodes (at least 2)."""
    functions: dict[str, FunctionRecord] = {}
    for function in autograd.functions:
        functions.setdefault(function.id, function)
    tensors = {tensor.id: tensor for tensor in reversed(trace.tensors)}
    operations = {operation.id: operation for operation in reversed(trace.operations)}
    producers = _producers(autograd, functions)
    if autograd.root not in functions:
        return Graph(autograd.id, autograd.root, autograd.root_name, autograd.backward, (), (), autograd.elided)

    ids: dict[str, str] = {}
    nodes: list[Node] = []
    taken: set[str] = set()
    for function_id in order.from_root(autograd.root, producers):
        node = (
            Node(REST, "elided", "…", count=max(autograd.elided, 1))
            if function_id == REST
            else _node(functions[function_id], function_id == autograd.root, taken, tensors, operations)
        )
        taken.add(node.id)
        ids[function_id] = node.id
        nodes.append(node)
    nodes.reverse()
    pairs = [(ids[producer], ids[consumer]) for consumer in reversed(ids) for producer in producers.get(consumer, ())]
    edges = tuple(Edge(f"e{number}", source, target) for number, (source, target) in enumerate(pairs, 1))
    whole = Graph(
        autograd.id, ids[autograd.root], autograd.root_name, autograd.backward, tuple(nodes), edges, autograd.elided
    )
    return _thinned(elide(whole, drawn_nodes), _EDGES_PER_NODE * drawn_nodes)


def _thinned(graph: Graph, most: int) -> Graph:
    """`graph` with at most `most` edges: parallel ones are made one, and if that is not enough the last are left out."""
    if len(graph.edges) <= most:
        return graph
    pairs = list(dict.fromkeys((edge.source, edge.target) for edge in graph.edges))[:most]
    return replace(graph, edges=tuple(Edge(f"e{number}", *pair) for number, pair in enumerate(pairs, 1)))


def _producers(autograd: AutogradRecord, functions: dict[str, FunctionRecord]) -> dict[str, list[str]]:
    """For each function, those that made its inputs, in the order of its inputs."""
    producers: dict[str, list[str]] = {}
    for function in functions.values():
        inputs: list[str] = []
        left_out = False
        for edge in function.next:
            if edge is None:
                continue
            if edge[0] in functions:
                inputs.append(edge[0])
            elif autograd.elided and not left_out:
                left_out = True
                inputs.append(REST)
        if autograd.elided and not inputs and function.next and not _is_leaf(function):
            # Only an operation on something that needs a gradient has a function, so what it used was left out.
            inputs.append(REST)
        producers[function.id] = inputs
    return producers


def _is_leaf(function: FunctionRecord) -> bool:
    return function.name.endswith("AccumulateGrad")


def _node(
    function: FunctionRecord,
    root: bool,
    taken: set[str],
    tensors: dict[str, TensorRecord],
    operations: dict[str, OperationRecord],
) -> Node:
    tensor = tensors.get(function.tensor) if function.tensor else None
    operation = operations.get(function.operation) if function.operation else None
    leaf = _is_leaf(function)
    arrived = next((gradient for gradient in function.gradients if gradient is not None), None)
    kind: NodeKind = "result" if root else "operation"
    node_id, grad = function.id, arrived
    if leaf:
        kind = "parameter" if tensor is not None and tensor.is_parameter else "leaf"
        if tensor is not None:
            grad = tensor.grad
            # Two functions that claim one tensor cannot both have its id.
            node_id = function.id if tensor.id in taken else tensor.id
    expression = operation.expression if operation and not leaf else None
    names = tensor.names if tensor else ()
    return Node(
        id=node_id,
        kind=kind,
        label=", ".join(names) or expression or (node_id if leaf else function.name),
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
    )
