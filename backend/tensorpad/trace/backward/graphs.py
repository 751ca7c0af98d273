"""The autograd graphs of a run as they were when they were walked, and what a pass brought to each of their functions."""

from collections import deque
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from torch.autograd.graph import GradientEdge, get_gradient_edge

from tensorpad.trace.backward.hook_calls import HookCall
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.grad_fns import ACCUMULATE
from tensorpad.trace.memory.gradients import Kept
from tensorpad.trace.memory.tracked import FunctionInfo

COUNTED = 10_000
"""Functions of one graph that are counted beyond those that are recorded.

Once a function's Python object has been made, it stays as long as the function; when a chain of some 50,000 of these is let
go, torch 2.13 recurses until the stack overflows.
"""
_COUNTED_TOGETHER = 10 * COUNTED


class GraphFunction(Struct, eq=False, gc=False):
    """One function of a graph: its edges, and what a pass brought to it. See `protocol.backwards` for the words."""

    info: FunctionInfo
    next: Sequence[tuple[FunctionInfo, int] | None] = ()
    """The functions that follow. Some may be beyond the part of the graph that is recorded."""
    gradients: tuple[Kept | None, ...] = ()
    """What arrived at each output."""
    sent: tuple[Kept | None, ...] | None = None
    """What went out on each edge; None if that is known from what arrived at the other ends."""
    hooks: Sequence[HookCall] = ()
    made: tuple[FunctionInfo | None, ...] = ()
    before: Kept | None = None
    accumulated: Kept | None = None
    frees: bool = False
    completed: bool = True
    order: int | None = None

    def hook_calls(self) -> list[HookCall]:
        """The list to which calls of the program's hooks are added."""
        if not isinstance(self.hooks, list):
            self.hooks = []
        return self.hooks

    @property
    def name(self) -> str:
        """The name of its class."""
        return self.info.name

    @property
    def accumulates(self) -> bool:
        """Whether it is the function of a leaf, to whose `.grad` it adds."""
        return self.name == ACCUMULATE


class Graph:
    """One graph, as it was when it was walked."""

    def __init__(self, root_name: str, functions: list[GraphFunction], elided: int, backward: bool) -> None:
        self.root_name = root_name
        self.functions = functions
        self.elided = elided
        self.backward = backward


class WalkAllowance:
    """What several walks may take in together: functions that are recorded, and others that are counted.

    What one leaves over is available for the next. Each graph records its root, whatever is left.
    """

    __slots__ = ("_counted", "_recorded", "_walks")

    def __init__(self, recorded: int, walks: int) -> None:
        self._recorded = recorded
        self._walks = walks
        self._counted = _COUNTED_TOGETHER

    def __bool__(self) -> bool:
        """Whether any function may still be recorded."""
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

    The limits say how many graphs are kept, and how many functions in them; the newest one is kept whatever its size.
    """

    def __init__(self, recording: Recording) -> None:
        self.newest: deque[Graph] = deque()
        self.asked: str | None = None
        """The expression of a tensor whose graph the report must have."""
        self.drawn: list[Graph] = []
        """The graphs that the program had drawn, as they were then."""
        self._drawing = WalkAllowance(recording.limits.graph_nodes, 1)
        self.dropped = False
        """Whether graphs were left out because there were too many."""
        self.crowded = False
        """Whether graphs were left out because they had too many functions together."""
        self._grad_fns = recording.grad_fns
        self._nodes = recording.limits.graph_nodes
        self._most = recording.limits.graphs
        self._size = 0

    def allowance_beside_the_newest(self) -> WalkAllowance:
        """The allowance for graphs besides that of the newest pass. What comes first may take all of it."""
        return WalkAllowance(self._nodes - len(self.newest[-1].functions) if self.newest else self._nodes, 1)

    def walk(
        self, root: Any, name: str, backward: bool, allowance: WalkAllowance, shared: dict[int, GraphFunction] | None = None
    ) -> tuple[Graph, list[tuple[Any, GraphFunction]]]:
        """Walk from a function. Returns the graph, and its functions each with its node; `shared` are those met before.

        The order is that of `next_functions`, breadth first, so it is the same for the same program. Nothing recurses.
        """
        known: dict[int, GraphFunction] = {} if shared is None else shared
        used = {function.info for function in known.values()}
        limit, counted = allowance.share()
        first = known.get(id(root)) or self._function(root, known, used)
        # This list refers to the objects, so that their ids stay theirs during the walk.
        pairs: list[tuple[Any, GraphFunction]] = [(root, first)]
        met: dict[int, GraphFunction | None] = {id(root): first}
        beyond: list[Any] = []
        for grad_fn, function in pairs:
            edges: list[tuple[FunctionInfo, int] | None] = []
            for following, slot in grad_fn.next_functions:
                if following is None:
                    edges.append(None)
                    continue
                key = id(following)
                other = met.get(key)
                if other is None and len(pairs) < limit:
                    other = met[key] = known.get(key) or self._function(following, known, used)
                    pairs.append((following, other))
                elif key not in met:
                    met[key] = None
                    beyond.append(following)
                edges.append((self.named(following) if other is None else other.info, slot))
            function.next = edges
        _count(beyond, counted, met)
        allowance.take(len(pairs), len(beyond))
        return Graph(name, [function for _, function in pairs], len(beyond), backward), pairs

    def draw(self, root: Any, name: str) -> None:
        """Keep the graph behind a function, which the program has drawn, if there is room for one more."""
        if len(self.drawn) < self._most and self._drawing:
            self.drawn.append(self.walk(root, name, False, self._drawing)[0])

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

    def leave_out(self, dropped: bool = False, crowded: bool = False) -> None:
        """Note that graphs were left out, and why."""
        self.dropped = self.dropped or dropped
        self.crowded = self.crowded or crowded

    def info(self, grad_fn: Any) -> FunctionInfo:
        """What is known of a function."""
        return self._grad_fns.of(grad_fn)

    def named(self, grad_fn: Any) -> FunctionInfo:
        """What is known of a function, which has an id in the report from now on."""
        return self._grad_fns.named(grad_fn)

    def _function(self, grad_fn: Any, known: dict[int, GraphFunction], used: set[FunctionInfo]) -> GraphFunction:
        info = self.named(grad_fn)
        if info in used:
            # Made by two threads, under the same number; one graph cannot have two functions of the same id.
            info = self._grad_fns.apart(info)
        used.add(info)
        function = known[id(grad_fn)] = GraphFunction(info)
        return function


def _count(functions: list[Any], most: int, met: dict[int, GraphFunction | None]) -> None:
    """Add the functions that follow to `functions`, until there are `most` of them."""
    for grad_fn in functions:
        if len(functions) >= most:
            break
        for following, _ in grad_fn.next_functions:
            if following is not None and id(following) not in met:
                met[id(following)] = None
                functions.append(following)


def function_of(tensor: Any) -> Any:
    """The backward function at which a pass from a tensor starts; None if there is none."""
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
