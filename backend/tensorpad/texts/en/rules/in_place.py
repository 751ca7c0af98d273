"""Writes in place that autograd forbids, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "leaf_in_place": Message(
        "A leaf that requires a gradient cannot be written in place",
        "{name} is where gradients end. Writing over it would leave its graph without a beginning. "
        "To update a parameter, write under `torch.no_grad()`; to compute with it, make a new tensor.",
    ),
    "leaf_view_in_place": Message(
        "A part of a leaf cannot be written in place",
        "{code} writes into the memory of {name}, a leaf that requires a gradient. "
        "To set its values, write under `torch.no_grad()`; to compute with it, `clone()` first.",
    ),
    "one_of_several_views": Message(
        "This view cannot be written in place",
        "{name} is one of the views that {function} gave together, and autograd cannot follow a write into one of several. "
        "Make a new tensor instead.",
    ),
    "stretched_in_place": Message(
        "Several elements are one and the same",
        "{name} is {shape} with strides {stride}: a stride of 0 shows one number many times. "
        "A write would hit the same memory repeatedly. `clone()` gives each element memory of its own.",
    ),
    "needed_value": Message(
        "A value that the backward pass needs was overwritten",
        "To find the gradient, torch kept {name} {shape} as it was at version {expected}. "
        "It is at version {version} now.{needing} {history}\nMake a new tensor there instead of writing in place, "
        "or `clone()` the value before.",
    ),
}
