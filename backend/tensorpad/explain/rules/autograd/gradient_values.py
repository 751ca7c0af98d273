"""Programs that ran, and whose gradients became NaN or infinite in a backward pass over finite numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.reasons import backward_reason
from tensorpad.explain.program.moments import elements, encloses, index_of, is_known, number, odd, written
from tensorpad.explain.program.pass_gradients import PassGradients
from tensorpad.explain.program.sources import Token, spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.backwards import BackwardRecord, FunctionRun, Gradient
from tensorpad.protocol.records import Id, Values
from tensorpad.protocol.steps import OperationRecord

_SAFE = {"acos": "0.0", "asin": "0.0", "atanh": "0.0", "acosh": "2.0"}
"""A number at which a function has a finite derivative; 1 for all others."""


@dataclass(frozen=True)
class _Start:
    """The backward function that sent a NaN or an infinity on without having been given one."""

    run: FunctionRun
    operation: OperationRecord | None
    edge: int
    leaf: Id | None
    """A tensor whose gradient got it."""


def gradient_not_finite(facts: Facts) -> Iterator[Finding]:
    """The first backward function that made a NaN or an infinity out of finite gradients, if a leaf's gradient got it."""
    for backward in facts.trace.backwards:
        start = _start(facts, backward)
        if start is None:
            continue
        run, operation = start.run, start.operation
        kind = odd(_gradient(backward, run.sent[start.edge])) or "nan"
        source = _input(backward, start)
        element, hidden = _element(facts, backward, start, source)
        fix = _safe_input(facts, operation, source) if hidden and operation is not None else None
        values: dict[str, Value] = {
            "function": code(run.name),
            "of": code(operation.expression or operation.name) if operation else code(run.name),
            "line": facts.line(operation.span if operation else backward.span),
            "value": Phrase(kind, {}),
            "element": element,
            "reason": backward_reason(run.name),
            "hidden": Phrase("hidden_branch", {}) if hidden else "",
            "cure": _cure(operation, fix, hidden),
            "leaf": facts.label(start.leaf, 1) if start.leaf else Phrase("some_tensor", {}),
        }
        span = operation.span if operation is not None else backward.span
        yield Finding("gradient_not_finite", values, (start.leaf, run.tensor), (), span, fix)
        return


def _start(facts: Facts, backward: BackwardRecord) -> _Start | None:
    """Where the trouble of a pass over finite numbers began."""
    gradients = PassGradients(backward)
    for root in backward.roots:
        tensor = facts.tensors.get(root.tensor or "")
        if gradients.odd(root.gradient) or (tensor is not None and odd(tensor.values)):
            return None
    started: dict[tuple[Id, int], int] = {}
    operations: dict[Id, OperationRecord] = {}
    ends: dict[int, Id | None] = {}
    for place, run in enumerate(backward.runs):
        operation = facts.by_id.get(run.operation or "") or operations.get(run.function)
        inherited = [
            started.get((run.function, slot), -1) for slot, gradient in enumerate(run.arrived) if gradients.odd(gradient)
        ]
        for edge, slot in enumerate(run.next):
            if slot is None:
                continue
            if operation is not None:
                operations.setdefault(slot.function, operation)
            if edge < len(run.sent) and gradients.odd(run.sent[edge]):
                begun = min(inherited) if inherited else place if _may_start(backward, run) else -1
                key = (slot.function, slot.slot)
                started[key] = min(started.get(key, begun), begun)
        if run.accumulation is not None and inherited:
            ends.setdefault(min(inherited), run.accumulation.tensor)
    for returned in backward.returned:
        if (returned.function, returned.slot) in started:
            ends.setdefault(started[returned.function, returned.slot], None)
    first = min((place for place in ends if place >= 0), default=None)
    if first is None or -1 in ends:
        return None
    run = backward.runs[first]
    edge = next(edge for edge, gradient in enumerate(run.sent) if gradients.odd(gradient))
    return _Start(run, facts.by_id.get(run.operation or "") or operations.get(run.function), edge, ends[first])


def _may_start(backward: BackwardRecord, run: FunctionRun) -> bool:
    """Whether all that arrived is known to be finite, and no hook changed what was sent."""
    arrived = [_gradient(backward, gradient) for gradient in run.arrived if gradient is not None]
    return all(is_known(values) for values in arrived) and not any(hook.kind == "posthook" for hook in run.hooks)


def _gradient(backward: BackwardRecord, gradient: Gradient) -> Values | None:
    return backward.gradients[gradient] if gradient is not None else None


def _input(backward: BackwardRecord, start: _Start) -> Id | None:
    """The tensor whose gradient it is."""
    operation = start.operation
    if start.run.name.startswith("Div") and operation is not None and len(operation.inputs) == 2:
        return operation.inputs[-1]  # what was divided by makes both gradients
    slot = start.run.next[start.edge]
    receiver = next((run for run in backward.runs if slot is not None and run.function == slot.function), None)
    if receiver is None or slot is None or slot.slot > 0:
        return None
    return receiver.accumulation.tensor if receiver.accumulation is not None else receiver.tensor


def _element(facts: Facts, backward: BackwardRecord, start: _Start, source: Id | None) -> tuple[Value, bool]:
    """At which element it began, in words, and whether the gradient that arrived there was 0."""
    sent = _gradient(backward, start.run.sent[start.edge])
    data = elements(sent)
    if data is None or sent is None:
        return "", False
    # No number equals itself less itself if it is infinite or NaN.
    bad = [place for place, item in enumerate(data) if item - item != 0]
    if not bad:
        return "", False
    place = bad[0]
    arrived = _gradient(backward, start.run.arrived[0]) if start.run.arrived else None
    gradients = elements(arrived)
    same = gradients is not None and arrived is not None and arrived.shape == sent.shape
    came = gradients[place] if same and gradients is not None else None
    operation = start.operation
    found = facts.moments.before(operation, source) if operation is not None and source is not None else None
    numbers = elements(found)
    hidden = same and gradients is not None and all(gradients[item] == 0 for item in bad)
    if came is None or numbers is None or found is None or found.shape != sent.shape:
        return (Phrase("gradient_at", {"index": code(written(index_of(place, sent.shape)))}) if sent.shape else ""), hidden
    values: dict[str, Value] = {
        "came": code(number(came)),
        "name": facts.label(source, 1),
        "number": code(number(numbers[place])),
        "index": code(written(index_of(place, sent.shape))),
    }
    return Phrase("gradient_at_input" if sent.shape else "gradient_at_scalar", values), hidden


def _cure(operation: OperationRecord | None, fix: Edit | None, hidden: bool) -> Value:
    if fix is not None:
        return Phrase("cure_shown", {"code": fix.values["code"]})
    function = operation.name.rpartition(".")[2].strip("_") if operation else ""
    if hidden:
        return Phrase("cure_hidden", {"code": code(f"torch.where(condition, x, {_SAFE.get(function, '1.0')})")})
    return Phrase("cure_away", {})


def _safe_input(facts: Facts, operation: OperationRecord, source: Id | None) -> Edit | None:
    """Give the function a harmless number where `torch.where` takes another value: `torch.where(v > 0, v, 1.0).sqrt()`."""
    name = facts.name(source)
    where = next((item for item in facts.own_operations if _chooses(item, operation)), None)
    if where is None or name is None:
        return None
    parts = _arguments(facts.sources.tokens(where.span))
    if len(parts) != 3:
        return None
    condition, chosen, other = (spanning(part[0].span, part[-1].span) for part in parts)
    branch = chosen if encloses(chosen, operation.span) else other if encloses(other, operation.span) else None
    use = facts.sources.name(operation.span, name)
    if branch is None or use is None:
        return None
    text = facts.sources.text(condition)
    safe = _SAFE.get(operation.name.rpartition(".")[2], "1.0")
    pair = f"{name}, {safe}" if branch is chosen else f"{safe}, {name}"
    instead = f"torch.where({text}, {pair})"
    return Edit(use, instead, "safe_input", {"code": code(instead), "name": code(name)})


def _chooses(where: OperationRecord, operation: OperationRecord) -> bool:
    return (
        where.name == "torch.where"
        and bool(set(operation.outputs) & set(where.inputs[1:]))
        and encloses(where.span, operation.span)
    )


def _arguments(tokens: list[Token]) -> list[list[Token]]:
    """The arguments of a call such as `torch.where(…)`; none if it is written in another way."""
    if [token.text for token in tokens[:4]] != ["torch", ".", "where", "("] or tokens[-1].text != ")":
        return []
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens[4:-1]:
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if token.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts if all(parts) else []


RULES = (gradient_not_finite,)
