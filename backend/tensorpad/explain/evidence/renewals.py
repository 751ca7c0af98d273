"""Edits that give each backward pass a graph of its own."""

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.handles import Handle, is_none_first
from tensorpad.explain.evidence.reuse import Reuse, changed_inputs
from tensorpad.explain.program.sources import Statement, after, before
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit
from tensorpad.protocol.records import Id, Span, TensorRecord

_MOST = 4
"""Lines that an edit computes anew."""


def detached_after(facts: Facts, case: Reuse, handles: list[Handle]) -> Edit | None:
    """Detach what a loop carries on: behind the pass, or where an attribute is used next."""
    if not handles or len({(one.kind == "attribute", one.frame) for one in handles}) > 1:
        return None
    targets, values = ", ".join(one.text for one in handles), ", ".join(one.detached for one in handles)
    line, first = f"{targets} = {values}", handles[0]
    if first.kind == "attribute":
        return _before_use(facts, case, handles, line)
    chronology = facts.chronology
    place = chronology.statement(max(case.since, *(one.since for one in handles)), first.frame)
    if place is None or place >= case.until:
        return None
    return edits.line_after(facts, chronology.line_of(place), line, "detach_state")


def _before_use(facts: Facts, case: Reuse, handles: list[Handle], line: str) -> Edit | None:
    statement = _statement(facts, case.consumer.id if case.consumer else None)
    if statement is None:
        return None
    guarded = [one.text for one in handles if is_none_first(facts, one.text)]
    if guarded:
        line = f"if {guarded[0]} is not None:\n{statement.indent}    {line}"
    return Edit(before(statement.span), f"{line}\n{statement.indent}", "detach_state", {"code": code(line)})


def from_term(facts: Facts, case: Reuse, handles: list[Handle]) -> Edit | None:
    """Start the pass from the newest term of a running sum, and add up its value alone."""
    span, consumer = case.earlier.span, case.consumer
    start = facts.sources.tokens(span)
    adding = _statement(facts, consumer.id if consumer else None)
    if adding is None or consumer is None or len(handles) != 1 or len(start) < 4:
        return None
    total = handles[0].text
    terms = [tensor for tensor in consumer.inputs if tensor != case.carried]
    names = (
        [name for _, frame, name in facts.chronology.names.get(terms[0], []) if frame == handles[0].frame] if terms else []
    )
    last = adding.tokens[-1]
    texts = [token.text for token in adding.tokens]
    if not names or last.text != names[-1] or [token.text for token in start[:3]] != [total, ".", "backward"]:
        return None
    if texts not in ([total, "=", total, "+", last.text], [total, "+=", last.text]):
        return None
    changes = [(after(last.span), ".detach()"), (start[0].span, last.text)]
    return edits.several(facts, changes, "from_term", code=code(f"{last.text}.backward()"), name=code(total))


def clear_after(facts: Facts, case: Reuse) -> Edit | None:
    """Empty the list that keeps values of earlier rounds, behind the pass."""
    consumer = facts.outermost(case.consumer) if case.consumer else None
    used = [token.text for token in facts.sources.tokens(_span(facts, consumer.id if consumer else None)) if token.is_name]
    appended: set[str] = set()
    for cell in range(len(facts.sources.cells)):
        tokens = facts.sources.tokens(facts.sources.whole(cell))
        for name, dot, method in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if method.text == "append" and dot.text == "." and name.text in used:
                appended.add(name.text)
    place = facts.chronology.statement(case.since)
    if len(appended) != 1 or place is None or place >= case.until:
        return None
    line = f"{next(iter(appended))}.clear()"
    return edits.line_after(facts, facts.chronology.line_of(place), line, "clear_list")


def detached_for(facts: Facts, case: Reuse, one: Handle | None) -> Edit | None:
    """Detach a shared tensor where the earlier pass's own part of the graph took it."""
    if one is None or one.kind != "name":
        return None
    roots = [root.tensor for root in case.earlier.roots]
    takers = [
        facts.outermost(operation)
        for root in roots
        for operation in facts.lineage(root)
        if case.carried in operation.inputs and facts.chronology.operations[operation.id] < case.since
    ]
    spans = {taker.span for taker in takers if taker.span is not None}
    if len(spans) != 1:
        return None
    use = facts.sources.name(spans.pop(), one.text)
    if use is None:
        return None
    return Edit(after(use), ".detach()", "detach_shared", {"code": code(f"{one.text}.detach()")})


def computed_anew(facts: Facts, case: Reuse) -> Edit | None:
    """Repeat the statements that computed a graph, in front of the pass or of what takes it."""
    target = _statement(facts, case.consumer.id) if case.consumer else facts.sources.simple(_pass_statement(facts, case))
    lines = _computing(facts, case)
    if target is None or not lines or not _reachable(facts, case, target, lines):
        return None
    inserted = "".join(f"{facts.sources.text(line.span)}\n{target.indent}" for line in lines)
    shown = "; ".join(facts.sources.text(line.span) for line in lines)
    return Edit(before(target.span), inserted, "compute_anew", {"code": code(shown)})


def _pass_statement(facts: Facts, case: Reuse) -> Span | None:
    """The statement of the failed pass, which has not ended: the line of its call."""
    span = case.failed.span
    statement = facts.sources.statement(span.line, span.cell) if span is not None else None
    return statement.span if statement is not None else None


def _computing(facts: Facts, case: Reuse) -> list[Statement]:
    """The statements that computed the carried tensor from leaves, in order; none if they are no plain lines."""
    chronology = facts.chronology
    behind = [
        operation
        for operation in facts.lineage(case.carried)
        if any(_has_graph(facts.tensors[output]) for output in operation.outputs)
    ]
    places = sorted({place for operation in behind if (place := chronology.statement(chronology.operations[operation.id]))})
    changed = set(changed_inputs(facts, case))
    frames = {chronology.steps[place].frame for place in places}
    if not 0 < len(places) <= _MOST or len(frames) > 1 or not changed:
        return []
    found = [facts.sources.simple(chronology.line_of(place)) for place in places]
    lines = [line for line in found if line is not None and line.span.line == line.span.end_line]
    assigns = all(len(line.tokens) > 2 and line.tokens[0].is_name and line.tokens[1].text == "=" for line in lines)
    return lines if len(lines) == len(places) and assigns else []


def _has_graph(tensor: TensorRecord) -> bool:
    return tensor.requires_grad and not tensor.is_leaf


def _reachable(facts: Facts, case: Reuse, target: Statement, lines: list[Statement]) -> bool:
    """Whether lines mean the same in front of a statement: in one frame, or in a function that has not used their names."""
    chronology = facts.chronology
    place = chronology.operations[case.consumer.id] if case.consumer else case.until
    if any(len(line.indent) > len(target.indent) for line in lines):
        return False
    made = facts.makers.get(case.carried)
    frame = chronology.steps[chronology.operations[made.id]].frame if made is not None else None
    if chronology.steps[place].frame == frame:
        return True
    return frame == 0 and not {line.tokens[0].text for line in lines} & _used_above(facts, target)


def _used_above(facts: Facts, target: Statement) -> set[str]:
    """The names that a function has in its head and in the lines above one of its statements."""
    cell, used = target.span.cell, set[str]()
    for number in range(target.span.line - 1, 0, -1):
        text = facts.sources.line(cell, number)
        tokens = facts.sources.tokens(Span(cell, number, 0, number, len(text.rstrip("\n"))))
        used.update(token.text for token in tokens)
        if tokens and tokens[0].text == "def":
            break
    return used


def _statement(facts: Facts, operation: Id | None) -> Statement | None:
    return facts.sources.simple(_span(facts, operation))


def _span(facts: Facts, operation: Id | None) -> Span | None:
    """The statement of an operation; of one in the statement that failed, the line of it."""
    if operation is None:
        return None
    place = facts.chronology.operations.get(operation)
    ended = facts.chronology.statement(place) if place is not None else None
    if ended is not None:
        return facts.chronology.line_of(ended)
    span = facts.outermost(facts.by_id[operation]).span
    statement = facts.sources.statement(span.line, span.cell) if span is not None else None
    return statement.span if statement is not None else None
