"""Numbers as torch prints them."""

import pytest
import torch
from tensorpad.render.numbers import complex_texts, real_texts


@pytest.mark.parametrize(
    "values",
    [
        [1.0, 2.0],
        [1.5, 2.25, -3.0],
        [1e-9, 3.0],
        [1e9],
        [float("nan"), float("inf"), -float("inf"), 1.0],
        [float("nan"), 0.5],
        [0.0],
        [-0.0],
        [12345.0, 1.0],
        [0.1, 0.2, 1000.5],
        [1, 20, -3],
        [True, False],
        [2**62],
    ],
)
def test_same_as_torch_but_for_spare_zeros(values: list[float]) -> None:
    inside = str(torch.tensor(values)).replace(" ", "").replace("\n", "").split("[")[1].split("]")[0].split(",")
    for ours, theirs in zip(real_texts(values), inside, strict=True):
        assert ours == theirs or _without_zeros(ours) == _without_zeros(theirs)


def test_zeros_are_dropped_from_all_or_none() -> None:
    assert real_texts([4.5, 4.5]) == ["4.5", "4.5"]
    assert real_texts([4.5, 1.25]) == ["4.50", "1.25"]


def test_complex_numbers_have_both_parts() -> None:
    assert complex_texts([1.0, 2.0, 0.0, -1.0]) == ["1.+2.j", "0.-1.j"]


def _without_zeros(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return mantissa.rstrip("0") + exponent
