"""Writes in place that autograd forbids, or that took away what it needed."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import after, spanning
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import Id
from tensorpad.protocol.steps import OperationRecord

_LEAF = re.compile(r"^a leaf Variable that requires grad is being used in an in-place operation")
_VIEW = re.compile(r"^a view of a leaf Variable that requires grad is being used in an in-place operation")
_SEVERAL = re.compile(
    r"is a view and is being modified inplace\. This view is the output of a function that returns multiple"
)
_CUSTOM = re.compile(r"Output \d+ of (\w+) is a view and is being modified inplace\. This view was created inside a custom")
_NO_GRAD_VIEW = re.compile(r"^A view was created in (no_grad|inference) mode and is being modified inplace")
_OVERLAP = re.compile(r"some elements of the input tensor and the written-to tensor refer to a single memory location")
_OUT = re.compile(r"^(\w+)\(\): functions with out=\.\.\. arguments don't support automatic differentiation")
_RESIZE = re.compile(r"^cannot resize variables that require grad|^Trying to resize storage that is not resizable")
_INFERENCE = re.compile(r"^Inplace update to inference tensor")
_SHARED = re.compile(r"more than one element of the written-to tensor refers to a single memory location")
_STRETCHING = frozenset({"torch.Tensor.expand", "torch.Tensor.expand_as", "torch.broadcast_to", "torch.Tensor.broadcast_to"})


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
    """One of several views that `split` and the like return, or a view of one, written."""
    if facts.match(_SEVERAL) is None:
        return None
    tensor = facts.first_tensor
    chain = _views_of(facts, tensor)
    split = next((operation for operation in chain if len(operation.outputs) > 1), None)
    values: dict[str, Value] = {"name": facts.label(tensor, 1)}
    if split is None:
        values["origin"] = Phrase("several_views_unknown", {})
    else:
        iterated = split.name.rpartition(".")[2] in ("__iter__", "unbind") and "unbind" not in (split.expression or "")
        function: Value = facts.source(split)
        if iterated and split.inputs:
            function = Phrase("iterating", {"name": facts.label(split.inputs[0], 1)})
        part = {"function": function, "where": facts.line(split.span), "count": len(split.outputs)}
        values["origin"] = Phrase("several_views" if split is chain[0] else "several_views_behind", {**values, **part})
    base = split.inputs[0] if split is not None and split.inputs else None
    values["base"] = facts.label(base, 1) if base is not None else Phrase("some_tensor", {})
    fix = edits.out_of_place(facts, facts.span) if not _seen_later(facts, chain) else None
    return Finding("one_of_several_views", values, (tensor, base), (), facts.span, fix)


def custom_view(facts: Facts) -> Finding | None:
    """What a custom autograd function returned as a view, or as the input that it was given, written."""
    match = facts.match(_CUSTOM)
    if match is None:
        return None
    tensor = facts.first_tensor
    chain = _views_of(facts, tensor)
    made = chain[0] if chain else None
    values: dict[str, Value] = {
        "name": facts.label(tensor, 1),
        "function": code(match[1].removesuffix("Backward")),
        "where": facts.line(made.span if made is not None else None),
    }
    fix = edits.out_of_place(facts, facts.span) if not _seen_later(facts, chain) else None
    return Finding("custom_view_in_place", values, (tensor,), (), facts.span, fix)


def view_from_no_grad(facts: Facts) -> Finding | None:
    """A view that was made under `no_grad`, written outside of it."""
    if facts.match(_NO_GRAD_VIEW) is None:
        return None
    tensor = facts.first_tensor
    made = facts.makers.get(tensor or "")
    base = made.inputs[0] if made is not None and made.inputs else None
    values: dict[str, Value] = {
        "name": facts.label(tensor, 1),
        "base": facts.label(base, 1),
        "where": facts.line(made.span if made is not None else None),
        "code": code(facts.text),
    }
    return Finding("view_from_no_grad", values, (tensor, base), (), facts.span)


def overlapping(facts: Facts) -> Finding | None:
    """A write to memory that is read in the same operation, shifted."""
    if facts.match(_OVERLAP) is None or len(facts.operands) < 2:
        return None
    written, read = facts.operands[0], facts.operands[1]
    made = facts.makers.get(read.tensor or "")
    fix: Edit | None = None
    if facts.name(read.tensor) is not None:
        fix = edits.change_name(facts, read.tensor, ".clone()", "clone")
    elif made is not None and made.span is not None and made.parent is None:
        fix = Edit(after(made.span), ".clone()", "clone", {})
    values: dict[str, Value] = {"name": facts.label(written.tensor, 1), "read": facts.label(read.tensor, 1)}
    return Finding("overlapping_write", values, (written.tensor, read.tensor), (), facts.span, fix)


def into_out(facts: Facts) -> Finding | None:
    """`out=` with a tensor that requires a gradient."""
    match = facts.match(_OUT)
    if match is None:
        return None
    needing = [operand for operand in facts.operands if operand.requires_grad]
    statement = facts.sources.statement(facts.span.line, facts.span.cell) if facts.span else None
    fix: Edit | None = None
    texts = [token.text for token in statement.tokens] if statement is not None else []
    if statement is not None and texts[-5:-2] == [",", "out", "="] and texts[-1] == ")" and statement.tokens[-2].is_name:
        call = facts.sources.text(spanning(statement.tokens[0].span, statement.tokens[-6].span))
        if "=" not in texts[:-5]:
            fix = Edit(statement.span, f"{texts[-2]} = {call})", "out_of_place", {"code": code(f"{texts[-2]} = {call})")})
    tensor = needing[0].tensor if needing else None
    values: dict[str, Value] = {"function": code(f"{match[1]}"), "name": facts.label(tensor, 1)}
    return Finding("out_with_gradient", values, (tensor,), (), facts.span, fix)


def resized(facts: Facts) -> Finding | None:
    """`resize_` of a tensor that requires a gradient, or on memory that is NumPy's."""
    if facts.match(_RESIZE) is None:
        return None
    tensor = facts.first_tensor
    reason = Phrase("resize_gradient" if "require grad" in facts.message else "resize_memory", {})
    return Finding("resized", {"name": facts.label(tensor, 1), "reason": reason}, (tensor,), (), facts.span)


def inference_in_place(facts: Facts) -> Finding | None:
    """A tensor from inference mode, written outside of it."""
    if facts.match(_INFERENCE) is None:
        return None
    tensor = facts.first_tensor
    values: dict[str, Value] = {"name": facts.label(tensor, 1), "code": code(facts.text)}
    modes = [
        token
        for cell in range(len(facts.sources.cells))
        for token in facts.sources.tokens(facts.sources.whole(cell))
        if token.text == "inference_mode"
    ]
    fix = Edit(modes[0].span, "no_grad", "no_grad_mode", {}) if len(modes) == 1 else None
    return Finding("inference_in_place", values, (tensor,), (), facts.span, fix)


def _views_of(facts: Facts, tensor: Id | None) -> list[OperationRecord]:
    """The operations that made a tensor as a view, from the last to the first."""
    chain: list[OperationRecord] = []
    seen: set[Id] = set()
    while tensor is not None and tensor not in seen:
        seen.add(tensor)
        made = facts.makers.get(tensor)
        memory = made.memory[made.outputs.index(tensor)] if made is not None and made.memory else None
        if made is None or memory is None or memory.kind != "view":
            break
        chain.append(made)
        tensor = memory.of
    return chain


def _seen_later(facts: Facts, chain: list[OperationRecord]) -> bool:
    """Whether the program may look later at the memory that a write in place was to change, through another name."""
    span = facts.span
    statement = facts.sources.statement(span.line, span.cell) if span is not None else None
    if span is None or statement is None or statement.indent or statement.tokens[0].text != facts.name(facts.first_tensor):
        return True
    names = {name for operation in chain for tensor in facts.inputs(operation) for name in tensor.names}
    for operation in chain:
        made = facts.sources.statement(operation.span.line, operation.span.cell) if operation.span is not None else None
        if made is not None and len(made.tokens) > 1 and made.tokens[1].text == "=":
            names.add(made.tokens[0].text)
    names.discard(statement.tokens[0].text)
    cells = range(span.cell, len(facts.sources.cells))
    return any(
        token.text in names and (token.span.cell, token.span.line) > (span.cell, span.line)
        for cell in cells
        for token in facts.sources.tokens(facts.sources.whole(cell))
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


RULES = (
    leaf,
    view_of_leaf,
    one_of_several_views,
    custom_view,
    view_from_no_grad,
    stretched,
    overlapping,
    into_out,
    resized,
    inference_in_place,
)
