"""Gradients that are not what was meant, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "non_leaf_gradient": Message(
        "`.grad` of {name} is None",
        "{name} is not a leaf: it was computed. Its gradient did pass through, but is kept for leaves only. "
        "`retain_grad()` before the backward pass keeps it too.",
    ),
    "accumulated": Message(
        "Gradients have been added up",
        "{count} backward passes reached {name}, and each one adds to `.grad`. "
        "If they were meant one by one, clear it in between: `x.grad = None` or `optimizer.zero_grad()`.",
    ),
    "cut_off": Message(
        "{name} has lost its gradient",
        "{source} requires a gradient, but {code} was computed with recording off "
        "({mode}), so no gradient will flow back through {name}.",
    ),
}
