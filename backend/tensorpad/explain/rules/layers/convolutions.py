"""Convolutions and poolings that are given an input of other channels, dimensions or size than they were made for."""

import re

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.layer_names import layer
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Dimension, Edit, Finding, Value

_CHANNELS = re.compile(r"expected input\[[\d, ]+\] to have (\d+) channels, but got (\d+) channels")
_KERNEL = re.compile(
    r"Calculated padded input size per channel: \(([\dx ]+)\)\. Kernel size: \(([\dx ]+)\)\. "
    r"Kernel size can't be greater than actual input size"
)
_BATCHED = re.compile(
    r"Expected (\d)D \(unbatched\) or (\d)D \(batched\) input to (\w+), but got input of size: \[([\d, ]*)\]"
)
_POOL = re.compile(r"Calculated output size: .* Output size is too small|Invalid computed output size: \d+")
_POOL_DIMENSIONS = re.compile(
    r"non-empty (\d)D or (\d)D \(batch mode\) tensor expected for input|Expected (\d)D or (\d)D tensor, but got"
)
_GROUPS = re.compile(r"(in_channels|out_channels) must be divisible by groups")
_BIAS = re.compile(r"expected bias to be 1-dimensional with (\d+) elements, but got bias of size \[([\d, ]*)\]")


def channels(facts: Facts) -> Finding | None:
    """A convolution whose input has another number of channels."""
    match, operand = facts.match(_CHANNELS), facts.operand("0", "input")
    spatial = _spatial(facts)
    if match is None or operand is None or spatial is None:
        return None
    dim = len(operand.shape) - spatial - 1
    expected = int(match[1])
    rule, fix = "channels", None
    if len(operand.shape) == spatial + 1 and expected == 1:
        rule, fix = "channels_missing", edits.change_operand(facts, operand.tensor, ".unsqueeze(1)", "new_dimension")
    elif len(operand.shape) == spatial + 2 and operand.shape[-1] == expected:
        order = (0, spatial + 1, *range(1, spatial + 1))
        suffix = f".permute({', '.join(map(str, order))})"
        rule, fix = "channels_last", edits.change_operand(facts, operand.tensor, suffix, "channels_second")
    return Finding(
        rule,
        {
            "layer": layer(facts),
            "expected": expected,
            "got": match[2],
            "name": facts.labelled(operand),
            "shape": code(shape(operand.shape)),
            "dim": dim,
            "order": code(("(batch, channels, length)", "(batch, channels, height, width)")[spatial - 1])
            if spatial < 3
            else code("(batch, channels, depth, height, width)"),
        },
        (operand.tensor,),
        (Dimension(operand.tensor, dim),),
        facts.span,
        fix,
    )


def kernel(facts: Facts) -> Finding | None:
    """A convolution whose kernel is larger than what is left of the image."""
    match, operand = facts.match(_KERNEL), facts.operand("0", "input")
    spatial = _spatial(facts)
    if match is None or operand is None or spatial is None:
        return None
    left, size = (match[1].replace("x", "×"), match[2].replace("x", "×"))
    values: dict[str, Value] = {
        "layer": layer(facts),
        "kernel": size,
        "left": left,
        "shape": code(shape(operand.shape)),
        "name": facts.labelled(operand),
    }
    dims = tuple(Dimension(operand.tensor, dim) for dim in range(len(operand.shape) - spatial, len(operand.shape)))
    return Finding("kernel_too_large", values, (operand.tensor,), dims, facts.span)


def pooling(facts: Facts) -> Finding | None:
    """A pooling whose window is larger than what is left of the image."""
    operand, spatial = facts.operand("0", "input"), _spatial(facts)
    if facts.match(_POOL) is None or operand is None or spatial is None:
        return None
    return Finding(
        "pool_too_large",
        {
            "function": code(facts.function),
            "kernel": code(facts.argument("1", "kernel_size") or "?"),
            "sizes": " × ".join(map(str, operand.shape[-spatial:])),
            "shape": code(shape(operand.shape)),
        },
        (operand.tensor,),
        tuple(Dimension(operand.tensor, dim) for dim in range(len(operand.shape) - spatial, len(operand.shape))),
        facts.span,
    )


def layer_dimensions(facts: Facts) -> Finding | None:
    """A convolution or pooling that is given too few or too many dimensions."""
    match = facts.match(_BATCHED)
    if match is None or not facts.operands:
        return None
    operand = facts.operands[0]
    fix: Edit | None = None
    if len(operand.shape) == int(match[1]) - 1:
        fix = edits.change_operand(facts, operand.tensor, ".unsqueeze(0)", "new_dimension")
    return Finding(
        "layer_dimensions",
        {
            "function": code(match[3]),
            "unbatched": match[1],
            "batched": match[2],
            "shape": code(shape(operand.shape)),
            "dims": len(operand.shape),
        },
        (operand.tensor,),
        (),
        facts.span,
        fix,
    )


def pooling_dimensions(facts: Facts) -> Finding | None:
    """A pooling that is given too few or too many dimensions."""
    match, operand = facts.match(_POOL_DIMENSIONS), facts.operand("0", "input")
    if match is None or operand is None:
        return None
    unbatched, batched = int(match[1] or match[3]), int(match[2] or match[4])
    values: dict[str, Value] = {
        "function": code(facts.function),
        "unbatched": unbatched,
        "batched": batched,
        "shape": code(shape(operand.shape)),
        "dims": len(operand.shape),
    }
    short = len(operand.shape) == unbatched - 1
    fix = edits.change_operand(facts, operand.tensor, ".unsqueeze(0)", "new_dimension") if short else None
    return Finding("layer_dimensions", values, (operand.tensor,), (), facts.span, fix)


def convolution_settings(facts: Facts) -> Finding | None:
    """Groups and biases that do not go with the channels of a convolution."""
    groups = facts.match(_GROUPS)
    if groups is not None:
        return Finding("conv_groups", {"channels": code(groups[1]), "code": code(facts.text)}, (), (), facts.span)
    bias, operand = facts.match(_BIAS), facts.operand("2", "bias")
    if bias is None or operand is None:
        return None
    values: dict[str, Value] = {"bias": facts.labelled(operand), "shape": code(shape(operand.shape)), "channels": bias[1]}
    return Finding("conv_bias", values, (operand.tensor,), (), facts.span)


def _spatial(facts: Facts) -> int | None:
    """The spatial dimensions of a convolution or pooling, by its name."""
    name = facts.function
    return int(name[-2]) if name[-2:] in ("1d", "2d", "3d") else None


RULES = (channels, kernel, pooling, layer_dimensions, pooling_dimensions, convolution_settings)
