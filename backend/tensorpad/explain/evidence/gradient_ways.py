"""Whose `.grad` was None, and what became of the gradient on its way there."""

import re
from dataclasses import dataclass
from typing import Literal

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.lost_graphs import Reason, reasons
from tensorpad.explain.program.sources import Token, before
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit
from tensorpad.protocol.records import Id, Span, TensorRecord

_ROOTS = 8
"""Passes whose way is looked at, the last ones: a loop has many that are alike."""
_LOOKED_AT = 200
"""Operations that are asked what they did to the graph."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The expression in front of `.grad`, and the tensor that it means if that is known."""

    owner: str
    tensor: TensorRecord | None


def missing_gradient(facts: Facts) -> Missing | None:
    """The first `.grad` in the failing source that is None; or the one that a name in it was given."""
    end, frame = facts.chronology.end, facts.chronology.last_frame
    tokens = facts.sources.tokens(facts.span)
    found = _first_missing(facts, tokens)
    if found is not None:
        return found
    for token in tokens:
        bound = facts.chronology.value(token.text, frame, end) if token.is_name else None
        if bound is not None and bound[1].type == "NoneType":
            found = _first_missing(facts, facts.sources.tokens(facts.chronology.line_of(bound[0])))
            if found is not None:
                return found
    return None


def _first_missing(facts: Facts, tokens: list[Token]) -> Missing | None:
    for owner in _owners(tokens):
        tensor = _meant(facts, owner)
        if tensor is None or tensor.grad is None:
            return Missing(owner, tensor)
    return None


def _owners(tokens: list[Token]) -> list[str]:
    """The expressions of names and indices in front of each `.grad`."""
    owners: list[str] = []
    for place in range(2, len(tokens)):
        if (
            tokens[place].text != "grad"
            or tokens[place - 1].text != "."
            or not (tokens[place - 2].is_name or tokens[place - 2].text == "]")
        ):
            continue
        start, depth = place - 1, 0
        while start > 0:
            token = tokens[start - 1]
            depth += (token.text == "]") - (token.text == "[")
            follows = start < place - 1 and token.is_name and tokens[start].text not in (".", "[", "]")
            if depth < 0 or (depth == 0 and not (token.is_name or token.text in (".", "["))) or (depth == 0 and follows):
                break
            start -= 1
        text = "".join(token.text for token in tokens[start : place - 1])
        if text:
            owners.append(text)
    return owners


def _meant(facts: Facts, owner: str) -> TensorRecord | None:
    """The tensor that an expression meant when the program failed."""
    bound = facts.chronology.value(owner, facts.chronology.last_frame, facts.chronology.end)
    if bound is not None:
        return facts.tensors.get(bound[1].value or "")
    # A module in a container is called `net.0` in names.
    found = facts.variable(owner) or facts.variable(re.sub(r"\[(\d{1,6})\]", r".\1", owner))
    if found is not None or not owner.startswith("self."):
        return found
    ending = owner.removeprefix("self")
    ended = [tensor for tensor in facts.trace.tensors if any(name.endswith(ending) for name in tensor.names)]
    return ended[0] if len(ended) == 1 else None


def cleared(tensor: TensorRecord) -> int | None:
    """The step at which the program cleared a gradient for the last time."""
    last = tensor.grad_changes[-1] if tensor.grad_changes else None
    return last.step if last is not None and last.values is None else None


def moved_before(facts: Facts, place: int) -> Edit | None:
    """Clear the gradients in front of the pass instead of behind it."""
    chronology = facts.chronology
    passes = [start for start in chronology.passes.values() if start < place]
    running = chronology.statement(max(passes)) if passes else None
    if running is None or running >= place or chronology.steps[running].frame != chronology.steps[place].frame:
        return None
    first, second = facts.sources.simple(chronology.line_of(running)), facts.sources.simple(chronology.line_of(place))
    if first is None or second is None or first.indent != second.indent or second.span.line <= first.span.end_line:
        return None
    if second.span.line != second.span.end_line or second.span.cell != first.span.cell:
        return None
    line = facts.sources.text(second.span)
    gone = Span(second.span.cell, second.span.line, 0, second.span.line + 1, 0)
    return edits.several(
        facts, [(before(first.span), f"{line}\n{first.indent}"), (gone, "")], "clear_before", code=code(line)
    )


def way_to(facts: Facts, leaf: Id) -> Reason | Literal["none"] | None:
    """Why no gradient came to a leaf: where its way was cut, or `none` if no root was computed from it."""
    roots = [root.tensor for backward in facts.trace.backwards for root in backward.roots]
    computed = {leaf}
    for operation in facts.trace.operations:
        if not computed.isdisjoint(operation.inputs):
            computed.update(operation.outputs)
    known, left = False, _LOOKED_AT
    for root in list(dict.fromkeys(roots))[-_ROOTS:]:
        for operation in facts.lineage(root):
            known = known or leaf in operation.inputs
            if left == 0 or (operation.inputs and computed.isdisjoint(operation.inputs)):
                continue
            left -= 1
            for reason in reasons(facts, operation):
                if not computed.isdisjoint(reason.tensors):
                    return reason
    return None if known or left == 0 else "none"
