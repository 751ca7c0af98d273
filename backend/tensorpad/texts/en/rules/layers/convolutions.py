"""Convolutions and poolings, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "channels": Message(
        "The convolution expects another number of channels",
        "The kernels of {layer} look at {expected} channels. {name} is {shape}, with {got} in dimension {dim}; "
        "the order is {order}. Change `in_channels` to {got}, or the input.",
    ),
    "channels_missing": Message(
        "The input has no dimension for its channels",
        "{name} is {shape}. {layer} takes {order}, or that without the batch, so it reads the first dimension as "
        "{got} channels; its kernels look at {expected}. For {got} samples of one channel, `unsqueeze(1)` adds "
        "the dimension.",
    ),
    "channels_last": Message(
        "The channels come last, and torch expects them in dimension 1",
        "{name} is {shape}, with {got} in dimension 1. {layer} expects {expected} channels there, and the last "
        "dimension has {expected}. torch's order is {order}.",
    ),
    "kernel_too_large": Message(
        "The kernel is larger than the input",
        "The kernel of {layer} is {kernel}, and with the padding there is {left} left of the input {shape}. Each "
        "convolution and pooling before makes it smaller. Use a smaller kernel, `padding`, fewer poolings or "
        "larger inputs.",
    ),
    "pool_too_large": Message(
        "The pooling window is larger than the input",
        "{function} takes the window {kernel} of an input of {shape}, of which each channel is {sizes}: nothing "
        "would be left. Each convolution and pooling before makes the input smaller. Use a smaller window, fewer "
        "poolings or larger inputs.",
    ),
    "conv_groups": Message(
        "The groups must divide the channels",
        "`groups` splits the channels into parts of equal size, each with kernels of its own. In {code} "
        "{channels} cannot be divided by it.",
    ),
    "conv_bias": Message(
        "A convolution has one bias for each output channel",
        "There are {channels} output channels, and {bias} is {shape}. It must have shape `({channels},)`.",
    ),
    "layer_dimensions": Message(
        "The input has the wrong number of dimensions",
        "{function} takes {unbatched} dimensions, or {batched} with a batch in front. "
        "The input is {shape}, which is {dims}. `unsqueeze` adds a dimension of size 1 for a batch or for a single channel.",
    ),
}
