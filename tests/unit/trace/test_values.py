import math
import time
from collections.abc import Callable
from typing import Any

import pytest
import torch
from tensorpad.protocol.records import FullValues, OpaqueValues, SummaryValues
from tensorpad.trace.memory import summaries
from tensorpad.trace.memory.values import Allowance, values_of

from tests.support.comparison import run

LISTED = [
    torch.tensor([True, False]),
    torch.tensor([[1, -(2**63)]]),
    torch.tensor([2**64 - 1], dtype=torch.uint64),
    torch.tensor([1.5, float("inf"), -0.0]),
    torch.tensor([0.1], dtype=torch.bfloat16),
    torch.tensor([0.1, 3.0]).to(torch.float8_e4m3fn),
    torch.tensor(3.0),
    torch.empty(0, 3),
    torch.arange(6.0).view(2, 3).t(),
    torch.ones(1).expand(4),
]


def flat(tensor: Any) -> list[Any]:
    return tensor.reshape(-1).tolist()


def allowance(elements: int = 10_000) -> Allowance:
    return Allowance(elements, time.monotonic() + 60)


@pytest.mark.parametrize("tensor", LISTED, ids=lambda tensor: f"{tensor.dtype}-{tuple(tensor.shape)}")
def test_small_tensors_are_listed_row_by_row(tensor: torch.Tensor) -> None:
    values = values_of(tensor, 100, allowance())
    wide = tensor.float() if tensor.dtype is torch.float8_e4m3fn else tensor
    single = wide.dtype in (torch.float16, torch.bfloat16, torch.float32)
    assert values == FullValues(tuple(tensor.shape), tuple(flat(wide)), single=single)


def test_complex_elements_are_two_numbers_and_conjugation_counts() -> None:
    tensor = torch.tensor([1 + 2j, 3 - 4j])
    assert values_of(tensor.conj(), 100, allowance()) == FullValues((2,), (1.0, -2.0, 3.0, 4.0), complex=True, single=True)


@pytest.mark.parametrize(
    "make",
    [
        lambda: torch.eye(2).to_sparse(),
        lambda: torch.ones(2, device="meta"),
        lambda: torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
    ],
    ids=["sparse", "meta", "quantised"],
)
@pytest.mark.filterwarnings("ignore")
def test_what_cannot_be_listed_says_what_it_is(make: Callable[[], torch.Tensor]) -> None:
    tensor = make()
    values = values_of(tensor, 100, allowance())
    assert isinstance(values, OpaqueValues)
    assert values.text == repr(tensor)


def test_a_full_report_and_lack_of_time_are_said() -> None:
    full = allowance(3)
    assert isinstance(values_of(torch.ones(4), 100, full), OpaqueValues)
    assert full.exhausted
    late = values_of(torch.ones(1000), 100, Allowance(10_000, 0.0))
    assert isinstance(late, OpaqueValues)
    assert "too long" in late.text


def summary(tensor: torch.Tensor) -> SummaryValues:
    values = values_of(tensor, 10, allowance())
    assert isinstance(values, SummaryValues)
    return values


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16, torch.int64, torch.uint8, torch.bool])
def test_a_summary_has_the_statistics_of_the_finite_elements(dtype: torch.dtype, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "PIECE", 100)
    random = torch.randn(7, 11, 13, generator=torch.Generator().manual_seed(1)) * 3
    tensor = random > 0 if dtype is torch.bool else random.to(dtype)
    wide = tensor.double()
    found = summary(tensor)
    assert (found.count, found.nan, found.infinite) == (1001, 0, 0)
    assert found.zeros == int((wide == 0).sum())
    assert (found.minimum, found.maximum) == (wide.min().item(), wide.max().item())
    assert found.mean == pytest.approx(wide.mean().item())
    assert found.std == pytest.approx(wide.std().item())
    assert sum(found.histogram) == 1001
    assert list(found.histogram) == flat(torch.histc(wide, 32, wide.min().item(), wide.max().item()))


def test_a_summary_leaves_out_what_is_not_finite() -> None:
    tensor = torch.arange(100.0)
    tensor[3], tensor[4], tensor[5] = math.nan, math.inf, -math.inf
    found = summary(tensor)
    assert (found.nan, found.infinite, found.minimum, found.maximum) == (1, 2, 0.0, 99.0)
    nothing = summary(torch.full((50,), math.nan))
    assert (nothing.minimum, nothing.mean, nothing.std, nothing.histogram) == (None, None, None, ())


def test_equal_elements_fall_into_one_bin() -> None:
    found = summary(torch.full((20, 20), 7.0))
    assert (found.std, found.histogram) == (0.0, (400,))


@pytest.mark.parametrize("shape", [(20, 30), (3, 40, 50), (2000,), (5000, 1), (2, 3, 4, 5)])
def test_corners_are_elements_of_the_matrix_that_is_seen(shape: tuple[int, ...]) -> None:
    tensor: Any = torch.arange(math.prod(shape)).view(shape)
    found = summary(tensor)
    matrix = tensor.reshape(-1, shape[-1])
    expected = [matrix[row, column].item() for row in found.rows for column in found.columns]
    assert list(found.corners) == expected
    assert found.rows[0] == found.columns[0] == 0
    assert (found.rows[-1], found.columns[-1]) == (matrix.shape[0] - 1, matrix.shape[1] - 1)


def test_an_expanded_tensor_costs_what_its_memory_costs() -> None:
    found = summary(torch.tensor([[1.0], [0.0]]).expand(2, 10**12))
    assert (found.count, found.zeros, found.mean, found.std) == (2 * 10**12, 10**12, 0.5, pytest.approx(0.5))


def test_a_complex_summary_is_of_absolute_values() -> None:
    tensor = torch.randn(50, dtype=torch.complex64, generator=torch.Generator().manual_seed(1))
    found = summary(tensor)
    assert found.maximum == pytest.approx(tensor.abs().max().item())
    assert found.complex
    assert len(found.corners) == 2 * len(found.rows) * len(found.columns)


def test_a_tensor_whose_storage_was_made_smaller_is_not_read() -> None:
    for count in (2, 10_000):
        course = run(f"import torch\nx = torch.ones({count})\nx.untyped_storage().resize_(4)\ny = 1")
        (x,) = course.trace.tensors
        assert isinstance(x.values, OpaqueValues)
        assert "storage" in x.values.text
        assert "storage" in course.trace.variables[0].text
