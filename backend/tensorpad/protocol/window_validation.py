"""What the schema cannot say of a window: that it lies within its tensor, and has as many numbers as it says.

Part of `protocol.inquiry_validation`.
"""

from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.windows import FORMAT_BYTES, SIDE, Interval, WindowRecord


def check_window(window: WindowRecord) -> None:
    """Raises ProtocolError."""
    shape = window.shape
    if any(size < 0 for size in shape):
        raise ProtocolError("the window is on a tensor of a negative size")
    if window.reason is not None:
        if window.data or window.minimum or window.maximum:
            raise ProtocolError("a window that could not be had has numbers")
        return
    if window.tensor is None:
        raise ProtocolError("the window is on nothing")
    leading = shape[:-2]
    if len(window.leading) != len(leading) or any(
        place >= size for place, size in zip(window.leading, leading, strict=True)
    ):
        raise ProtocolError("the window is on a matrix that is not there")
    height = _blocks("rows", window.rows, shape[-2] if len(shape) > 1 else 1, window.block[0])
    width = _blocks("columns", window.columns, shape[-1] if shape else 1, window.block[1])
    reduced = window.block != (1, 1)
    numbers = height * width * FORMAT_BYTES[window.format]
    if len(window.data) != numbers * (2 if window.complex and not reduced else 1):
        raise ProtocolError(f"the window has {len(window.data)} bytes for {height} by {width} numbers")
    if any(len(extreme) != (numbers if reduced else 0) for extreme in (window.minimum, window.maximum)):
        raise ProtocolError("the window has not as many extremes as blocks")


def _blocks(what: str, interval: Interval, size: int, block: int) -> int:
    start, end = interval
    if not start <= end <= size or block < 1:
        raise ProtocolError(f"the window has {what} from {start} to {end} of {size}, in blocks of {block}")
    count = -(-(end - start) // block)
    if count > SIDE:
        raise ProtocolError(f"the window has {count} {what}")
    return count
