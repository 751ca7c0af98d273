"""When a program did what: the steps at which tensors were made, names bound, and backward passes run."""

from bisect import bisect_right
from functools import cached_property

from tensorpad.protocol.records import Id, Span
from tensorpad.protocol.steps import BindingRecord, OperationRecord, StepRecord
from tensorpad.protocol.traces import TraceRecord

Variable = tuple[int, str]
"""A name in a frame. Frame 0 is the level of the cells."""


class Chronology:
    """The order of events in a trace. All answers are places in its timeline, and all tables are made once."""

    def __init__(self, trace: TraceRecord) -> None:
        self._trace = trace
        self.steps: tuple[StepRecord, ...] = trace.steps

    @property
    def end(self) -> int:
        """The place behind the last step."""
        return len(self.steps)

    @cached_property
    def operations(self) -> dict[Id, int]:
        """The step of each operation. A call that has no step of its own ends with the last operation inside it."""
        own = {step.ref: place for place, step in enumerate(self.steps) if step.kind == "operation" and step.ref}
        last = dict[Id, int]()
        latest = 0
        for operation in self._trace.operations:
            latest = own.get(operation.id, latest)
            last[operation.id] = latest
        for operation in reversed(self._trace.operations):
            if operation.parent is not None and operation.parent not in own:
                last[operation.parent] = max(last.get(operation.parent, 0), last[operation.id])
        return last

    @cached_property
    def passes(self) -> dict[Id, int]:
        """The step at which each backward pass began."""
        return {step.ref: place for place, step in enumerate(self.steps) if step.kind == "backward" and step.ref}

    @cached_property
    def made(self) -> dict[Id, int]:
        """The step at which each tensor was first returned by an operation or bound to a name."""
        made: dict[Id, int] = {}
        for operation in self._trace.operations:
            for tensor in operation.outputs:
                made.setdefault(tensor, self.operations[operation.id])
        for place, step in enumerate(self.steps):
            for binding in step.bound:
                if binding.value is not None:
                    made.setdefault(binding.value, place)
        return made

    @cached_property
    def bindings(self) -> dict[Variable, list[tuple[int, BindingRecord]]]:
        """What each name of each frame was bound to, in order."""
        bindings: dict[Variable, list[tuple[int, BindingRecord]]] = {}
        for place, step in enumerate(self.steps):
            for binding in step.bound:
                bindings.setdefault((step.frame, binding.name), []).append((place, binding))
        return bindings

    @cached_property
    def names(self) -> dict[Id, list[tuple[int, int, str]]]:
        """The names of each tensor or array, in order: the step that bound it, the frame, the name."""
        names: dict[Id, list[tuple[int, int, str]]] = {}
        for place, step in enumerate(self.steps):
            for binding in step.bound:
                if binding.value is not None:
                    names.setdefault(binding.value, []).append((place, step.frame, binding.name))
        return names

    def value(self, name: str, frame: int, before: int) -> tuple[int, BindingRecord] | None:
        """What a name meant in a frame before a step, and since when: there, or else at the level of the cells."""
        for variable in ((frame, name), (0, name)):
            bindings = self.bindings.get(variable, [])
            place = bisect_right(bindings, before - 1, key=lambda item: item[0]) - 1
            if place >= 0:
                return bindings[place]
        return None

    @cached_property
    def last_frame(self) -> int:
        """The frame in which the program ended."""
        kinds = ("statement", "call", "operation", "backward")
        return next((step.frame for step in reversed(self.steps) if step.kind in kinds), 0)

    def statement(self, place: int, frame: int | None = None) -> int | None:
        """The statement that a step belongs to: the next to end in its frame, or in another frame that called it."""
        if not 0 <= place < len(self.steps):
            return None
        ends = self._ends.get(self.steps[place].frame if frame is None else frame, [])
        index = bisect_right(ends, place - 1)
        return ends[index] if index < len(ends) else None

    @cached_property
    def _ends(self) -> dict[int, list[int]]:
        """The places of the statements of each frame."""
        ends: dict[int, list[int]] = {}
        for place, step in enumerate(self.steps):
            if step.kind == "statement":
                ends.setdefault(step.frame, []).append(place)
        return ends

    def changed(self, after: int, before: int) -> set[Id]:
        """The tensors that had a new value, but were not new, between two steps."""
        return {
            change.id for step in self.steps[max(after + 1, 0) : max(before, 0)] for change in step.changed if change.version
        }

    def of_statement(self, place: int) -> list[OperationRecord]:
        """The operations of the statement that ended at a step, those in functions that it called too."""
        span = self.steps[place].span
        previous = [end for end in self._ends.get(self.steps[place].frame, []) if end < place][-1:]
        first = previous[0] + 1 if previous else 0
        found = [operation for operation in self._trace.operations if first <= self.operations[operation.id] <= place]
        return found if span is not None else []

    def first_pass_over(self, functions: set[Id]) -> Id | None:
        """The first backward pass that ran one of these functions."""
        for backward in self._trace.backwards:
            if any(run.function in functions for run in backward.runs):
                return backward.id
        return None

    def line_of(self, place: int | None) -> Span | None:
        """The source of a step."""
        return self.steps[place].span if place is not None and 0 <= place < len(self.steps) else None
