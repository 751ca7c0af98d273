"""Gradients that were to be kept, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "lost_retain": Message(
        "The write to {base} undid `retain_grad()` of {name}",
        "{name} is a view of {base}. {code} ({line}) wrote to their memory, so autograd gave {name} a new `grad_fn`, "
        "while {retain} had been for the old one. No gradient came by there, and `.grad` is None. Write first, then "
        "take the view and call `retain_grad()`.",
    ),
}
