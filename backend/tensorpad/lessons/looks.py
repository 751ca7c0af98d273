"""Looks: words of a lesson that open a view of a run."""

from collections.abc import Mapping
from typing import Final

from tensorpad.lessons.lesson import VIEWS, Look

_KEYS: Final = ("view", "of", "step", "line", "cell")
_NUMBERS: Final = ("step", "line", "cell")


def look_of(attributes: Mapping[str, str], words: str, line: int, above: int) -> Look | str:
    """The look with these attributes, or what is wrong with them. `above` is the number of the plain cell above it, or 0."""
    given = {key: value for key, value in attributes.items() if key != "class"}
    if unknown := [key for key in given if key not in _KEYS]:
        return f"a look has no {unknown[0]}; there are {', '.join(_KEYS)}"
    if given.get("view") not in VIEWS:
        return f"a look needs a view: {', '.join(VIEWS)}"
    numbers = {key: given[key] for key in _NUMBERS if key in given}
    if wrong := [key for key, value in numbers.items() if not (value.isascii() and value.isdigit() and int(value) > 0)]:
        return f"{wrong[0]} of a look is a number from 1, and is {numbers[wrong[0]]!r}"
    if "step" in numbers and "line" in numbers:
        return "a look has a step or a line, not both"
    cell = int(numbers.get("cell", above))
    if cell == 0:
        return "no cell is above this look; name one with cell="
    step, at_line = (int(numbers[key]) if key in numbers else None for key in ("step", "line"))
    return Look(line, words, given["view"], given.get("of"), cell, step, at_line)
