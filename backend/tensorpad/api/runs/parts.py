"""The parts of an answer that a client may ask for, each of which may be left out."""

from collections.abc import Iterable
from typing import Annotated, Literal, get_args

from pydantic import WithJsonSchema

from tensorpad.api.problems import invalid

Part = Literal[
    "variables",
    "tensors",
    "values",
    "steps",
    "operations",
    "histories",
    "graphs",
    "svg",
    "dot",
    "backwards",
    "series",
    "notices",
    "gates",
]
PartSet = Literal["minimal", "standard", "full"]
Include = Literal[PartSet, Part]
Parts = frozenset[Part]

PARTS: tuple[Part, ...] = get_args(Part)
FULL: Parts = frozenset(PARTS)
_NAMED: dict[str, Parts] = {
    "minimal": frozenset(("variables", "notices")),
    "standard": frozenset(("variables", "tensors", "values", "steps", "graphs", "svg", "series", "notices", "gates")),
    "full": FULL,
    **{part: frozenset((part,)) for part in PARTS},
}
_BRING: dict[Part, Part] = {"values": "tensors", "histories": "tensors", "svg": "graphs", "dot": "graphs"}
"""Parts that lie in another one, which comes with them."""

NAMES = tuple(_NAMED)
DESCRIPTION = (
    "The parts of the answer, of those that are named here. What is not asked for is not in the answer, and mostly not "
    "worked out. `tensors` brings `storages`, `arrays` and `holders`; `steps` brings `outputs`; `backwards` brings "
    "`formulas`. `values` are the elements in tensors, graphs and backward passes; `histories` is in tensors, `svg` and "
    "`dot` in graphs. `gates` are the questions in comments of the program. `minimal` is variables and notices; `standard` "
    "is variables, tensors, values, steps, graphs, svg, series, notices and gates; `full`, the default, is all."
)

_NAME = "|".join(NAMES)
PartList = Annotated[str, WithJsonSchema({"type": "string", "pattern": f"^ *(({_NAME}) *(, *({_NAME}) *)*)?$"})]
"""A list of them in an address. The pattern is for the description: a fault is told in words, by `parts_in`."""
QUERY = f"{DESCRIPTION} A comma separated list of {', '.join(f'`{name}`' for name in NAMES)}."


def parts_of(names: Iterable[str]) -> Parts:
    """The parts that these names stand for, with those that they lie in."""
    found: set[Part] = set()
    for name in names:
        found |= _NAMED[name]
    around: set[Part] = {_BRING[part] for part in found if part in _BRING}
    return frozenset(found | around)


def parts_in(query: str) -> Parts:
    """The parts that a comma separated list names. Raises Problem 422 for a name that there is not."""
    # An empty list names no part, as it does in a body.
    names = [name.strip(" ") for name in query.split(",")] if query.strip(" ") else []
    for name in names:
        if name not in _NAMED:
            raise invalid(f"{name[:100]!r} is no part of an answer; there are {', '.join(NAMES)}.", parameter="include")
    return parts_of(names)
