"""Values that left torch, as NumPy arrays or Python numbers, and came back as new tensors."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.handles import assigned
from tensorpad.explain.program.sources import Token, spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit
from tensorpad.protocol.records import Id, Span
from tensorpad.protocol.steps import OperationRecord

_NUMBERS: Final = frozenset({"item", "tolist"})
_ARRAYS: Final = frozenset({"numpy", "__array__"})
_WRAPPERS: Final = {"float": "numbers", "int": "numbers", "list": "numbers", "asarray": "numpy", "array": "numpy"}
_SAME = re.compile(r"(sin|cos|tan|exp|log|sqrt|tanh|abs|square|sinh|cosh|log1p|expm1|sum|mean)$")
"""Functions that are the same in torch."""
_BACK: Final = frozenset({"from_numpy", "tensor", "as_tensor"})
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Departure:
    """The statement that took values out of a tensor that requires a gradient. `back` made a tensor of them."""

    kind: Literal["numpy", "numbers"]
    tensor: Id
    span: Span
    back: OperationRecord


def departure(facts: Facts, operation: OperationRecord) -> Departure | None:
    """Where the values that an operation made a tensor of had come out of a graph; None if they had not."""
    place = facts.chronology.operations.get(operation.id)
    if operation.inputs or operation.span is None or place is None or not facts.chronology.steps:
        return None
    frame = facts.chronology.steps[place].frame
    pending: list[tuple[Span, int, int]] = [(operation.span, place, frame)]
    visited: set[tuple[Span, int]] = set()
    for _ in range(_DEPTH):
        following: list[tuple[Span, int, int]] = []
        for span, step, within in pending:
            if (span, step) in visited:
                continue
            visited.add((span, step))
            tokens = facts.sources.tokens(span)
            found = _taken(facts, tokens, step, within)
            if found is not None:
                return Departure(*found, span, operation)
            following += _origins(facts, tokens, step, within)
        pending = following[:32]
    return None


def _taken(facts: Facts, tokens: list[Token], step: int, frame: int) -> tuple[Literal["numpy", "numbers"], Id] | None:
    """Whether values leave a tensor that requires a gradient as NumPy or as numbers, and that tensor."""
    kind = _conversion(tokens)
    if kind is None:
        return None
    for token in tokens:
        bound = facts.chronology.value(token.text, frame, step) if token.is_name else None
        record = facts.tensors.get(bound[1].value or "") if bound is not None else None
        if record is not None and record.requires_grad:
            return kind, record.id
    return None


def _conversion(tokens: list[Token]) -> Literal["numpy", "numbers"] | None:
    """Whether source turns a tensor into an array or into numbers."""
    kind: Literal["numpy", "numbers"] | None = None
    for index, token in enumerate(tokens):
        called = index + 1 < len(tokens) and tokens[index + 1].text == "("
        method = index > 0 and tokens[index - 1].text == "."
        if called and method and token.text in _ARRAYS:
            return "numpy"
        if called and method and token.text in _NUMBERS:
            kind = "numbers"
        if called and token.text in _WRAPPERS and (not method or tokens[index - 2].text in ("np", "numpy")):
            kind = "numpy" if _WRAPPERS[token.text] == "numpy" else kind or "numbers"
    return kind


def _origins(facts: Facts, tokens: list[Token], step: int, frame: int) -> list[tuple[Span, int, int]]:
    """The statements that gave the names in a piece of source their values."""
    steps, found = facts.chronology.steps, list[tuple[Span, int, int]]()
    for token in tokens:
        bound = facts.chronology.value(token.text, frame, step) if token.is_name else None
        if bound is None or bound[1].value in facts.tensors:
            continue
        span = steps[bound[0]].span
        if span is not None and steps[bound[0]].kind == "statement":
            found.append((span, bound[0], steps[bound[0]].frame))
    return found


def in_torch(facts: Facts, left: Departure) -> Edit | None:
    """`np.sin(w.detach().numpy())` as `torch.sin(w)`, and what made a tensor of it left out."""
    back = facts.sources.tokens(left.back.span)
    opening = next((place for place, token in enumerate(back) if token.text == "("), 0)
    head = [token.text for token in back[:opening]]
    if not head or head[-1] not in _BACK or head[:-1] not in ([], ["torch", "."]):
        return None
    argument, whole = back[opening + 1 : -1], spanning(back[0].span, back[-1].span)
    if left.span == left.back.span:
        changed = _of_torch(facts, argument)
        return edits.several(facts, [(whole, changed)], "in_torch", code=code(changed)) if changed else None
    statement = facts.sources.simple(left.span)
    target = assigned(statement)
    if statement is None or len(target) != 1 or [token.text for token in argument] != [target[0].text]:
        return None
    changed = _of_torch(facts, statement.tokens[2:])
    if changed is None:
        return None
    value = spanning(statement.tokens[2].span, statement.tokens[-1].span)
    return edits.several(facts, [(value, changed), (whole, target[0].text)], "in_torch", code=code(changed))


def _of_torch(facts: Facts, tokens: list[Token]) -> str | None:
    """`np.sin(w.detach().numpy())` as `torch.sin(w)`; None if the source is of another form."""
    texts = [token.text for token in tokens]
    tail = [".", "detach", "(", ")", ".", "numpy", "(", ")", ")"]
    if texts[:2] not in (["np", "."], ["numpy", "."]) or texts[3:4] != ["("] or texts[-len(tail) :] != tail:
        return None
    inner = tokens[4 : -len(tail)]
    if _SAME.match(texts[2]) is None or not inner or any(token.text in ("np", "numpy", "detach", ",") for token in inner):
        return None
    return f"torch.{texts[2]}({facts.sources.text(spanning(inner[0].span, inner[-1].span))})"
