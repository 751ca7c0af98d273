"""Data sets that are computed. Random numbers are torch's own; `generator` gives them a seed of their own."""

import math
from collections.abc import Sequence

import torch
from torch import Generator, Tensor


def two_moons(samples: int = 200, noise: float = 0.1, *, generator: Generator | None = None) -> tuple[Tensor, Tensor]:
    """Two half circles that reach into each other.

    Returns points `(samples, 2)` of float32 and classes `(samples,)` of int64, 0 for the upper half circle and 1 for the
    lower, first all of class 0. The circles have the radius 1; `noise` is the standard deviation of what is added to each
    coordinate. Raises ValueError for less than 2 samples.
    """
    upper = _enough(samples, 2) // 2
    first = torch.linspace(0, math.pi, upper)
    second = torch.linspace(0, math.pi, samples - upper)
    points = torch.cat((torch.stack((first.cos(), first.sin()), 1), torch.stack((1 - second.cos(), 0.5 - second.sin()), 1)))
    return points + noise * torch.randn(samples, 2, generator=generator), _classes((upper, samples - upper))


def spirals(
    samples: int = 300, classes: int = 3, noise: float = 0.2, *, generator: Generator | None = None
) -> tuple[Tensor, Tensor]:
    """Spiral arms around the origin, one for each class.

    Returns points `(samples, 2)` of float32, no further than 1 from the origin, and classes `(samples,)` of int64, in order.
    `noise` is the standard deviation, in radians, of what is added to each angle. Raises ValueError for less samples than
    classes.
    """
    _enough(samples, max(classes, 1))
    counts = [samples // classes + (number < samples % classes) for number in range(classes)]
    radius = torch.cat([torch.linspace(0, 1, count) for count in counts])
    start = torch.cat([torch.full((count,), number * 2 * math.pi / classes) for number, count in enumerate(counts)])
    angle = start + 4 * radius + noise * torch.randn(samples, generator=generator)
    return torch.stack((radius * angle.sin(), radius * angle.cos()), 1), _classes(counts)


def sine(samples: int = 100, noise: float = 0.1, *, generator: Generator | None = None) -> tuple[Tensor, Tensor]:
    """A sine wave from -pi to pi.

    Returns x and y, both `(samples, 1)` of float32; `noise` is the standard deviation of what is added to y. Raises
    ValueError for less than 1 sample.
    """
    x = torch.linspace(-math.pi, math.pi, _enough(samples, 1)).unsqueeze(1)
    return x, x.sin() + noise * torch.randn(samples, 1, generator=generator)


def linear_regression(
    samples: int = 1000,
    weights: Sequence[float] = (2.0, -3.4),
    bias: float = 4.2,
    noise: float = 0.01,
    *,
    generator: Generator | None = None,
) -> tuple[Tensor, Tensor]:
    """`y = X @ weights + bias`, and noise.

    Returns X `(samples, len(weights))`, from a normal distribution, and y `(samples, 1)`, both of float32; `noise` is the
    standard deviation of what is added to y. Raises ValueError for less than 1 sample.
    """
    features = torch.randn(_enough(samples, 1), len(weights), generator=generator)
    column = torch.tensor([*weights], dtype=torch.float32).unsqueeze(1)
    return features, features @ column + bias + noise * torch.randn(samples, 1, generator=generator)


def _classes(counts: Sequence[int]) -> Tensor:
    return torch.cat([torch.full((count,), number, dtype=torch.int64) for number, count in enumerate(counts)])


def _enough(samples: int, least: int) -> int:
    if samples < least:
        raise ValueError(f"at least {least} samples, not {samples}")
    return samples
