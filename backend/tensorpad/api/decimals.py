"""The elements of tensors as JSON: nested as their shape is, each as short as it can be.

A float is written with the fewest digits that read back to the same number of its precision. Elements of single precision
need half as many as the doubles that they are here: 0.1 and not 0.10000000149011612. NumPy and orjson do that in C. What
many readers of JSON cannot hold is a string: `"NaN"`, `"Infinity"`, `"-Infinity"`, and the digits of an integer beyond
2**53.
"""

import importlib
import math
from array import array
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, get_args

import orjson
from msgspec import Raw

from tensorpad.protocol.records import Number

NonFinite = Literal["NaN", "Infinity", "-Infinity"]
NON_FINITE: tuple[NonFinite, ...] = get_args(NonFinite)

_EXACT = 2**53
"""Integers up to here are the same in a reader that takes JSON's numbers for doubles."""
_DIMENSIONS = 32
"""Dimensions that NumPy and orjson surely take."""


def load() -> None:
    """Load NumPy, which the first tensor of an answer would else wait for. The command starts without it."""
    _numpy()


def nested(data: Sequence[Number], shape: Sequence[int], *, single: bool = False) -> Any:
    """Elements, row-major, in lists as `shape` says; no size in it is zero. It can be encoded as JSON."""
    if type(data[0]) is float and 0 < len(shape) <= _DIMENSIONS:
        floats = _floats(data, single)
        if floats is not None and bool(_numpy().isfinite(floats).all()):
            return Raw(orjson.dumps(floats.reshape(shape), option=orjson.OPT_SERIALIZE_NUMPY))
    flat: Sequence[Any] = _elements(data, single)
    for size in reversed(shape[1:]):
        flat = [flat[start : start + size] for start in range(0, len(flat), size)]
    return flat if shape else flat[0]


def number(value: float, *, single: bool = False) -> float | NonFinite:
    """One float."""
    if math.isfinite(value):
        return _shortened((value,))[0] or value if single else value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def _elements(data: Sequence[Number], single: bool) -> Sequence[Number | str]:
    if single:
        return [_element(value) if short is None else short for value, short in zip(data, _shortened(data), strict=True)]
    # Three calls of C say of ordinary elements that they can stay as they are.
    if math.isfinite(sum(data)) and min(data) >= -_EXACT and max(data) <= _EXACT:
        return data
    return [_element(value) for value in data]


def _element(value: Number) -> Number | str:
    if isinstance(value, float):
        return number(value)
    return value if -_EXACT <= value <= _EXACT else str(value)


def _shortened(data: Sequence[Number]) -> Sequence[float | None]:
    """The doubles that are written as the shortest decimals of these singles; None for what is no finite single."""
    floats = _floats(data, single=True)
    if floats is None:
        return [None] * len(data)
    return orjson.loads(orjson.dumps(floats, option=orjson.OPT_SERIALIZE_NUMPY))


def _floats(data: Sequence[Number], single: bool) -> Any:
    """An array of NumPy; None where an integer is too large for a float. What is too large for a single is infinite."""
    try:
        return _numpy().frombuffer(array("f" if single else "d", data), dtype="float32" if single else "float64")
    except OverflowError:
        return None


@cache
def _numpy() -> Any:
    return importlib.import_module("numpy")
