"""Programs that ran, with a sum or a list of losses that keeps the graph of every round of a loop."""

import re
from collections import Counter
from collections.abc import Iterator
from heapq import nlargest

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import after
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.records import Id, Span
from tensorpad.protocol.steps import OperationRecord

_ROUNDS = 2
"""Passes from one place of the source that make a loop."""
_TRIES = 10
"""Sums that are looked into, those of most losses first."""


def kept_graphs(facts: Facts) -> Iterator[Finding]:
    """`total += loss`, round after round: the sum is never the root of a pass, and keeps what each round computed."""
    roots = _roots_of_loops(facts)
    needed = set(facts.flow.behind(roots, set())) if roots else set[Id]()
    counts: dict[Id, int] = dict.fromkeys(roots, 1)
    latest: dict[Id, Id] = {root: root for root in roots}
    sums: dict[Id, tuple[OperationRecord, Id]] = {}
    for operation in facts.own_operations if roots else ():
        terms = [tensor for tensor in dict.fromkeys(operation.inputs) if tensor in counts]
        for output in operation.outputs if terms and operation.recorded else ():
            if output in roots or not _has_graph(facts, output):
                continue
            counts[output] = sum(counts[tensor] for tensor in terms)
            latest[output] = latest[terms[-1]]
            if len(terms) > 1 and output not in needed:
                sums[output] = operation, latest[output]
    for total in nlargest(_TRIES, sums, key=lambda tensor: counts[tensor]):
        operation, loss = sums[total]
        kept = Counter(roots[tensor] for tensor in _graph_of(facts, total) if tensor in roots)
        # Two losses of one round, of which each had its pass, are no loop.
        if max(kept.values(), default=0) < _ROUNDS:
            continue
        values: dict[str, Value] = {
            "name": _sum(facts, operation, total),
            "code": code(facts.statement(operation)),
            "loss": facts.label(loss, 2),
            "count": max(kept.values()),
        }
        yield Finding("kept_graphs", values, (total, loss), (), operation.span, _detached(facts, operation.span, loss))
        return


def kept_losses(facts: Facts) -> Iterator[Finding]:
    """A list of losses, each of which keeps the graph of its round."""
    roots = _roots_of_loops(facts)
    for holder in facts.trace.holders if roots else ():
        kept = [one.tensor for one in holder.held if one.tensor in roots and _has_graph(facts, one.tensor)]
        if holder.kind != "container" or len(kept) < _ROUNDS:
            continue
        found = _append(facts, holder.name)
        values: dict[str, Value] = {"name": code(holder.name), "count": len(kept)}
        yield Finding("kept_losses", values, tuple(kept), (), found[0] if found else None, found[1] if found else None)


def _sum(facts: Facts, operation: OperationRecord, total: Id) -> Value:
    """What a sum is called: `self.total` in `self.total += loss`, where it has no name."""
    text = facts.statement(operation)
    target = re.match(r"([\w.]{1,100}) ?\+?= ", text) if facts.name(total) is None else None
    return code(target[1]) if target else facts.label(total, 1)


def _has_graph(facts: Facts, tensor: Id) -> bool:
    return facts.tensors[tensor].requires_grad and not facts.tensors[tensor].is_leaf


def _graph_of(facts: Facts, tensor: Id) -> set[Id]:
    """The tensors of the graph behind a tensor."""
    found = {tensor}
    pending = [tensor]
    while pending:
        for origin in facts.flow.origins(pending.pop()):
            if origin not in found and _has_graph(facts, origin):
                found.add(origin)
                pending.append(origin)
    return found


def _roots_of_loops(facts: Facts) -> dict[Id, Span]:
    """The roots of passes that were run from one place (`Span`), again and again, from a new tensor each time."""
    roots: dict[Span, set[Id]] = {}
    for backward in facts.training.passes:
        for root in backward.roots:
            if backward.span is not None and root.tensor is not None and not facts.tensors[root.tensor].is_leaf:
                roots.setdefault(backward.span, set()).add(root.tensor)
    return {root: span for span, several in roots.items() if len(several) >= _ROUNDS for root in several}


def _detached(facts: Facts, span: Span | None, loss: Id) -> Edit | None:
    """`.detach()` behind the last use of the loss in the statement that adds it."""
    statement = facts.sources.statement(span.line, span.cell) if span else None
    names = {name for name in (facts.name(loss), facts.bound.get(loss)) if name is not None}
    for name in names if statement is not None else ():
        use = facts.sources.name(statement.span, name) if statement is not None else None
        if use is not None:
            return Edit(after(use), ".detach()", "detach_loss", {"code": code(f"{name}.detach()")})
    return None


def _append(facts: Facts, name: str) -> tuple[Span, Edit | None] | None:
    """The statement `losses.append(loss)`, and the edit that appends the number alone."""
    for step in facts.trace.steps:
        words = facts.training.words(step.span) if step.kind == "statement" else []
        texts = [word.text for word in words]
        if step.span is None or texts[:4] != [name, ".", "append", "("] or len(texts) < 6:
            continue
        plain = len(texts) == 6 and words[4].is_name
        values: dict[str, Value] = {"code": code(f"{texts[4]}.detach()")}
        return step.span, Edit(after(words[4].span), ".detach()", "detach_loss", values) if plain else None
    return None


RULES = (kept_graphs, kept_losses)
