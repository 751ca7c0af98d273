"""Gradients that cannot be had, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "backward_not_scalar": Message(
        "`backward()` starts from one number",
        "{name} has the shape {shape}. A gradient is the derivative of one number; "
        "for several, torch would not know how much each counts. "
        "Make it one with `sum()` or `mean()`, or say the weights: `backward(gradient=…)`.",
    ),
    "unused": Message(
        "The output does not depend on this tensor",
        "{name} was never used on the way to the output, so there is no gradient. Perhaps a copy of it was used.",
    ),
    "gradient_shape": Message(
        "The given gradient has the wrong shape",
        "`gradient` says how much each element of the output counts, so it has the output's shape {wanted}, not {given}.",
    ),
    "requires_grad_flag": Message(
        "`requires_grad` can be changed on leaves only",
        "{name} was computed from tensors that require gradients, so it requires one too. "
        "`detach()` gives the same values outside of the graph.",
    ),
    "inference": Message(
        "A tensor from inference mode cannot enter a graph",
        "What is made under `torch.inference_mode()` has no version counter and can never be part of autograd. "
        "Use `torch.no_grad()` there, or take a `clone()` outside.",
    ),
    "deep_copy": Message(
        "A computed tensor cannot be deep-copied",
        "{name} is part of a graph, which cannot be copied with it. `detach().clone()` copies the values alone.",
    ),
}
