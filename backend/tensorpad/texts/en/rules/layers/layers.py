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
}
