"""The timeline: everything that the program did, in one order, and in which call of which of its functions."""

from collections.abc import Callable
from types import CodeType, FrameType

from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import BindingRecord, StepKind, StepRecord
from tensorpad.trace.program.output_log import OutputLog

Location = tuple[str, int]
"""A function of the program's by its qualified name, and the number of its call."""
_CELL: Location = ("", 0)
_INSIDE = frozenset({"<lambda>", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"})
"""Code without statements of its own; it counts as part of whatever called it."""


class Timeline:
    """At most `limit` steps; `full` says that there were more.

    The step that is under way has the index `len(steps)`; it is added when it is done.

    The calls of functions in cells are numbered from 1 as they are entered; a cell is 0 and has no name. No frame
    is kept. If a frame has ended and another is at its address, the other was entered since, or has other code.
    `outputs` hears of each step by which the program has printed or displayed something.
    """

    def __init__(self, limit: int, outputs: OutputLog) -> None:
        self.steps: list[StepRecord] = []
        self.outputs = outputs
        self._shown = outputs.shown
        self.full = False
        self.paused = False
        """Whether steps are left out for a while: see NOTE [Rounds] in `trace.program.rounds`."""
        self._location = _CELL
        self._calls: dict[int, tuple[CodeType, Location]] = {}
        """By the address of a frame, the code and the call that it was when it was entered."""
        self._entered = 0
        self._limit = limit

    def add(
        self,
        kind: StepKind,
        span: Span | None = None,
        ref: str | None = None,
        bound: tuple[BindingRecord, ...] = (),
        unbound: tuple[str, ...] = (),
    ) -> None:
        """Add the step that was under way. Whatever it changed must have been recorded before."""
        if len(self.steps) >= self._limit:
            self.full = True
        else:
            self.steps.append(StepRecord(kind, span, ref, *self._location, bound, unbound))
            if self._shown.touched:
                self.outputs.note(len(self.steps))

    @property
    def passed(self) -> int:
        """The number of steps that have been done; once there were too many, one more than are kept."""
        return len(self.steps) + self.full

    def stop(self, span: Span | None) -> None:
        """Add the last step: the program stopped in the middle of what is at `span`. There is room for it in any case."""
        self.steps.append(StepRecord("error", span, None, *self._location))

    def add_outside(self, span: Span | None, bound: tuple[BindingRecord, ...], unbound: tuple[str, ...]) -> None:
        """Add a statement's step at the level of the cell, while the program is in a function."""
        location, self._location = self._location, _CELL
        self.add("statement", span, None, bound, unbound)
        self._location = location

    def begin_pass(self, name: str, span: Span | None) -> Callable[[str], None]:
        """Add the beginning of a backward pass (`b1`, …). Returns what adds a function (`f7`) that the engine has run."""
        location = self._location
        self.add("backward", span, name)

        def ran(function: str) -> None:
            self._location = location  # the program's hooks, and passes in them, may have run meanwhile
            self.add("function", None, function)

        return ran

    def at(self, frame: FrameType | None) -> None:
        """The program is at a frame of its own."""
        while frame is not None and frame.f_code.co_name in _INSIDE:
            frame = frame.f_back
        call = self._calls.get(id(frame)) if frame is not None else None
        self._location = call[1] if call is not None and frame is not None and call[0] is frame.f_code else _CELL

    def at_point(self, scope: str, frame: FrameType, entry: bool) -> None:
        """The program is in the function `scope`, which it has just entered if `entry`; or in a cell if that is empty."""
        if not scope:
            self._location = _CELL
        elif entry:
            self._entered += 1
            self._location = scope, self._entered
            self._calls[id(frame)] = frame.f_code, self._location
        else:
            call = self._calls.get(id(frame))
            self._location = scope, call[1][1] if call is not None and call[0] is frame.f_code else 0
