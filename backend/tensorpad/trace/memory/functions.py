"""The backward functions of a run: what is known of each, and how it is told from the others.

NOTE [Marks on backward functions]
1. The Python object of a backward function takes no weak reference, and holding it would keep the graph. So a mark is kept
   apart from its function, under the number that torch gives every function when it is made (and never again).
2. `AccumulateGrad` has no such number of its own; it is known by its leaf.
3. Nothing is written to the function, and nothing keeps it alive. Where two threads make functions, their numbers may be
   the same; the functions' names then tell most of them apart.
4. An in-place operation gives its tensor a new function. The old one then no longer stands for the tensor as it is.
"""

from typing import Any, Protocol

from msgspec import Struct


class Mark(Struct, eq=False, gc=False):
    """What is known of one backward function: its name, the tensor it stands for, the operation that made it, its id in the
    report.

    `hooks` are the program's hooks on its outputs, see `trace.hooks`.
    """

    name: str
    tensor: str | None = None
    operation: str | None = None
    function: str | None = None
    hooks: list[Any] | None = None


Marks = dict[tuple[int | str, str], Mark]


class Marking(Protocol):
    """Who keeps the marks of a run, and knows its tensors."""

    marks: Marks

    def name(self, tensor: Any) -> str:
        """The id of a tensor."""
        ...


_HEAP = 1 << 9
_NAMES: dict[Any, str] = {}
"""The names of torch's own backward functions. Those of a program are not remembered, lest they be kept alive."""


def _name(kind: Any) -> str:
    name: str = kind.__name__
    if not kind.__flags__ & _HEAP:
        _NAMES[kind] = name
    return name


def mark_of(function: Any, owner: Marking) -> Mark:
    """The mark that a run (`owner`) has on a backward function; made where there is none."""
    name = _NAMES.get(type(function)) or _name(type(function))
    place: int | str = owner.name(function.variable) if name == "AccumulateGrad" else function._sequence_nr()
    mark = owner.marks.get((place, name))
    if mark is None:
        mark = owner.marks[(place, name)] = Mark(name)
    return mark
