"""Normalisation layers, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "batch_norm_one": Message(
        "One value has no variance",
        "In training mode {layer} computes mean and variance of each channel over the batch. {name} is {shape}: "
        "each of the {channels} channels has a single value. Use more samples (`drop_last=True` in a `DataLoader` "
        "leaves out a last batch of one), or `eval()` to use the running statistics.",
    ),
    "instance_norm_one": Message(
        "One place has no variance",
        "{layer} computes mean and variance over the places of each sample and channel. {name} is {shape}, which "
        "is one place for each. Use larger inputs, or another normalisation.",
    ),
    "norm_channels": Message(
        "The normalisation expects another number of channels",
        "{layer} was made for {expected} channels. {name} is {shape}, with {got} in dimension 1.",
    ),
    "norm_dimensions": Message(
        "This normalisation is for another number of dimensions",
        "{kind} takes {wanted} dimensions: batch, channels, then those of the places. {name} is {shape}, which is "
        "{dims}. `BatchNorm1d` is for (N, C) and (N, C, L), `BatchNorm2d` for images, `BatchNorm3d` for volumes.",
    ),
    "layer_norm_shape": Message(
        "The input ends with other sizes than the layer normalises",
        "{layer} was made with `normalized_shape` {wanted}. {name} is {shape}, which ends with {got}.",
    ),
    "norm_groups": Message(
        "The groups must divide the channels",
        "`GroupNorm` puts the channels into groups of equal size. {channels} channels cannot be divided into "
        "{groups} groups.",
    ),
}
