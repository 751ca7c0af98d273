"""Updates of parameters that make new tensors, `w = w - lr * w.grad`, and the edit that writes them in place."""

from dataclasses import dataclass

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.handles import assigned
from tensorpad.explain.program.sources import Statement, Token, spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit
from tensorpad.protocol.records import Span

_OPERATORS = frozenset("+-*/")
_BINARY = frozenset(["+", "-", "*", "/", "//", "%", "@", "**", "<", ">", "==", "and", "or", "if"])
_CLEARING = frozenset({"zero_grad", "zero_"})


@dataclass(frozen=True, slots=True)
class Update:
    """A statement that assigns to a name what it computed from the gradient of what the name meant before."""

    statement: Statement
    target: str
    value: list[Token]


def update(facts: Facts, span: Span | None) -> Update | None:
    """The update that a statement is; None if it is something else."""
    statement = facts.sources.simple(span)
    if statement is None:
        return None
    target = [token.text for token in assigned(statement)]
    value = statement.tokens[len(target) + 1 :]
    texts = [token.text for token in value]
    if not target or "," in target or not _contains(texts, [*target, ".", "grad"]):
        return None
    return Update(statement, "".join(target), value)


def updates(facts: Facts, one: Update) -> list[Update]:
    """All updates that the program has run in the cell of one, each once."""
    spans = dict.fromkeys(step.span for step in facts.trace.steps if step.kind == "statement" and step.span is not None)
    found = [
        other
        for span in spans
        if span.cell == one.statement.span.cell and ".grad" in facts.sources.line(span.cell, span.line)
        for other in [update(facts, span)]
        if other is not None
    ]
    return [*found, *([one] if one.statement.span not in spans else [])]


def in_place(facts: Facts, one: Update, recording: bool) -> Edit | None:
    """Write this update and its like in place; `recording` tells that they are not under `no_grad` yet."""
    clearing = not _clears(facts)
    changes: list[tuple[Span, str]] = []
    for other in updates(facts, one):
        indent = other.statement.indent
        lines = [_written(facts, other), *([f"{other.target}.grad = None"] if clearing else [])]
        if recording:
            text = "with torch.no_grad():" + "".join(f"\n{indent}    {line}" for line in lines)
        else:
            text = f"\n{indent}".join(lines)
        changes.append((other.statement.span, text))
    return edits.several(facts, changes, "in_place_update", code=code(_written(facts, one)))


def _written(facts: Facts, one: Update) -> str:
    """The update in place: `w -= …` where the rest of the sum is one term, else `w.copy_(…)`."""
    length = len(assigned(one.statement))
    whole = facts.sources.text(spanning(one.value[0].span, one.value[-1].span))
    operator, rest = one.value[length], one.value[length + 1 :]
    starts = "".join(token.text for token in one.value[:length]) == one.target
    if not starts or operator.text not in _OPERATORS or not rest:
        return f"{one.target}.copy_({whole})"
    weak = _BINARY if operator.text in "*/" else _BINARY - {"*", "/", "//", "%", "@", "**"}
    if any(token.text in weak for token in _outer(rest)):
        return f"{one.target}.copy_({whole})"
    return f"{one.target} {operator.text}= {facts.sources.text(spanning(rest[0].span, rest[-1].span))}"


def _outer(tokens: list[Token]) -> list[Token]:
    """The tokens outside of all brackets; a sign at the start is none of them."""
    depth, outer = 0, list[Token]()
    for token in tokens[1:]:
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if depth == 0:
            outer.append(token)
    return outer


def _clears(facts: Facts) -> bool:
    """Whether the program clears gradients somewhere."""
    for cell in range(len(facts.sources.cells)):
        texts = [token.text for token in facts.sources.tokens(facts.sources.whole(cell))]
        if not _CLEARING.isdisjoint(texts) or _contains(texts, [".", "grad", "=", "None"]):
            return True
    return False


def _contains(texts: list[str], piece: list[str]) -> bool:
    return any(texts[index : index + len(piece)] == piece for index in range(len(texts) - len(piece) + 1))
