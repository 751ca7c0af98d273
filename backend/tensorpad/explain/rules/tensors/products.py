"""Matrix products, layers and convolutions that are given the wrong sizes."""

import re
from typing import Final

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.broadcasting import clashes
from tensorpad.explain.words.figures import aligned, code, fenced, shape
from tensorpad.explain.words.findings import Dimension, Edit, Finding
from tensorpad.protocol.failures import OperandRecord

_INNER = re.compile(
    r"mat1 and mat2 shapes cannot be multiplied|size mismatch, got input|inconsistent tensor size, expected tensor"
    r"|Expected size for first two dimensions of batch2 tensor"
)
_BATCH = re.compile(r"The size of tensor a \(\d+\) must match the size of tensor b \(\d+\) at non-singleton dimension")
_MATRIX = re.compile(
    r"(?:self|mat1|mat2|vec|batch1|batch2|input|vector) must be a (matrix|vector|3D tensor)|1D tensors expected"
)
_EINSUM = re.compile(
    r"subscript (\w) has size (\d+) for operand (\d+) which does not broadcast with previously seen size (\d+)"
)
_DIMENSIONS: Final = {"mm": (2, 2), "bmm": (3, 3), "mv": (2, 1), "dot": (1, 1)}


def linear(facts: Facts) -> Finding | None:
    """A linear layer whose input has another number of features."""
    if facts.match(_INNER) is None or not facts.called("linear") or len(facts.operands) < 2:
        return None
    operand, weight = facts.operands[:2]
    if len(weight.shape) != 2 or not operand.shape:
        return None
    owner = facts.name(weight.tensor)
    layer = owner.removesuffix(".weight") if owner else "Linear"
    return Finding(
        "linear",
        {
            "layer": code(layer),
            "features": weight.shape[1],
            "outputs": weight.shape[0],
            "shape": code(shape(operand.shape)),
            "got": operand.shape[-1],
        },
        (operand.tensor, weight.tensor),
        (Dimension(operand.tensor, len(operand.shape) - 1), Dimension(weight.tensor, 1)),
        facts.span,
    )


def matrix_product(facts: Facts) -> Finding | None:
    """A matrix product whose inner sizes differ."""
    factors = _factors(facts)
    if facts.match(_INNER) is None or factors is None:
        return None
    left, right = factors
    inner = left.shape[-1], right.shape[max(len(right.shape) - 2, 0)]
    if inner[0] == inner[1]:
        return None
    fix: Edit | None = None
    if len(right.shape) == 2 and right.shape[1] == left.shape[-1]:
        fix = edits.change_name(facts, right.tensor, ".T", "transpose", last=True)
    elif len(left.shape) == 2 and left.shape[0] == inner[1] and left.tensor != right.tensor:
        fix = edits.change_name(facts, left.tensor, ".T", "transpose")
    return Finding(
        "matrix_product",
        {
            "left": facts.label(left.tensor, 1 + facts.operands.index(left)),
            "right": facts.label(right.tensor, 1 + facts.operands.index(right)),
            "inner_left": inner[0],
            "inner_right": inner[1],
            "figure": _product(left.shape, right.shape),
        },
        (left.tensor, right.tensor),
        (Dimension(left.tensor, len(left.shape) - 1), Dimension(right.tensor, max(len(right.shape) - 2, 0))),
        facts.span,
        fix,
    )


def batched_product(facts: Facts) -> Finding | None:
    """A batched matrix product whose batches cannot be stretched to one shape."""
    factors = _factors(facts)
    if factors is None or not (facts.match(_BATCH) or facts.match(_INNER)):
        return None
    left, right = factors
    batches = left.shape[:-2], right.shape[:-2]
    dims = clashes(*batches) if facts.match(_BATCH) else ([-1] if batches[0] != batches[1] else [])
    if not dims or not facts.called("matmul", "bmm"):
        return None
    rows = facts.rows(factors)
    return Finding(
        "batched_product",
        {
            "left": code(shape(batches[0])),
            "right": code(shape(batches[1])),
            "figure": aligned(rows, [dim - 2 for dim in dims]),
        },
        (left.tensor, right.tensor),
        tuple(Dimension(operand.tensor, len(operand.shape) - 2 + dim) for dim in dims for operand in factors),
        facts.span,
    )


def product_dimensions(facts: Facts) -> Finding | None:
    """A product that takes matrices, vectors or batches only, given something else."""
    if facts.match(_MATRIX) is None or facts.failure is None:
        return None
    function = facts.function
    wanted = _DIMENSIONS.get(function)
    if wanted is None or len(facts.operands) < 2:
        return None
    wrong = [operand for operand, dims in zip(facts.operands, wanted, strict=False) if len(operand.shape) != dims]
    rows = facts.rows(facts.operands[:2])
    return Finding(
        "product_dimensions",
        {"function": code(function), "first": wanted[0], "second": wanted[1], "figure": aligned(rows)},
        tuple(operand.tensor for operand in wrong),
        (),
        facts.span,
        edits.change_method(facts, facts.span, function, "matmul", "matmul") if _fit(facts.operands[:2]) else None,
    )


def einsum(facts: Facts) -> Finding | None:
    """A letter of an einsum that stands for two sizes."""
    match = facts.match(_EINSUM)
    if match is None:
        return None
    rows = facts.rows(facts.operands)
    return Finding(
        "einsum",
        {"letter": code(match[1]), "first": match[4], "second": match[2], "figure": aligned(rows)},
        facts.operand_tensors,
        (),
        facts.span,
    )


def _factors(facts: Facts) -> tuple[OperandRecord, OperandRecord] | None:
    """The two tensors that a matrix product multiplies."""
    if not facts.called("matmul", "mm", "bmm", "mv", "dot", "addmm", "addmv", "baddbmm", "inner", "rmatmul", "__rmatmul__"):
        return None
    first = 1 if facts.called("addmm", "addmv", "baddbmm") else 0
    pair = facts.operands[first : first + 2]
    return (pair[0], pair[1]) if len(pair) == 2 and pair[0].shape and pair[1].shape else None


def _fit(pair: tuple[OperandRecord, ...]) -> bool:
    left, right = pair[0].shape, pair[1].shape
    return bool(left and right) and left[-1] == right[max(len(right) - 2, 0)]


def _product(left: tuple[int, ...], right: tuple[int, ...]) -> str:
    """Two factors side by side, with arrows under the sizes that must agree."""
    first = " × ".join(map(str, left))
    second = " × ".join(map(str, right))
    upper = f"({first}) @ ({second})"
    start = len(first)  # the last size of the left factor ends here
    inner = max(len(right) - 2, 0)
    ahead = len(f"({first}) @ (") + len("".join(f"{size} × " for size in right[:inner]))
    under = [" "] * (ahead + len(str(right[inner])))
    under[start] = under[-1] = "↑"
    return fenced(upper + "\n" + "".join(under))


RULES = (linear, matrix_product, batched_product, product_dimensions, einsum)
