"""A window on a tensor: a rectangle of one of its matrices, as it was after a step; if that is large, in blocks."""

from typing import Any

import torch
from msgspec.structs import replace
from torch.nn import functional

from tensorpad.protocol.traces import TraceRecord
from tensorpad.protocol.windows import Format, Interval, NoWindow, WindowInquiry, WindowRecord
from tensorpad.trace.base.internals import DisableTorchDispatch, DisableTorchFunction
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.arrays import TrackedArray
from tensorpad.trace.memory.decoding import tensor_of, tensor_over
from tensorpad.trace.memory.gradients import own_gradient
from tensorpad.trace.memory.tracked import State, TrackedTensor
from tensorpad.trace.memory.values import is_plain
from tensorpad.trace.report.histories import states_of

READ = 100_000_000
"""Elements that are read for one window."""
READ_BEFORE = 200_000_000
"""Elements that may be read while the program waits."""
PIECE = 1_000_000
_WHOLE = (torch.bool, torch.uint8)


class WindowWatch:
    """Watches a run for the tensor that the inquiry asks about.

    NOTE [When the elements are read]
    1. The elements at the end are read when the report is made. What a small storage contained before is among its states.
    2. Of a large storage only summaries are kept. So the window is cut out each time that one is made of the tensor, up to
       the step that is asked for, and the last time counts.
    3. The elements are read in pieces, as views; blocks are pooled piece by piece, so that no copy of the whole is made.
    """

    def __init__(self, inquiry: WindowInquiry, recording: Recording) -> None:
        self._inquiry = inquiry
        self._tensors = recording.tensors
        self._arrays = recording.arrays
        self._caught: WindowRecord | None = None
        self._left = READ_BEFORE
        if not inquiry.gradient:
            recording.ledger.watch_details(self._kept)

    def answer(self, initial: dict[str, Any], trace: TraceRecord, until: float) -> WindowRecord:
        """The answer; see `InquiryWatch`."""
        asked = self._inquiry
        about = WindowRecord(asked.subject[:9], asked.gradient)
        quiet = DisableTorchDispatch()
        try:
            with DisableTorchFunction(), torch.no_grad():
                for tensor in trace.tensors:
                    if tensor.id == asked.subject:
                        about = replace(about, tensor=tensor.id, dtype=tensor.layout.dtype, shape=tensor.layout.shape)
                        return self._tensor(about, self._tensors.all[int(tensor.id[1:]) - 1])
                for array in trace.arrays:
                    if array.id == asked.subject and not asked.gradient:
                        about = replace(about, tensor=array.id, dtype=array.layout.dtype, shape=array.layout.shape)
                        return self._array(about, self._arrays.all[int(array.id[1:]) - 1])
        except Exception:  # torch may lack the operation for a rare type, or memory for it
            return replace(about, reason="unsupported")
        finally:
            del quiet
        return replace(about, reason="no_subject")

    def _tensor(self, about: WindowRecord, tracked: TrackedTensor) -> WindowRecord:
        living = tracked.alive()
        if self._inquiry.gradient:
            grad = None if living is None else own_gradient(living)
            return replace(about, reason="no_gradient") if grad is None else cut_out(grad, self._inquiry, about)
        step = self._inquiry.step
        if step is None and living is not None:
            return cut_out(living, self._inquiry, about)
        states = [(snapshot, state) for snapshot, state in states_of(tracked) if self._counts(snapshot.since, state)]
        if not states:
            return replace(about, reason="not_yet")
        snapshot, state = states[-1]
        if state.data is not None:
            tensor = tensor_over(snapshot, state.data)
            if snapshot.dtype.is_complex:
                tensor = torch.view_as_complex(tensor)
                tensor = tensor.conj() if snapshot.conjugate else tensor
            about = replace(about, dtype=str(snapshot.dtype))
            return cut_out(tensor.neg() if snapshot.negative else tensor, self._inquiry, about)
        if self._caught is None:
            return replace(about, reason="not_kept")
        return replace(self._caught, subject=about.subject, tensor=about.tensor)

    def _counts(self, since: int, state: State) -> bool:
        return self._inquiry.step is None or max(since, state.step) <= self._inquiry.step

    def _array(self, about: WindowRecord, array: TrackedArray) -> WindowRecord:
        step = self._inquiry.step
        living = array.alive()
        states = [data for since, data in array.states if step is None or since <= step]
        if states and states[-1] is not None:
            return cut_out(tensor_of(array.values(states[-1])), self._inquiry, about)
        if living is None or step is not None:
            return replace(about, reason="not_yet" if not states and step is not None else "not_kept")
        return cut_out(torch.as_tensor(living), self._inquiry, about)

    def _kept(self, state: State, tracked: TrackedTensor, tensor: Any) -> None:
        if tracked.id != self._inquiry.subject or not self._counts(0, state):
            return
        # What was caught before is not what it is now, whether or not it can be caught again.
        about = WindowRecord(tracked.id, False, None, None, str(tensor.dtype), tuple(tensor.shape))
        try:
            self._left -= tensor.numel()
            self._caught = cut_out(tensor, self._inquiry, about) if self._left >= 0 else replace(about, reason="too_large")
        except Exception:  # the program must not fail because its trace does
            self._caught = replace(about, reason="unsupported")


def cut_out(tensor: Any, inquiry: WindowInquiry, about: WindowRecord) -> WindowRecord:
    """The part of a tensor that is inside the window."""
    if not is_plain(tensor):
        return replace(about, reason="not_dense")
    about = replace(about, shape=tuple(tensor.shape), dtype=about.dtype or str(tensor.dtype))
    matrix = _matrix(tensor.detach(), inquiry.leading)
    if matrix is None:
        return replace(about, reason="no_matrix")
    rows = _within(inquiry.rows, matrix.shape[0])
    columns = _within(inquiry.columns, matrix.shape[1])
    part = matrix[slice(*rows), slice(*columns)]
    block = (_parts(part.shape[0], inquiry.height), _parts(part.shape[1], inquiry.width))
    about = replace(about, leading=inquiry.leading, rows=rows, columns=columns, block=block, complex=tensor.is_complex())
    if block == (1, 1):
        format_, data = _exact(part)
        return replace(about, format=format_, data=data)
    if part.numel() > READ:
        return _none(about, "too_large")
    wide = part.dtype is torch.float64 or not (part.dtype.is_floating_point or part.dtype.is_complex)
    mean, least, most = (_bytes(grid if wide else grid.to(torch.float32)) for grid in _pooled(part, block))
    return replace(about, format="float64" if wide else "float32", data=mean, minimum=least, maximum=most)


def _none(about: WindowRecord, reason: NoWindow) -> WindowRecord:
    return replace(about, reason=reason, leading=(), rows=(0, 0), columns=(0, 0), block=(1, 1))


def _matrix(tensor: Any, leading: tuple[int, ...]) -> Any:
    sizes = tensor.shape[:-2]
    if len(leading) != len(sizes) or any(not 0 <= index < size for index, size in zip(leading, sizes, strict=True)):
        return None
    for index in leading:
        tensor = tensor[index]
    while tensor.dim() < 2:
        tensor = tensor.unsqueeze(0)
    return tensor


def _within(interval: Interval | None, size: int) -> Interval:
    if interval is None:
        return 0, size
    start = min(interval[0], size)
    return start, min(max(interval[1], start), size)


def _parts(size: int, most: int) -> int:
    return max(1, -(-size // most))


def _exact(part: Any) -> tuple[Format, bytes]:
    """The elements in a format that represents each of them exactly."""
    if part.is_complex():
        part = torch.view_as_real(part.resolve_conj().resolve_neg())
    if part.dtype in _WHOLE:
        return "uint8", _bytes(part.to(torch.uint8))
    if part.dtype is torch.uint64:
        return "uint64", _bytes(part.contiguous().view(torch.int64))
    if part.dtype is torch.float64:
        return "float64", _bytes(part)
    if part.dtype.is_floating_point:
        return "float32", _bytes(part.to(torch.float32))
    return "int64", _bytes(part.to(torch.int64))


def _pooled(part: Any, block: tuple[int, int]) -> tuple[Any, Any, Any]:
    """The mean, the least and the most of each block."""
    height, width = part.shape
    across = min(width, block[1] * max(1, PIECE // (block[0] * block[1])))
    down = block[0] * max(1, PIECE // (block[0] * across))
    bands: list[list[Any]] = [[], [], []]
    for top in range(0, height, down):
        pieces = [_pools(part[top : top + down, left : left + across], block) for left in range(0, width, across)]
        for band, grids in zip(bands, zip(*pieces, strict=True), strict=True):
            band.append(torch.cat(grids, 1))
    mean, least, most = (torch.cat(band, 0) for band in bands)
    return mean, least, most


def _pools(piece: Any, block: tuple[int, int]) -> tuple[Any, Any, Any]:
    numbers = (piece.abs() if piece.is_complex() else piece).to(torch.float64)[None, None]
    mean = functional.avg_pool2d(numbers, block, ceil_mode=True, count_include_pad=False)
    most = functional.max_pool2d(numbers, block, ceil_mode=True)
    least = -functional.max_pool2d(-numbers, block, ceil_mode=True)
    return mean[0, 0], least[0, 0], most[0, 0]


def _bytes(tensor: Any) -> bytes:
    return tensor.resolve_neg().contiguous().cpu().numpy().tobytes()
