"""Graphs that were cut off, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "stopped": Message(
        "No gradient gets past {code}",
        "{code} hands on the values and leaves the graph behind, "
        "and there is no other way from the result back to {names}: "
        "`backward()` brought no gradient there, and `.grad` is still None. "
        "To train them, leave this step out.",
    ),
    "written_detached": Message(
        "Autograd has not seen this write",
        "{cut} shares the memory of {name} but not its graph, so {code} changed {name} unnoticed. "
        "A gradient that needs the old value may be wrong without an error. Prefer `torch.no_grad()`, or `clone()`.",
    ),
}
