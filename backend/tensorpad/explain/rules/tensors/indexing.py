"""Indices that are not there, or are of the wrong kind."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.broadcasting import clashes
from tensorpad.explain.program.sources import spanning
from tensorpad.explain.words.figures import aligned, code, shape
from tensorpad.explain.words.findings import Dimension, Edit, Finding, Phrase

_RANGE = re.compile(r"index (-?\d+) is out of bounds for dimension (\d+) with size (\d+)")
_EMBEDDING = re.compile(r"^index out of range in self$|^INDICES element is out of DATA bounds")
_TARGET = re.compile(r"^Target (-?\d+) is out of bounds")
_MANY = re.compile(r"too many indices for tensor of dimension (\d+)")
_MASK = re.compile(
    r"The shape of the mask \[([\d, ]*)\] at index (\d+) does not match the shape of the indexed tensor \[([\d, ]*)\]"
)
_TOGETHER = re.compile(r"indexing tensors could not be broadcast together with shapes (.*)$")
_KIND = re.compile(
    r"tensors used as indices must be|Expected dtype int32(?:/int64| or int64) for index"
    r"|Expected tensor for argument #1 'indices' to have one of the following scalar types"
)
_PLAIN_KIND = re.compile(r"only integers, slices .* are valid indices \(got (\w+)\)")
_SCALAR = re.compile(r"invalid index of a 0-dim tensor")
_INDEX_DTYPES = frozenset({"torch.int64", "torch.int32", "torch.bool", "torch.uint8"})
_STEP = re.compile(r"step must be greater than zero")


def out_of_range(facts: Facts) -> Finding | None:
    """An index that is not smaller than the size of its dimension."""
    match = facts.match(_RANGE)
    if match is None:
        return None
    index, dim, size = int(match[1]), int(match[2]), int(match[3])
    operand = facts.first_operand
    return Finding(
        "index_out_of_range" if size else "index_into_empty",
        {
            "name": facts.label(operand.tensor if operand else None, 1),
            "shape": code(shape(operand.shape)) if operand else code(str(size)),
            "index": index,
            "dim": dim,
            "size": size,
            "last": size - 1,
            "lowest": -size,
        },
        (operand.tensor,) if operand else (),
        (Dimension(operand.tensor, dim),) if operand else (),
        facts.span,
    )


def embedding_range(facts: Facts) -> Finding | None:
    """A row that an embedding (or `index_select`) does not have."""
    if facts.match(_EMBEDDING) is None or len(facts.operands) < 2:
        return None
    # `embedding` is given the indices first, `index_select` the table.
    indices, table = facts.operands[:2] if facts.called("embedding") else (facts.operands[1], facts.operands[0])
    if not table.shape:
        return None
    dim = 0
    if facts.called("index_select"):
        text = facts.argument("1", "dim") or "0"
        dim = int(text) % len(table.shape) if text.lstrip("-").isdigit() else 0
    rows = table.shape[dim]
    record = facts.tensors.get(indices.tensor or "")
    numbers = facts.moments.elements(record.values) if record is not None else None
    wrong = next((number for number in numbers or () if not 0 <= number < rows), None)
    return Finding(
        "embedding_range",
        {
            "indices": facts.label(indices.tensor, 1),
            "rows": rows,
            "last": rows - 1,
            "wrong": Phrase("outside_range", {}) if wrong is None else code(str(wrong)),
        },
        (indices.tensor, table.tensor),
        (Dimension(table.tensor, dim),),
        facts.span,
    )


def target_range(facts: Facts) -> Finding | None:
    """A class label that is not smaller than the number of classes."""
    match = facts.match(_TARGET)
    if match is None or len(facts.operands) < 2 or not facts.operands[0].shape:
        return None
    scores, target = facts.operands[:2]
    dim = 1 if len(scores.shape) > 1 else 0
    classes = scores.shape[dim]
    return Finding(
        "target_range",
        {"label": match[1], "classes": classes, "last": classes - 1, "target": facts.label(target.tensor, 2)},
        (target.tensor, scores.tensor),
        (Dimension(scores.tensor, dim),),
        facts.span,
    )


def too_many(facts: Facts) -> Finding | None:
    """More indices than dimensions."""
    match = facts.match(_MANY)
    if match is None:
        return None
    operand = facts.first_operand
    return Finding(
        "too_many_indices",
        {
            "name": facts.label(operand.tensor if operand else None, 1),
            "dims": match[1],
            "shape": code(shape(operand.shape) if operand else "?"),
            "code": code(facts.text),
        },
        (operand.tensor,) if operand else (),
        (),
        facts.span,
    )


def mask_shape(facts: Facts) -> Finding | None:
    """A boolean mask of another shape than the tensor it selects from."""
    match = facts.match(_MASK)
    if match is None or len(facts.operands) < 2:
        return None
    tensor, mask = facts.operands[0], facts.operands[1]
    dim = int(match[2])
    rows = [(facts.row(tensor.tensor, 1), tensor.shape), (facts.row(mask.tensor, 2), mask.shape)]
    return Finding(
        "mask_shape",
        {"figure": aligned(rows)},
        (tensor.tensor, mask.tensor),
        (Dimension(tensor.tensor, dim), Dimension(mask.tensor, dim)),
        facts.span,
    )


def index_shapes(facts: Facts) -> Finding | None:
    """Several index tensors that cannot be stretched to one shape."""
    if facts.match(_TOGETHER) is None or len(facts.operands) < 3:
        return None
    indices = facts.operands[1:]
    rows = facts.rows(indices, 2)
    dims = clashes(*(operand.shape for operand in indices))
    return Finding(
        "index_shapes",
        {"figure": aligned(rows, dims)},
        tuple(operand.tensor for operand in indices),
        tuple(
            Dimension(operand.tensor, len(operand.shape) + p)
            for p in dims
            for operand in indices
            if len(operand.shape) >= -p
        ),
        facts.span,
    )


def index_kind(facts: Facts) -> Finding | None:
    """An index tensor that has no integers."""
    if facts.match(_KIND) is None:
        return None
    wrong = [operand for operand in facts.operands if operand.dtype not in _INDEX_DTYPES]
    if not facts.called("embedding"):
        wrong = [operand for operand in wrong if operand is not facts.operands[0]] or wrong
    if not wrong:
        return None
    index = wrong[0]
    return Finding(
        "index_kind",
        {"name": facts.label(index.tensor, 1 + facts.operands.index(index)), "dtype": code(index.dtype)},
        (index.tensor,),
        (),
        facts.span,
        edits.change_name(facts, index.tensor, ".long()", "to_long"),
    )


def plain_index_kind(facts: Facts) -> Finding | None:
    """A Python value that can be no index."""
    match = facts.match(_PLAIN_KIND)
    if match is None:
        return None
    return Finding(
        "plain_index_kind",
        {"kind": code(match[1]), "code": code(facts.text)},
        facts.operand_tensors[:1],
        (),
        facts.span,
    )


def index_of_scalar(facts: Facts) -> Finding | None:
    """An index into a tensor that has no dimension."""
    if facts.match(_SCALAR) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    fix: Edit | None = None
    if len(tokens) > 3 and [token.text for token in tokens[-3:]] == ["[", "0", "]"]:
        first, last = tokens[-3].span, tokens[-1].span
        fix = Edit(spanning(first, last), ".item()", "item", {})
    tensor = facts.first_tensor
    return Finding("index_of_scalar", {"name": facts.label(tensor, 1)}, (tensor,), (), facts.span, fix)


def negative_step(facts: Facts) -> Finding | None:
    """A slice that goes backwards."""
    if facts.match(_STEP) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    fix: Edit | None = None
    if len(tokens) > 6 and [token.text for token in tokens[-6:]] == ["[", ":", ":", "-", "1", "]"]:
        first, last = tokens[-6].span, tokens[-1].span
        fix = Edit(spanning(first, last), ".flip(0)", "flip", {})
    return Finding("negative_step", {}, facts.operand_tensors[:1], (), facts.span, fix)


RULES = (
    out_of_range,
    embedding_range,
    target_range,
    too_many,
    mask_shape,
    index_shapes,
    index_kind,
    plain_index_kind,
    index_of_scalar,
    negative_step,
)
