"""Gradients that became NaN, infinite or zero, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "gradient_not_finite": Message(
        "The gradient becomes {value} in {function}",
        "The result is finite, but the gradient of {leaf} is not. It begins in {function}, the backward function of {of} "
        "({line}){element}. {reason}{hidden} {cure}",
    ),
    "flat": Message(
        "The gradient of {name} is zero everywhere",
        "{code} is a step function: flat wherever it has a derivative, so its backward function multiplies every "
        "gradient by 0, and nothing reaches {name}. An optimiser cannot train through it. To train nevertheless, let the "
        "gradient pass as if {function} were not there (straight-through): {instead}.",
    ),
}
