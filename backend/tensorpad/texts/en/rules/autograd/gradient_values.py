"""Gradients that became NaN, infinite or zero, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "gradient_not_finite": Message(
        "The gradient becomes {value} in {function}",
        "The result is finite, but the gradient of {leaf} is not. It begins in {function}, the backward function of {of} "
        "({line}){element}. {reason}{hidden} {cure}",
    ),
}
