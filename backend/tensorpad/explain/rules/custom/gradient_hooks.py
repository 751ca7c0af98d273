"""Programs that ran, with hooks that did something else to gradients than they seem to."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.backwards import HookRecord
from tensorpad.protocol.records import Id, Span
from tensorpad.protocol.steps import OperationRecord

_CALLS = 50
"""Calls of hooks that are looked into."""


@dataclass(frozen=True, slots=True)
class _Call:
    """One call of a hook: its argument, its first write to that, and the statement that gave the name to another."""

    hook: HookRecord
    tensor: Id | None
    argument: str
    gradient: Id
    written: OperationRecord | None
    rebound: Span | None
    returned: bool


def written_gradient(facts: Facts) -> Iterator[Finding]:
    """A hook that changes the gradient that it is given in place."""
    for call in islice(_calls(facts), _CALLS):
        if call.written is None:
            continue
        values: dict[str, Value] = {
            "hook": code(call.hook.name),
            "code": facts.source(call.written),
            "name": facts.label(call.tensor, 1),
        }
        fix = _returned_write(facts, call)
        yield Finding("written_gradient", values, (call.tensor,), (), call.written.span, fix)
        return


def unreturned_gradient(facts: Facts) -> Iterator[Finding]:
    """A hook that computes a new gradient under its argument's name and returns nothing."""
    for call in islice(_calls(facts), _CALLS):
        if call.rebound is None or call.returned or call.written is not None or call.hook.before != call.hook.after:
            continue
        statement = facts.sources.statement(call.rebound.line, call.rebound.cell)
        fix: Edit | None = None
        tokens = statement.tokens if statement is not None else []
        is_last = call.hook.span is not None and call.rebound.end_line == call.hook.span.end_line
        if len(tokens) > 2 and is_last and [token.text for token in tokens[:2]] == [call.argument, "="]:
            value = facts.sources.text(spanning(tokens[2].span, tokens[-1].span))
            whole = spanning(tokens[0].span, tokens[-1].span)
            fix = Edit(whole, f"return {value}", "return_value", {"code": code(f"return {value}")})
        values: dict[str, Value] = {
            "hook": code(call.hook.name),
            "code": code(facts.sources.text(call.rebound)),
            "argument": code(call.argument),
            "name": facts.label(call.tensor, 1),
        }
        yield Finding("unreturned_gradient", values, (call.tensor,), (), call.rebound, fix)
        return


def _calls(facts: Facts) -> Iterator[_Call]:
    """The calls of tensor hooks that the program defined, with what was done in each."""
    hooks: dict[tuple[int, int, str], tuple[HookRecord, Id | None]] = {}
    for backward in facts.training.passes:
        for run in backward.runs:
            for hook in run.hooks:
                if hook.kind == "tensor" and hook.span is not None and not hook.raised:
                    hooks.setdefault((hook.span.cell, hook.span.line, hook.name), (hook, run.tensor))
    if not hooks:
        return
    steps = facts.trace.steps
    for index, step in enumerate(steps):
        found = hooks.get((step.span.cell, step.span.line, step.scope)) if step.kind == "call" and step.span else None
        if found is not None and step.bound and step.bound[0].value is not None:
            call = _call(facts, index, *found)
            if call is not None:
                yield call


def _call(facts: Facts, index: int, hook: HookRecord, tensor: Id | None) -> _Call | None:
    """The call that began at a step."""
    start = facts.trace.steps[index]
    argument, gradient = start.bound[0].name, start.bound[0].value
    if gradient is None:
        return None
    written: OperationRecord | None = None
    rebound: Span | None = None
    returned = False
    for place in range(index + 1, len(facts.trace.steps)):
        step = facts.trace.steps[place]
        if step.frame != start.frame:
            break
        if step.kind == "operation" and step.ref is not None and step.ref in facts.by_id:
            operation = facts.by_id[step.ref]
            if written is None and any(write.tensor == gradient for write in operation.writes):
                written = operation
        elif step.kind == "statement":
            returned = returned or facts.sources.text(step.span).startswith("return")
            for item in step.bound:
                if item.name == argument and item.value not in (None, gradient):
                    rebound = step.span
    return _Call(hook, tensor, argument, gradient, written, rebound, returned)


def _returned_write(facts: Facts, call: _Call) -> Edit | None:
    """`g.mul_(2)` at the end of a hook as `return g.mul(2)`."""
    span = call.written.span if call.written is not None else None
    if span is None or call.written is None or call.hook.span is None:
        return None
    method = call.written.name.rpartition(".")[2]
    if not method.endswith("_") or method.endswith("__"):
        return None
    if call.returned:
        return edits.change_method(facts, span, method, method[:-1], "out_of_place_hook")
    statement = facts.sources.statement(span.line, span.cell)
    tokens = statement.tokens if statement is not None else []
    texts = [token.text for token in tokens]
    if span.end_line != call.hook.span.end_line or texts[:4] != [call.argument, ".", method, "("]:
        return None
    rest = facts.sources.text(spanning(tokens[3].span, tokens[-1].span))
    value = f"return {call.argument}.{method[:-1]}{rest}"
    return Edit(spanning(tokens[0].span, tokens[-1].span), value, "return_value", {"code": code(value)})


RULES = (written_gradient, unreturned_gradient)
