"""The backward functions of a run, and the walk over the graph that they form.

NOTE [Marks on backward functions]
1. The Python object of a backward function takes no weak reference, and holding it would keep the graph. So a mark is kept
   apart from its function, under the number that torch gives every function when it is made (and never again).
2. `AccumulateGrad` has no such number of its own; it is known by its leaf.
3. Nothing is written to the function, and nothing keeps it alive. Where two threads make functions, their numbers may be
   the same; the functions' names then tell most of them apart.
4. An in-place operation gives its tensor a new function. The old one then no longer stands for the tensor as it is.
"""

from collections import deque
from typing import Any, Protocol

COUNTED = 20_000
"""Functions that are counted beyond the limit of those that are recorded.

Once a function's Python object has been made, it stays as long as the function; when a chain of some 50,000 of these is let
go, torch 2.13 recurses until the stack overflows.
"""


class Mark:
    """What is known of one backward function: the tensor it stands for, the operation that made it, its id in the report.

    `hooks` are the program's hooks on its outputs, see `trace.hooks`.
    """

    __slots__ = ("function", "hooks", "operation", "tensor")

    def __init__(self) -> None:
        self.tensor: str | None = None
        self.operation: str | None = None
        self.function: str | None = None
        self.hooks: list[Any] | None = None


Marks = dict[tuple[int | str, str], Mark]


class Marking(Protocol):
    """Who keeps the marks of a run, and knows its tensors."""

    marks: Marks

    def name(self, tensor: Any) -> str:
        """The id of a tensor."""
        ...


def mark_of(function: Any, owner: Marking) -> Mark:
    """The mark that a run (`owner`) has on a backward function; made where there is none."""
    name = type(function).__name__
    place: int | str = owner.name(function.variable) if name == "AccumulateGrad" else function._sequence_nr()
    mark = owner.marks.get((place, name))
    if mark is None:
        mark = owner.marks[(place, name)] = Mark()
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
