"""A window on a tensor: the question for a rectangle of one of its matrices, the answer, and the check of the answer."""

from collections.abc import Container
from operator import ge
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.checks import known
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.records import Count, Id, Name, Sizes

SIDE = 256
"""Rows, and columns, of one answer."""
_Index = Annotated[int, Meta(ge=0, le=2**62)]
Interval = tuple[_Index, _Index]
"""From the first to past the last."""


class WindowInquiry(Struct, frozen=True, tag="window"):
    """What are the elements of a part of a tensor or array?

    `subject` is its id; with `gradient`, its `.grad` at the end is meant. `step` asks for what it was right after that step
    of the timeline, None for the end. `leading` has an index for each dimension before the last two, which choose a matrix;
    a vector is a matrix of one row. Of that, `rows` by `columns` are told (None: all), as far as there are any. Where they
    are more than `height` by `width`, blocks of them are.
    """

    subject: str
    gradient: bool = False
    step: int | None = None
    leading: tuple[int, ...] = ()
    rows: Interval | None = None
    columns: Interval | None = None
    height: int = 128
    width: int = 128


NoWindow = Literal["no_subject", "no_gradient", "no_matrix", "not_yet", "not_kept", "not_dense", "too_large", "unsupported"]
"""`no_subject`: the run has no such tensor or array; `no_gradient`: it has no gradient at the end; `no_matrix`: it has no
matrix at these indices; `not_yet`: no step up to then made it; `not_kept`: what it was then is not known any more;
`not_dense`: its elements do not lie in memory one by one; `too_large`: there are more elements than are read; `unsupported`:
torch has no operation that reads them."""

Format = Literal["uint8", "int64", "uint64", "float32", "float64"]
FORMAT_BYTES: dict[Format, int] = {"uint8": 1, "int64": 8, "uint64": 8, "float32": 4, "float64": 8}
_Numbers = Annotated[bytes, Meta(max_length=SIDE * SIDE * 16)]


class WindowRecord(Struct, frozen=True, tag="window"):
    """The answer to a WindowInquiry. `reason` says why there is none.

    `rows` and `columns` are what is told, in blocks of `block`; the last block of a side may be smaller. `data` holds the
    numbers, row-major and little-endian, in `format`, of a complex matrix real and imaginary parts in turn. Where a block is
    more than one element, `data` are means (of a complex matrix, of absolute values), beside `minimum` and `maximum`.
    """

    subject: Name
    """Id that was asked for."""
    gradient: bool = False
    """Whether its gradient is meant."""
    reason: NoWindow | None = None
    """Why there is no window; null if there is."""
    tensor: Id | None = None
    """Id of what is shown."""
    dtype: Name = ""
    """Its dtype."""
    shape: Sizes = ()
    """Its shape."""
    leading: Annotated[tuple[_Index, ...], Meta(max_length=64)] = ()
    """One index for each dimension before the last two."""
    rows: Interval = (0, 0)
    """The rows that are told, to past the last."""
    columns: Interval = (0, 0)
    """The columns that are told, to past the last."""
    block: tuple[Count, Count] = (1, 1)
    """Rows and columns of a block; 1 and 1 if each element is told."""
    format: Format = "float32"
    """How the numbers are laid out."""
    complex: bool = False
    """Whether real and imaginary parts come in turn."""
    data: _Numbers = b""
    """The numbers in base64, row-major and little-endian; means of blocks if these are larger than 1."""
    minimum: _Numbers = b""
    """The smallest of each block, as `data`."""
    maximum: _Numbers = b""
    """The largest of each block, as `data`."""


def check_window(window: WindowRecord, ids: Container[str]) -> None:
    """Raises ProtocolError if a window is not within its tensor, has more or fewer numbers, or names what is not there."""
    known("the answer names", (window.tensor,), ids)
    if any(size < 0 for size in window.shape):
        raise ProtocolError("the window is on a tensor of a negative size")
    if window.reason is not None:
        if window.data or window.minimum or window.maximum:
            raise ProtocolError("a window that could not be had has numbers")
        return
    if window.tensor is None:
        raise ProtocolError("the window is on nothing")
    leading = window.shape[:-2]
    if len(window.leading) != len(leading) or any(map(ge, window.leading, leading)):
        raise ProtocolError("the window is on a matrix that is not there")
    _check_numbers(window)


def _check_numbers(window: WindowRecord) -> None:
    *_, rows, columns = (1, 1, *window.shape)
    height = _blocks("rows", window.rows, rows, window.block[0])
    width = _blocks("columns", window.columns, columns, window.block[1])
    reduced = window.block != (1, 1)
    length = height * width * FORMAT_BYTES[window.format]
    if len(window.data) != length * (2 if window.complex and not reduced else 1):
        raise ProtocolError(f"the window has {len(window.data)} bytes for {height} by {width} numbers")
    if any(len(extreme) != (length if reduced else 0) for extreme in (window.minimum, window.maximum)):
        raise ProtocolError("the window has not as many extremes as blocks")


def _blocks(what: str, interval: Interval, size: int, block: int) -> int:
    """How many blocks an interval of rows or columns has."""
    start, end = interval
    if not start <= end <= size or block < 1:
        raise ProtocolError(f"the window has {what} from {start} to {end} of {size}, in blocks of {block}")
    count = -(-(end - start) // block)
    if count > SIDE:
        raise ProtocolError(f"the window has {count} {what}")
    return count
