import math
from collections.abc import Callable
from typing import Any

import pytest
import torch
from tensorpad.sandbox.tensor_texts import tensor_text

SHAPES = [(), (1,), (3,), (40,), (1000,), (2, 2), (7, 30), (1, 1), (2, 3, 4), (3, 1, 2), (2, 2, 2, 3)]
FLOATS = [torch.float32, torch.float64]
INTEGERS = [torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool]
MAKERS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "normal": lambda x: x,
    "whole": lambda x: (x * 10).round(),
    "zero": lambda x: x * 0,
    "negative zero": lambda x: x * -0.0,
    "tiny": lambda x: x * 1e-6,
    "large": lambda x: x * 1e7,
    "huge": lambda x: x * 1e12,
    "huge and whole": lambda x: (x * 1e12).round(),
    "far apart": lambda x: x.exp() ** 4,
    "thousandths": lambda x: (x * 1000).round() / 1000,
    "with nan": lambda x: torch.where(x > 0, x, math.nan),
    "with infinities": lambda x: torch.where(x > 0.5, x, -math.inf),
    "only infinities": lambda x: torch.where(x > 0, math.inf, -math.inf),
    "only nan": lambda x: x * math.nan,
    "whole with nan": lambda x: torch.where(x > 0, x.round(), math.nan),
    "just below whole": lambda x: x.round() - 1e-5,
}


class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        return x * 2

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        return gradients[0] * 2


@pytest.fixture(autouse=True)
def seed() -> None:
    torch.default_generator.manual_seed(0)


@pytest.mark.parametrize("dtype", FLOATS, ids=str)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("maker", MAKERS)
def test_numbers_are_written_as_torch_writes_them(maker: str, shape: tuple[int, ...], dtype: torch.dtype) -> None:
    for _ in range(5):
        tensor = MAKERS[maker](torch.randn(shape, dtype=dtype))
        assert tensor_text(tensor) == repr(tensor)


@pytest.mark.parametrize("dtype", INTEGERS, ids=str)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_whole_numbers_are_written_as_torch_writes_them(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    for high in (2, 120):
        tensor = torch.randint(0, high, shape).to(dtype)
        assert tensor_text(tensor) == repr(tensor)
        assert tensor_text(-tensor.to(torch.int64)) == repr(-tensor.to(torch.int64))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("dtype", FLOATS, ids=str)
def test_what_follows_the_numbers_is_as_torch_writes_it(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    leaf = torch.randn(shape, dtype=dtype, requires_grad=True)
    twice: Any = Twice
    for tensor in (leaf, leaf * 2, leaf.exp().sum(), twice.apply(leaf), leaf.detach()):
        assert tensor_text(tensor) == repr(tensor)


def test_views_are_written_as_torch_writes_them() -> None:
    base = torch.arange(24.0).view(2, 3, 4)
    for view in (base.transpose(0, 2), base[:, 1], base[..., ::2], base.expand(2, 2, 3, 4), base[0, 0, 0]):
        assert tensor_text(view) == repr(view)


def test_a_default_type_that_the_program_chose_goes_without_saying() -> None:
    torch.set_default_dtype(torch.float64)
    try:
        for dtype in FLOATS:
            tensor = torch.ones(2, dtype=dtype)
            assert tensor_text(tensor) == repr(tensor)
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize(
    "tensor",
    [
        torch.zeros(0),
        torch.zeros(1001),
        torch.zeros(1, 1, 1, 1, 1),
        torch.zeros(2, dtype=torch.complex64),
        torch.zeros(2, dtype=torch.bfloat16),
        torch.zeros(2).to_sparse(),
        torch.zeros(2, device="meta"),
        torch.nn.Parameter(torch.zeros(2)),
    ],
    ids=lambda tensor: f"{tensor.dtype} {tuple(tensor.shape)} {tensor.layout} {tensor.device} {type(tensor).__name__}",
)
def test_what_is_out_of_the_ordinary_is_left_to_torch(tensor: torch.Tensor) -> None:
    assert tensor_text(tensor) is None


def test_printing_options_of_the_program_are_left_to_torch() -> None:
    printing: Any = torch
    printing.set_printoptions(precision=2)
    try:
        assert tensor_text(torch.ones(2)) is None
    finally:
        printing.set_printoptions(profile="default")
    assert tensor_text(torch.ones(2)) == repr(torch.ones(2))
