"""Dimensions that are named, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "dimension": Message(
        "There is no such dimension",
        "{function} was told dimension {got}. {name} is {shape}, so dimensions go from {low} to {high} here; "
        "negative ones count from the end.",
    ),
    "permute": Message(
        "`permute` needs every dimension once",
        "{name} is {shape}, with {dims} dimensions. The new order has to name each of {all} exactly once.",
    ),
    "transpose": Message(
        "`t()` is for matrices",
        "{name} is {shape}, with {dims} dimensions. Say which two to swap with `transpose(a, b)`; `.mT` swaps the last two.",
    ),
}
