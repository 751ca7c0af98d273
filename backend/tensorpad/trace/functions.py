"""The backward functions of a run, and the walk over the graph that they form.

NOTE [Marks on backward functions]
1. torch makes the Python object of a backward function anew whenever somebody asks for it, and it takes no weak
   reference; so neither its id nor a weak map will do to remember which operation made it.
2. Each function does have a `metadata` dictionary that lives exactly as long as the function itself. A mark in there
   survives, keeps nothing alive, and dies with the graph.
3. An in-place operation gives its tensor a new function. The old one then no longer stands for the tensor as it is.
"""

from collections import deque
from typing import Any

KEY = "tensorpad"
COUNTED = 200_000
"""Functions that are counted beyond the limit of those that are recorded."""


class Mark:
    """What is known of one backward function: the tensor it stands for, the operation that made it, its id in the report."""

    __slots__ = ("function", "operation", "owner", "tensor")

    def __init__(self, owner: object) -> None:
        self.owner = owner
        self.tensor: str | None = None
        self.operation: str | None = None
        self.function: str | None = None


def mark_of(function: Any, owner: object) -> Mark:
    """The mark that a run (`owner`) has on a backward function; made where there is none."""
    metadata = function.metadata
    mark = metadata.get(KEY)
    if mark is None or mark.owner is not owner:
        mark = metadata[KEY] = Mark(owner)
    return mark


class Walked:
    """A backward function as the walk met it. `next` holds what follows and at which of its outputs, None for nothing."""

    __slots__ = ("function", "name", "next")

    def __init__(self, function: Any) -> None:
        self.function = function
        self.name: str = type(function).__name__
        self.next: list[tuple[Any, int] | None] = []


def walk(root: Any, limit: int) -> tuple[list[Walked], int]:
    """The functions that can be reached from `root`, nearest first, and how many more there are beyond `limit`.

    The order is that of `next_functions`, breadth first, so it is the same for the same program. Nothing recurses.
    """
    found = [Walked(root)]
    # The objects are held in `found` and `beyond`, so that their ids stay theirs during the walk.
    places = {id(root): 0}
    beyond: list[Any] = []
    queue: deque[Any] = deque([root])
    while queue:
        function = queue.popleft()
        place = places[id(function)]
        for following, slot in function.next_functions:
            if following is None:
                if place < limit:
                    found[place].next.append(None)
                continue
            target = places.get(id(following))
            if target is None and len(found) < limit:
                target = places[id(following)] = len(found)
                found.append(Walked(following))
                queue.append(following)
            elif target is None:
                target = places[id(following)] = limit + len(beyond)
                beyond.append(following)
                if len(beyond) < COUNTED:
                    queue.append(following)
            if place < limit:
                found[place].next.append((following, slot))
    return found, len(beyond)
