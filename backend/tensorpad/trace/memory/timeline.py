"""The timeline: everything that the program did, in one order."""

from collections.abc import Callable
from types import CodeType, FrameType
from typing import Literal

from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import BindingRecord, StepRecord
from tensorpad.trace.memory.ledger import Storages

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


Kind = Literal["statement", "call", "operation", "backward", "function"]


class Timeline:
    """At most `limit` steps; `full` tells whether there were more. States of storages are dated by it.

    `scope` and `frame` are where the program is, as it was last told; `frames` knows its functions' calls.
    """

    def __init__(self, storages: Storages, limit: int) -> None:
        self.steps: list[StepRecord] = []
        self.full = False
        self.scope = ""
        self.frame = 0
        self.frames = Frames()
        self._storages = storages
        self._limit = limit

    def add(
        self,
        kind: Kind,
        span: Span | None = None,
        ref: str | None = None,
        bound: tuple[BindingRecord, ...] = (),
        unbound: tuple[str, ...] = (),
    ) -> None:
        """Add what has just been done. What its doing changed must have been looked at before."""
        if len(self.steps) >= self._limit:
            self.full = True
        else:
            self.steps.append(StepRecord(kind, span, ref, self.scope, self.frame, bound, unbound))
        self._storages.step = len(self.steps) if not self.full else self._limit

    def began(self, name: str, span: Span | None) -> Callable[[str], None]:
        """A backward pass (`b1`, …) begins. Gives what is told each backward function (`f7`) that the engine has run."""
        began = self.scope, self.frame
        self.add("backward", span, name)

        def ran(function: str) -> None:
            self.scope, self.frame = began  # the program's hooks, and passes in them, may have run meanwhile
            self.add("function", None, function)

        return ran

    def at(self, frame: FrameType | None) -> None:
        """The program is at a frame of its own."""
        self.scope, self.frame = self.frames.of(frame)
