"""Tensors that operations used and that need no gradient: data, targets, masks. Autograd's own graph does not hold them."""

from collections.abc import Iterator, Mapping, Sequence

from tensorpad.graph.model import Node
from tensorpad.protocol.records import FunctionRecord, TensorRecord
from tensorpad.protocol.steps import OperationRecord


def of(
    functions: Sequence[FunctionRecord], tensors: Mapping[str, TensorRecord], operations: Mapping[str, OperationRecord]
) -> Iterator[tuple[Node, str]]:
    """Each constant with the id of a function that stands for the operation that used it.

    `functions` are in forward order. An operation of several functions has its constants at the last of them that has an
    input without a gradient. What library code used for itself, and what has no name there, is left out.
    """
    users: dict[str, FunctionRecord] = {}
    for function in functions:
        if (
            function.operation is not None
            and function.operation in operations
            and not function.name.endswith("AccumulateGrad")
        ):
            before = users.get(function.operation)
            if before is None or None in function.next or None not in before.next:
                users[function.operation] = function
    if not users:
        return
    sources = {output: operation for operation in operations.values() for output in operation.outputs}
    made: dict[str, Node] = {}
    for name, function in users.items():
        operation = operations[name]
        for tensor_id in dict.fromkeys(operation.inputs):
            tensor = tensors.get(tensor_id)
            if tensor is None or tensor.requires_grad or tensor_id in operation.outputs:
                continue
            if operation.parent is not None and not tensor.names:
                continue
            if tensor_id not in made:
                made[tensor_id] = _node(tensor, sources.get(tensor_id))
            yield made[tensor_id], function.id


def _node(tensor: TensorRecord, source: OperationRecord | None) -> Node:
    # What a `for` takes out of a tensor has the whole loop for its source.
    expression = source.expression if source and source.expression and "\n" not in source.expression else None
    return Node(
        id=tensor.id,
        kind="constant",
        label=", ".join(tensor.names) or expression or tensor.id,
        tensor=tensor.id,
        names=tensor.names,
        shape=tensor.shape,
        dtype=tensor.dtype,
        expression=expression,
        span=source.span if source and expression else None,
        value=tensor.values,
    )
