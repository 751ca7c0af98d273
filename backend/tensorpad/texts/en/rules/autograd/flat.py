"""Gradients that are zero, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "flat": Message(
        "The gradient of {name} is zero everywhere",
        "{code} is a step function: flat wherever it has a derivative, so its backward function multiplies every "
        "gradient by 0, and nothing reaches {name}. An optimiser cannot train through it. To train nevertheless, let the "
        "gradient pass as if {function} were not there (straight-through): {instead}.",
    ),
    "saturated": Message(
        "The gradient of {name} is zero everywhere",
        "Every number that {function} got in {code} is where it is flat: below 0 for `relu`, outside the limits "
        "for `clamp`. Its derivative is 0 there, so nothing reaches {name}, and while that is so, "
        "training does not change it. Start from other values, or take a function with a slope there, such as `leaky_relu`.",
    ),
}
