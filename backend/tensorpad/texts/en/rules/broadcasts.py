"""Tensors that were stretched, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "outer_broadcast": Message(
        "Two vectors became a matrix",
        "A row of {count} and a column of {count} were both stretched in {code}, each to a matrix:\n{figure}\n"
        "If they were to be taken element by element, give them one shape first. In a loss this mistake is hard to see.",
    ),
    "loss_broadcast": Message(
        "The loss compares different shapes",
        "The prediction is {input} and the target {target}. "
        "One was stretched, so every prediction may have been compared with every target. Give both the same shape.",
    ),
}
