"""Layers that are given an input of another size, number of dimensions or dtype than they were made for."""

import math
import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.layer_names import layer, layer_path
from tensorpad.explain.program.sources import before
from tensorpad.explain.rules.layers.losses import conversion
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Dimension, Edit, Finding, Value
from tensorpad.protocol.failures import OperandRecord

_FEATURES = re.compile(r"mat1 and mat2 shapes cannot be multiplied|size mismatch, got input")
_DTYPE = re.compile(
    r"mat1 and mat2 must have the same dtype|Input type \(.*\) and (?:weight|bias) type \(.*\) should be the same"
    r"|mixed dtype \(CPU\)|RNN input dtype \(\S+\) does not match weight dtype|expected scalar type \w+ but found \w+"
    r"|expected m1 and m2 to have the same dtype"
)
_DROPOUT = re.compile(r"dropout probability has to be between 0 and 1, but got (\S+)")
_MODE = re.compile(r"Got (\d)D input, but (\w+) mode needs (\d)D input")
_INTERPOLATED = re.compile(r"(either|only one of) size or scale_factor should be defined")
_FLOATS = frozenset({"torch.float16", "torch.bfloat16", "torch.float32", "torch.float64"})
_MODES = {3: "linear", 4: "bilinear", 5: "trilinear"}


def flatten(facts: Facts) -> Finding | None:
    """A linear layer that is given images, or features in another order, where their product is what it expects."""
    operand, weight = facts.operand("0", "input"), facts.operand("1", "weight")
    if facts.match(_FEATURES) is None or not facts.called("linear") or operand is None or weight is None:
        return None
    if len(weight.shape) != 2 or len(operand.shape) < 3:
        return None
    features = weight.shape[1]
    first = next((dim for dim in range(len(operand.shape) - 1) if math.prod(operand.shape[dim:]) == features), None)
    if first is None or first == 0:
        return None
    suffix = f".flatten({first})"
    sizes = " × ".join(map(str, operand.shape[first:]))
    return Finding(
        "linear_flatten",
        {
            "layer": layer(facts),
            "features": features,
            "shape": code(shape(operand.shape)),
            "got": operand.shape[-1],
            "product": f"{sizes} = {features}",
            "first": first,
        },
        (operand.tensor, weight.tensor),
        tuple(Dimension(operand.tensor, dim) for dim in range(first, len(operand.shape))),
        facts.span,
        edits.change_operand(facts, operand.tensor, suffix, "flatten") or _flatten_layer(facts, first),
    )


def column(facts: Facts) -> Finding | None:
    """A linear layer of one feature that is given a list of samples without a dimension for it."""
    operand, weight = facts.operand("0", "input"), facts.operand("1", "weight")
    if facts.match(_FEATURES) is None or not facts.called("linear") or operand is None or weight is None:
        return None
    if len(operand.shape) != 1 or len(weight.shape) != 2 or weight.shape[1] != 1:
        return None
    return Finding(
        "linear_column",
        {"layer": layer(facts), "name": facts.labelled(operand), "shape": code(shape(operand.shape)), "n": operand.shape[0]},
        (operand.tensor, weight.tensor),
        (Dimension(operand.tensor, 0),),
        facts.span,
        edits.change_operand(facts, operand.tensor, ".unsqueeze(1)", "new_dimension"),
    )


def dtype(facts: Facts) -> Finding | None:
    """A layer that is given elements of another dtype than its parameters have."""
    operand = facts.operand("0", "input")
    if facts.match(_DTYPE) is None or operand is None or layer_path(facts) is None:
        return None
    sole = edits.sole_argument(facts) if operand.tensor not in facts.makers and not facts.name(operand.tensor) else None
    parameters = [one for one in facts.operands if one is not operand and one.dtype in _FLOATS and one.requires_grad]
    dtypes = {one.dtype for one in parameters}
    if len(dtypes) != 1 or operand.dtype in dtypes or operand.dtype.startswith("torch.complex"):
        return None
    wanted = parameters[0].dtype
    return Finding(
        "layer_dtype",
        {
            "layer": layer(facts),
            "dtype": code(wanted),
            "name": code(facts.sources.text(sole)) if sole else facts.labelled(operand),
            "got": code(operand.dtype),
            "conversion": code(conversion(wanted)),
        },
        (operand.tensor, parameters[0].tensor),
        (),
        facts.span,
        edits.change_operand(facts, operand.tensor, conversion(wanted), "to_dtype"),
    )


def dropout(facts: Facts) -> Finding | None:
    """A dropout probability in percent, or beyond 1."""
    match = facts.match(_DROPOUT)
    if match is None:
        return None
    number = float(match[1]) if match[1].replace(".", "", 1).isdigit() else 0.0
    tokens = [token for token in facts.sources.tokens(facts.span) if token.text == match[1]]
    fix: Edit | None = None
    if 2 <= number <= 100 and len(tokens) == 1:
        fraction = f"{number / 100:g}"
        fix = Edit(tokens[0].span, fraction, "rename", {"name": code(match[1]), "guess": code(fraction)})
    return Finding("dropout_probability", {"p": code(match[1])}, (), (), facts.span, fix)


def interpolation(facts: Facts) -> Finding | None:
    """A mode of `interpolate` for another number of dimensions, or sizes that are missing or given twice."""
    operand, match = facts.operand("0", "input"), facts.match(_MODE)
    if match is not None and operand is not None:
        values: dict[str, Value] = {
            "mode": code(match[2]),
            "needs": match[3],
            "dims": match[1],
            "shape": code(shape(operand.shape)),
            "instead": code(_MODES.get(int(match[1]), "nearest")),
        }
        return Finding("interpolate_mode", values, (operand.tensor,), (), facts.span)
    if facts.match(_INTERPOLATED) is None:
        return None
    return Finding("interpolate_size", {"code": code(facts.text)}, facts.operand_tensors[:1], (), facts.span)


def _flatten_layer(facts: Facts, first: int) -> Edit | None:
    """`nn.Flatten()` before a layer of an `nn.Sequential` that the source makes in one place."""
    path = layer_path(facts) or ""
    owner, _, index = path.rpartition(".")
    if first != 1 or not index.isdigit() or "." in owner:
        return None
    weight: OperandRecord | None = facts.operand("1", "weight")
    if weight is None:
        return None
    sizes = [str(weight.shape[1]), ",", str(weight.shape[0])]
    places = [
        tokens[at]
        for cell in range(len(facts.sources.cells))
        for tokens in [facts.sources.tokens(facts.sources.whole(cell))]
        for at in range(len(tokens) - 6)
        if [token.text for token in tokens[at : at + 4]] == ["nn", ".", "Linear", "("]
        and [token.text for token in tokens[at + 4 : at + 7]] == sizes
    ]
    if len(places) != 1:
        return None
    return Edit(before(places[0].span), "nn.Flatten(), ", "flatten_layer", {"code": code("nn.Flatten()")})


RULES = (flatten, column, dtype, dropout, interpolation)
