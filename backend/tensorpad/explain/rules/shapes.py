"""Shapes that do not go together: broadcasting and joining."""

import re

from tensorpad.explain import edits
from tensorpad.explain.facts import Facts, broadcastable, clashes
from tensorpad.explain.figures import aligned, code, shape
from tensorpad.explain.findings import Dimension, Edit, Finding
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
    found = facts.match(_BROADCAST)
    if found is None:
        return None
    pair = _clashing(facts.operands)
    if pair is None or facts.called("matmul", "bmm", "__matmul__"):
        return None
    left, right = pair
    places = clashes(left.shape, right.shape)
    rows = [(facts.row(one.tensor, 1 + facts.operands.index(one)), one.shape) for one in pair]
    return Finding(
        "broadcast",
        {
            "figure": aligned(rows, places),
            "left": left.shape[places[-1]],
            "right": right.shape[places[-1]],
            "column": -places[-1],
        },
        tuple(one.tensor for one in pair),
        tuple(Dimension(one.tensor, len(one.shape) + place) for place in places for one in pair),
        facts.span,
        _new_dimension(facts, left, right) or _new_dimension(facts, right, left),
    )


def broadcast_in_place(facts: Facts) -> Finding | None:
    """A write in place whose result is larger than the tensor it must go into."""
    found = facts.match(_OUTPUT)
    if found is None or not facts.operands:
        return None
    target = facts.operands[0]
    result = _integers(found[1])
    rows = [(facts.row(target.tensor, 1), target.shape), ("→", result)]
    return Finding(
        "broadcast_in_place",
        {
            "name": facts.label(target.tensor, 1),
            "shape": code(shape(target.shape)),
            "result": code(shape(result)),
            "figure": aligned(rows),
        },
        tuple(one.tensor for one in facts.operands[:2]),
        (),
        facts.span,
        edits.out_of_place(facts, facts.span),
    )


def concatenate(facts: Facts) -> Finding | None:
    """Tensors to be joined that differ elsewhere than in the dimension they are joined along."""
    found = facts.match(_CAT)
    if found is None:
        return None
    dim = int(found[1])
    operands = facts.operands
    shapes = [one.shape for one in operands]
    depth = len(shapes[0]) if shapes else 0
    wrong = [d for d in range(depth) if d != dim and len({sizes[d] for sizes in shapes if len(sizes) == depth}) > 1]
    rows = [(facts.row(one.tensor, place), one.shape) for place, one in enumerate(operands, 1)]
    fix: Edit | None = None
    if len(wrong) == 1 and len({sizes[dim] for sizes in shapes}) == 1 and facts.argument("dim", "1", "axis") is None:
        fix = edits.add_argument(facts, facts.span, f"dim={wrong[0]}", "join_along")
    return Finding(
        "concatenate",
        {"dim": dim, "expected": found[2], "got": found[3], "figure": aligned(rows, [d - depth for d in wrong])},
        tuple(one.tensor for one in operands),
        tuple(Dimension(one.tensor, d) for d in wrong for one in operands),
        facts.span,
        fix,
    )


def concatenate_dimensions(facts: Facts) -> Finding | None:
    """Tensors to be joined that have different numbers of dimensions."""
    found = facts.match(_CAT_DIMENSIONS)
    if found is None:
        return None
    rows = [(facts.row(one.tensor, place), one.shape) for place, one in enumerate(facts.operands, 1)]
    fix: Edit | None = None
    deepest = max((len(one.shape) for one in facts.operands), default=0)
    flat = [one for one in facts.operands if len(one.shape) < deepest]
    if len(flat) == 1 and len(flat[0].shape) == deepest - 1 and facts.argument("dim", "1", "axis") in (None, "0"):
        fix = edits.change_name(facts, flat[0].tensor, ".unsqueeze(0)", "new_dimension")
    return Finding(
        "concatenate_dimensions",
        {"first": found[1], "second": found[2], "figure": aligned(rows)},
        tuple(one.tensor for one in facts.operands),
        (),
        facts.span,
        fix,
    )


def concatenate_scalars(facts: Facts) -> Finding | None:
    """`cat` of tensors without dimensions, which `stack` can join."""
    if facts.match(_CAT_SCALAR) is None:
        return None
    fix: Edit | None = None
    if all(not one.shape for one in facts.operands):
        fix = edits.change_method(facts, facts.span, "cat", "stack", "stack")
    return Finding("concatenate_scalars", {}, tuple(one.tensor for one in facts.operands), (), facts.span, fix)


def stack(facts: Facts) -> Finding | None:
    """`stack` of tensors of different shapes."""
    if facts.match(_STACK) is None:
        return None
    rows = [(facts.row(one.tensor, place), one.shape) for place, one in enumerate(facts.operands, 1)]
    shapes = [one.shape for one in facts.operands]
    places = clashes(*shapes) if len({len(sizes) for sizes in shapes}) == 1 else []
    return Finding(
        "stack",
        {"figure": aligned(rows, places)},
        tuple(one.tensor for one in facts.operands),
        tuple(Dimension(one.tensor, len(one.shape) + place) for place in places for one in facts.operands),
        facts.span,
    )


def assigned(facts: Facts) -> Finding | None:
    """A value assigned to a part of a tensor that has another shape."""
    found = facts.match(_EXPAND)
    if found is None or not facts.called("__setitem__"):
        return None
    wanted, sizes = _integers(found[4]), _integers(found[5])
    target, value = facts.operands[0], facts.operands[-1]
    return Finding(
        "assigned",
        {
            "part": code(facts.text),
            "figure": aligned([(facts.text, wanted), ("=", sizes)], clashes(wanted, sizes)),
        },
        (target.tensor, value.tensor),
        tuple(Dimension(value.tensor, len(sizes) + place) for place in clashes(wanted, sizes)),
        facts.span,
    )


def ragged(facts: Facts) -> Finding | None:
    """Nested lists whose rows differ in length."""
    found = facts.match(_RAGGED)
    if found is None:
        return None
    return Finding("ragged", {"expected": found[1], "dim": found[2], "got": found[3]}, (), (), facts.span)


def _clashing(operands: tuple[OperandRecord, ...]) -> tuple[OperandRecord, OperandRecord] | None:
    for place, left in enumerate(operands):
        for right in operands[place + 1 :]:
            if not broadcastable(left.shape, right.shape):
                return left, right
    return None


def _new_dimension(facts: Facts, short: OperandRecord, long: OperandRecord) -> Edit | None:
    """A last dimension of size 1 for `short`, where that lets it stretch: one value for each row."""
    if len(short.shape) != len(long.shape) - 1 or short.shape != long.shape[:-1]:
        return None
    return edits.change_name(facts, short.tensor, ".unsqueeze(-1)", "new_dimension")


def _integers(text: str) -> tuple[int, ...]:
    return tuple(int(item) for item in text.split(",") if item.strip())


RULES = (broadcast, broadcast_in_place, concatenate, concatenate_dimensions, concatenate_scalars, stack, assigned, ragged)
