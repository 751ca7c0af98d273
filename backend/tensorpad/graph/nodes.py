"""The nodes of a graph, made of the records of functions, tensors and operations."""

from collections.abc import Container, Iterable
from typing import Literal

from msgspec.structs import replace

from tensorpad.graph.model import Node, short_name
from tensorpad.protocol.records import FunctionRecord, TensorRecord, Values
from tensorpad.protocol.steps import OperationRecord


def is_leaf(function: FunctionRecord) -> bool:
    """Whether a function accumulates the gradient of a leaf."""
    return function.name.endswith("AccumulateGrad")


def makers(operations: Iterable[OperationRecord]) -> dict[str, OperationRecord]:
    """The operation that returned each tensor first; a later one wrote to it in place."""
    found: dict[str, OperationRecord] = {}
    for operation in operations:
        for output in operation.outputs:
            found.setdefault(output, operation)
    return found


def leaf(
    function: FunctionRecord, tensor: TensorRecord | None, maker: OperationRecord | None, taken: Container[str]
) -> Node:
    """A leaf, with its tensor's id unless that is `taken`; `maker` is the operation that returned it.

    A leaf has two functions after `x.data = …` gave it data of another type. What makes a parameter makes a whole module.
    """
    own = function.id if tensor is None or tensor.id in taken else tensor.id
    node = Node(own, "leaf", own, function=function.name, order=function.order, grad=_arrived(function))
    if tensor is None:
        return node
    kind = "parameter" if tensor.is_parameter else "leaf"
    shown = replace(_showing(node, tensor), kind=kind, label=", ".join(tensor.names) or own)
    shown = replace(shown, grad=tensor.grad, grad_kept=tensor.grad is not None)
    return shown if tensor.names or tensor.is_parameter else _called_by(maker, shown)


def operation(
    function: FunctionRecord,
    kind: Literal["operation", "result"],
    output: TensorRecord | None,
    call: OperationRecord | None,
    tensors: Container[str],
) -> Node:
    """The backward function of `call`, with the tensor that the call returned.

    Arguments in `tensors`, the ids of all tensors, are left out: they are edges.
    """
    names = ", ".join(output.names) if output is not None else ""
    node = Node(
        function.id,
        kind,
        names or _source(call) or function.name,
        function=function.name,
        order=function.order,
        grad=_arrived(function),
    )
    if output is not None:
        node = replace(_showing(node, output), grad_kept=node.grad is not None and output.grad is not None)
    if call is not None:
        arguments = [item for item in call.arguments if item.text not in tensors]
        node = replace(
            node,
            expression=call.expression,
            span=call.span,
            operation=call.id,
            call=call.name,
            arguments=tuple([f"{item.name}={item.text}" if item.name else item.text for item in arguments]),
        )
    return node


def constant(tensor: TensorRecord, maker: OperationRecord | None) -> Node:
    """A tensor that needs no gradient; `maker` is the operation that returned it."""
    label = ", ".join(tensor.names)
    return _called_by(maker, _showing(Node(tensor.id, "constant", label or tensor.id), tensor))


def _called_by(maker: OperationRecord | None, node: Node) -> Node:
    """An input of the graph with its source, which it is called by if it has no name."""
    # The elements that a `for` takes out of a tensor have the whole loop as their source.
    if maker is None or not maker.expression or "\n" in maker.expression:
        return node
    label = node.label if node.names else maker.expression
    return replace(node, label=label, expression=maker.expression, span=maker.span)


def _showing(node: Node, tensor: TensorRecord) -> Node:
    shape, dtype = tensor.layout.shape, tensor.layout.dtype
    return replace(node, tensor=tensor.id, names=tensor.names, shape=shape, dtype=dtype, value=tensor.values)


def _arrived(function: FunctionRecord) -> Values | None:
    return next((gradient for gradient in function.gradients if gradient is not None), None)


def _source(call: OperationRecord | None) -> str | None:
    """The source of an operation. Library code has none of its own, only that of a larger call, so its name is used."""
    if call is None or call.parent is None:
        return call.expression if call else None
    return short_name(call.name)
