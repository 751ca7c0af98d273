"""Elements of a tensor by constant indices, as torch's basic indexing picks them, and as Python writes them."""

import itertools
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from tensorpad.protocol.records import FullValues, Number

Element = Number | complex


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of a tensor in row-major order. `single` tells that a float32 holds each of them."""

    shape: tuple[int, ...]
    data: tuple[Element, ...]
    single: bool = False


def elements_of(values: FullValues) -> Elements:
    """All elements that a trace lists."""
    data: tuple[Element, ...] = values.data
    if values.complex:
        data = tuple(complex(real, imaginary) for real, imaginary in zip(values.data[::2], values.data[1::2], strict=True))
    return Elements(tuple(values.shape), data, values.single)


def shape_of(shape: Sequence[int], index: object) -> tuple[int, ...]:
    """The shape of `tensor[index]`. Raises IndexError where it does not fit."""
    return tuple(len(places) for places in _places(shape, index) if isinstance(places, range))


def part_of(elements: Elements, index: object) -> Elements:
    """`tensor[index]`. Raises IndexError where it does not fit."""
    chosen = _places(elements.shape, index)
    strides = iter([math.prod(elements.shape[place + 1 :]) for place in range(len(elements.shape))])
    offset = 0
    runs: list[list[int]] = []
    for places, taken in zip(chosen, _taken(index, len(elements.shape)), strict=True):
        stride = next(strides) if taken else 0
        if isinstance(places, int):
            offset += places * stride
        else:
            runs.append([place * stride for place in places])
    data = tuple(elements.data[offset + sum(steps)] for steps in itertools.product(*runs))
    return Elements(tuple(map(len, runs)), data, elements.single)


def written(elements: Elements) -> str:
    """The elements as `tolist()` gives them: `[[1.0, 2.0], [3.0, 4.0]]`."""
    texts = [_written(element, elements.single) for element in elements.data]
    for size in reversed(elements.shape):
        count = len(texts) // size if size else math.prod(elements.shape[: elements.shape.index(0)])
        texts = ["[" + ", ".join(texts[place * size : (place + 1) * size]) + "]" for place in range(count)]
    return texts[0]


def _full(index: object, dimensions: int) -> list[object]:
    """An index for each dimension, and None for each new one."""
    given: list[object] = list(index) if isinstance(index, tuple) else [index]  # pyright: ignore[reportUnknownArgumentType]
    used = sum(item is not None and item is not ... for item in given)
    rest: list[object] = [slice(None)] * (dimensions - used)
    if given.count(...) > 1 or used > dimensions:
        raise IndexError("too many indices")
    if ... in given:
        place = given.index(...)
        return [*given[:place], *rest, *given[place + 1 :]]
    return [*given, *rest]


def _taken(index: object, dimensions: int) -> list[bool]:
    """For each part of a full index whether it takes a dimension of the tensor."""
    return [item is not None for item in _full(index, dimensions)]


def _places(shape: Sequence[int], index: object) -> list[int | range]:
    """The places that a full index chooses in each dimension."""
    sizes = iter(shape)
    chosen: list[int | range] = []
    for item in _full(index, len(shape)):
        if item is None:
            chosen.append(range(1))
            continue
        size = next(sizes)
        if isinstance(item, slice):
            places = range(*cast("slice[Any, Any, Any]", item).indices(size))
            if places.step < 0:
                raise IndexError("a step must be positive")
            chosen.append(places)
        elif isinstance(item, int) and -size <= item < size:
            chosen.append(item % size)
        else:
            raise IndexError("out of range")
    return chosen


def _written(element: Element, single: bool) -> str:
    if not single or not isinstance(element, float) or not math.isfinite(element):
        return repr(element)
    # As few digits as tell a float32 from its neighbours.
    for digits in range(1, 10):
        shorter = float(f"{element:.{digits}g}")
        if abs(shorter) < 3.5e38 and _single(shorter) == element:
            return repr(shorter)
    return repr(element)


def _single(value: float) -> float:
    try:
        return struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.inf
