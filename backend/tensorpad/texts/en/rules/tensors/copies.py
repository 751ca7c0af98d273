"""Writes that were lost, or changed more than it seems, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "lost_indexed_write": Message(
        "The write was lost in a copy",
        "In {code}, {copy} picks elements out of {name} into a new tensor, and the write goes there: {name} stays as it "
        "was. Write with one index, on the left of `=`, such as `x[mask] = 5` or `x[rows, 1] = 9`.",
    ),
    "lost_write": Message(
        "The write was lost in a copy",
        "In {code}, {copy} had to copy, and the write goes into that copy, which nobody holds: {name} stays as it was. "
        "Write to {name} itself, or keep the copy under a name.",
    ),
    "repeated_index": Message(
        "A repeated index counts once",
        "In {code}, the index names element {element} of {name} {count} times, but it was changed once: torch reads the "
        "elements, computes, and writes back, and the last write wins. To add up all of them, accumulate: `index_add_`, "
        "or `index_put_(…, accumulate=True)`.",
    ),
    "through_expanded": Message(
        "One write changed {count} elements",
        "{code} changed {count} elements of {name}, which are {cells} in memory: {indices} are one number. "
        "{name} was expanded, so its stride along dimension {dims} is 0: "
        "all positions there are the same element{base}. `.clone()` gives each its own memory.",
    ),
}
