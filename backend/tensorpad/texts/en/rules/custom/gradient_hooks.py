"""Hooks, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "written_gradient": Message(
        "The hook {hook} changes its gradient in place",
        "{code} writes into the gradient that autograd handed to the hook on {name}. Other functions of the graph may "
        "be given the same memory, and then see the change too. A hook returns a new tensor instead.",
    ),
    "unreturned_gradient": Message(
        "The hook {hook} returns nothing",
        "{code} only gives the name {argument} to a new tensor. The hook returns None, so the gradient of {name} stays "
        "as it was. Return the new one.",
    ),
}
