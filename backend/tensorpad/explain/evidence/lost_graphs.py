"""Why an operation gave a tensor without a graph, though it was given one that required a gradient."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.no_derivative import no_derivative
from tensorpad.explain.evidence.outside import departure, in_torch
from tensorpad.explain.evidence.recording import recorded_again, recording_off
from tensorpad.explain.evidence.second_order import is_constant, pass_into, pass_of
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Phrase, Value
from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.records import FullValues, Id, Span, TensorRecord
from tensorpad.protocol.steps import OperationRecord

CUTS = frozenset({"torch.Tensor.detach", "torch.Tensor.detach_", "torch.Tensor.data", "torch.Tensor.numpy"})
"""Operations that hand on values and leave the graph behind."""
_CHECKPOINT = "torch.utils.checkpoint.CheckpointFunction.apply"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a tensor has no graph, and the tensors to which that is due."""

    phrase: Phrase
    tensors: tuple[Id, ...]
    fix: Edit | None = None


def reasons(facts: Facts, operation: OperationRecord) -> Iterator[Reason]:
    """What a single operation has to do with it that there is no graph."""
    outermost = facts.outermost(operation)
    checks: tuple[Callable[[Facts, OperationRecord], Reason | None], ...] = (
        _checkpoint,
        _custom,
        _cut,
        _first_derivative,
        _gradient,
        _unrecorded,
        _undifferentiated,
        _later,
        _outside,
    )
    # What a custom function does inside is not recorded: its own backward stands for it.
    if outermost is not operation and outermost.name.endswith(".apply") and outermost.name != _CHECKPOINT:
        return
    for check in checks:
        found = check(facts, operation)
        if found is not None:
            yield found


def _needing(facts: Facts, operation: OperationRecord) -> TensorRecord | None:
    """The first input that required a gradient when the operation ran."""
    if operation.recorded is None:
        return None
    return next((tensor for tensor in facts.inputs(operation) if tensor.requires_grad), None)


def _place(facts: Facts, operation: OperationRecord) -> dict[str, Value]:
    own = facts.outermost(operation)
    return {"code": facts.source(own), "line": facts.line(own.span)}


def _checkpoint(facts: Facts, operation: OperationRecord) -> Reason | None:
    """A reentrant checkpoint whose parameters need a gradient, and whose inputs do not."""
    own = facts.outermost(operation)
    needing = _needing(facts, operation)
    if own.name != _CHECKPOINT or operation is own or needing is None or operation.recorded is not False:
        return None
    names = [tensor.id for tensor in facts.inputs(operation) if tensor.requires_grad]
    values: dict[str, Value] = {**_place(facts, operation), "names": tuple(facts.label(name, 1) for name in names[:4])}
    tokens = facts.sources.tokens(own.span)
    flags = [
        value
        for name, equals, value in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if name.text == "use_reentrant" and equals.text == "=" and value.text == "True"
    ]
    argument = "use_reentrant=False"
    fix = (
        Edit(flags[0].span, "False", "not_reentrant", {"argument": code(argument)})
        if len(flags) == 1
        else edits.add_argument(facts, own.span, argument, "not_reentrant")
    )
    return Reason(Phrase("checkpoint", values), (*own.inputs, *names), fix)


def _custom(facts: Facts, operation: OperationRecord) -> Reason | None:
    """A function of the program's own that gives no gradient on, or ran while recording was off."""
    if not operation.name.endswith(".apply") or operation.name == _CHECKPOINT:
        return None
    needing = next((tensor for tensor in facts.inputs(operation) if tensor.requires_grad), None)
    if needing is None:
        return None
    return _off(facts, operation, needing) or Reason(
        Phrase("no_derivative", {**_place(facts, operation), "name": facts.label(needing.id, 1)}), (needing.id,)
    )


def _cut(facts: Facts, operation: OperationRecord) -> Reason | None:
    """`detach()` and the like."""
    needing = _needing(facts, operation)
    if operation.name not in CUTS or needing is None:
        return None
    values: dict[str, Value] = {**_place(facts, operation), "name": facts.label(needing.id, 1)}
    return Reason(Phrase("cut_by", values), (needing.id,), _uncut(facts, operation.span))


def _uncut(facts: Facts, span: Span | None) -> Edit | None:
    """Leave a `.detach()` or `.data` out with which a piece of source ends."""
    tokens = facts.sources.tokens(span)
    texts = [token.text for token in tokens]
    for ending in ([".", "detach", "(", ")"], [".", "data"]):
        if len(texts) > len(ending) and texts[-len(ending) :] == ending:
            first, last = tokens[-len(ending)].span, tokens[-1].span
            gone = Span(first.cell, first.line, first.column, last.end_line, last.end_column)
            return Edit(gone, "", "no_detach", {"code": code("".join(ending))})
    return None


def _first_derivative(facts: Facts, operation: OperationRecord) -> Reason | None:
    """A gradient from `torch.autograd.grad`."""
    ran = pass_of(facts, operation) if operation.name == "torch.autograd.grad" else None
    if ran is None:
        return None
    return _derivative(facts, ran, operation.outputs[0] if operation.outputs else None, _place(facts, operation))


def _gradient(facts: Facts, operation: OperationRecord) -> Reason | None:
    """A gradient from `.grad`, which no operation made."""
    if operation.recorded is not None:
        return None
    for tensor in operation.inputs:
        names = facts.chronology.names.get(tensor)
        span = facts.chronology.line_of(names[0][0]) if names else operation.span
        found = _from_attribute(facts, tensor, span)
        if found is not None:
            return found
    return None


def own_gradient(facts: Facts, root: Id | None) -> Reason | None:
    """The root is such a gradient itself."""
    names = facts.chronology.names.get(root or "")
    return _from_attribute(facts, root, facts.chronology.line_of(names[0][0]) if names else facts.span)


def _from_attribute(facts: Facts, tensor: Id | None, span: Span | None) -> Reason | None:
    """A tensor that source reads from a leaf's `.grad`."""
    texts = [token.text for token in facts.sources.tokens(span)]
    if tensor is None or tensor in facts.returning or "grad" not in texts[2:]:
        return None
    leaf = facts.variable(texts[texts.index("grad", 2) - 2])
    ran = pass_into(facts, leaf.id) if leaf is not None else None
    if ran is None or ran.span is None:
        return None
    place: dict[str, Value] = {"code": code(facts.sources.text(ran.span)), "line": facts.line(ran.span)}
    return _derivative(facts, ran, tensor, place)


def _derivative(facts: Facts, ran: BackwardRecord, gradient: Id | None, place: dict[str, Value]) -> Reason:
    """A derivative that is to be derived again."""
    if ran.create_graph or is_constant(ran):
        return Reason(Phrase("constant_derivative", {**place, "value": _constant(facts, gradient)}), ())
    fix = edits.add_argument(facts, ran.span, "create_graph=True", "create_graph")
    return Reason(Phrase("no_create_graph", place), (), fix)


def _constant(facts: Facts, gradient: Id | None) -> Value:
    values = facts.tensors[gradient].values if gradient is not None else None
    if isinstance(values, FullValues) and values.data and len(set(values.data)) == 1 and not values.complex:
        return Phrase("equal_to", {"value": f"{values.data[0]:g}"})
    return ""


def _unrecorded(facts: Facts, operation: OperationRecord) -> Reason | None:
    """An operation that ran while recording was off."""
    needing = _needing(facts, operation)
    if operation.recorded is not False or operation.writes or needing is None:
        return None
    values: dict[str, Value] = {**_place(facts, operation), "name": facts.label(needing.id, 1)}
    return _off(facts, operation, needing) or Reason(Phrase("unrecorded", values), (needing.id,))


def _off(facts: Facts, operation: OperationRecord, needing: TensorRecord) -> Reason | None:
    """What had turned recording off, if that is in the source."""
    off = recording_off(facts, operation)
    if off is None:
        return None
    values: dict[str, Value] = {**_place(facts, operation), "name": facts.label(needing.id, 1)}
    values |= {"off": code(off.text), "where": facts.line(off.span)}
    return Reason(Phrase("unrecorded_there", values), (needing.id,), recorded_again(facts, off))


def _undifferentiated(facts: Facts, operation: OperationRecord) -> Reason | None:
    """An operation that gives no derivative."""
    needing = _needing(facts, operation)
    outputs = facts.outputs(operation)
    if (
        operation.recorded is not True
        or needing is None
        or (any(output.requires_grad for output in outputs[:1]) and len(outputs) == 1)
    ):
        return None
    phrase, fix = no_derivative(facts, operation, needing)
    return Reason(phrase, (needing.id,), fix)


def _later(facts: Facts, operation: OperationRecord) -> Reason | None:
    """An operation that ran before its input required a gradient."""
    later = next((tensor for tensor in facts.inputs(operation) if tensor.requires_grad and tensor.is_leaf), None)
    if operation.recorded is not None or later is None or operation.writes:
        return None
    values: dict[str, Value] = {**_place(facts, operation), "name": facts.label(later.id, 1)}
    return Reason(Phrase("required_later", values), (later.id,))


def _outside(facts: Facts, operation: OperationRecord) -> Reason | None:
    """Values that were NumPy's or Python's in between."""
    left = departure(facts, operation)
    if left is None:
        return None
    values: dict[str, Value] = {
        "code": code(facts.sources.text(left.span)),
        "line": facts.line(left.span),
        "name": facts.label(left.tensor, 1),
        "back": facts.source(operation),
    }
    fix = in_torch(facts, left) if left.kind == "numpy" else None
    at_once = left.span == operation.span
    if left.kind == "numpy":
        return Reason(Phrase("through_numpy_at_once" if at_once else "through_numpy", values), (left.tensor,), fix)
    return Reason(Phrase("through_numbers_at_once" if at_once else "through_numbers", values), (left.tensor,))
