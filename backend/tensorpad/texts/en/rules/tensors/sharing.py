"""Memory that is shared, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "uninitialised": Message(
        "The values of {name} are not set",
        "{code} takes memory and writes nothing to it: its values are whatever was there, and differ from run to run. "
        "Fill it before use, or use `zeros`.",
    ),
    "changed_view": Message(
        "One write, several names",
        "{code} wrote through {name}, and changed {others} too: they are views of the same memory. "
        "`clone()` gives one its own.",
    ),
    "shared_array": Message(
        "The tensor and the array are one memory",
        "{name} and the NumPy array {array} share their elements, so a write to one showed in the other. "
        "`.clone()` or `.copy()` separates them.",
    ),
    "copied": Message(
        "{function} made a copy this time",
        "{source} has strides {stride}, which the new shape cannot be read with, so {code} copied. "
        "The write {write} therefore reaches only one of the two. `view` never copies: it fails instead.",
    ),
    "tensor_of_tensor": Message(
        "A tensor made from a tensor",
        "`torch.tensor` of a tensor copies its values and cuts it off from its graph. "
        "Say so in words: `x.detach().clone()`; or `x.clone()`, to stay in the graph.",
    ),
}
