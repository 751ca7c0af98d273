"""Where in a run a gate is asked: after which step, whether the program came there, and what failed there."""

import re
from dataclasses import dataclass

from tensorpad.gates.blocks import Blocks, Extent
from tensorpad.gates.gate import WrittenGate
from tensorpad.gates.past import Past
from tensorpad.protocol.outcomes import CellOutput
from tensorpad.protocol.steps import StepRecord

_ENTRY = re.compile(r'^  File "<([^<>"\n]+)>", line (\d+), in ', re.MULTILINE)
_MOST_TRACEBACK = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """A gate's place in a run. `step` is None before the first step; `frame` is the call of a function that it is in."""

    reached: bool
    step: int | None
    frame: int = 0


class Places:
    """The places of the gates of one cell. `name` is what tracebacks call it."""

    def __init__(self, cell: int, name: str, blocks: Blocks, past: Past, output: CellOutput) -> None:
        self._cell = cell
        self._name = name
        self._blocks = blocks
        self._past = past
        self._output = output
        self._own = [
            place
            for place, step in enumerate(past.steps)
            if step.kind == "statement" and step.span is not None and step.span.cell == cell
        ]

    @property
    def ran(self) -> bool:
        """Whether the cell ran at all."""
        record = self._output.record
        return self._output.started and not (record and record.error and record.error.refused)

    def of(self, gate: WrittenGate) -> Place | None:
        """The place of a gate; None if no statement is above it in its block."""
        above = self._blocks.above(gate.line, gate.column)
        if above is None:
            if gate.kind != "raises" or gate.column:
                return None
            return Place(self.ran, self._before())
        if gate.column:
            return self._inside(above)
        steps = [place for place in self._own if not self._frame(place) and self._line(place) < gate.line]
        return Place(self._came_past(gate.line), steps[-1] if steps else self._before())

    def error(self, gate: WrittenGate) -> str | None:
        """The type of the error that the statement below a gate raised; None if it raised none, or there is none."""
        below = self._blocks.below(gate.line, gate.column)
        error = self._output.record.error if self._output.record is not None else None
        if below is None or error is None:
            return None
        return error.type if any(below[0] <= line <= below[1] for line in self._failed_lines()) else None

    def _inside(self, above: Extent) -> Place:
        """The place of a gate in a block: where the block's statement above it ended for the first time."""
        within = [place for place in self._own if above[0] <= self._line(place) <= above[1]]
        if not within:
            return Place(False, None)
        frame = self._frame(within[0])
        last = within[0]
        simple = self._blocks.is_simple(above)
        for place in self._own[self._own.index(within[0]) + 1 :]:
            if self._frame(place) != frame:
                continue
            again = simple and self._start(place) <= self._start(last)
            if again or not above[0] <= self._line(place) <= above[1]:
                break
            last = place
        return Place(True, last, frame)

    def _came_past(self, line: int) -> bool:
        """Whether what is above a line, at the level of the cell, has run."""
        if not self.ran:
            return False
        record = self._output.record
        later = any(self._line(place) > line and not self._frame(place) for place in self._own)
        if record is None:
            # The program was stopped. Its last step says where, if it is known.
            return later or any(failed > line for failed in self._stopped_lines())
        if record.status == "ok":
            return later or "steps" not in self._past.cut
        return later or any(failed > line for failed in self._failed_lines()[:1])

    def _failed_lines(self) -> list[int]:
        """The lines of this cell that the traceback of its error names, the outermost first."""
        error = self._output.record.error if self._output.record is not None else None
        if error is None:
            return []
        entries = _ENTRY.findall(error.traceback[:_MOST_TRACEBACK])
        return [int(line) for name, line in entries if name == self._name]

    def _stopped_lines(self) -> list[int]:
        span = self._past.steps[-1].span if self._past.steps else None
        return [span.line] if span is not None and span.cell == self._cell and not self._past.steps[-1].frame else []

    def _before(self) -> int | None:
        """The last step before the cell."""
        earlier = [
            place
            for place, step in enumerate(self._past.steps)
            if step.kind == "statement" and step.span is not None and step.span.cell < self._cell
        ]
        return earlier[-1] if earlier else None

    def _step(self, place: int) -> StepRecord:
        return self._past.steps[place]

    def _frame(self, place: int) -> int:
        return self._step(place).frame

    def _line(self, place: int) -> int:
        span = self._step(place).span
        return span.line if span is not None else 0

    def _start(self, place: int) -> tuple[int, int]:
        span = self._step(place).span
        return (span.line, span.column) if span is not None else (0, 0)
