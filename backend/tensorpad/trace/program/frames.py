"""Which call of which of the program's functions a frame is."""

from types import CodeType, FrameType

_INSIDE = frozenset({"<lambda>", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"})
"""Code without statements of its own; it counts as part of whatever called it."""
_CELL = ("", 0)


class Frames:
    """The calls of functions in cells, numbered from 1 as they are entered; a cell's own level is 0 and has no name.

    No frame is kept. Where one has ended and another lies at its address, the other was entered since, or has other code.
    """

    def __init__(self) -> None:
        self._calls: dict[int, tuple[CodeType, tuple[str, int]]] = {}
        self._count = 0

    def enter(self, frame: FrameType, scope: str) -> tuple[str, int]:
        """Number a call of the function `scope`."""
        self._count += 1
        call = scope, self._count
        self._calls[id(frame)] = frame.f_code, call
        return call

    def of(self, frame: FrameType | None) -> tuple[str, int]:
        """The function that a cell's frame belongs to, and the number of the call."""
        while frame is not None and frame.f_code.co_name in _INSIDE:
            frame = frame.f_back
        call = self._calls.get(id(frame)) if frame is not None else None
        return call[1] if call is not None and frame is not None and call[0] is frame.f_code else _CELL
