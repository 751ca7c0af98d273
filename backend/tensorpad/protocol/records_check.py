"""The checks of the records in `protocol.records`: cells, variables, tensors, arrays, storages and graphs."""

from collections.abc import Iterable

from tensorpad.protocol.checks import SLACK, Ids, check_layout, check_values, known, most, unique
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import (
    ID_FORM,
    ArrayRecord,
    AutogradRecord,
    CellRecord,
    FunctionRecord,
    OpaqueValues,
    StorageRecord,
    TensorRecord,
    VersionRecord,
)

_EDGES = 8
"""Edges and gradients, on average over the functions that a report may have in graphs."""


def check_cell(cell: CellRecord) -> None:
    """Raises ProtocolError if a cell names what is no tensor."""
    if cell.result is not None and cell.result.tensor is not None and not ID_FORM.fullmatch(cell.result.tensor):
        raise ProtocolError(f"a result names {cell.result.tensor!r}, which is no id")


def check_tensor(tensor: TensorRecord, ids: Ids, limits: Limits) -> None:
    """Raises ProtocolError if a tensor's layout, values, gradients or history contradict one another or the report."""
    shape = tensor.layout.shape
    check_layout(tensor.id, shape, tensor.layout.stride)
    known(f"the storage of {tensor.id} is", (tensor.layout.storage,), ids.storages)
    known(f"the base of {tensor.id} is", (tensor.view_of,), ids.tensors)
    check_values(f"the values of {tensor.id}", tensor.values, limits)
    if not isinstance(tensor.values, OpaqueValues) and tensor.values.shape != shape:
        raise ProtocolError(f"the values of {tensor.id} have another shape than it has")
    if tensor.grad is not None:
        check_values(f"the gradient of {tensor.id}", tensor.grad, limits)
    for change in tensor.grad_changes:
        if change.step >= ids.steps:
            raise ProtocolError(f"the gradient of {tensor.id} changes at step {change.step} of {ids.steps}")
        if change.values is not None:
            check_values(f"the gradient of {tensor.id}", change.values, limits)
    if any(part.step is not None and part.step >= ids.steps for part in (*tensor.roles, *tensor.paths)):
        raise ProtocolError(f"a role or a name of {tensor.id} begins at no step")
    _check_history(tensor, ids, limits)


def check_array(array: ArrayRecord, ids: Ids, limits: Limits) -> None:
    """Raises ProtocolError if an array's layout, values or history contradict one another or the report."""
    layout = array.layout
    check_layout(array.id, layout.shape, layout.strides)
    if len(layout.strides) != len(layout.shape):
        raise ProtocolError(f"{array.id} has no strides")
    known(f"{array.id} lies on", (layout.storage,), ids.storages)
    check_values(f"the values of {array.id}", array.values, limits)
    _check_history(array, ids, limits)


def _check_history(record: TensorRecord | ArrayRecord, ids: Ids, limits: Limits) -> None:
    what, last = f"the history of {record.id}", len(record.history) - 1
    for index, version in enumerate(record.history):
        if version.step is not None and version.step >= ids.steps:
            raise ProtocolError(f"{what} names step {version.step} of {ids.steps}")
        if (version.values is None) != (index == last):
            raise ProtocolError(f"{what} leaves out a value, or repeats the last")
        _check_version(what, record, version, ids, limits)


def _check_version(what: str, record: TensorRecord | ArrayRecord, version: VersionRecord, ids: Ids, limits: Limits) -> None:
    layout, values = version.layout, version.values
    if layout is not None:
        if isinstance(record, ArrayRecord) or values is None:
            raise ProtocolError(f"{what} has a layout where there can be none")
        check_layout(what, layout.shape, layout.stride)
        known(f"{what} lies on", (layout.storage,), ids.storages)
    if values is not None:
        check_values(what, values, limits)
        if not isinstance(values, OpaqueValues) and values.shape != (layout or record.layout).shape:
            raise ProtocolError(f"{what} has values of another shape than it had")


def check_storage(storage: StorageRecord, ids: Ids) -> None:
    """Raises ProtocolError if the tensors or the bytes of a storage cannot be."""
    known(f"the members of {storage.id} name", storage.members, ids.tensors)
    known(f"the ranges of {storage.id} name", (part.id for part in storage.ranges), ids.versions)
    if any(part.end < part.start for part in storage.ranges):
        raise ProtocolError(f"a range of {storage.id} ends before it begins")


def check_graph_sizes(graphs: Iterable[AutogradRecord], limits: Limits) -> None:
    """Raises ProtocolError if graphs have more functions or edges than the limits allow.

    Small enough to be called again and again, while graphs are read.
    """
    functions = [function for graph in graphs for function in graph.functions]
    most("functions of graphs", len(functions), SLACK * limits.graph_nodes)
    edges = sum(len(function.next) + len(function.gradients) for function in functions)
    most("edges of graphs", edges, SLACK * limits.graph_nodes * _EDGES)


def check_graph(graph: AutogradRecord, ids: Ids, limits: Limits) -> None:
    """Raises ProtocolError if a graph has a cycle, or its functions contradict one another or the report."""
    functions = unique("a function", (function.id for function in graph.functions))
    known(f"the root of {graph.id} is", (graph.root,), functions)
    for function in graph.functions:
        known(f"the tensor of {function.id} is", (function.tensor,), ids.tensors)
        known(f"the operation of {function.id} is", (function.operation,), ids.operations)
        if function.name.endswith("AccumulateGrad") and any(edge is not None for edge in function.next):
            raise ProtocolError(f"{function.id} accumulates the gradient of a leaf, but has edges")
        if not graph.elided:
            # If functions are left out, an edge may lead to one of them.
            known(f"the edges of {function.id} name", (edge[0] for edge in function.next if edge is not None), functions)
        for gradient in function.gradients:
            if gradient is not None:
                check_values(f"the gradient at {function.id}", gradient, limits)
    _check_acyclic(graph.id, graph.functions)


def _check_acyclic(graph_id: str, functions: tuple[FunctionRecord, ...]) -> None:
    """Kahn's algorithm: functions that no function waits for are taken away until none is left."""
    following = {function.id: [edge[0] for edge in function.next if edge is not None] for function in functions}
    waiting = dict.fromkeys(following, 0)
    for targets in following.values():
        for target in targets:
            if target in waiting:
                waiting[target] += 1
    ready = [function_id for function_id, count in waiting.items() if count == 0]
    taken = 0
    while ready:
        taken += 1
        for target in following[ready.pop()]:
            if target in waiting:
                waiting[target] -= 1
                if waiting[target] == 0:
                    ready.append(target)
    if taken < len(following):
        raise ProtocolError(f"{graph_id} has a cycle")
