"""Second backward passes over graphs that a first one has freed."""

import re
from itertools import pairwise

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.handles import Handle, handle
from tensorpad.explain.evidence.renewals import clear_after, computed_anew, detached_after, detached_for, from_term
from tensorpad.explain.evidence.reuse import Reuse, carried_on, changed_inputs, made_anew, reuse, updated_since
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import Id, Span

_TWICE = re.compile(r"Trying to backward through the graph a second time")
_SAVED = re.compile(r"\._saved_\w+")
_ADDITIONS = frozenset({"add", "__add__", "__radd__", "__iadd__", "add_"})


def twice(facts: Facts) -> Finding | None:
    """A pass that needs what an earlier pass has freed."""
    if facts.match(_TWICE) is None:
        return None
    if _SAVED.search(facts.text) is not None:
        last = facts.backwards[-1].span if len(facts.backwards) == 1 else None
        return Finding("saved_values_freed", {"code": code(facts.text)}, (), (), facts.span, _retained(facts, last))
    case = reuse(facts)
    if case is None:
        return _unknown(facts)
    return _recurring(facts, case) or _kept(facts, case) or _shared(facts, case)


def _unknown(facts: Facts) -> Finding:
    """Nothing is known of how the pass came there."""
    root = facts.first_tensor
    spans = [(operation.span, operation.inputs) for operation in reversed(facts.backwards) if operation.span is not None]
    same = [span for span, inputs in spans if root is not None and root in inputs]
    span = next(iter((*same, *(span for span, _ in spans))), None)
    values: dict[str, Value] = {"name": facts.label(root, 1), "where": facts.line(span)}
    return Finding("backward_again", values, (root,), (), facts.span)


def _recurring(facts: Facts, case: Reuse) -> Finding | None:
    """A value that each round of a loop computes from that of the round before."""
    carried = carried_on(facts, case)
    if case.consumer is None or case.carried not in carried:
        return None
    handles = list(dict.fromkeys(one for tensor in carried if (one := handle(facts, tensor, case.consumer, case.until))))
    taken = facts.outermost(case.consumer)
    values: dict[str, Value] = {
        "name": _named(facts, case, handles),
        "root": facts.label(_root(case), 1),
        "code": facts.source(taken),
        "line": facts.line(taken.span),
        "where": facts.line(case.earlier.span),
        "retaining": Phrase("retaining_stale" if updated_since(facts, case) else "retaining_all", {}),
    }
    tensors = (case.carried, _root(case))
    if _is_sum(case):
        fix = from_term(facts, case, handles) or detached_after(facts, case, handles)
        return Finding("running_sum", values, tensors, (), facts.span, fix)
    # Where nothing was updated, derivatives of the carried value itself by all rounds may be what was meant.
    meant = case.carried in [root.tensor for root in case.earlier.roots] and not updated_since(facts, case)
    fix = detached_after(facts, case, handles) if not meant else None
    return Finding("carried_state", values, tensors, (), facts.span, fix)


def _is_sum(case: Reuse) -> bool:
    """Whether the passes start from a sum that is carried on."""
    consumer = case.consumer
    if consumer is None or consumer.name.rpartition(".")[2] not in _ADDITIONS:
        return False
    return case.carried in [root.tensor for root in case.earlier.roots] and _root(case) in consumer.outputs


def _kept(facts: Facts, case: Reuse) -> Finding | None:
    """A value of an earlier round that the program has kept, in a list perhaps, though it computes new ones."""
    if case.consumer is None or not made_anew(facts, case):
        return None
    taken = facts.outermost(case.consumer)
    values: dict[str, Value] = {
        "name": facts.label(case.carried, 1),
        "root": facts.label(_root(case), 1),
        "code": facts.source(taken),
        "line": facts.line(taken.span),
        "where": facts.line(case.earlier.span),
    }
    fix = clear_after(facts, case)
    return Finding("kept_value", values, (case.carried, _root(case)), (), facts.span, fix)


def _shared(facts: Facts, case: Reuse) -> Finding:
    """One graph for two passes."""
    changed, updated = changed_inputs(facts, case), updated_since(facts, case)
    # An optimiser's own tensors, such as averages of gradients, have no names.
    changed = [tensor for tensor in changed if facts.name(tensor) is not None] or changed
    made = facts.makers.get(case.carried)
    one = handle(facts, case.carried, case.consumer, case.until)
    values: dict[str, Value] = {
        "name": _named(facts, case, [one] if one else []),
        "root": facts.label(_root(case), 1),
        "made": facts.line(made.span if made else None),
        "where": facts.line(case.earlier.span),
    }
    tensors = tuple(dict.fromkeys((_root(case), case.carried)))
    if changed:
        values["changed"] = tuple(facts.label(tensor, 1) for tensor in changed[:4])
        return Finding("computed_once", values, (*tensors, *changed[:4]), (), facts.span, computed_anew(facts, case))
    if updated and case.consumer is not None:
        values["updated"] = tuple(facts.label(tensor, 1) for tensor in updated[:4])
        return Finding("shared_by_two", values, tensors, (), facts.span, detached_for(facts, case, one))
    if case.shared not in (None, _root(case)):
        values["name"] = facts.label(case.shared, 1)
        tensors = tuple(dict.fromkeys((*tensors, case.shared)))
    values["way"] = Phrase("through_shared", {"root": values["root"]}) if case.shared != _root(case) else ""
    return Finding("backward_twice", values, tensors, (), facts.span, _retained(facts, case.earlier.span))


def _named(facts: Facts, case: Reuse, handles: list[Handle]) -> Value:
    """What the program calls what was carried over."""
    names = tuple(code(one.text) for one in handles)
    return names if names else facts.label(case.carried, 1)


def _root(case: Reuse) -> Id | None:
    return next((root.tensor for root in case.failed.roots), None)


def _retained(facts: Facts, span: Span | None) -> Edit | None:
    """Let a pass keep its graph, if a span is the call of one itself."""
    return edits.add_argument(facts, span, "retain_graph=True", "retain_graph") if _is_pass(facts, span) else None


def _is_pass(facts: Facts, span: Span | None) -> bool:
    """Whether a span ends with the call of a backward pass itself, and not of a function that runs one."""
    tokens = facts.sources.tokens(span)
    return any(item.text in ("backward", "grad") and after.text == "(" for item, after in pairwise(tokens))


RULES = (twice,)
