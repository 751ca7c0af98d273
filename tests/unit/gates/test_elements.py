"""Elements are picked and written as torch does it."""

import itertools
import random
from typing import Any

import pytest
import torch
from tensorpad.gates.elements import Elements, part_of, shape_of, written

INDICES: list[Any] = [
    0, -1, None, ..., slice(None), slice(1, None), slice(None, None, 2), slice(-2, 5), (0, 1), (slice(None), 1), (..., 0),
    (None, 0), (0, None, slice(1, 3)), (slice(0, 0),), (1, ..., None),
]  # fmt: skip
SHAPES = [(3,), (2, 3), (2, 3, 4), (), (0, 3), (2, 0)]


def listed(tensor: Any) -> Any:
    """`Tensor.tolist`, which torch leaves without a type."""
    return tensor.tolist()


def elements(tensor: torch.Tensor) -> Elements:
    return Elements(tuple(tensor.shape), tuple(listed(tensor.flatten())), tensor.dtype == torch.float32)


@pytest.mark.parametrize(("shape", "index"), list(itertools.product(SHAPES, INDICES)))
def test_index_picks_what_torch_picks(shape: tuple[int, ...], index: Any) -> None:
    whole = torch.arange(torch.Size(shape).numel()).reshape(shape)
    try:
        part = whole[index]
    except IndexError:
        with pytest.raises(IndexError):
            part_of(elements(whole), index)
        with pytest.raises(IndexError):
            shape_of(shape, index)
        return
    picked = part_of(elements(whole), index)
    assert (picked.shape, list(picked.data)) == (tuple(part.shape), listed(part.flatten()))
    assert shape_of(shape, index) == tuple(part.shape)
    assert written(picked) == str(listed(part))


def test_float32_is_written_with_the_fewest_digits_that_tell_it_apart() -> None:
    generator = random.Random(0)
    extremes = [0.1, 1e-45, 3.4028235e38, 16777216.0, -0.0, 1.0, 1e-8, 123456.78]
    for value in [*extremes, *(generator.uniform(-10, 10) ** 7 for _ in range(300))]:
        tensor = torch.tensor(value, dtype=torch.float32)
        text = written(elements(tensor))
        assert torch.equal(torch.tensor(float(text), dtype=torch.float32), tensor)
        digits = str(tensor.numpy())
        assert float(text) == float(digits), (text, digits)
