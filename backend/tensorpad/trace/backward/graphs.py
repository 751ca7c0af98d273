"""The autograd graphs of a run as they were when they were walked, and what a pass brought to each of their functions."""

from collections import deque
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from torch.autograd.graph import GradientEdge, get_gradient_edge

from tensorpad.trace.forward.hooks import Fired
from tensorpad.trace.memory.functions import Mark, mark_of
from tensorpad.trace.memory.gradients import Kept
from tensorpad.trace.memory.tensors import Sightings

COUNTED = 10_000
"""Functions of one graph that are counted beyond those that are recorded.

Once a function's Python object has been made, it stays as long as the function; when a chain of some 50,000 of these is let
go, torch 2.13 recurses until the stack overflows.
"""
_COUNTED_TOGETHER = 10 * COUNTED


class Seen(Struct, eq=False, gc=False):
    """One function of a graph: its mark, its edges, and what a pass brought. See `protocol.backwards` for the words."""

    mark: Mark
    next: Sequence[tuple[Mark, int] | None] = ()
    """The marks of what follows, which may lie beyond the part of the graph that is recorded."""
    gradients: tuple[Kept | None, ...] = ()
    """What arrived at each output."""
    sent: tuple[Kept | None, ...] | None = None
    """What went out on each edge; None where that is known from what arrived at the other ends."""
    hooks: Sequence[Fired] = ()
    made: tuple[Mark | None, ...] = ()
    before: Kept | None = None
    accumulated: Kept | None = None
    frees: bool = False
    completed: bool = True
    order: int | None = None

    def fired(self) -> list[Fired]:
        """Where calls of the program's hooks are to be added."""
        if not isinstance(self.hooks, list):
            self.hooks = []
        return self.hooks

    @property
    def name(self) -> str:
        """The name of its class."""
        return self.mark.name

    @property
    def accumulates(self) -> bool:
        """Whether it stands for a leaf, to whose `.grad` it adds."""
        return self.name == "AccumulateGrad"


class Graph:
    """One graph, as it was when it was walked."""

    def __init__(self, root_name: str, functions: list[Seen], elided: int, backward: bool) -> None:
        self.root_name = root_name
        self.functions = functions
        self.elided = elided
        self.backward = backward


class Room:
    """What several walks may take in together: functions that are recorded, and others that are counted.

    What one leaves over is there for the next. Each graph records its root, whatever room there is.
    """

    __slots__ = ("_counted", "_recorded", "_walks")

    def __init__(self, recorded: int, walks: int) -> None:
        self._recorded = recorded
        self._walks = walks
        self._counted = _COUNTED_TOGETHER

    def __bool__(self) -> bool:
        """Whether there is any room left."""
        return self._recorded > 0

    def share(self) -> tuple[int, int]:
        """How many functions the next walk may record, and how many it may count."""
        share = self._recorded // max(self._walks, 1)
        self._walks -= 1
        return share, min(self._counted, COUNTED)

    def take(self, recorded: int, counted: int) -> None:
        """Take away what a walk took in."""
        self._recorded -= recorded
        self._counted -= counted


class Graphs:
    """The graphs of a run: the newest of those that a backward pass ran over, and those that are asked for.

    At most `most` graphs of `nodes` functions together are kept; the newest one is whatever its size.
    """

    def __init__(self, sightings: Sightings, nodes: int, most: int) -> None:
        self.newest: deque[Graph] = deque()
        self.dropped = False
        """Whether graphs were left out because there were too many."""
        self.crowded = False
        """Whether graphs were left out because they had too many functions together."""
        self._sightings = sightings
        self._nodes = nodes
        self._most = most
        self._size = 0
        self._count = 0

    def room_beside_the_newest(self) -> Room:
        """Room for graphs besides that of the newest pass. What comes first may take all of it."""
        return Room(self._nodes - len(self.newest[-1].functions) if self.newest else self._nodes, 1)

    def walk(
        self, root: Any, name: str, backward: bool, room: Room, shared: dict[int, Seen] | None = None
    ) -> tuple[Graph, list[tuple[Any, Seen]]]:
        """Walk from a function. Gives the graph, and each function with what is kept of it; `shared`: those met before.

        The order is that of `next_functions`, breadth first, so it is the same for the same program. Nothing recurses.
        """
        known: dict[int, Seen] = {} if shared is None else shared
        used = {seen.mark for seen in known.values()}
        limit, counted = room.share()
        first = known.get(id(root)) or self._seen(root, known, used)
        # The objects are held here, so that their ids stay theirs during the walk.
        pairs: list[tuple[Any, Seen]] = [(root, first)]
        here: dict[int, Seen | None] = {id(root): first}
        beyond: list[Any] = []
        for function, seen in pairs:
            ends: list[tuple[Mark, int] | None] = []
            for following, slot in function.next_functions:
                if following is None:
                    ends.append(None)
                    continue
                key = id(following)
                other = here.get(key)
                if other is None:
                    if len(pairs) < limit:
                        other = here[key] = known.get(key) or self._seen(following, known, used)
                        pairs.append((following, other))
                    elif key not in here:
                        here[key] = None
                        beyond.append(following)
                ends.append((self.named(following) if other is None else other.mark, slot))
            seen.next = ends
        for function in beyond:
            if len(beyond) >= counted:
                break
            for following, _ in function.next_functions:
                if following is not None and id(following) not in here:
                    here[id(following)] = None
                    beyond.append(following)
        room.take(len(pairs), len(beyond))
        return Graph(name, [seen for _, seen in pairs], len(beyond), backward), pairs

    def keep(self, graph: Graph) -> None:
        """Keep a graph; the oldest go when there are too many, or too many functions in them."""
        self.newest.append(graph)
        self._size += len(graph.functions)
        self.make_room(0, 0)

    def make_room(self, graphs: int, functions: int) -> None:
        """Let the oldest graphs go, but not the newest one, until there is room for so many more."""
        while len(self.newest) > 1:
            if len(self.newest) + graphs > self._most:
                self.dropped = True
            elif self._size + functions > self._nodes:
                self.crowded = True
            else:
                break
            self._size -= len(self.newest.popleft().functions)

    def mark(self, function: Any) -> Mark:
        """The mark on a function."""
        return mark_of(function, self._sightings)

    def named(self, function: Any) -> Mark:
        """The mark of a function, which has an id from now on."""
        return self._name(mark_of(function, self._sightings))

    def _name(self, mark: Mark) -> Mark:
        if mark.function is None:
            self._count += 1
            mark.function = f"f{self._count}"
        return mark

    def _seen(self, function: Any, known: dict[int, Seen], used: set[Mark]) -> Seen:
        mark = self.named(function)
        if mark in used:
            # Made by two threads, under the same number; one graph cannot hold two functions of the same id.
            mark = self._name(Mark(mark.name))
        used.add(mark)
        if mark.tensor is None and mark.name == "AccumulateGrad":
            mark.tensor = self._sightings.of(function.variable).id
        seen = known[id(function)] = Seen(mark)
        return seen


def function_of(tensor: Any) -> Any:
    """The backward function at which a pass from a tensor starts; None where there is none."""
    edge = edge_of(tensor)
    return None if edge is None else edge[0]


def edge_of(tensor: Any) -> tuple[Any, int] | None:
    """The backward function at which a pass from a tensor starts, and at which of its outputs."""
    if type(tensor) is GradientEdge:
        return tensor.node, tensor.output_nr
    if not tensor.requires_grad:
        return None
    edge = get_gradient_edge(tensor)
    return edge.node, edge.output_nr
