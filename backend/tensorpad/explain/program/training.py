"""The course of a training: backward passes, and the statements that step optimisers and clear gradients, in order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Literal

from tensorpad.explain.program.sources import Sources, Token
from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.holders import HolderRecord
from tensorpad.protocol.records import Id, Span, TensorRecord
from tensorpad.protocol.traces import TraceRecord

_OPTIMIZERS = 20
_LONGEST = 300
"""Characters of a statement that is looked at: `opt.step()` and the like are short."""
_CALLS = frozenset({"step", "zero_grad"})
_CLIPS = frozenset({"clip_grad_norm_", "clip_grad_value_"})
_ALL = (*_CALLS, *_CLIPS)
_PARTIAL = frozenset({"operations", "backward passes", "functions of a backward pass", "tensors", "steps", "recording"})
"""What must be on record as a whole before it can be said that something never happened."""


@dataclass(frozen=True, slots=True)
class Event:
    """A pass, or a statement that does something to gradients. `name` is the variable whose method it calls."""

    kind: Literal["backward", "step", "clear", "clip"]
    index: int
    span: Span | None
    name: str = ""
    reached: frozenset[Id] = frozenset()


class Training:
    """What a trace tells of training, indexed."""

    def __init__(self, sources: Sources, trace: TraceRecord) -> None:
        self._sources = sources
        self._trace = trace
        self._words: dict[Span, list[Token]] = {}

    @cached_property
    def is_whole(self) -> bool:
        """Whether every operation, pass and step is on record."""
        partial = any(truncated.what in _PARTIAL for truncated in self._trace.truncated)
        return not partial and not any(backward.unrecorded for backward in self._trace.backwards)

    @cached_property
    def passes(self) -> list[BackwardRecord]:
        """The passes that leave gradients in leaves."""
        return [backward for backward in self._trace.backwards if backward.kind == "backward" and not backward.failed]

    @cached_property
    def reached(self) -> dict[Id, int]:
        """How many passes brought a gradient to each leaf."""
        counts: dict[Id, int] = {}
        for backward in self.passes:
            for leaf in _reached(backward):
                counts[leaf] = counts.get(leaf, 0) + 1
        return counts

    @cached_property
    def modules(self) -> list[HolderRecord]:
        """The modules."""
        return [holder for holder in self._trace.holders if holder.kind == "module"]

    @cached_property
    def optimizers(self) -> list[HolderRecord]:
        """The optimisers that are looked into: each is compared with all events."""
        optimizers = (holder for holder in self._trace.holders if holder.kind == "optimizer")
        return list(islice(optimizers, _OPTIMIZERS))

    @cached_property
    def stepped(self) -> frozenset[Id]:
        """The tensors that optimisers hold."""
        optimizers = (holder for holder in self._trace.holders if holder.kind == "optimizer")
        return frozenset(held.tensor for holder in optimizers for held in holder.held)

    @cached_property
    def used(self) -> frozenset[Id]:
        """The tensors that an operation took without writing them, as initialisation does."""
        used: set[Id] = set()
        for operation in self._trace.operations:
            written = {write.tensor for write in operation.writes}
            used.update(tensor for tensor in operation.inputs if tensor not in written)
        return frozenset(used)

    @cached_property
    def first_pass(self) -> int | None:
        """The step in which the first pass began."""
        return next((index for index, step in enumerate(self._trace.steps) if step.kind == "backward"), None)

    @cached_property
    def paths(self) -> dict[Id, str]:
        """The paths of parameters and other tensors in modules."""
        modules = [(one.tensor, one.path) for module in self.modules for one in (*module.held, *module.plain)]
        hidden = [(one.tensor, one.path) for module in self.modules for part in module.hidden for one in part.held]
        return dict(reversed([*modules, *hidden]))

    def changed(self, tensor: TensorRecord) -> bool:
        """Whether a tensor had another value after the first pass had begun; what is not known counts as changed."""
        first, last = self.first_pass, tensor.history[-1].step if tensor.history else None
        return first is None or last is None or last > first

    @cached_property
    def events(self) -> list[Event]:
        """Passes, steps of optimisers and the like, as they were done."""
        passes = {backward.id: backward for backward in self.passes}
        events: list[Event] = []
        types: dict[tuple[int, str], str] = {}
        for index, step in enumerate(self._trace.steps):
            if step.frame:
                types.update({(step.frame, binding.name): binding.type for binding in step.bound})
            if step.kind == "backward" and step.ref in passes:
                backward = passes[step.ref]
                events.append(Event("backward", index, backward.span, reached=frozenset(_reached(backward))))
            elif step.kind == "statement" and step.span is not None:
                events.extend(
                    replace(event, name=self._holder(event.name, types.get((step.frame, event.name))))
                    for event in self._called(index, step.span)
                )
        return events

    def _holder(self, name: str, type_name: str | None) -> str:
        """The variable that holds what a function calls `name`: the only one of its type."""
        if type_name is None:
            return name
        alike = [holder.name for holder in (*self.optimizers, *self.modules) if holder.type == type_name]
        return alike[0] if len(alike) == 1 else ""

    def words(self, span: Span | None) -> list[Token]:
        """The tokens of a statement, read once; none of a long one."""
        if span is None:
            return []
        words = self._words.get(span)
        if words is None:
            short = span.end_line == span.line and span.end_column - span.column <= _LONGEST
            words = self._words[span] = self._sources.tokens(span) if short else []
        return words

    def statement_of(self, name: str) -> tuple[int, Span] | None:
        """The last statement at the level of a cell that bound a name, and its place among the steps."""
        return self._bound.get(name)

    @cached_property
    def _bound(self) -> dict[str, tuple[int, Span]]:
        return {
            binding.name: (index, step.span)
            for index, step in enumerate(self._trace.steps)
            if step.kind == "statement" and step.frame == 0 and step.span is not None
            for binding in step.bound
        }

    def _called(self, index: int, span: Span) -> Iterator[Event]:
        text = self._sources.text(span) if span.end_line == span.line else ""
        if not any(call in text for call in _ALL):
            return  # reading its tokens costs a hundred times as much, and few statements have any of these
        words = self.words(span)
        texts = [word.text for word in words]
        if len(texts) >= 5 and words[0].is_name and texts[1] == "." and texts[3] == "(" and texts[2] in _CALLS:
            yield Event("step" if texts[2] == "step" else "clear", index, span, texts[0])
        elif not _CLIPS.isdisjoint(texts) and "inf" not in texts:
            yield Event("clip", index, span)


def _reached(backward: BackwardRecord) -> Iterator[Id]:
    """The leaves whose `.grad` a pass added to."""
    for run in backward.runs:
        if run.accumulation is not None and run.accumulation.tensor is not None:
            yield run.accumulation.tensor
