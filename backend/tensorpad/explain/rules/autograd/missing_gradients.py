"""`.grad` that is None where the program uses it."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts, is_floating
from tensorpad.explain.evidence.gradient_ways import Missing, cleared, missing_gradient, moved_before, way_to
from tensorpad.explain.evidence.origins import Origin, as_leaf, origin
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.records import Span, TensorRecord

_NONE = re.compile(r"NoneType")
_FACTORIES = frozenset(
    f"torch.{name}" for name in ("tensor", "ones", "zeros", "rand", "randn", "full", "linspace", "arange", "eye", "empty")
)
_ORIGINS = {"updated": "replaced_by_update", "born": "leaf_without_name", "renamed": "leaf_renamed"}


def gradient_none(facts: Facts) -> Finding | None:
    """`.grad` used when it is None."""
    if facts.type not in ("AttributeError", "TypeError") or facts.match(_NONE) is None:
        return None
    missing = missing_gradient(facts)
    if missing is None:
        return None
    values: dict[str, Value] = {"name": code(missing.owner), "line": facts.line(facts.span)}
    tensor = missing.tensor
    if tensor is None:
        return Finding("gradient_missing", values, (), (), facts.span)
    found = origin(facts, missing.owner, tensor)
    if found is not None:
        return replaced(facts, missing.owner, tensor, found, facts.span)
    if not tensor.requires_grad:
        return _not_required(facts, missing, tensor)
    return _of_leaf(facts, missing, tensor) if tensor.is_leaf else _of_computed(facts, missing, tensor)


def replaced(facts: Facts, name: str, tensor: TensorRecord, found: Origin, at: Span | None) -> Finding:
    """A name that means another tensor than the leaf."""
    span = found.statement.span
    why = ("new_leaf" if tensor.is_leaf else "no_leaf") if tensor.requires_grad else "unrequired"
    values: dict[str, Value] = {
        "name": code(name),
        "code": code(facts.sources.text(span)),
        "line": facts.line(span),
        "why": Phrase(why, {}),
    }
    fix = as_leaf(facts, found, recording=tensor.requires_grad)
    return Finding(_ORIGINS[found.kind], values, (tensor.id, found.former), (), at, fix)


def _not_required(facts: Facts, missing: Missing, tensor: TensorRecord) -> Finding:
    """A tensor that requires no gradient."""
    values: dict[str, Value] = {"name": code(missing.owner)}
    if tensor.is_parameter:
        return Finding("gradient_frozen", values, (tensor.id,), (), facts.span)
    maker = facts.makers.get(tensor.id)
    fix: Edit | None = None
    if maker is not None and maker.name in _FACTORIES and _in_a_pass(facts, tensor):
        argument = "requires_grad=True" if is_floating(tensor.layout.dtype) else "dtype=torch.float32, requires_grad=True"
        fix = edits.add_argument(facts, maker.span, argument, "require", name=code(missing.owner))
    return Finding("gradient_not_required", values, (tensor.id,), (), facts.span, fix)


def _in_a_pass(facts: Facts, tensor: TensorRecord) -> bool:
    """Whether a pass started from something that was computed from a tensor."""
    roots = [root.tensor for backward in facts.trace.backwards for root in backward.roots]
    return any(tensor.id in operation.inputs for root in roots for operation in facts.lineage(root))


def _of_leaf(facts: Facts, missing: Missing, tensor: TensorRecord) -> Finding:
    """A leaf that requires a gradient and has none."""
    passes = facts.trace.backwards
    values: dict[str, Value] = {"name": code(missing.owner)}
    if not passes:
        return Finding("gradient_before_backward", values, (tensor.id,), (), facts.span)
    last = passes[-1]
    values |= {"where": facts.line(last.span), "root": facts.label(last.roots[0].tensor if last.roots else None, 1)}
    if _reached(passes, tensor):
        return _cleared(facts, tensor, values)
    if facts.chronology.made.get(tensor.id, 0) > facts.chronology.passes.get(last.id, facts.chronology.end):
        return Finding("leaf_after_pass", values, (tensor.id,), (), facts.span)
    if all(backward.kind == "grad" for backward in passes):
        return Finding("gradient_returned", values, (tensor.id,), (), facts.span)
    if any(backward.inputs is not None for backward in passes if backward.kind == "backward"):
        return Finding("gradient_excluded", values, (tensor.id,), (), facts.span)
    way = way_to(facts, tensor.id)
    if way is None:
        return Finding("gradient_missing", values, (tensor.id,), (), facts.span)
    if way == "none":
        return Finding("gradient_not_reached", values, (tensor.id,), (), facts.span)
    return Finding("gradient_cut_off", {**values, "reason": way.phrase}, (tensor.id, *way.tensors), (), facts.span)


def _reached(passes: tuple[BackwardRecord, ...], tensor: TensorRecord) -> bool:
    runs = [run.accumulation for backward in passes for run in backward.runs if run.accumulation is not None]
    return any(accumulation.tensor == tensor.id for accumulation in runs)


def _cleared(facts: Facts, tensor: TensorRecord, values: dict[str, Value]) -> Finding:
    """A gradient that was there, and has been cleared."""
    place = cleared(tensor)
    span = facts.chronology.line_of(place)
    if place is None or span is None:
        return Finding("gradient_missing", values, (tensor.id,), (), facts.span)
    values |= {"code": code(facts.sources.text(span)), "line": facts.line(span)}
    return Finding("gradient_cleared", values, (tensor.id,), (), facts.span, moved_before(facts, place))


def _of_computed(facts: Facts, missing: Missing, tensor: TensorRecord) -> Finding:
    """A computed tensor, whose gradient is not kept."""
    values: dict[str, Value] = {"name": code(missing.owner)}
    through = [backward for backward in facts.trace.backwards if any(run.tensor == tensor.id for run in backward.runs)]
    if not through:
        if facts.trace.backwards:
            return not_passed(missing.owner, tensor, facts.span)
        return Finding("gradient_before_backward", values, (tensor.id,), (), facts.span)
    ran = through[-1]
    fix: Edit | None = None
    place = facts.chronology.passes.get(ran.id)
    if place is not None and "." not in missing.owner and facts.chronology.steps[place].frame == facts.chronology.last_frame:
        retained = f"{missing.owner}.retain_grad()"
        fix = edits.line_before(facts, ran.span, retained, "retain_grad", name=code(missing.owner))
    return Finding("gradient_not_kept", values, (tensor.id,), (), facts.span, fix)


def not_passed(name: str, tensor: TensorRecord, at: Span | None) -> Finding:
    """A computed tensor that no pass has gone through."""
    return Finding("computed_not_reached", {"name": code(name)}, (tensor.id,), (), at)


RULES = (gradient_none,)
