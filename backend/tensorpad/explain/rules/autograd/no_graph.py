"""Backward passes from a tensor that has no graph, by the reason that holds."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts, is_floating
from tensorpad.explain.evidence.lost_graphs import CUTS, Reason, own_gradient, reasons
from tensorpad.explain.evidence.updates import Update, in_place, update
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import Id, TensorRecord
from tensorpad.protocol.steps import OperationRecord

_NO_GRAD = re.compile(r"element (\d+) of tensors does not require grad and does not have a grad_fn")
_FACTORIES = frozenset(
    f"torch.{name}"
    for name in ("tensor", "ones", "zeros", "rand", "randn", "full", "linspace", "arange", "eye", "empty", "normal")
)


def no_graph(facts: Facts) -> Finding | None:
    """`backward()` of something that no gradient leads through."""
    match = facts.match(_NO_GRAD)
    if match is None:
        return None
    root = _root(facts, int(match[1]))
    lineage = facts.lineage(root)
    updated = _updated(facts, lineage)
    if updated is not None:
        one, operation = updated
        new, old = operation.outputs[0], _former(facts, operation)
        values: dict[str, Value] = {
            "name": facts.label(root, 1),
            "code": code(facts.sources.text(one.statement.span)),
            "line": facts.line(one.statement.span),
            "parameter": code(one.target),
        }
        fix = in_place(facts, one, recording=operation.recorded is True)
        return Finding("replaced_parameter", values, (root, new, old), (), facts.span, fix)
    reason = next((found for operation in lineage for found in reasons(facts, operation)), None) or own_gradient(facts, root)
    reason = reason or _nothing_requires(facts, root, lineage)
    return Finding(
        "no_graph",
        {"name": facts.label(root, 1), "reason": reason.phrase},
        (root, *reason.tensors),
        (),
        facts.span,
        reason.fix,
    )


def _root(facts: Facts, index: int) -> Id | None:
    """The tensor that a pass was to start from: the `index`-th of a list."""
    listed = [operand for operand in facts.operands if operand.argument.endswith(f"[{index}]")]
    return listed[0].tensor if listed else facts.first_tensor


def _updated(facts: Facts, lineage: list[OperationRecord]) -> tuple[Update, OperationRecord] | None:
    """An update that gave the name of a parameter to a tensor that needs no gradient: under `no_grad`, or detached."""
    chronology = facts.chronology
    for operation in lineage:
        lost = operation.recorded is False or (operation.name in CUTS and operation.recorded is True)
        if lost and not operation.writes and operation.outputs:
            one = update(facts, chronology.line_of(chronology.statement(chronology.operations[operation.id])))
            if one is not None:
                return one, operation
    return None


def _former(facts: Facts, operation: OperationRecord) -> Id | None:
    return next((tensor.id for tensor in facts.inputs(operation) if tensor.requires_grad), None)


def _nothing_requires(facts: Facts, root: Id | None, lineage: list[OperationRecord]) -> Reason:
    """No leaf requires a gradient. If only one has a name, it is offered to let it require one."""
    leaves = [facts.tensors[root]] if root is not None and not any(operation.inputs for operation in lineage) else []
    origins = {tensor.id: tensor for operation in lineage for tensor in facts.inputs(operation)} | {
        leaf.id: leaf for leaf in leaves
    }
    started = [
        tensor
        for tensor in origins.values()
        if facts.name(tensor.id) is not None and (tensor.id not in facts.makers or _is_factory(facts, tensor))
    ]
    frozen = [tensor for tensor in started if tensor.is_parameter]
    floating = [tensor for tensor in started if is_floating(tensor.layout.dtype)]
    labels: tuple[Value, ...] = tuple(facts.label(tensor.id, 1) for tensor in (frozen or floating or started)[:6])
    tensors = tuple(tensor.id for tensor in (frozen or floating or started))
    if frozen:
        return Reason(Phrase("frozen", {"names": labels}), tensors)
    if not started:
        return Reason(Phrase("nothing_requires", {}), ())
    only = started == leaves
    fix: Edit | None = None
    if len(started) == 1 and started[0].id in facts.makers:
        span = facts.makers[started[0].id].span
        argument = "requires_grad=True" if floating else "dtype=torch.float32, requires_grad=True"
        fix = edits.add_argument(facts, span, argument, "require", name=facts.label(started[0].id, 1))
    if not floating:
        dtypes = tuple(dict.fromkeys(code(tensor.layout.dtype) for tensor in started[:6]))
        return Reason(Phrase("only_integers", {"names": labels, "dtypes": dtypes}), tensors, fix)
    return Reason(Phrase("leaf_requires_none" if only else "none_requires", {"names": labels}), tensors, fix)


def _is_factory(facts: Facts, tensor: TensorRecord) -> bool:
    return facts.makers[tensor.id].name in _FACTORIES


RULES = (no_graph,)
