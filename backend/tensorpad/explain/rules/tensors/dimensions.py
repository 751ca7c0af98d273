"""Dimensions that a tensor does not have."""

import re

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import spanning
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding

_DIM = re.compile(r"Dimension out of range \(expected to be in range of \[(-?\d+), (-?\d+)\], but got (-?\d+)\)")
_PERMUTE = re.compile(r"input\.dim\(\) = (\d+) is not equal to len\(dims\) = (\d+)")
_REPEATED = re.compile(r"(?:permute\(\): )?duplicate dims are not allowed|dim \d+ appears multiple times|repeated dim")
_TRANSPOSE = re.compile(r"t\(\) expects a tensor with <= 2 dimensions, but self is (\d+)D")


def dimension(facts: Facts) -> Finding | None:
    """A dimension that the tensor does not have."""
    match = facts.match(_DIM)
    if match is None or facts.failure is None:
        return None
    low, high, got = int(match[1]), int(match[2]), int(match[3])
    operand = facts.first_operand
    return Finding(
        "dimension",
        {
            "name": facts.label(operand.tensor if operand else None, 1),
            "shape": code(shape(operand.shape) if operand else "?"),
            "function": code(facts.function),
            "got": got,
            "low": low,
            "high": high,
        },
        (operand.tensor,) if operand else (),
        (),
        facts.span,
    )


def permute(facts: Facts) -> Finding | None:
    """A permutation that does not name every dimension exactly once."""
    match = facts.match(_PERMUTE)
    if not facts.called("permute") or not facts.operands or not (match or facts.match(_REPEATED)):
        return None
    operand = facts.operands[0]
    depth = len(operand.shape)
    return Finding(
        "permute",
        {
            "name": facts.label(operand.tensor, 1),
            "shape": code(shape(operand.shape)),
            "dims": depth,
            "all": code(", ".join(map(str, range(depth)))),
        },
        (operand.tensor,),
        (),
        facts.span,
    )


def transpose(facts: Facts) -> Finding | None:
    """`t()` of more than two dimensions."""
    match = facts.match(_TRANSPOSE)
    if match is None or not facts.operands:
        return None
    operand = facts.operands[0]
    tokens = facts.sources.tokens(facts.span)
    fix: Edit | None = None
    if [token.text for token in tokens[-4:]] == [".", "t", "(", ")"]:
        first, last = tokens[-3].span, tokens[-1].span
        fix = Edit(spanning(first, last), "mT", "matrix_transpose", {})
    return Finding(
        "transpose",
        {"name": facts.label(operand.tensor, 1), "shape": code(shape(operand.shape)), "dims": match[1]},
        (operand.tensor,),
        (),
        facts.span,
        fix,
    )


RULES = (dimension, permute, transpose)
