"""Programs that ran, and whose gradients are zero because a function is flat where it was used."""

from collections.abc import Iterator

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.arithmetic import function_of
from tensorpad.explain.program.pass_gradients import PassGradients
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Finding, Value
from tensorpad.protocol.backwards import AccumulationRecord, BackwardRecord, FunctionRun
from tensorpad.protocol.records import Id

_STEPS = ("Round", "Floor", "Ceil", "Sign", "Sgn", "Trunc", "Fix", "Heaviside")
"""Functions of which every piece is flat."""
_CUT = ("Relu", "Clamp", "Hardtanh", "Threshold", "Hardsigmoid")
"""Functions that are flat on one side, or on both."""


def flat(facts: Facts) -> Iterator[Finding]:
    """A function that is flat, or that was used only where it is, so that a leaf's gradient was zero in every pass."""
    passes = [(backward, PassGradients(backward)) for backward in facts.trace.backwards]
    moved = {
        run.accumulation.tensor
        for backward, gradients in passes
        for run in backward.runs
        if run.accumulation is not None and not gradients.is_zero(run.accumulation.added)
    }
    for backward, gradients in passes:
        for cause, accumulation in _stopped(backward, gradients):
            operation, leaf = facts.by_id.get(cause.operation or ""), accumulation.tensor
            if operation is None or leaf is None or leaf in moved or operation in facts.backwards:
                continue
            function = function_of(operation)
            values: dict[str, Value] = {
                "code": facts.source(operation),
                "name": facts.label(leaf, 1),
                "function": code(function),
            }
            rule = "saturated" if cause.name.startswith(_CUT) else "flat"
            # A few samples tell little of a layer: others may be on its slope.
            if rule == "saturated" and facts.tensors[leaf].is_parameter and len(passes) == 1:
                continue
            if rule == "flat":
                values["instead"] = code(f"x + (x.{function}() - x).detach()")
            yield Finding(rule, values, (leaf, *operation.inputs), (), operation.span)
            return


def _stopped(backward: BackwardRecord, gradients: PassGradients) -> Iterator[tuple[FunctionRun, AccumulationRecord]]:
    """The leaves that a pass reached only through a function that sent nothing but zeros on, with that function."""
    stopped: dict[Id, FunctionRun] = {}
    live: set[Id] = set()
    for run in backward.runs:
        cause = stopped.get(run.function) if run.function not in live else None
        if cause is None and run.name.startswith((*_STEPS, *_CUT)) and _stops(gradients, run):
            cause = run
        for slot in run.next:
            if slot is not None and cause is not None:
                stopped.setdefault(slot.function, cause)
            elif slot is not None:
                live.add(slot.function)
        if cause is not None and run.accumulation is not None:
            yield cause, run.accumulation


def _stops(gradients: PassGradients, run: FunctionRun) -> bool:
    arrived = [gradient for gradient in run.arrived if gradient is not None]
    sent = [gradient for gradient in run.sent if gradient is not None]
    return bool(sent) and all(map(gradients.is_zero, sent)) and not any(map(gradients.is_zero, arrived))


RULES = (flat,)
