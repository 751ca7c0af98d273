"""What the schema cannot say of a trace: references that hold, lengths that agree, graphs without cycles.

A worker can be made to send anything, so this runs on every trace in the parent, in time linear in its size and without
recursion. What passes can be read without looking twice.
"""

import math
from collections.abc import Iterable
from itertools import pairwise

from tensorpad.protocol.backward_validation import check_backwards
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.inquiry_validation import check_answer
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import (
    ID_FORM,
    AutogradRecord,
    CellRecord,
    FullValues,
    FunctionRecord,
    OpaqueValues,
    SummaryValues,
    TensorRecord,
    Values,
)
from tensorpad.protocol.step_validation import check_steps
from tensorpad.protocol.traces import TraceRecord

SLACK = 2
"""A worker may report this many times what the limits ask it to; beyond that it is not our code that speaks."""
_PREFIXES = {"tensor": "t", "storage": "s", "operation": "op", "graph": "g", "function": "f"}
"""What ids begin with, so that no two kinds of records share one."""
_MEMBERS = 64
"""Names and references, on average over the records that a report may have of a kind."""
_EDGES = 8
"""Edges and gradients, on average over the functions that a report may have in graphs."""


def check_cell(cell: CellRecord, limits: Limits) -> None:
    """Raises ProtocolError where a cell shows more than the limits let it, or names what is no tensor."""
    _most("the displays of a cell", len(cell.displays), SLACK * limits.graphs)
    if cell.result is not None and cell.result.tensor is not None and not ID_FORM.fullmatch(cell.result.tensor):
        raise ProtocolError(f"a result names {cell.result.tensor!r}, which is no id")


def check_sizes(graphs: Iterable[AutogradRecord], limits: Limits) -> None:
    """Raises ProtocolError where graphs have more functions or edges than the limits allow.

    Small enough to be called again and again, while graphs are read.
    """
    functions = [function for graph in graphs for function in graph.functions]
    _most("functions of graphs", len(functions), SLACK * limits.graph_nodes)
    edges = sum(len(function.next) + len(function.gradients) for function in functions)
    _most("edges of graphs", edges, SLACK * limits.graph_nodes * _EDGES)


def check(trace: TraceRecord, limits: Limits) -> None:
    """Raises ProtocolError where the records contradict themselves, each other or the limits."""
    for what, records in (
        ("variables", trace.variables),
        ("tensors", trace.tensors),
        ("storages", trace.storages),
        ("operations", trace.operations),
    ):
        _most(what, len(records), SLACK * limits.records)
    _most("graphs", len(trace.graphs), SLACK * limits.graphs)
    most = SLACK * limits.records * _MEMBERS
    _most("names of tensors", sum(len(tensor.names) for tensor in trace.tensors), most)
    _most("members of storages", sum(len(storage.members) for storage in trace.storages), most)
    _most("tensors of operations", sum(len(one.inputs) + len(one.outputs) for one in trace.operations), most)
    tensors = _unique("tensor", (tensor.id for tensor in trace.tensors))
    storages = _unique("storage", (storage.id for storage in trace.storages))
    operations = _unique("operation", (operation.id for operation in trace.operations))
    _unique("graph", (graph.id for graph in trace.graphs))

    check_sizes(trace.graphs, limits)

    for tensor in trace.tensors:
        _tensor(tensor, limits)
        _known(f"the storage of {tensor.id}", (tensor.layout.storage,), storages)
        _known(f"the base of {tensor.id}", (tensor.view_of,), tensors)
    for storage in trace.storages:
        _known(f"the members of {storage.id}", storage.members, tensors)
    for variable in trace.variables:
        _known("the tensor of a variable", (variable.tensor,), tensors)
    for operation in trace.operations:
        _known(f"the inputs of {operation.id}", operation.inputs, tensors)
        _known(f"the outputs of {operation.id}", operation.outputs, tensors)
    if trace.failure is not None:
        for operand in trace.failure.operands:
            _known("the operands of the failure", (operand.tensor, operand.base), tensors)
            if any(size < 0 for size in operand.shape) or len(operand.stride) not in (0, len(operand.shape)):
                raise ProtocolError("an operand of the failure has sizes or strides that cannot be")
    for graph in trace.graphs:
        _graph(graph, limits, tensors, operations)
    graphs = {graph.id for graph in trace.graphs}
    check_steps(trace, limits, _values)
    check_backwards(trace.backwards, limits, tensors, operations, graphs, _values)
    if trace.answer is not None:
        functions = {function.id for graph in trace.graphs for function in graph.functions}
        arrays = {array.id for array in trace.arrays}
        check_answer(trace.answer, tensors | arrays | operations | functions, limits, _values)


def _tensor(tensor: TensorRecord, limits: Limits) -> None:
    shape, stride = tensor.layout.shape, tensor.layout.stride
    if any(size < 0 for size in shape):
        raise ProtocolError(f"{tensor.id} has a negative size")
    if stride and len(stride) != len(shape):
        raise ProtocolError(f"{tensor.id} has {len(stride)} strides for {len(shape)} dimensions")
    _values(f"the values of {tensor.id}", tensor.values, limits)
    if not isinstance(tensor.values, OpaqueValues) and tensor.values.shape != shape:
        raise ProtocolError(f"the values of {tensor.id} have another shape than it has")
    if tensor.grad is not None:
        _values(f"the gradient of {tensor.id}", tensor.grad, limits)


def _values(what: str, values: Values, limits: Limits) -> None:
    if any(size < 0 for size in values.shape):
        raise ProtocolError(f"{what} have a negative size")
    match values:
        case FullValues(shape=shape, data=data):
            # More elements than the limit cannot agree with the data, and their product need not be worked out exactly.
            count = math.prod(shape)
            if len(data) != count * (2 if values.complex else 1):
                raise ProtocolError(f"{what} are {len(data)} numbers for {count} elements")
            _most(what, count, limits.values)
        case SummaryValues():
            count = len(values.rows) * len(values.columns) * (2 if values.complex else 1)
            if len(values.corners) != count:
                raise ProtocolError(f"{what} have {len(values.corners)} numbers in their corners and not {count}")
            if len(values.edges) != (len(values.histogram) + 1 if values.histogram else 0):
                raise ProtocolError(f"{what} have a histogram whose edges do not fit its counts")
            if _disordered(values.rows) or _disordered(values.columns):
                raise ProtocolError(f"{what} have corners out of order")
        case _:
            pass


def _graph(graph: AutogradRecord, limits: Limits, tensors: set[str], operations: set[str]) -> None:
    functions = graph.functions
    ids = _unique("function", (function.id for function in functions))
    _known(f"the root of {graph.id}", (graph.root,), ids)
    for function in functions:
        _known(f"the tensor of {function.id}", (function.tensor,), tensors)
        _known(f"the operation of {function.id}", (function.operation,), operations)
        if function.name.endswith("AccumulateGrad") and any(edge is not None for edge in function.next):
            raise ProtocolError(f"{function.id} accumulates the gradient of a leaf, but has edges")
        if not graph.elided:
            # Where functions are left out, an edge may lead to one of them.
            _known(f"the edges of {function.id}", (edge[0] for edge in function.next if edge is not None), ids)
        for gradient in function.gradients:
            if gradient is not None:
                _values(f"the gradient at {function.id}", gradient, limits)
    _acyclic(graph.id, functions)


def _acyclic(graph_id: str, functions: tuple[FunctionRecord, ...]) -> None:
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


def _disordered(places: tuple[int, ...]) -> bool:
    return any(after <= before for before, after in pairwise(places))


def _unique(what: str, ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for one in ids:
        # A reference must be the id of a record, so only each record's own id is checked.
        if not ID_FORM.fullmatch(one) or one.rstrip("0123456789") != _PREFIXES[what]:
            raise ProtocolError(f"the id of a {what} is {one!r}")
        if one in seen:
            raise ProtocolError(f"two records of a {what} have the id {one}")
        seen.add(one)
    return seen


def _known(what: str, ids: Iterable[str | None], known: set[str]) -> None:
    for one in ids:
        if one is not None and one not in known:
            raise ProtocolError(f"{what} name {one}, which is not there")


def _most(what: str, count: int, most: int) -> None:
    if count > most:
        raise ProtocolError(f"{what}: {count} is more than {most}")
