"""Small data sets."""

import re
from typing import Any

import pytest
import tensorpad.data
import torch as typed_torch

from tests.support.comparison import run
from tests.support.documents import Fence, cases, of_kind

torch: Any = typed_torch
data: Any = tensorpad.data


def test_two_moons_are_half_circles_of_radius_1() -> None:
    points, classes = data.two_moons(101, noise=0)
    assert (points.shape, points.dtype, classes.dtype) == ((101, 2), torch.float32, torch.int64)
    assert classes.bincount().tolist() == [50, 51]
    centres = torch.tensor([[0.0, 0.0], [1.0, 0.5]])[classes]
    torch.testing.assert_close((points - centres).norm(dim=1), torch.ones(101))


def test_spirals_have_an_arm_for_each_class() -> None:
    points, classes = data.spirals(10, 3, noise=0)
    assert (points.shape, classes.bincount().tolist()) == ((10, 2), [4, 3, 3])
    assert points.norm(dim=1).max() <= 1 + 1e-6


def test_lines_and_waves_are_what_they_say() -> None:
    x, y = data.sine(9, noise=0)
    torch.testing.assert_close(y, x.sin())
    features, target = data.linear_regression(1000, (1.0, 2.0, -3.0), 0.5)
    solved = torch.linalg.lstsq(torch.cat((features, torch.ones(1000, 1)), 1), target).solution
    torch.testing.assert_close(solved, torch.tensor([[1.0], [2.0], [-3.0], [0.5]]), atol=0.01, rtol=0)


def test_random_ones_are_repeated_by_torchs_seed_or_by_a_generator() -> None:
    for make in (data.two_moons, data.spirals, data.sine, data.linear_regression):
        first = make(30, generator=torch.Generator().manual_seed(1))[1]
        assert first.equal(make(30, generator=torch.Generator().manual_seed(1))[1])
        torch.manual_seed(0)
        again = make(30)[0]
        torch.manual_seed(0)
        assert again.equal(make(30)[0])
    with pytest.raises(ValueError, match="at least 2 samples"):
        data.two_moons(1)


def test_measured_ones_are_whole_and_can_be_learnt() -> None:
    features, species = data.iris()
    assert (features.shape, species.bincount().tolist(), len(data.IRIS)) == ((150, 4), [50, 50, 50], 3)
    assert features[0].tolist() == pytest.approx([5.1, 3.5, 1.4, 0.2])
    images, numbers = data.digits()
    assert (images.shape, images.min(), images.max(), len(data.DIGITS)) == ((1797, 1, 8, 8), 0, 1, 10)
    assert numbers.bincount().min() > 170
    flat = images.flatten(1)
    means = torch.stack([flat[numbers == number].mean(0) for number in range(10)])
    assert (torch.cdist(flat, means).argmin(1) == numbers).float().mean() > 0.85


@pytest.mark.parametrize("fence", cases(of_kind("data")))
def test_the_document_tells_their_shapes(fence: Fence) -> None:
    names: dict[str, Any] = {}
    for line in fence.text.splitlines():
        exec(line, names)
        if "  # " in line:
            pair = re.sub(r"(.*) each", r"\1 and \1", line.partition("  # ")[2])
            first = names["x"] if line.startswith("x") else names["X"]
            assert pair == f"{tuple(first.shape)} and {tuple(names['y'].shape)}"


def test_a_program_imports_them_and_sees_one_statement() -> None:
    course = run("from tensorpad.data import iris\nX, y = iris()\nX.shape, y.shape")
    assert course.cell.result is not None
    assert course.cell.result.text == "(torch.Size([150, 4]), torch.Size([150]))"
