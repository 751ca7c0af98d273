"""Programs that ran, with a gradient that `retain_grad()` was to keep and did not."""

from collections.abc import Iterator

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Finding, Value
from tensorpad.protocol.records import Id, Span
from tensorpad.protocol.steps import OperationRecord

_REGENERATED = "AsStridedBackward0"
_TRIES = 50
"""Calls of `retain_grad()` that are looked into."""


def lost_retain(facts: Facts) -> Iterator[Finding]:
    """`retain_grad()` of a view whose base was written afterwards: the view has another grad_fn since then."""
    tries = 0
    for index, span, tensor in _retained(facts):
        record = facts.tensors[tensor]
        maker = facts.makers.get(tensor)
        if record.grad is not None or record.view_of is None or record.grad_fn != _REGENERATED or maker is None:
            continue
        if maker.name.endswith("as_strided"):
            continue
        tries += 1
        write = _write(facts, tensor, index) if tries <= _TRIES else None
        if write is None or not _passed_later(facts, write):
            continue
        values: dict[str, Value] = {
            "name": facts.label(tensor, 1),
            "base": facts.label(record.view_of, 2),
            "code": code(facts.statement(write)),
            "retain": code(facts.sources.text(span)),
            "line": facts.line(write.span),
        }
        yield Finding("lost_retain", values, (tensor, record.view_of), (), write.span)
        return


def _retained(facts: Facts) -> Iterator[tuple[int, Span, Id]]:
    """The statements `x.retain_grad()`, with their place in the timeline, and the tensor that had the name then."""
    bound: dict[tuple[int, str], Id] = {}
    if not facts.sources.mentions("retain_grad"):
        return
    for index, step in enumerate(facts.trace.steps):
        for item in step.bound:
            if item.value is not None:
                bound[step.frame, item.name] = item.value
        words = facts.training.words(step.span) if step.kind == "statement" else []
        if step.span is None or [word.text for word in words[1:]] != [".", "retain_grad", "(", ")"]:
            continue
        tensor = bound.get((step.frame, words[0].text)) or bound.get((0, words[0].text))
        if tensor is not None and tensor in facts.tensors:
            yield index, step.span, tensor


def _write(facts: Facts, tensor: Id, index: int) -> OperationRecord | None:
    """The first write to the memory of a tensor, through another tensor, after a step."""
    for operation, write in facts.writes.written_in.get(facts.writes.storage_of(tensor), ()):
        if write.tensor != tensor and facts.chronology.operations[operation.id] > index:
            return operation
    return None


def _passed_later(facts: Facts, write: OperationRecord) -> bool:
    """Whether a backward pass began after an operation."""
    place = facts.chronology.operations[write.id]
    return any(event.kind == "backward" and event.index > place for event in facts.training.events)


RULES = (lost_retain,)
