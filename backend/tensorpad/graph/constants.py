"""Tensors that operations used and that need no gradient: data, targets, masks. They are not in autograd's own graph."""

from collections.abc import Iterator, Mapping, Sequence

from tensorpad.graph import nodes
from tensorpad.graph.model import Node
from tensorpad.protocol.records import FunctionRecord, TensorRecord
from tensorpad.protocol.steps import OperationRecord


def of(
    functions: Sequence[FunctionRecord],
    tensors: Mapping[str, TensorRecord],
    operations: Mapping[str, OperationRecord],
    makers: Mapping[str, OperationRecord],
    steps: Mapping[str, int],
) -> Iterator[tuple[Node, str]]:
    """Each constant with the id of a function that stands for the operation that used it. `steps` are those of operations.

    `functions` are in forward order. What library code used for itself, and has no name there, is left out.
    """
    constants: dict[str, Node] = {}
    for name, function in _users(functions).items():
        operation = operations[name]
        for tensor_id in dict.fromkeys(operation.inputs):
            if _is_constant(tensors[tensor_id], operation, steps.get(name)):
                if tensor_id not in constants:
                    constants[tensor_id] = nodes.constant(tensors[tensor_id], makers.get(tensor_id))
                yield constants[tensor_id], function.id


def _users(functions: Sequence[FunctionRecord]) -> dict[str, FunctionRecord]:
    """For each operation the function that its constants go into: the last that has an input without a gradient."""
    users: dict[str, FunctionRecord] = {}
    for function in functions:
        if function.operation is None or nodes.is_leaf(function):
            continue
        earlier = users.get(function.operation)
        if earlier is None or None in function.next or None not in earlier.next:
            users[function.operation] = function
    return users


def _is_constant(tensor: TensorRecord, operation: OperationRecord, step: int | None) -> bool:
    """Whether a tensor needed no gradient when the operation used it, whatever it has needed since."""
    role = tensor.roles[-1] if step is None else tensor.role_at(step)
    if role.requires_grad or tensor.id in operation.outputs:
        return False
    return operation.parent is None or bool(tensor.names)
