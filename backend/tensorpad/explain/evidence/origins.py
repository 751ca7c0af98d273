"""How a name that is expected to mean a leaf came to mean another tensor, and the edits that make it one."""

from dataclasses import dataclass
from typing import Literal

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.handles import assigned, value_of
from tensorpad.explain.evidence.updates import Update, in_place, update
from tensorpad.explain.program.sources import Statement, Token, spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit
from tensorpad.protocol.records import Id, Span, TensorRecord


@dataclass(frozen=True, slots=True)
class Origin:
    """The statement that gave a name to a tensor that is no leaf to train.

    `updated`: an update computed it from the gradient of what the name meant before. `born`: the statement also made the
    leaf, and computed on. `renamed`: it computed it from the leaf that had the name before. `former` is that leaf.
    """

    kind: Literal["updated", "born", "renamed"]
    statement: Statement
    former: Id
    update: Update | None = None


def origin(facts: Facts, name: str, tensor: TensorRecord) -> Origin | None:
    """How a tensor came to a name in place of a leaf; None if nothing tells."""
    chronology = facts.chronology
    bound = [place for place, _, known in chronology.names.get(tensor.id, []) if known == name]
    place = bound[0] if bound else chronology.statement(chronology.made.get(tensor.id, -1))
    span = chronology.line_of(place)
    statement = facts.sources.simple(span)
    if place is None or statement is None or "".join(token.text for token in assigned(statement)) != name:
        return None
    leaves = _leaves(facts, tensor)
    former = _former(facts, name, place)
    renewing = update(facts, span)
    if renewing is not None:
        return Origin("updated", statement, former or tensor.id, renewing)
    if not tensor.requires_grad or tensor.is_leaf:
        return None
    if former is not None and former in leaves:
        return Origin("renamed", statement, former)
    own = [
        leaf
        for leaf in leaves
        if chronology.statement(chronology.made.get(leaf, -1)) == place and not facts.tensors[leaf].names
    ]
    if len(own) == 1 and leaves == own:
        return Origin("born", statement, own[0])
    return None


def _leaves(facts: Facts, tensor: TensorRecord) -> list[Id]:
    """The leaves that require a gradient and that a tensor was computed from."""
    inputs = dict.fromkeys(item for operation in facts.lineage(tensor.id) for item in operation.inputs)
    return [item for item in inputs if facts.tensors[item].is_leaf and facts.tensors[item].requires_grad]


def _former(facts: Facts, name: str, place: int) -> Id | None:
    """The tensor that a name meant before a statement."""
    bound = facts.chronology.value(name, facts.chronology.steps[place].frame, place)
    value = bound[1].value if bound is not None else None
    return value if value in facts.tensors else None


def as_leaf(facts: Facts, one: Origin, recording: bool) -> Edit | None:
    """The edit after which the name means a leaf."""
    match one.kind:
        case "updated":
            return in_place(facts, one.update, recording) if one.update is not None else None
        case "born":
            return _required_at_last(facts, one.statement)
        case "renamed":
            return _leaf_again(facts, one.statement)


def _leaf_again(facts: Facts, statement: Statement) -> Edit | None:
    """`w = w.double()` as `w = w.double().detach().requires_grad_()`."""
    value = value_of(statement)
    text = facts.sources.text(_whole(value))
    changed = f"{text if _is_chain(value) else f'({text})'}.detach().requires_grad_()"
    return edits.several(facts, [(_whole(value), changed)], "leaf_again", code=code(".detach().requires_grad_()"))


def _required_at_last(facts: Facts, statement: Statement) -> Edit | None:
    """`w = torch.randn(3, requires_grad=True) * 0.1` as `w = (torch.randn(3) * 0.1).requires_grad_()`."""
    value = value_of(statement)
    texts = [token.text for token in value]
    flags = [place for place in range(len(texts) - 2) if texts[place : place + 3] == ["requires_grad", "=", "True"]]
    if len(flags) != 1:
        return None
    first, last = flags[0], flags[0] + 2
    if texts[first - 1] == ",":
        first -= 1
    elif texts[last + 1 : last + 2] == [","]:
        last += 1
    head, tail = value[:first], value[last + 1 :]
    if not head or not tail:
        return None
    text = _text(facts, head) + _text(facts, tail)
    changed = f"{text if _is_chain([*head, *tail]) else f'({text})'}.requires_grad_()"
    return edits.several(facts, [(_whole(value), changed)], "require_at_last", code=code(changed))


def _text(facts: Facts, tokens: list[Token]) -> str:
    return facts.sources.text(_whole(tokens))


def _whole(tokens: list[Token]) -> Span:
    return spanning(tokens[0].span, tokens[-1].span)


def _is_chain(tokens: list[Token]) -> bool:
    """Whether source is names, attributes and calls one after the other, without an operator between them."""
    depth = 0
    for token in tokens:
        closing = token.text in (")", "]", "}")
        if depth == 0 and not (token.is_name or token.text in (".", "(", "[")):
            return False
        depth += (token.text in ("(", "[", "{")) - closing
    return tokens[0].is_name
