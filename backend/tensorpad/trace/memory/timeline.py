"""The timeline: everything that the program did, in one order."""

from collections.abc import Callable
from types import FrameType
from typing import Literal

from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import BindingRecord, StepRecord
from tensorpad.trace.memory.storages import Storages
from tensorpad.trace.program.frames import Frames

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
