"""Programs that ran, but whose gradients are not what their author may have meant."""

import re
from collections.abc import Iterable, Iterator

from tensorpad.explain import edits
from tensorpad.explain.facts import Facts, is_floating
from tensorpad.explain.figures import code
from tensorpad.explain.findings import Edit, Finding, Value
from tensorpad.protocol.records import FullValues, Id, SummaryValues, Values
from tensorpad.protocol.steps import OperationRecord

_GRAD_WARNING = re.compile(r"The \.grad attribute of a Tensor that is not a leaf Tensor is being accessed")
_GRAD = re.compile(r"\b([^\W\d]\w{0,199})\.grad\b")
"""Tried once for each word: from every letter of a line that is one long word, it would hold the service for minutes."""
_CUTS = frozenset({"torch.Tensor.detach", "torch.Tensor.data"})
_NOT_DIFFERENTIABLE = re.compile(
    r"\.(eq|ne|lt|gt|le|ge|argmax|argmin|argsort|sign|round|floor|ceil|isnan|isfinite|detach|data|\w*_|long|int|bool|item"
    r"|size|\w*_like|new_\w+|__\w+__|allclose|equal|requires_grad_)$"
)


def not_kept(facts: Facts) -> Iterator[Finding]:
    """`.grad` of a computed tensor, which is None: torch has warned of it."""
    for warned in facts.warnings:
        if not _GRAD_WARNING.search(warned.message):
            continue
        lines = facts.sources.cells[warned.cell] if warned.cell < len(facts.sources.cells) else []
        if not 0 < warned.line <= len(lines):
            continue
        found = _GRAD.search(lines[warned.line - 1])
        name = found[1] if found else None
        tensor = facts.variable(name) if name else None
        if name is None or tensor is None or tensor.is_leaf:
            continue
        text = lines[warned.line - 1]
        place = text.index(f"{name}.grad")
        kind = type(facts.sources.whole(warned.cell))
        span = kind(warned.cell, warned.line, place, warned.line, place + len(name) + 5)
        passes = [
            one
            for one in facts.backwards
            if one.span is not None and (one.span.cell, one.span.line) <= (warned.cell, warned.line)
        ]
        fix = (
            edits.line_before(facts, passes[0].span, f"{name}.retain_grad()", "retain_grad", name=code(name))
            if passes
            else None
        )
        yield Finding("non_leaf_gradient", {"name": code(name)}, (tensor.id,), (), span, fix)


def accumulated(facts: Facts) -> Iterator[Finding]:
    """Backward passes that added to a gradient that an earlier one had left."""
    for record in facts.trace.backwards:
        added = [run.accumulation for run in record.runs if run.accumulation is not None]
        leaves = [one.tensor for one in added if one.before is not None and not _zero(record.gradients[one.before])]
        tensors = [tensor for tensor in leaves if tensor is not None and tensor in facts.tensors]
        if not tensors:
            continue
        count = sum(
            any(run.accumulation is not None and run.accumulation.tensor == tensors[0] for run in other.runs)
            for other in facts.trace.backwards
        )
        if count < 2:  # what was there is the program's own
            continue
        name = facts.name(tensors[0])
        fix: Edit | None = None
        if name is not None and "." not in name:
            fix = edits.line_before(facts, record.span, f"{name}.grad = None", "clear_gradient", name=code(name))
        values: dict[str, Value] = {"name": facts.label(tensors[0], 1), "count": count}
        yield Finding("accumulated", values, tuple(tensors), (), record.span, fix)
        return


def cut_off(facts: Facts) -> Iterator[Finding]:
    """A named result of something that needs a gradient, and that needs none: made under `no_grad`."""
    for operation in facts.own_operations:
        if (
            operation.recorded is not False
            or operation.writes
            or operation.name in _CUTS
            or _NOT_DIFFERENTIABLE.search(operation.name)
        ):
            continue
        given = [
            facts.tensors[item] for item in operation.inputs if item in facts.tensors and facts.tensors[item].requires_grad
        ]
        made = [facts.tensors[item] for item in operation.outputs if item in facts.tensors]
        if (
            not given
            or not made
            or not made[0].names
            or any(one.requires_grad or not is_floating(one.dtype) for one in made)
        ):
            continue
        values: dict[str, Value] = {
            "name": facts.label(made[0].id, 1),
            "source": facts.label(given[0].id, 1),
            "code": code(operation.expression or operation.name),
        }
        yield Finding("cut_off", values, (made[0].id, given[0].id), (), operation.span)
        return


def written_detached(facts: Facts) -> Iterator[Finding]:
    """A value written behind autograd's back, through `.data` or `detach()`."""
    for operation, written in facts.writes:
        source = _detached_from(facts, written)
        if source is None:
            continue
        maker, tensor = source
        if maker.span == operation.span:  # a library does both
            continue
        yield Finding(
            "written_detached",
            {
                "code": code(operation.expression or operation.name),
                "cut": code(maker.expression or maker.name),
                "name": facts.label(tensor, 1),
            },
            (written, tensor),
            (),
            operation.span,
        )
        return


def stopped(facts: Facts) -> Iterator[Finding]:
    """Leaves that a loss depends on, but through `detach()`, so that no pass brought them a gradient."""
    passes = facts.trace.backwards
    if not passes or any(record.inputs is not None for record in passes):
        return
    filled = {run.accumulation.tensor for record in passes for run in record.runs if run.accumulation is not None}
    empty = {
        tensor.id
        for tensor in facts.trace.tensors
        if tensor.is_leaf and tensor.requires_grad and tensor.grad is None and tensor.names and tensor.id not in filled
    }
    if not empty:
        return
    roots = [root.tensor for record in passes for root in record.roots if root.tensor is not None]
    cuts = [
        maker for tensor in _behind(facts, roots, set()) for maker in facts.givers.get(tensor, []) if maker.name in _CUTS
    ]
    seen: set[Id] = set()
    for cut in cuts:
        # What an earlier cut has behind it had none of them.
        behind = set(_behind(facts, cut.inputs, seen))
        if not behind.isdisjoint(empty):
            found = [tensor for tensor in facts.tensors if tensor in empty and tensor in behind]
            names = tuple(code(facts.tensors[tensor].names[0]) for tensor in found[:4])
            values: dict[str, Value] = {"code": code(cut.expression or cut.name), "names": names}
            yield Finding("stopped", values, tuple(found), (), cut.span)
            return


def _behind(facts: Facts, tensors: Iterable[Id], seen: set[Id]) -> Iterator[Id]:
    """These tensors and all that they were made of, without what was seen."""
    pending = list(tensors)
    while pending:
        tensor = pending.pop()
        if tensor in seen:
            continue
        seen.add(tensor)
        yield tensor
        for operation in facts.givers.get(tensor, []):
            pending.extend(operation.inputs)


def _detached_from(facts: Facts, written: Id) -> tuple[OperationRecord, Id] | None:
    for maker in [facts.makers[written]] if written in facts.makers else []:
        if maker.name in _CUTS and maker.inputs and facts.tensors[maker.inputs[0]].requires_grad:
            return maker, maker.inputs[0]
    return None


def _zero(values: Values) -> bool:
    match values:
        case FullValues(data=data):
            return not any(data)
        case SummaryValues(count=count, zeros=zeros):
            return zeros == count
        case _:
            return False


RULES = (not_kept, accumulated, cut_off, stopped, written_detached)
