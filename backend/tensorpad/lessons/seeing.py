"""Whether a look has something to show."""

from tensorpad.gates.expressions import parse, path
from tensorpad.gates.past import Past
from tensorpad.lessons.lesson import Look
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import TensorRecord


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
    if look.view == "graph" and not _is_drawn(look.of, past, step, outcome):
        return f"no graph has {look.of} at this step" if look.of is not None else "there is no graph at this step"
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


def _is_drawn(name: str | None, past: Past, step: int, outcome: Outcome) -> bool:
    """Whether a graph has a tensor (without a name: any). It wants a gradient, or an operation took it whose result does."""
    wanting = {tensor.id for tensor in outcome.trace.tensors if _wants_gradient(tensor, step)}
    if name is None:
        return bool(wanting)
    expression = parse(name)
    if expression is None:
        return False
    tensor = past.parameter(path(expression, len(expression.parts)) or "", step)
    if tensor is None:
        frame = past.steps[step].frame if 0 <= step < len(past.steps) else 0
        binding = past.binding(expression.name, frame, step)
        tensor = binding.value if binding is not None else None
    return tensor in wanting or any(
        tensor in operation.inputs and wanting.intersection(operation.outputs) for operation in outcome.trace.operations
    )


def _wants_gradient(tensor: TensorRecord, step: int) -> bool:
    roles = [role for role in tensor.roles if role.step is not None and role.step <= step]
    return bool(roles) and roles[-1].requires_grad


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
