"""Arithmetic without limits, to compare with what a dtype could hold."""

import math
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from tensorpad.explain.program.moments import Moments
from tensorpad.protocol.records import FullValues, Number
from tensorpad.protocol.steps import ArgumentRecord, OperationRecord

LIMITS: Final = {
    **{f"torch.int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"torch.uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
}
"""The smallest and the largest number of each integer dtype."""
PRECISION: Final = {"torch.float64": 53, "torch.float32": 24, "torch.float16": 11, "torch.bfloat16": 8}
"""Up to 2 to this power, a floating dtype has every whole number."""
_INTEGER = re.compile(r"-?\d{1,30}")
_FLOAT = re.compile(r"-?\d{1,30}(?:\.\d{0,30})?(?:e[+-]?\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two elements that an operation took together, and the place of the result in row-major order."""

    place: int
    left: Number
    right: Number


def function_of(operation: OperationRecord) -> str:
    """A function's name without its module, in one form for the method, the operator and the one in place."""
    return operation.name.rpartition(".")[2].strip("_")


def pairs(moments: Moments, operation: OperationRecord, shape: Sequence[int]) -> Iterator[Pair]:
    """The elements of the first two arguments, broadcast to a shape; none if one of them is not known."""
    if len(operation.arguments) < 2 or (left := _operand(moments, operation, operation.arguments[0])) is None:
        return
    right = _operand(moments, operation, operation.arguments[1])
    if right is None or not _fits(left, shape) or not _fits(right, shape):
        return
    for place, index in enumerate(product(*map(range, shape))):
        yield Pair(place, left.data[_offset(left.shape, index)], right.data[_offset(right.shape, index)])


def literal(text: str) -> Number | None:
    """A number that stands in a program's call."""
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else None


def literals(text: str) -> list[Number]:
    """The numbers of a list that stands in a program's call."""
    found = [literal(item.strip(" []()")) for item in text.split(",")]
    return [item for item in found if item is not None] if None not in found else []


def rounded(value: float, dtype: str) -> float:
    """A number as a floating dtype holds it; unchanged where that is not known."""
    form = {"torch.float32": "f", "torch.float16": "e"}.get(dtype)
    try:
        return struct.unpack(form, struct.pack(form, value))[0] if form is not None else value
    except OverflowError:
        return math.copysign(math.inf, value)


def _operand(moments: Moments, operation: OperationRecord, argument: ArgumentRecord) -> FullValues | None:
    if argument.text in operation.inputs:
        values = moments.before(operation, argument.text)
        return values if moments.elements(values) is not None and isinstance(values, FullValues) else None
    number = literal(argument.text)
    return FullValues((), (number,)) if number is not None else None


def _fits(values: FullValues, shape: Sequence[int]) -> bool:
    """Whether values can be broadcast to a shape, and are as many as they say."""
    own = values.shape
    if len(own) > len(shape) or math.prod(own) != len(values.data):
        return False
    return all(size in (1, wanted) for size, wanted in zip(reversed(own), reversed(shape), strict=False))


def _offset(shape: Sequence[int], index: Sequence[int]) -> int:
    offset = 0
    for size, position in zip(shape, index[len(index) - len(shape) :], strict=True):
        offset = offset * size + (position if size > 1 else 0)
    return offset
