"""Whether a look has something to show."""

from tensorpad.gates.expressions import parse, path
from tensorpad.gates.past import Past
from tensorpad.lessons.lesson import Look
from tensorpad.protocol.outcomes import Outcome


def unseen(look: Look, cell: int, outcome: Outcome) -> str | None:
    """Why a look at a cell of a run (from 0) shows nothing; None if it does."""
    past = Past(outcome.trace)
    steps = past.steps
    last = next((place for place, step in enumerate(steps) if step.span and step.span.cell > cell), len(steps)) - 1
    step = last
    if look.step is not None:
        if look.step > last + 1:
            return f"the run of cell {look.cell} has no step {look.step}; its last one is {last + 1}"
        step = look.step - 1
    if look.at_line is not None:
        at = [
            place
            for place, item in enumerate(steps[: last + 1])
            if item.span and item.span.cell == cell and item.span.line <= look.at_line <= item.span.end_line
        ]
        if not at:
            lines = sorted({item.span.line for item in steps[: last + 1] if item.span and item.span.cell == cell})
            shown = ", ".join(map(str, lines))
            return f"no step of cell {look.cell} is on its line {look.at_line}; comments count, and the steps are on {shown}"
        step = at[-1]
    if look.of is not None and not _is_there(look.of, past, step):
        return f"there is no {look.of} at this step"
    if look.view == "broadcast" and not _stretches(outcome, step):
        return "nothing is broadcast at this step"
    return None


def _is_there(name: str, past: Past, step: int) -> bool:
    expression = parse(name)
    if expression is None:
        return False
    frame = past.steps[step].frame if 0 <= step < len(past.steps) else 0
    whole = path(expression, len(expression.parts))
    led = past.parameter(whole, step) if whole is not None else None
    return led is not None or (not expression.parts and past.binding(expression.name, frame, step) is not None)


def _stretches(outcome: Outcome, step: int) -> bool:
    """Whether an operation of the statement that a step belongs to was given a tensor that it stretched."""
    stretching = {operation.id for operation in outcome.trace.operations if operation.broadcast}
    steps = outcome.trace.steps
    place = step
    while 0 <= place < len(steps):
        if steps[place].kind == "operation" and steps[place].ref in stretching:
            return True
        if steps[place].kind == "statement" and place < step:
            return False
        place -= 1
    return False
