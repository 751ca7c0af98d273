"""Shapes that do not go together: broadcasting and joining."""

import re
from collections.abc import Sequence
from itertools import combinations

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.broadcasting import broadcastable, clashes
from tensorpad.explain.words.figures import aligned, code, shape, sizes_in
from tensorpad.explain.words.findings import Dimension, Edit, Finding
from tensorpad.protocol.failures import OperandRecord

_BROADCAST = re.compile(
    r"The size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension"
)
_OUTPUT = re.compile(r"output with shape \[[\d, ]*\] doesn't match the broadcast shape \[([\d, ]*)\]")
_CAT = re.compile(r"Sizes of tensors must match except in dimension (\d+)\. Expected .*size (\d+) but got size (\d+)")
_CAT_DIMENSIONS = re.compile(r"Tensors must have same number of dimensions: got (\d+) and (\d+)")
_CAT_SCALAR = re.compile(r"zero-dimensional tensor \(at position \d+\) cannot be concatenated")
_STACK = re.compile(r"stack expects each tensor to be equal size, but got \[.*\] at entry (\d+) and \[.*\] at entry (\d+)")
_EXPAND = re.compile(
    r"The expanded size of the tensor \((\d+)\) must match the existing size \((\d+)\) at non-singleton dimension (\d+)"
    r"\.\s+Target sizes: \[([\d, ]*)\]\.\s+Tensor sizes: \[([\d, ]*)\]"
)
_RAGGED = re.compile(r"expected sequence of length (\d+) at dim (\d+) \(got (\d+)\)")


def broadcast(facts: Facts) -> Finding | None:
    """Two tensors that cannot be stretched to one shape."""
    match = facts.match(_BROADCAST)
    if match is None:
        return None
    pair = _clashing(facts.operands)
    if pair is None or facts.called("matmul", "bmm", "__matmul__"):
        return None
    left, right = pair
    dims = clashes(left.shape, right.shape)
    rows = [(facts.row(operand.tensor, 1 + facts.operands.index(operand)), operand.shape) for operand in pair]
    return Finding(
        "broadcast",
        {
            "figure": aligned(rows, dims),
            "left": left.shape[dims[-1]],
            "right": right.shape[dims[-1]],
            "column": -dims[-1],
        },
        tuple(operand.tensor for operand in pair),
        tuple(Dimension(operand.tensor, len(operand.shape) + dim) for dim in dims for operand in pair),
        facts.span,
        _new_dimension(facts, left, right) or _new_dimension(facts, right, left),
    )


def broadcast_in_place(facts: Facts) -> Finding | None:
    """A write in place whose result is larger than the tensor it must go into."""
    match = facts.match(_OUTPUT)
    if match is None or not facts.operands:
        return None
    target = facts.operands[0]
    result = sizes_in(match[1])
    rows = [(facts.row(target.tensor, 1), target.shape), ("→", result)]
    return Finding(
        "broadcast_in_place",
        {
            "name": facts.label(target.tensor, 1),
            "shape": code(shape(target.shape)),
            "result": code(shape(result)),
            "figure": aligned(rows),
        },
        facts.operand_tensors[:2],
        (),
        facts.span,
        edits.out_of_place(facts, facts.span),
    )


def concatenate(facts: Facts) -> Finding | None:
    """Tensors to be joined that differ elsewhere than in the dimension they are joined along."""
    match = facts.match(_CAT)
    if match is None:
        return None
    dim = int(match[1])
    shapes = [operand.shape for operand in facts.operands]
    differing = _differing(shapes)
    wrong = [other for other in differing if other != dim]
    fix: Edit | None = None
    if len(wrong) == 1 and dim not in differing and facts.argument("dim", "1", "axis") is None:
        fix = edits.add_argument(facts, facts.span, f"dim={wrong[0]}", "join_along")
    depth = len(shapes[0]) if shapes else 0
    figure = aligned(facts.rows(facts.operands), [other - depth for other in wrong])
    return Finding(
        "concatenate",
        {"dim": dim, "expected": match[2], "got": match[3], "figure": figure},
        facts.operand_tensors,
        tuple(Dimension(operand.tensor, other) for other in wrong for operand in facts.operands),
        facts.span,
        fix,
    )


def concatenate_dimensions(facts: Facts) -> Finding | None:
    """Tensors to be joined that have different numbers of dimensions."""
    match = facts.match(_CAT_DIMENSIONS)
    if match is None:
        return None
    rows = facts.rows(facts.operands)
    fix: Edit | None = None
    deepest = max((len(operand.shape) for operand in facts.operands), default=0)
    flat = [operand for operand in facts.operands if len(operand.shape) < deepest]
    if len(flat) == 1 and len(flat[0].shape) == deepest - 1 and facts.argument("dim", "1", "axis") in (None, "0"):
        fix = edits.change_name(facts, flat[0].tensor, ".unsqueeze(0)", "new_dimension")
    return Finding(
        "concatenate_dimensions",
        {"first": match[1], "second": match[2], "figure": aligned(rows)},
        facts.operand_tensors,
        (),
        facts.span,
        fix,
    )


def concatenate_scalars(facts: Facts) -> Finding | None:
    """`cat` of tensors without dimensions, which `stack` can join."""
    if facts.match(_CAT_SCALAR) is None:
        return None
    fix: Edit | None = None
    if all(not operand.shape for operand in facts.operands):
        fix = edits.change_method(facts, facts.span, "cat", "stack", "stack")
    return Finding("concatenate_scalars", {}, facts.operand_tensors, (), facts.span, fix)


def stack(facts: Facts) -> Finding | None:
    """`stack` of tensors of different shapes."""
    if facts.match(_STACK) is None:
        return None
    rows = facts.rows(facts.operands)
    shapes = [operand.shape for operand in facts.operands]
    dims = clashes(*shapes) if len({len(sizes) for sizes in shapes}) == 1 else []
    return Finding(
        "stack",
        {"figure": aligned(rows, dims)},
        facts.operand_tensors,
        tuple(Dimension(operand.tensor, len(operand.shape) + dim) for dim in dims for operand in facts.operands),
        facts.span,
    )


def assigned(facts: Facts) -> Finding | None:
    """A value assigned to a part of a tensor that has another shape."""
    match = facts.match(_EXPAND)
    if match is None or not facts.called("__setitem__"):
        return None
    wanted, sizes = sizes_in(match[4]), sizes_in(match[5])
    target, value = facts.operands[0], facts.operands[-1]
    return Finding(
        "assigned",
        {
            "part": code(facts.text),
            "figure": aligned([(facts.text, wanted), ("=", sizes)], clashes(wanted, sizes)),
        },
        (target.tensor, value.tensor),
        tuple(Dimension(value.tensor, len(sizes) + dim) for dim in clashes(wanted, sizes)),
        facts.span,
    )


def ragged(facts: Facts) -> Finding | None:
    """Nested lists whose rows differ in length."""
    match = facts.match(_RAGGED)
    if match is None:
        return None
    return Finding("ragged", {"expected": match[1], "dim": match[2], "got": match[3]}, (), (), facts.span)


def _differing(shapes: Sequence[tuple[int, ...]]) -> list[int]:
    """The dimensions in which shapes as deep as the first have several sizes."""
    equal = [shape for shape in shapes if len(shape) == len(shapes[0])]
    return [dim for dim, sizes in enumerate(zip(*equal, strict=True)) if len(set(sizes)) > 1]


def _clashing(operands: tuple[OperandRecord, ...]) -> tuple[OperandRecord, OperandRecord] | None:
    pairs = combinations(operands, 2)
    return next((pair for pair in pairs if not broadcastable(pair[0].shape, pair[1].shape)), None)


def _new_dimension(facts: Facts, short: OperandRecord, long: OperandRecord) -> Edit | None:
    """A last dimension of size 1 for `short`, if it can be broadcast then: one value for each row."""
    if len(short.shape) != len(long.shape) - 1 or short.shape != long.shape[:-1]:
        return None
    return edits.change_name(facts, short.tensor, ".unsqueeze(-1)", "new_dimension")


RULES = (broadcast, broadcast_in_place, concatenate, concatenate_dimensions, concatenate_scalars, stack, assigned, ragged)
