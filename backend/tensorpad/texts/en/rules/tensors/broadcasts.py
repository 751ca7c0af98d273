"""Tensors that were stretched, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "outer_broadcast": Message(
        "Two vectors became a matrix",
        "A row of {count} and a column of {count} were both stretched in {code}, each to a matrix:\n{figure}\nIf they "
        "were to be taken element by element, give them one shape first. In a loss this mistake is hard to see: every "
        "prediction is compared with every target.",
    ),
    "loss_broadcast": Message(
        "The loss compares different shapes",
        "The prediction {prediction} is {input} and the target {target} is {expected}. In {code} they were stretched to "
        "{result}, so the loss is over {count} pairs, and most predictions are compared with another's "
        "target:\n{figure}\nGive both one shape.",
    ),
}
