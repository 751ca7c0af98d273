"""The page writes the elements of a tensor with the digits with which torch prints them."""

import re
from typing import Any

import pytest
import torch

from tests.truth.comparison import printed

_ZEROS = re.compile(r"\.?0+(?=e|j|$)")
"""Torch writes four decimals always, and the page as many as the elements of a tensor need."""

NEAR_TIES = "torch.manual_seed(0)\nx = ((2 * torch.randint(0, 20_000, (400,)) + 1).double() / 20_000)"
"""Decimals with a 5 in the fifth place: which way one is rounded hangs on what its dtype makes of it."""

PROGRAMS = {
    "single precision": f"{NEAR_TIES}.float() - 1",
    "single precision, scientific": f"{NEAR_TIES}.float() * 10.0 ** torch.arange(-4, 4).repeat(50)",
    "half precision": f"{NEAR_TIES}.half()",
    "bfloat16": f"{NEAR_TIES}.bfloat16()",
    "double precision": NEAR_TIES,
    "complex": f"{NEAR_TIES}.float()\nx = torch.complex(x, -x.flip(0))",
    "ties": "x = torch.arange(-320, 321, 2) / 32 + 1 / 32",
    "ties, scientific": "x = (torch.arange(100_005, 101_005, 10)).float() * 8",
    "zeros": "x = torch.tensor([0.0, -0.0, 0.125])",
    "not finite": "x = torch.tensor([1.5, float('nan'), float('inf'), -float('inf')])",
    "whole": "x = torch.tensor([1.0, -0.0, 16777216.0])",
    "gradients": f"{NEAR_TIES}.float().requires_grad_()\n(x * x).sum().backward()\ny = x.grad",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_elements_read_on_the_page_as_torch_prints_them(program: str) -> None:
    source = f"import torch\n{program}"
    namespace: dict[str, object] = {}
    exec(source, namespace)
    expected = {name: _numbers(value) for name, value in namespace.items() if isinstance(value, torch.Tensor)}
    found = {name: [_bare(text) for text in texts] for name, texts in printed([source]).items()}
    assert found == expected


def test_the_numbers_of_that_test_are_such_that_their_shortest_decimals_would_be_printed_otherwise() -> None:
    namespace: dict[str, Any] = {}
    exec(f"import torch\n{PROGRAMS['single precision']}", namespace)
    tensor = namespace["x"]
    shortest = [float(str(number)) for number in tensor.numpy()]
    assert sum(f"{exact:.4f}" != f"{short:.4f}" for exact, short in zip(tensor.tolist(), shortest, strict=True)) > 50


def _numbers(tensor: torch.Tensor) -> list[str]:
    """As torch prints them. Of more than a thousand it leaves some out."""
    inner = re.fullmatch(r"tensor\(\[(.*?)\](, \w+=.*)?\)", str(tensor), re.DOTALL)
    assert inner is not None, str(tensor)
    return [_bare(text.strip()) for text in inner[1].split(",")]


def _bare(text: str) -> str:
    """A number without the zeros that its decimals end in, also of both parts of a complex one."""
    parts = re.findall(r"[+-]?(?:[\d.]+(?:e[+-]\d+)?|nan|inf)", text)
    return " ".join(_ZEROS.sub("", part).lstrip("+") if "." in part else part.lstrip("+") for part in parts)
