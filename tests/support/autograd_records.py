"""Trace records made from a real torch graph in the test process, for tests of what comes after the trace."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from msgspec.structs import replace
from tensorpad.protocol.records import (
    AutogradRecord,
    FullValues,
    FunctionRecord,
    Layout,
    OpaqueValues,
    RoleRecord,
    TensorRecord,
    Values,
)
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord


def _numbers(flat: Any) -> tuple[float, ...]:
    return tuple(flat.tolist())


def values_of(tensor: Any) -> Values:
    """Every element, or the reason why not."""
    flat: Any = tensor.detach().flatten()
    if flat.numel() > 2_000:
        return OpaqueValues(tuple(tensor.shape), "large")
    single = flat.dtype in (torch.float32, torch.float16, torch.bfloat16, torch.complex64)
    if flat.is_complex():
        return FullValues(tuple(tensor.shape), _numbers(torch.view_as_real(flat).flatten()), complex=True, single=single)
    return FullValues(tuple(tensor.shape), _numbers(flat), single=single)


def _role(tensor: Any, is_parameter: bool) -> RoleRecord:
    name = tensor.grad_fn.name() if tensor.grad_fn is not None else None
    return RoleRecord(None, tensor.requires_grad, tensor.is_leaf, name, is_parameter)


def trace_of(
    root: Any,
    names: Mapping[str, torch.Tensor],
    expressions: Mapping[str, str] | None = None,
    backward: bool = True,
    parameters: Sequence[str] = (),
) -> tuple[TraceRecord, AutogradRecord]:
    """Records of the graph that ends in `root`.

    `names` are the program's names of tensors that are still held; `expressions` give the source of a named tensor. With
    `backward`, a backward pass runs from `root` with a gradient of ones.
    """
    named = {id(tensor): name for name, tensor in names.items()}
    by_function: dict[Any, torch.Tensor] = {
        tensor.grad_fn: tensor for tensor in names.values() if tensor.grad_fn is not None
    }
    order: list[Any] = [root.grad_fn]
    seen: set[Any] = {root.grad_fn}
    for function in order:
        for following, _ in function.next_functions:
            if following is not None and following not in seen:
                seen.add(following)
                order.append(following)
    gradients: dict[Any, Any] = {}
    run: list[Any] = []
    handles: list[Any] = []
    for function in order:

        def remember(arrived: Any, function: Any = function) -> None:
            run.append(function)
            gradients[function] = tuple(None if one is None else values_of(one) for one in arrived)

        handles.append(function.register_prehook(remember))
    if backward:
        root.backward(torch.ones_like(root))
    for handle in handles:
        handle.remove()

    tensors: dict[int, TensorRecord] = {}
    operations: list[OperationRecord] = []
    counter = itertools.count(1)

    def record(tensor: Any) -> str | None:
        if tensor is None:
            return None
        if id(tensor) not in tensors:
            name = named.get(id(tensor))
            tensors[id(tensor)] = TensorRecord(
                id=f"t{next(counter)}",
                names=(name,) if name else (),
                layout=Layout(
                    shape=tuple(tensor.shape),
                    stride=tuple(tensor.stride()),
                    offset=tensor.storage_offset(),
                    dtype=str(tensor.dtype).removeprefix("torch."),
                    device=str(tensor.device),
                    storage=None,
                ),
                roles=(_role(tensor, name in parameters),),
                version=tensor._version,
                view_of=None,
                values=values_of(tensor),
                grad=values_of(tensor.grad) if tensor.is_leaf and tensor.grad is not None else None,
            )
        return tensors[id(tensor)].id

    ids = {function: f"f{number}" for number, function in enumerate(order, 1)}
    functions: list[FunctionRecord] = []
    for function in order:
        tensor = getattr(function, "variable", None)
        tensor = by_function.get(function) if tensor is None else tensor
        tensor_id = record(tensor)
        name = named.get(id(tensor)) if tensor is not None else None
        operation = None
        if expressions and name and name in expressions:
            operation = f"op{len(operations) + 1}"
            expression = expressions[name]
            operations.append(OperationRecord(operation, "op", None, expression, (), (tensor_id,) if tensor_id else ()))
        functions.append(
            FunctionRecord(
                id=ids[function],
                name=function.name(),
                tensor=tensor_id,
                operation=operation,
                gradients=gradients.get(function, (None,)),
                next=tuple(
                    None if following is None else (ids[following], index) for following, index in function.next_functions
                ),
                order=run.index(function) if function in run else None,
            )
        )
    root_name = named.get(id(root), "out")
    autograd = AutogradRecord("g1", ids[root.grad_fn], root_name, backward, tuple(functions))
    return TraceRecord(tensors=tuple(tensors.values()), operations=tuple(operations), graphs=(autograd,)), autograd


def tutorial() -> tuple[TraceRecord, AutogradRecord]:
    """The notebook's first graph, after its backward pass."""
    x = torch.ones(2, 2, requires_grad=True)
    y = x + 2
    square = y * y
    z = square * 3
    out = z.mean()
    trace, autograd = trace_of(
        out,
        {"x": x, "y": y, "square": square, "z": z, "out": out},
        {"y": "x + 2", "square": "y * y", "z": "y * y * 3", "out": "z.mean()"},
    )
    # The program holds `y * y` under no name.
    tensors = tuple(replace(tensor, names=()) if tensor.names == ("square",) else tensor for tensor in trace.tensors)
    return replace(trace, tensors=tensors), autograd
