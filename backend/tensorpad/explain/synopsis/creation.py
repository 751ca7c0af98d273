"""Expressions that make a new tensor, and what the source tells of it."""

import ast
import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from tensorpad.explain.synopsis.acts import Kind, Size
from tensorpad.explain.synopsis.names import Names, code, is_true, keyword

_BY_SIZE = frozenset({"ones", "zeros", "empty", "rand", "randn"})
_OF_DATA = frozenset({"tensor", "as_tensor", "array", "asarray", "from_numpy", "Tensor", "FloatTensor", "LongTensor"})
_LIKE = frozenset({"ones_like", "zeros_like", "empty_like", "rand_like", "randn_like", "full_like"})
_OTHERS = frozenset({"full", "randint", "arange", "linspace", "logspace", "eye", "randperm", "normal"})
_KEEPING = frozenset(
    {"to", "double", "float", "half", "long", "int", "cuda", "cpu", "clone", "detach", "contiguous", "type", "bool"}
)
_PACKAGES = {"torch": "tensor", "numpy": "array", "numpy.random": "array"}
_CHARS_OF_A_NUMBER = 12
_MAX_DIMENSIONS = 8


class Made(Struct, frozen=True):
    """What an expression makes."""

    size: Size | None
    kind: Kind = "tensor"
    requires_grad: bool = False
    value: str | None = None


class Creation:
    """Reads creating expressions, given the sizes of what the program has: tensors, and nested lists."""

    def __init__(self, names: Names, sizes: Mapping[str, Size | None]) -> None:
        self._names = names
        self._sizes = sizes

    def of(self, node: ast.expr) -> Made | None:
        """What `node` makes; None if it is no expression that makes a tensor from nothing but numbers."""
        if not isinstance(node, ast.Call):
            return None
        package, _, name = self._names.full(node.func).rpartition(".")
        if package in _PACKAGES and name in _BY_SIZE | _OF_DATA | _LIKE | _OTHERS:
            return self._created(node, name, _PACKAGES[package])
        if (package, name) == ("torch.nn", "Parameter") and node.args:
            inner = self.of(node.args[0])
            return Made(inner.size if inner else None, "parameter", requires_grad=True)
        if isinstance(node.func, ast.Attribute):
            return self._changed(node, node.func)
        return None

    def _created(self, call: ast.Call, name: str, kind: str) -> Made:
        own: Kind = "array" if kind == "array" else "tensor"
        grad = is_true(keyword(call, "requires_grad"))
        if name in _OF_DATA and call.args:
            data = call.args[0]
            if name.endswith("Tensor") and (size := self._sizes_given(call.args)) is not None and _is_number(data):
                return Made(size, own)
            size = self._sizes.get(data.id) if isinstance(data, ast.Name) else data_size(data)
            number = code(data) if size == () else None
            return Made(size, own, grad, number if number and len(number) <= _CHARS_OF_A_NUMBER else None)
        return Made(self._size(call, name), own, grad)

    def _changed(self, call: ast.Call, method: ast.Attribute) -> Made | None:
        """The value of a method of something new."""
        made = self.of(method.value)
        if made is None:
            return None
        if method.attr == "requires_grad_":
            return Made(made.size, made.kind, requires_grad=True, value=made.value)
        if method.attr in ("view", "reshape"):
            return Made(self._sizes_given(call.args, math.prod(made.size) if made.size is not None else None), made.kind)
        if method.attr in ("t", "T"):
            return Made(made.size[::-1] if made.size else None, made.kind)
        return made if method.attr in _KEEPING else None

    def _size(self, call: ast.Call, name: str) -> Size | None:
        given = keyword(call, "size")
        args = [given] if given is not None else list(call.args)
        numbers = [self._names.number(arg) for arg in args]
        match name:
            case _ if name in _BY_SIZE:
                return self._sizes_given(args)
            case _ if name in _LIKE and args:
                return self._sizes.get(args[0].id) if isinstance(args[0], ast.Name) else None
            case "full" if args:
                return self._sizes_given(args[:1])
            case "randint" | "normal" if args:
                last = args[-1]
                return self._sizes_given([last]) if isinstance(last, ast.Tuple | ast.List) else None
            case "eye" | "randperm" if numbers and numbers[0] is not None:
                return (numbers[0],) if name == "randperm" else (numbers[0], (numbers[1:2] or numbers)[0] or numbers[0])
            case "linspace" | "logspace":
                steps = keyword(call, "steps")
                count = self._names.number(steps) if steps is not None else (numbers[2:3] or [None])[0]
                return None if count is None else (count,)
            case "arange":
                return _range_size(args, self._names)
            case _:
                return None

    def _sizes_given(self, args: Sequence[ast.expr], elements: int | None = None) -> Size | None:
        """Sizes as arguments or as one tuple; -1 among them is what is left of `elements`."""
        if len(args) == 1 and isinstance(args[0], ast.Tuple | ast.List):
            args = args[0].elts
        numbers = [self._names.number(arg) for arg in args]
        sizes = [number for number in numbers if number is not None]
        if len(sizes) < len(numbers) or len(sizes) > _MAX_DIMENSIONS:
            return None
        if sizes.count(-1) == 1:
            rest = math.prod(size for size in sizes if size != -1)
            if elements is None or rest <= 0 or elements % rest:
                return None
            sizes[sizes.index(-1)] = elements // rest
        return None if any(size < 0 for size in sizes) else tuple(sizes)


def _range_size(args: Sequence[ast.expr], names: Names) -> Size | None:
    numbers = [_real(arg, names) for arg in args[:3]]
    if not numbers or None in numbers:
        return None
    known = [number for number in numbers if number is not None]
    start, end, step = (0.0, known[0], 1.0) if len(known) == 1 else (*known, 1.0)[:3]
    count = (end - start) / step if step else -1
    return (math.ceil(count),) if 0 <= count < 10**9 else None


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.Name)


def _real(node: ast.expr, names: Names) -> float | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        return node.value
    return names.number(node)


def data_size(node: ast.expr) -> Size | None:
    """The size of nested lists of numbers, as their first elements tell."""
    sizes: list[int] = []
    while isinstance(node, ast.List | ast.Tuple):
        sizes.append(len(node.elts))
        if not node.elts or any(isinstance(element, ast.Starred) for element in node.elts):
            return tuple(sizes) if not node.elts else None
        node = node.elts[0]
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return tuple(sizes) if isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex) else None
