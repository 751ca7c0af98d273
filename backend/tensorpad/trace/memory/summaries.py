"""Statistics, histogram and corners of a tensor that is too large to send."""

import math
import time
from collections.abc import Iterable, Iterator
from typing import Any

import torch

from tensorpad.protocol.records import SummaryValues

PIECE = 1_000_000
BINS = 32
EDGE = 6
"""Rows and columns that are shown at either end."""
LISTED = frozenset(
    {
        torch.bool,
        torch.uint8,
        torch.int8,
        torch.int16,
        torch.int32,
        torch.int64,
        torch.uint16,
        torch.uint32,
        torch.uint64,
        torch.float16,
        torch.bfloat16,
        torch.float32,
        torch.float64,
    }
)
"""Types whose elements Python can represent as they are; others go through `float32`."""
SINGLE = frozenset({torch.float16, torch.bfloat16, torch.float32})
"""Those of them that are floats which a `float32` holds exactly."""


def listed(tensor: Any) -> Any:
    """A plain tensor as one of a listed type; a complex one has its two parts as a last dimension."""
    tensor = tensor.detach()
    if tensor.is_complex():
        tensor = torch.view_as_real(tensor.resolve_conj().resolve_neg())
    return tensor if tensor.dtype in LISTED else tensor.to(torch.float32)


class OutOfTimeError(Exception):
    """The deadline came before the end."""


def summarise(tensor: Any, until: float) -> SummaryValues:
    """Summarise a dense tensor; a complex one by its absolute values.

    There are two passes: counts, extremes and the mean; then the histogram, and the standard deviation about that mean, as
    `torch.std` has it: that of a sample.

    Raises OutOfTimeError when `time.monotonic()` passes `until`.
    """
    tensor = tensor.detach()
    distinct, repeats = _distinct(tensor)
    # What is one piece is not read again for the second pass.
    single = list(_pieces(distinct, until)) if distinct.numel() <= PIECE else None
    nan = infinite = zeros = count = 0
    low, high, total = math.inf, -math.inf, 0.0
    for piece, finite in single or _pieces(distinct, until):
        if finite is not piece:
            missing = int(torch.isnan(piece).sum())
            nan += missing
            infinite += piece.numel() - finite.numel() - missing
        zeros += finite.numel() - int(torch.count_nonzero(finite))
        if finite.numel():
            count += finite.numel()
            least, most = torch.aminmax(finite)
            low, high = min(low, float(least)), max(high, float(most))
            total += float(finite.sum())
    mean = total / count if count else None
    again = (finite for _, finite in single or _pieces(distinct, until))
    std, histogram = _spread(again, repeats, count, low, high, mean)
    rows, columns, ends = _corners(tensor)
    return SummaryValues(
        shape=tuple(tensor.shape),
        count=tensor.numel(),
        nan=nan * repeats,
        infinite=infinite * repeats,
        zeros=zeros * repeats,
        minimum=low if count else None,
        maximum=high if count else None,
        mean=mean,
        std=std,
        histogram=histogram,
        rows=rows,
        columns=columns,
        corners=tuple(ends.reshape(-1).tolist()),
        complex=tensor.is_complex(),
        single=ends.dtype in SINGLE,
    )


def _distinct(tensor: Any) -> tuple[Any, int]:
    """The tensor without repetitions, and how often each element repeats.

    A dimension of stride 0 is the same element over and over (`expand`); it is read once, so that an expanded tensor of a
    trillion elements costs what its memory costs.
    """
    repeats = 1
    for dimension, (size, stride) in enumerate(zip(tensor.shape, tensor.stride(), strict=True)):
        if stride == 0 and size > 1:
            tensor = tensor.narrow(dimension, 0, 1)
            repeats *= size
    return tensor, repeats


def _pieces(tensor: Any, until: float) -> Iterator[tuple[Any, Any]]:
    """Pieces of a tensor as flat tensors of `float64`, each with its finite elements; the piece itself if all are.

    They are views of about a million elements, so that no copy of the whole is ever made.
    """
    pending = [tensor]
    while pending:
        part = pending.pop()
        if part.numel() > PIECE:
            longest = max(range(part.dim()), key=part.size)
            step = max(1, part.size(longest) * PIECE // part.numel())
            pending.extend(part.split(step, longest))
            continue
        if time.monotonic() > until:
            raise OutOfTimeError
        flat = part.reshape(-1)
        if flat.is_complex():
            flat = flat.abs()
        piece = flat.to(torch.float64)
        finite = torch.isfinite(piece)
        yield piece, piece if bool(finite.all()) else piece[finite]


def _spread(
    pieces: Iterable[Any], repeats: int, count: int, low: float, high: float, mean: float | None
) -> tuple[float | None, tuple[int, ...]]:
    if mean is None:
        return None, ()
    binned = low < high and math.isfinite(high - low)
    squares = 0.0
    bins = [0] * BINS
    for finite in pieces:
        squares += float((finite - mean).square_().sum())
        if binned and finite.numel():
            # Counted on the CPU: the CUDA histogram refuses to run under deterministic algorithms.
            counted: Any = torch.histc(finite.cpu(), bins=BINS, min=low, max=high)
            bins = [old + int(new) for old, new in zip(bins, counted.tolist(), strict=True)]
    sample = count * repeats - 1
    std = math.sqrt(squares * repeats / sample) if sample > 0 and math.isfinite(squares) else None
    if low == high:
        return std, (count * repeats,)
    return std, tuple(number * repeats for number in bins) if binned else ()


def _corners(tensor: Any) -> tuple[tuple[int, ...], tuple[int, ...], Any]:
    if tensor.dim() == 0 or tensor.numel() == 0:
        return (), (), listed(tensor.new_empty(0))
    leading, width = tensor.shape[:-1], tensor.shape[-1]
    rows, columns = _ends(math.prod(leading)), _ends(width)
    leading_indices = [
        torch.tensor([[row // stride % size] for row in rows], device=tensor.device)
        for size, stride in zip(leading, _steps(leading), strict=True)
    ]
    ends: Any = tensor[(*leading_indices, torch.tensor(columns, device=tensor.device))]
    return rows, columns, listed(ends)


def _steps(sizes: Any) -> list[int]:
    """For each dimension, how many rows there are between two of its indices."""
    steps: list[int] = []
    step = 1
    for size in reversed(sizes):
        steps.append(step)
        step *= size
    return steps[::-1]


def _ends(size: int) -> tuple[int, ...]:
    if size <= 2 * EDGE:
        return tuple(range(size))
    return (*range(EDGE), *range(size - EDGE, size))
