"""Optimisers, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "optimised": Message(
        "An optimiser changes leaves only",
        "{name} was computed from other tensors. "
        "Give the optimiser those that it was computed from, or begin a new leaf with `x.detach().requires_grad_()`. "
        "(`.to(…)`, `* 0.1` and the like after `requires_grad=True` make computed tensors.)",
    ),
    "parameters": Message(
        "The optimiser takes a list of tensors",
        "Even a single tensor goes into a list: `[w]`. A model gives its own with `model.parameters()`.",
    ),
    "no_parameters": Message(
        "There is nothing to optimise",
        "The list of parameters is empty. "
        "Layers kept in a Python list are not seen (use `nn.ModuleList`), "
        "and an iterator such as `model.parameters()` can be used up only once.",
    ),
}
