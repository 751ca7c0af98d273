"""What led a backward pass into a graph that an earlier pass had freed."""

from collections import deque
from dataclasses import dataclass

from tensorpad.explain.evidence.facts import Facts
from tensorpad.protocol.backwards import BackwardRecord, FunctionRun
from tensorpad.protocol.records import Id
from tensorpad.protocol.steps import OperationRecord

_MOST = 4
"""Tensors that one round carries over, as far as they are looked at."""


@dataclass(frozen=True, slots=True)
class Reuse:
    """A pass that came into the graph of an earlier one.

    `since` and `until` are the steps at which the two passes began. `carried` is the tensor through which the later one came
    into what was there before the earlier: its own root, if `consumer` is None, or what the operation `consumer` took.
    """

    earlier: BackwardRecord
    failed: BackwardRecord
    since: int
    until: int
    carried: Id
    consumer: OperationRecord | None
    shared: Id | None


def reuse(facts: Facts) -> Reuse | None:
    """How the failed pass came to a graph that had been freed; None if the trace does not tell."""
    failed, run = facts.failed_pass, facts.failed_run
    earlier = _freed_by(facts)
    if failed is None or run is None or earlier is None:
        return None
    times = facts.chronology.passes
    since, until = times.get(earlier.id), times.get(failed.id)
    if since is None or until is None:
        return None
    ran = {before.function for before in earlier.runs if before.accumulation is None}
    consumer: OperationRecord | None = None
    way = _way(failed, run.function)
    shared = next((function.tensor for function in way if function.function in ran and function.tensor is not None), None)
    for function in way:
        operation = facts.by_id.get(function.operation or "")
        step = facts.chronology.operations.get(operation.id) if operation is not None else None
        if function.function in ran or (step is not None and step < since):
            carried = _carried(facts, function, consumer, since)
            return Reuse(earlier, failed, since, until, carried, consumer, shared) if carried is not None else None
        consumer = operation or consumer
    return None


def _freed_by(facts: Facts) -> BackwardRecord | None:
    """The pass that freed what the function that failed had saved."""
    failed = facts.failed_run
    if failed is None:
        return None
    for earlier in reversed(facts.trace.backwards[:-1]):
        if any(run.function == failed.function and run.frees for run in earlier.runs):
            return earlier
    return None


def _way(backward: BackwardRecord, function: Id) -> list[FunctionRun]:
    """The functions from a root of a pass to one that it ran."""
    runs = {run.function: run for run in backward.runs}
    before: dict[Id, Id | None] = {root.function: None for root in backward.roots}
    pending = deque(before)
    while pending and function not in before:
        run = runs.get(pending.popleft())
        for edge in run.next if run is not None else ():
            if edge is not None and edge.function not in before and run is not None:
                before[edge.function] = run.function
                pending.append(edge.function)
    way: list[FunctionRun] = []
    place: Id | None = function if function in before else None
    while place is not None and place in runs:
        way.append(runs[place])
        place = before[place]
    return way[::-1]


def _carried(facts: Facts, function: FunctionRun, consumer: OperationRecord | None, since: int) -> Id | None:
    """The tensor that an operation took from an older graph; without an operation, the root itself."""
    if consumer is None:
        return function.tensor
    old = [tensor for tensor in consumer.inputs if is_old(facts, tensor, since)]
    return function.tensor if function.tensor in old or not old else old[0]


def is_old(facts: Facts, tensor: Id, since: int) -> bool:
    """Whether a tensor was computed, with a graph, before a step."""
    record = facts.tensors[tensor]
    return record.requires_grad and not record.is_leaf and facts.chronology.made.get(tensor, since) < since


def carried_on(facts: Facts, case: Reuse) -> list[Id]:
    """The state of a loop: tensors whose next value the program computed from them, between the passes."""
    candidates = [case.carried]
    for operation in facts.trace.operations:
        if case.since < facts.chronology.operations[operation.id] < case.until:
            candidates += [tensor for tensor in operation.inputs if is_old(facts, tensor, case.since)]
    return [tensor for tensor in list(dict.fromkeys(candidates))[:_MOST] if _recurs(facts, case, tensor)]


def _recurs(facts: Facts, case: Reuse, tensor: Id) -> bool:
    """Whether what was computed from a tensor between the passes took its place: its name, or the result of its line."""
    chronology = facts.chronology
    reached = {tensor}
    for operation in facts.trace.operations:
        if case.since < chronology.operations[operation.id] < case.until and not reached.isdisjoint(operation.inputs):
            if any(write.tensor == tensor for write in operation.writes):
                return True
            reached.update(output for output in operation.outputs if facts.tensors[output].requires_grad)
    variables = {(frame, name) for _, frame, name in chronology.names.get(tensor, [])}
    origin = chronology.line_of(chronology.statement(chronology.made.get(tensor, -1)))
    for successor in reached - {tensor}:
        if any(
            (frame, name) in variables for place, frame, name in chronology.names.get(successor, []) if place > case.since
        ):
            return True
        line = chronology.line_of(chronology.statement(chronology.made.get(successor, -1)))
        if origin is not None and line == origin:
            return True
    return False


def made_anew(facts: Facts, case: Reuse) -> bool:
    """Whether the statement that made the carried tensor has run again since, or its name means another one now."""
    chronology = facts.chronology
    statement = chronology.statement(chronology.made.get(case.carried, -1))
    origin = chronology.line_of(statement)
    between = range(case.since, case.until)
    if origin is not None and any(
        chronology.steps[place].span == origin for place in between if _is_statement(facts, place)
    ):
        return True
    variables = {(frame, name) for _, frame, name in chronology.names.get(case.carried, [])}
    others = [binding for variable in variables for binding in chronology.bindings[variable] if binding[0] in between]
    return any(binding.value != case.carried for _, binding in others)


def _is_statement(facts: Facts, place: int) -> bool:
    return facts.chronology.steps[place].kind == "statement"


def changed_inputs(facts: Facts, case: Reuse) -> list[Id]:
    """The tensors of the graph of the carried one that were written between the passes."""
    changed = facts.chronology.changed(case.since, case.until)
    graph = {tensor for operation in facts.lineage(case.carried) for tensor in operation.inputs}
    return sorted(changed & (graph | {case.carried}), key=list(facts.tensors).index) if changed else []


def updated_since(facts: Facts, case: Reuse) -> list[Id]:
    """The leaves that the earlier pass reached and that were written since."""
    changed = facts.chronology.changed(case.since, case.until)
    leaves = [run.accumulation.tensor for run in case.earlier.runs if run.accumulation is not None]
    return [leaf for leaf in leaves if leaf is not None and leaf in changed]
