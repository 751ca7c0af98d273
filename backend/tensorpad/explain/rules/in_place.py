"""Writes in place that autograd forbids, or that took away what it needed."""

import re

from tensorpad.explain import edits
from tensorpad.explain.facts import Facts
from tensorpad.explain.figures import code, fenced, shape
from tensorpad.explain.findings import Edit, Finding, Phrase, Value
from tensorpad.explain.sources import after
from tensorpad.protocol.records import Id
from tensorpad.protocol.steps import OperationRecord

_LEAF = re.compile(r"^a leaf Variable that requires grad is being used in an in-place operation")
_VIEW = re.compile(r"^a view of a leaf Variable that requires grad is being used in an in-place operation")
_SEVERAL = re.compile(r"Output (\d+) of (\w+) is a view and is being modified inplace")
_SHARED = re.compile(r"more than one element of the written-to tensor refers to a single memory location")
_MODIFIED = re.compile(
    r"modified by an inplace operation: \[\S+ \[([\d, ]*)\]\](?:, which is output (\d+) of (\w+),)? is at version (\d+); "
    r"expected version (\d+)"
)
_STRETCHING = frozenset({"torch.Tensor.expand", "torch.Tensor.expand_as", "torch.broadcast_to", "torch.Tensor.broadcast_to"})
_WRITES_SHOWN = 6


def leaf(facts: Facts) -> Finding | None:
    """A leaf that requires a gradient, written."""
    if facts.match(_LEAF) is None:
        return None
    tensor = facts.first_tensor
    return Finding(
        "leaf_in_place",
        {"name": facts.label(tensor, 1)},
        (tensor,),
        (),
        facts.span,
        edits.without_gradients(facts, facts.span),
    )


def view_of_leaf(facts: Facts) -> Finding | None:
    """A part of a leaf that requires a gradient, written."""
    if facts.match(_VIEW) is None:
        return None
    written = facts.first_operand
    tensor = written.tensor if written else None
    # `x[0] = 1` names the leaf itself; `y.add_(1)` a view of it.
    base = (written.base or tensor) if written else None
    return Finding(
        "leaf_view_in_place",
        {"name": facts.label(base, 1), "code": code(facts.text)},
        (tensor, base if base != tensor else None),
        (),
        facts.span,
        edits.without_gradients(facts, facts.span),
    )


def one_of_several_views(facts: Facts) -> Finding | None:
    """One of several views that `split` and the like return, written."""
    match = facts.match(_SEVERAL)
    if match is None:
        return None
    tensor = facts.first_tensor
    return Finding(
        "one_of_several_views",
        {"name": facts.label(tensor, 1), "function": code(match[2].removesuffix("Backward0").lower())},
        (tensor,),
        (),
        facts.span,
        edits.out_of_place(facts, facts.span),
    )


def stretched(facts: Facts) -> Finding | None:
    """A stretched tensor, many of whose elements are one, written."""
    if facts.match(_SHARED) is None or not facts.operands:
        return None
    written = facts.operands[0]
    made = facts.makers.get(written.tensor or "")
    fix: Edit | None = None
    if made is not None and made.span is not None and made.name in _STRETCHING:
        fix = Edit(after(made.span), ".clone()", "clone", {})
    return Finding(
        "stretched_in_place",
        {
            "name": facts.label(written.tensor, 1),
            "shape": code(shape(written.shape)),
            "stride": code(shape(written.stride)),
        },
        (written.tensor, written.base),
        (),
        facts.span,
        fix,
    )


def needed_value(facts: Facts) -> Finding | None:
    """A value that the backward pass needed, overwritten since."""
    match = facts.match(_MODIFIED)
    if match is None:
        return None
    sizes = tuple(int(item) for item in match[1].split(",") if item.strip())
    version, expected = int(match[4]), int(match[5])
    needing = facts.by_id.get(facts.failed_run.operation or "") if facts.failed_run else None
    tensor, culprits = _overwritten(facts, needing, sizes, version, expected)
    history = _history(facts, culprits)
    values: dict[str, Value] = {
        "name": facts.label(tensor, 1) if tensor else Phrase("some_tensor", {"shape": code(shape(sizes))}),
        "shape": code(shape(sizes)),
        "version": version,
        "expected": expected,
        "history": history,
        "needing": _needing(facts, needing),
    }
    culprit = culprits[0] if culprits else None
    written = [write.tensor for operation in culprits for write in operation.writes]
    fix = edits.out_of_place(facts, culprit.span) if culprit and len({writer.span for writer in culprits}) == 1 else None
    return Finding(
        "needed_value", values, (tensor, *dict.fromkeys(written)), (), culprit.span if culprit else facts.span, fix
    )


def _needing(facts: Facts, operation: OperationRecord | None) -> Value:
    if operation is None or operation.span is None:
        return ""
    return Phrase("needing", {"code": facts.source(operation), "line": operation.span.line})


def _overwritten(
    facts: Facts, needing: OperationRecord | None, sizes: tuple[int, ...], version: int, expected: int
) -> tuple[Id | None, list[OperationRecord]]:
    """The tensor that was meant, and the writes since its value was kept.

    torch's message has only the shape and the versions. Of the tensors that have these and were written since, one that
    the operation whose gradient failed (`needing`) took or returned is preferred.
    """
    kept = (*needing.inputs, *needing.outputs) if needing is not None else ()
    fitting = [tensor for tensor in facts.trace.tensors if tensor.layout.shape == sizes and tensor.version == version]
    fitting.sort(key=lambda tensor: (tensor.id not in kept, facts.name(tensor.id) is None))
    for tensor in fitting:
        writes = facts.writes.written_in.get(facts.writes.storage_of(tensor.id), ())
        culprits = [operation for operation, write in writes if write.after is not None and write.after > expected]
        if culprits:
            return tensor.id, culprits
    return None, []


def _history(facts: Facts, culprits: list[OperationRecord]) -> Value:
    """Who wrote to the value, and in which line."""
    lines: list[str] = []
    spans = list(dict.fromkeys(operation.span for operation in culprits if operation.span is not None))
    for span in spans[:_WRITES_SHOWN]:
        several = f"{span.cell + 1}:" if len(facts.sources.cells) > 1 else ""
        line = facts.sources.cells[span.cell][span.line - 1].strip()
        lines.append(f"{several}{span.line:>3}   {line[:80]}".replace("`", "'"))
    if not lines:
        return Phrase("unknown_writer", {})
    if len(spans) > _WRITES_SHOWN:
        lines.append("  …")
    return Phrase("writers", {"figure": fenced("\n".join(lines))})


RULES = (leaf, view_of_leaf, one_of_several_views, stretched, needed_value)
