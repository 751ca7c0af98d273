"""New shapes that a tensor cannot take."""

import math
import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.figures import aligned, code, shape, sizes_in
from tensorpad.explain.words.findings import Dimension, Edit, Finding, Phrase

_VIEW = re.compile(r"view size is not compatible with input tensor's size and stride")
_SIZES = re.compile(r"shape '\[([-\d, ]*)\]' is invalid for input of size (\d+)")
_INFERRED = re.compile(r"only one dimension can be inferred")
_EXPAND = re.compile(
    r"The expanded size of the tensor \((\d+)\) must match the existing size \((\d+)\) at non-singleton dimension (\d+)"
    r"\.\s+Target sizes: \[([\d, ]*)\]\.\s+Tensor sizes: \[([\d, ]*)\]"
)
_EXPAND_DIMENSIONS = re.compile(
    r"the number of sizes provided \((\d+)\) must be greater or equal to the number of dimensions"
)


def view_of_strided(facts: Facts) -> Finding | None:
    """`view` of a tensor whose elements do not lie in the order that the new shape needs."""
    if facts.match(_VIEW) is None or not facts.operands:
        return None
    tensor = facts.operands[0]
    return Finding(
        "view_of_strided",
        {
            "name": facts.label(tensor.tensor, 1),
            "shape": code(shape(tensor.shape)),
            "stride": code(shape(tensor.stride)),
            "contiguous": code(shape(_contiguous(tensor.shape))),
        },
        (tensor.tensor, tensor.base),
        (),
        facts.span,
        edits.change_method(facts, facts.span, "view", "reshape", "reshape"),
    )


def reshape_sizes(facts: Facts) -> Finding | None:
    """A new shape for another number of elements."""
    match = facts.match(_SIZES)
    if match is None:
        return None
    wanted, count = sizes_in(match[1]), int(match[2])
    known = math.prod(size for size in wanted if size != -1)
    operand = facts.first_operand
    sizes = [str(size) for size in wanted if size != -1]
    product = " × ".join(sizes) + (f" = {known}" if len(sizes) > 1 else "")
    if len(wanted) == 2 and wanted[0] == -1 and operand is not None and len(operand.shape) > 2 and operand.shape[0]:
        rows = {"first": operand.shape[0], "rest": count // operand.shape[0]}
        reason = Phrase("not_divisible_rows", {"count": count, "product": product, **rows})
    elif -1 in wanted:
        reason = Phrase("not_divisible", {"count": count, "product": product})
    else:
        reason = Phrase("other_count", {"count": count, "product": product})
    fix: Edit | None = None
    if -1 not in wanted and operand is not None:
        fix = _let_infer(facts, wanted, count)
    return Finding(
        "reshape_sizes",
        {
            "name": facts.label(operand.tensor if operand else None, 1),
            "shape": code(shape(operand.shape)) if operand else code(str(count)),
            "wanted": code(shape(wanted)),
            "reason": reason,
        },
        (operand.tensor,) if operand else (),
        tuple(Dimension(operand.tensor, dim) for dim in range(len(operand.shape))) if operand else (),
        facts.span,
        fix,
    )


def reshape_inferred(facts: Facts) -> Finding | None:
    """More than one -1 in a shape."""
    if facts.match(_INFERRED) is None:
        return None
    return Finding("reshape_inferred", {}, facts.operand_tensors[:1], (), facts.span)


def expand(facts: Facts) -> Finding | None:
    """`expand` of a dimension that is not 1."""
    match = facts.match(_EXPAND)
    if match is None or not facts.called("expand", "expand_as", "broadcast_to"):
        return None
    dim, wanted, sizes = int(match[3]), sizes_in(match[4]), sizes_in(match[5])
    operand = facts.operands[0]
    own = dim - (len(wanted) - len(sizes))
    return Finding(
        "expand",
        {
            "name": facts.label(operand.tensor, 1),
            "size": match[2],
            "wanted": match[1],
            "figure": aligned([(facts.row(operand.tensor, 1), sizes), ("→", wanted)], [dim - len(wanted)]),
        },
        (operand.tensor,),
        (Dimension(operand.tensor, own),),
        facts.span,
    )


def expand_dimensions(facts: Facts) -> Finding | None:
    """`expand` to fewer dimensions than there are."""
    match = facts.match(_EXPAND_DIMENSIONS)
    if match is None or not facts.operands:
        return None
    operand = facts.operands[0]
    return Finding(
        "expand_dimensions",
        {
            "name": facts.label(operand.tensor, 1),
            "shape": code(shape(operand.shape)),
            "given": match[1],
            "dims": len(operand.shape),
        },
        (operand.tensor,),
        (),
        facts.span,
    )


def _let_infer(facts: Facts, wanted: tuple[int, ...], count: int) -> Edit | None:
    """-1 for the last size, if the others divide the number of elements."""
    head = math.prod(wanted[:-1])
    if len(wanted) < 2 or head <= 0 or count % head:
        return None
    tokens = facts.sources.tokens(facts.span)
    if len(tokens) < 2 or tokens[-1].text != ")":
        return None
    last = tokens[-2] if tokens[-2].text not in (")", "]") else tokens[-3]
    if last.text != str(wanted[-1]):
        return None
    return Edit(last.span, "-1", "infer", {"size": count // head})


def _contiguous(sizes: tuple[int, ...]) -> tuple[int, ...]:
    strides: list[int] = []
    step = 1
    for size in reversed(sizes):
        strides.append(step)
        step *= max(size, 1)
    return tuple(reversed(strides))


RULES = (view_of_strided, reshape_sizes, reshape_inferred, expand, expand_dimensions)
