"""Python numbers, NumPy and devices, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "numpy_of_gradient": Message(
        "NumPy does not know gradients",
        "{name} requires a gradient, and autograd would not see what NumPy does to the array. `detach()` says that you "
        "know this.",
    ),
    "numpy_of_device": Message(
        "NumPy can read the memory of the CPU only",
        "{name} is on {device}. Copy it with `.cpu()` first. (On `meta` there are no values at all.)",
    ),
    "devices": Message(
        "The tensors are on different devices",
        "{left} is on {left_device} and {right} on {right_device}. "
        "An operation works in one place: move one of them with `.to(…)`. A model and its data need the same device.",
    ),
    "no_cuda": Message(
        "There is no CUDA here",
        "This program runs on a machine without a CUDA device. "
        "Choose the device at run time, and it works with and without.",
    ),
    "device_name": Message(
        "torch has no device of this name",
        "{name} is no device. The usual ones are `cpu` and `cuda` (or `cuda:0`, the first of several).",
    ),
    "from_numpy": Message(
        "`from_numpy` takes an array",
        "It shares the memory of a NumPy array, and was given a {kind}. `torch.tensor` copies numbers from any list.",
    ),
    "negative_strides": Message(
        "torch cannot read an array backwards",
        "A slice such as `[::-1]` steps backwards through the array's memory, which tensors cannot. "
        "`.copy()` puts the elements into the new order first.",
    ),
}
