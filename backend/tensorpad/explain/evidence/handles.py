"""How a program holds a tensor: by a name, as a part of a tuple that has one, or as an attribute."""

import re
from dataclasses import dataclass
from typing import Literal

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import Statement, Token, spanning
from tensorpad.protocol.records import Id
from tensorpad.protocol.steps import OperationRecord

_CONTAINERS = {"tuple": "tuple", "list": "list"}


@dataclass(frozen=True, slots=True)
class Handle:
    """An expression that means a tensor, in a frame, from a step on."""

    text: str
    kind: Literal["name", "tuple", "list", "attribute"]
    frame: int
    since: int
    states: bool = False
    """Whether it is an attribute that holds the states of a recurrent layer, a pair."""

    @property
    def detached(self) -> str:
        """The expression of the same thing without its graph."""
        if self.states:
            return f"tuple(part.detach() for part in {self.text})"
        match self.kind:
            case "tuple":
                return f"tuple(part.detach() for part in {self.text})"
            case "list":
                return f"[part.detach() for part in {self.text}]"
            case _:
                return f"{self.text}.detach()"


def handle(facts: Facts, tensor: Id, consumer: OperationRecord | None, until: int) -> Handle | None:
    """What the program calls a tensor where an operation takes it."""
    found = [*_names(facts, tensor, until), *_assigned(facts, tensor)]
    if consumer is None:
        return found[-1] if found else None
    used = [one for one in found if _mentions(facts, consumer, one)]
    return used[-1] if used else None


def _names(facts: Facts, tensor: Id, until: int) -> list[Handle]:
    steps = facts.chronology.steps
    return [
        Handle(name, "name", frame, place)
        for place, frame, name in facts.chronology.names.get(tensor, [])
        if place < until and steps[place].kind == "statement"
    ]


def _assigned(facts: Facts, tensor: Id) -> list[Handle]:
    """The tuple or attribute that the statement that made a tensor assigned it to."""
    chronology = facts.chronology
    place = chronology.statement(chronology.made.get(tensor, -1))
    if place is None:
        return []
    step = chronology.steps[place]
    containers = [binding for binding in step.bound if binding.value is None and binding.type in _CONTAINERS]
    if len(containers) == 1:
        kind: Literal["tuple", "list"] = "tuple" if containers[0].type == "tuple" else "list"
        return [Handle(containers[0].name, kind, step.frame, place)]
    statement = facts.sources.simple(step.span)
    target = assigned(statement)
    behind = [index for index, token in enumerate(target) if token.text == ","]
    made = facts.makers.get(tensor)
    # `out, self.hidden = self.lstm(…)`
    states = len(behind) == 1 and made is not None and len(made.outputs) > 1 and tensor in made.outputs[1:]
    if states:
        target = target[behind[0] + 1 :]
    dotted = len(target) >= 3 and all(
        token.is_name if index % 2 == 0 else token.text == "." for index, token in enumerate(target)
    )
    if statement is None or not dotted:
        return []
    pair = states and made is not None and len(made.outputs) > 2
    return [Handle("".join(token.text for token in target), "attribute", step.frame, place, pair)]


def assigned(statement: Statement | None) -> list[Token]:
    """The tokens of what a statement assigns to, if it is one plain assignment."""
    depth = 0
    for index, token in enumerate(statement.tokens if statement is not None else []):
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if token.text == "=" and depth == 0:
            rest = statement.tokens[index + 1 :] if statement is not None else []
            return statement.tokens[:index] if statement is not None and rest else []
    return []


def _mentions(facts: Facts, operation: OperationRecord, one: Handle) -> bool:
    """Whether the statement of an operation, in the frame of the handle, has its expression."""
    place = facts.chronology.operations.get(operation.id)
    statement = (
        facts.chronology.statement(place, one.frame if one.kind != "attribute" else None) if place is not None else None
    )
    # The statement that failed has not ended.
    span = facts.chronology.line_of(statement) or facts.outermost(operation).span
    if one.kind == "attribute":
        return re.search(rf"(?<![\w.]){re.escape(one.text)}\b", facts.sources.text(span)[:2_000]) is not None
    return any(token.is_name and token.text == one.text for token in facts.sources.tokens(span))


def is_none_first(facts: Facts, text: str) -> bool:
    """Whether the program gives an expression the value None somewhere."""
    pattern = re.compile(rf"(?<![\w.]){re.escape(text)}\s*(?::[^=\n]{{0,80}})?=\s*None\b")
    return any(pattern.search(line[:2_000]) for cell in facts.sources.cells for line in cell)


def value_of(statement: Statement) -> list[Token]:
    """The tokens of what a statement assigns."""
    return statement.tokens[len(assigned(statement)) + 1 :] if assigned(statement) else []


def text_of(facts: Facts, tokens: list[Token]) -> str:
    """The source of tokens that stand one after the other."""
    return facts.sources.text(spanning(tokens[0].span, tokens[-1].span)) if tokens else ""
