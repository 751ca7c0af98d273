"""What torch does inside one call, as a tree of operators."""

from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from tensorpad.trace.base.internals import COMPOSITE, has_kernel
from tensorpad.trace.forward.arguments import collect
from tensorpad.trace.forward.torch_functions import operator_name

_initialise: Any = vars(TorchDispatchMode)["__init__"]  # one of its parameters has no type
DEPTH = 8
MOST = 400
"""Operators that are watched in one call."""


class Operator:
    """One operator that ran: `name` is its public name, if it has one. `written` says that it wrote in place."""

    __slots__ = ("args", "children", "inputs", "kwargs", "name", "outputs", "schema", "written")

    def __init__(self, overload: Any, args: Any, kwargs: Any) -> None:
        self.schema = overload._schema
        self.name = operator_name(overload)
        self.written = bool(self.schema.is_mutable)
        self.args = args
        self.kwargs = kwargs
        self.children: list[Operator] = []
        self.inputs: list[Any] = []
        self.outputs: list[Any] = []
        collect(args, self.inputs)
        collect(kwargs.values(), self.inputs)

    @property
    def idle(self) -> bool:
        """Whether it did nothing that shows."""
        return not self.written and all(self.origin(tensor) is not None for tensor in self.outputs)

    def origin(self, output: Any) -> Any:
        """The input that an output is nothing but another name for, None if there is none."""
        if self.written:
            return None
        return next((tensor for tensor in self.inputs if tensor is output or _alike(tensor, output)), None)


def _alike(one: Any, other: Any) -> bool:
    """Whether two tensors are the same view of the same memory."""
    if one.layout is not torch.strided or other.layout is not torch.strided or not one.numel():
        return False
    return (
        one.untyped_storage()._cdata == other.untyped_storage()._cdata
        and (one.shape, one.stride(), one.dtype) == (other.shape, other.stride(), other.dtype)
        and one.storage_offset() == other.storage_offset()
        and (one.is_conj(), one.is_neg()) == (other.is_conj(), other.is_neg())
    )


class Inside(TorchDispatchMode):
    """While active, records operators in `top`; `more` says that there were too many.

    `ran` is called with each operator when it has run, before anything else does.

    NOTE [Below the functions that a program calls]
    1. torch takes a function mode off while it handles a call, and a function written in Python asks for modes before it
       begins. So no function mode can see what such a function calls: put on again, it would get the very same call.
    2. A dispatch mode sees operators, but would be noticed if it were on while the program runs: derivative formulas and
       some kernels choose another way under one. So it watches the call as it is made again, when the program has ended.
    3. In inference mode an operator that is composed of others comes to the dispatch mode whole, before autograd would have
       taken it apart. It is taken apart here, with the mode on, and what it is made of becomes its children.
    """

    def __init__(self, ran: Any) -> None:
        _initialise(self)
        self.top: list[Operator] = []
        self.more = False
        self._ran = ran
        self._into = self.top
        self._depth = 0
        self._count = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Run an operator, in pieces if it has them."""
        kwargs = kwargs or {}
        self._count += 1
        if self._count > MOST:
            self.more = True
            return func(*args, **kwargs)
        operator = Operator(func, args, kwargs)
        self._into.append(operator)
        output = self._run(operator, func, args, kwargs)
        collect(output, operator.outputs)
        if operator.written and not operator.outputs:
            operator.outputs.extend(operator.inputs[:1])
        self._ran(operator)
        return output

    def _run(self, operator: Operator, func: Any, args: Any, kwargs: Any) -> Any:
        if self._depth >= DEPTH or not has_kernel(func.name(), "CompositeImplicitAutograd"):
            return func(*args, **kwargs)
        outer, self._into = self._into, operator.children
        self._depth += 1
        try:
            with self:
                return func._op_dk(COMPOSITE, *args, **kwargs)
        finally:
            self._depth -= 1
            self._into = outer


def pruned(operators: list[Operator]) -> list[Operator]:
    """The tree without what did nothing: operators that return an input, or another view of it that looks the same.

    An operator with one child is what that child is (`softmax` and `_softmax`), so it takes over the child's children.
    """
    kept: list[Operator] = []
    for operator in operators:
        if operator.idle:
            continue
        operator.children = pruned(operator.children)
        if len(operator.children) == 1:
            (child,) = operator.children
            operator.name = operator.name or child.name
            operator.children = child.children
        kept.append(operator)
    return kept
