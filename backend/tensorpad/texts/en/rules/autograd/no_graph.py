"""Backward passes without a graph, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "no_graph": Message(
        "There is no graph to go back through",
        "{name} does not require a gradient. {reason}",
    ),
    "replaced_parameter": Message(
        "{parameter} is another tensor now, and requires no gradient",
        "{code} ({line}) made a new tensor that requires no gradient, and gave it the name {parameter}. "
        "The parameter that required a gradient has lost its name, so nothing that {name} was computed from requires one. "
        "Write the update into the parameter itself, and clear its gradient before the next pass.",
    ),
}
