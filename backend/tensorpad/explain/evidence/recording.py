"""Where recording was off when an operation ran, and the edit that lets autograd record there."""

from dataclasses import dataclass
from typing import Literal

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.findings import Edit
from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import OperationRecord

_OFF = ("no_grad", "inference_mode", "set_grad_enabled(False)")
_CALLERS = 8


@dataclass(frozen=True, slots=True)
class Off:
    """What had turned recording off: the line of a `with`, of a decorator, or of a call."""

    kind: Literal["with", "decorator", "call"]
    span: Span
    text: str


def recording_off(facts: Facts, operation: OperationRecord) -> Off | None:
    """What had turned recording off for an operation; None if that is not in the source."""
    chronology = facts.chronology
    place = chronology.operations.get(operation.id)
    span = facts.outermost(operation).span
    frame = chronology.steps[place].frame if place is not None and chronology.steps else 0
    for _ in range(_CALLERS):
        found = _around(facts, span) if span is not None else None
        if found is not None or place is None:
            return found
        caller = _caller(facts, place, frame)
        if caller is None:
            break
        place, span, frame = caller, chronology.steps[caller].span, chronology.steps[caller].frame
    return _switched_off(facts, place)


def _caller(facts: Facts, place: int, frame: int) -> int | None:
    """The statement that called the function in which a step lies. A caller's frame has a smaller number."""
    steps = facts.chronology.steps
    for later in range(place + 1, len(steps)):
        if steps[later].kind == "statement" and steps[later].frame < frame:
            return later
    return None


def _around(facts: Facts, span: Span) -> Off | None:
    """The `with` around a line, or the decorator of the function around it."""
    indent = _indent(facts.sources.line(span.cell, span.line))
    for number in range(span.line - 1, 0, -1):
        text = facts.sources.line(span.cell, number).rstrip("\n")
        stripped = text.strip()
        if not stripped or stripped.startswith("#") or _indent(text) >= indent:
            continue
        indent = _indent(text)
        if stripped.startswith("with ") and any(word in stripped for word in _OFF):
            return Off("with", Span(span.cell, number, indent, number, len(text)), stripped.rstrip(":"))
        if stripped.startswith("def "):
            return _decorator(facts, span.cell, number)
    return None


def _decorator(facts: Facts, cell: int, line: int) -> Off | None:
    for number in range(line - 1, 0, -1):
        text = facts.sources.line(cell, number).rstrip("\n")
        if not text.strip().startswith("@"):
            return None
        if any(word in text for word in _OFF):
            return Off("decorator", Span(cell, number, _indent(text), number, len(text)), text.strip())
    return None


def _switched_off(facts: Facts, place: int | None) -> Off | None:
    """The last call of `set_grad_enabled` before a step, if it turned recording off."""
    steps = facts.chronology.steps
    for earlier in range(min(place or 0, len(steps)) - 1, -1, -1):
        span = steps[earlier].span
        if steps[earlier].kind != "statement" or span is None or span.line != span.end_line:
            continue
        text = facts.sources.text(span)
        if "set_grad_enabled(" in text and len(text) < 200:
            return Off("call", span, text) if text.endswith("set_grad_enabled(False)") else None
    return None


def recorded_again(facts: Facts, off: Off) -> Edit | None:
    """Let autograd record: leave the `with` or the decorator out, or turn recording on; None where that cannot be sure."""
    cell, line = off.span.cell, off.span.line
    if off.kind == "call":
        end = off.span.end_column
        return Edit(Span(cell, line, end - len("False)"), line, end - 1), "True", "recording_on", {})
    if off.kind == "decorator":
        return Edit(Span(cell, line, 0, line + 1, 0), "", "no_decorator", {})
    lines = [facts.sources.line(cell, number) for number in range(line, len(facts.sources.cells[cell]) + 1)]
    if not lines[0].strip().endswith(":") or "," in lines[0]:
        return None
    indent, body = _indent(lines[0]), list[str]()
    for text in lines[1:]:
        if text.strip() and _indent(text) <= indent:
            break
        body.append(text.rstrip("\n"))
    while body and not body[-1].strip():
        body.pop()
    inner = _indent(body[0]) if body else 0
    if (
        not body
        or any(text.strip() and _indent(text) < inner for text in body)
        or _writes(facts, cell, line, line + len(body))
    ):
        return None
    text = "\n".join(text[inner - indent :] if text.strip() else text for text in body)
    last = line + len(body)
    return Edit(Span(cell, line, 0, last, len(body[-1])), text, "no_block", {})


def _writes(facts: Facts, cell: int, first: int, last: int) -> bool:
    """Whether something was written under `no_grad` in these lines, or the lines hold a text of several lines."""
    for operation in facts.trace.operations:
        span = operation.span
        if (
            operation.writes
            and operation.recorded is False
            and span is not None
            and span.cell == cell
            and first <= span.line <= last
        ):
            return True
    return any(
        '"""' in facts.sources.line(cell, line) or "'''" in facts.sources.line(cell, line) for line in range(first, last + 1)
    )


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
