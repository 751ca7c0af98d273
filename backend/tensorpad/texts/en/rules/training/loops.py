"""Graphs that are kept, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "kept_graphs": Message(
        "{name} keeps the graphs of {count} rounds",
        "{code} adds {loss} with its graph, so {name} holds on to the graphs of all {count} rounds, and memory grows "
        "with each. No backward pass starts from {name}: its number is enough. Add `.item()` or `.detach()`.",
    ),
    "kept_losses": Message(
        "{name} keeps {count} graphs",
        "Each loss in {name} is a tensor with its graph, so those of all {count} rounds stay in memory. To keep the "
        "numbers alone, append `loss.item()`, or `loss.detach()`.",
    ),
}
