"""Layers, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "linear_flatten": Message(
        "The input has to be flattened before the linear layer",
        "{layer} expects {features} features in the last dimension. The input is {shape}, whose last dimension "
        "has {got}; but {product}. Put the dimensions from {first} on into one: `flatten({first})`, or an "
        "`nn.Flatten()` before the layer.",
    ),
    "linear_column": Message(
        "Each sample needs a dimension for its features",
        "{layer} expects one feature in the last dimension. {name} is {shape}, which reads as one sample of {n} "
        "features. {n} samples of one feature are ({n}, 1): `unsqueeze(1)` adds that dimension.",
    ),
    "layer_dtype": Message(
        "The input has another dtype than the layer",
        "{name} is {got}, and the parameters of {layer} are {dtype}. A layer does not convert its input: use "
        "{conversion}. (NumPy's floats are 64 bits wide, and whole numbers become integers.)",
    ),
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
    "dropout_probability": Message(
        "A probability lies between 0 and 1",
        "`p` is the share of elements that dropout sets to 0, and {p} is none. 0.5 is half of them.",
    ),
    "interpolate_mode": Message(
        "This mode is for another number of dimensions",
        "{mode} takes {needs} dimensions: batch, channels, then the spatial ones. The input is {shape}, which is "
        "{dims}. For {dims} dimensions there is {instead}, or add the missing dimension with `unsqueeze`.",
    ),
    "interpolate_size": Message(
        "Give either the size or the factor",
        "{code} needs exactly one of `size`, the new sizes of the spatial dimensions, and `scale_factor`, how "
        "many times as large they become.",
    ),
    "layer_dimensions": Message(
        "The input has the wrong number of dimensions",
        "{function} takes {unbatched} dimensions, or {batched} with a batch in front. "
        "The input is {shape}, which is {dims}. `unsqueeze` adds a dimension of size 1 for a batch or for a single channel.",
    ),
}
