"""Normalisation layers."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.layer_names import layer
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Dimension, Finding, Value

_ONE = re.compile(r"Expected more than 1 (value per channel|spatial element) when training, got input size")
_CHANNELS = re.compile(
    r"running_mean should contain (\d+) elements not (\d+)|weight should contain (\d+) elements not (\d+)"
)
_DIMENSIONS = re.compile(r"expected ((?:\dD(?: or )?)+) input \(got (\d)D input\)")
_LAYER = re.compile(r"Given normalized_shape=\[([\d, ]+)\], expected input with shape \[\*, ([\d, ]+)\]")
_GROUPS = re.compile(
    r"num_channels \((\d+)\) must be divisible by num_groups \((\d+)\)"
    r"|Expected number of channels in input to be divisible by num_groups, but got input of shape .* and num_groups=(\d+)"
)
_GROUP_CHANNELS = re.compile(r"Expected weight to be a vector of size equal to the number of channels in input")


def one_sample(facts: Facts) -> Finding | None:
    """A batch of one sample, of which no deviation can be taken."""
    match, operand = facts.match(_ONE), facts.operand("0", "input")
    if match is None or operand is None or len(operand.shape) < 2:
        return None
    values: dict[str, Value] = {
        "layer": layer(facts),
        "name": facts.labelled(operand),
        "shape": code(shape(operand.shape)),
        "channels": operand.shape[1],
    }
    rule = "batch_norm_one" if match[1].startswith("value") else "instance_norm_one"
    return Finding(rule, values, (operand.tensor,), (Dimension(operand.tensor, 0),), facts.span)


def channels(facts: Facts) -> Finding | None:
    """A batch normalisation of another number of channels."""
    match, operand = facts.match(_CHANNELS), facts.operand("0", "input")
    if match is None or operand is None or len(operand.shape) < 2 or not facts.called("batch_norm", "instance_norm"):
        return None
    return Finding(
        "norm_channels",
        {
            "layer": layer(facts),
            "expected": match[2] or match[4],
            "got": match[1] or match[3],
            "name": facts.labelled(operand),
            "shape": code(shape(operand.shape)),
        },
        (operand.tensor,),
        (Dimension(operand.tensor, 1),),
        facts.span,
    )


def dimensions(facts: Facts) -> Finding | None:
    """A batch or instance normalisation of too few or too many dimensions."""
    match, operand = facts.match(_DIMENSIONS), facts.operand("0", "input")
    if match is None or operand is None:
        return None
    values: dict[str, Value] = {
        "layer": layer(facts),
        "kind": code(facts.function),
        "wanted": match[1].replace("D", "").replace(" or ", "/"),
        "dims": match[2],
        "name": facts.labelled(operand),
        "shape": code(shape(operand.shape)),
    }
    one = facts.called("BatchNorm1d") and len(operand.shape) == 1
    fix = (
        edits.change_operand(facts, operand.tensor, ".unsqueeze(0)", "new_dimension")
        if one and not _training(facts)
        else None
    )
    return Finding("norm_dimensions", values, (operand.tensor,), (), facts.span, fix)


def layer_shape(facts: Facts) -> Finding | None:
    """A layer normalisation whose input ends with other sizes."""
    match, operand = facts.match(_LAYER), facts.operand("0", "input")
    if match is None or operand is None:
        return None
    depth = match[1].count(",") + 1
    return Finding(
        "layer_norm_shape",
        {
            "layer": layer(facts),
            "wanted": code(f"[{match[1]}]"),
            "name": facts.labelled(operand),
            "shape": code(shape(operand.shape)),
            "got": code(str(list(operand.shape[-depth:]))),
        },
        (operand.tensor,),
        tuple(Dimension(operand.tensor, dim) for dim in range(max(len(operand.shape) - depth, 0), len(operand.shape))),
        facts.span,
    )


def groups(facts: Facts) -> Finding | None:
    """Groups that do not divide the channels, or another number of channels."""
    match, operand = facts.match(_GROUPS), facts.operand("0", "input")
    if match is not None:
        channel = match[1] or (operand.shape[1] if operand is not None and len(operand.shape) > 1 else "?")
        values: dict[str, Value] = {"channels": channel, "groups": match[2] or match[3]}
        return Finding("norm_groups", values, facts.operand_tensors[:1], (), facts.span)
    weight = facts.operand("weight", "2")
    if (
        facts.match(_GROUP_CHANNELS) is None
        or operand is None
        or weight is None
        or len(operand.shape) < 2
        or not weight.shape
    ):
        return None
    return Finding(
        "norm_channels",
        {
            "layer": layer(facts),
            "expected": weight.shape[0],
            "got": operand.shape[1],
            "name": facts.labelled(operand),
            "shape": code(shape(operand.shape)),
        },
        (operand.tensor,),
        (Dimension(operand.tensor, 1),),
        facts.span,
    )


def _training(facts: Facts) -> bool:
    return facts.argument("training") == "True"


RULES = (one_sample, channels, dimensions, layer_shape, groups)
