"""What is kept of backward passes, and how many of them."""

from collections.abc import Iterator

from tensorpad.protocol.backwards import most_runs
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Span, TruncationRecord
from tensorpad.trace.backward.graphs import Graph, GraphFunction, WalkAllowance
from tensorpad.trace.memory.gradients import Kept
from tensorpad.trace.memory.tracked import FunctionInfo

WATCHED = 1_000_000
"""Functions that are watched in one run; they take some ten seconds."""
_FREELY = 200_000
"""The first of these are watched wherever they are in a graph; after them only those near the roots are."""
_PART = 10
"""One pass may have such a part of what is left of them."""
_NEAR = 2_000
"""Functions of a pass that are watched in any case."""
KEPT_ELEMENTS = 800_000
"""Elements of gradients that are kept over all passes, as many as a report contains."""


class Root:
    """A tensor that a pass starts from, or an edge of a graph."""

    __slots__ = ("gradient", "info", "name", "slot", "tensor")

    def __init__(self, info: FunctionInfo, slot: int, name: str, tensor: str | None, gradient: Kept | None) -> None:
        self.info = info
        self.slot = slot
        self.name = name
        self.tensor = tensor
        self.gradient = gradient


class PassLog:
    """What is kept of one pass. See `protocol.backwards.BackwardRecord`."""

    def __init__(self, number: int, accumulates: bool, create_graph: bool, retain_graph: bool) -> None:
        self.id = f"b{number}"
        self.accumulates = accumulates
        self.create_graph = create_graph
        self.retain_graph = retain_graph
        self.span: Span | None = None
        self.expression: str | None = None
        self.roots: list[Root] = []
        self.inputs: list[tuple[FunctionInfo, int]] | None = None
        self.graphs: list[Graph] = []
        self.runs: list[GraphFunction] = []
        self.returned: list[tuple[FunctionInfo, int, Kept | None]] = []
        self.within: str | None = None
        self.failed = False
        self.size = 0
        self.cut = False
        """Whether its graph was too large to be watched as a whole."""
        self.unrecorded = 0
        self.elements = 0

    def forget(self) -> None:
        """Drop all but the outline, to make room for newer passes."""
        self.unrecorded += len(self.runs)
        self.runs, self.returned, self.graphs, self.elements = [], [], [], 0
        for root in self.roots:
            root.gradient = None


class Passes:
    """The passes of a run: the outline of each, and all that the newest ones brought."""

    def __init__(self, limits: Limits) -> None:
        self.all: list[PassLog] = []
        self.full = False
        self.forgotten = False
        self._most = limits.records
        self._nodes = limits.graph_nodes
        self._most_runs = most_runs(limits)
        self._watched = 0
        self._least = self._nodes
        self._oldest = 0
        self._runs = 0
        self._elements = 0

    def truncated(self) -> Iterator[TruncationRecord]:
        """What the report leaves out."""
        if self.full or self.forgotten:
            yield TruncationRecord("backward passes", self._most_runs if self.forgotten else self._most)
        if any(log.cut for log in self.all):
            yield TruncationRecord("functions of a backward pass", self._least)

    def takes_another(self) -> bool:
        """Whether another pass can be taken in."""
        self.full = self.full or len(self.all) >= self._most or self._watched >= WATCHED
        return not self.full

    def allowance(self, roots: int) -> WalkAllowance:
        """How much of its graphs the next pass may take in."""
        return WalkAllowance(self._share(), roots)

    def _share(self) -> int:
        return min(self._nodes, max((_FREELY - self._watched) // _PART, _NEAR))

    def ended(self, log: PassLog, elements: int) -> None:
        """Count what a pass brought, and forget the oldest ones if that is too much."""
        log.elements = elements
        if log.cut:
            self._least = min(self._least, self._share())
        self._watched += log.size - log.unrecorded
        self._runs += len(log.runs)
        self._elements += elements
        while self._runs > self._most_runs or self._elements > KEPT_ELEMENTS:
            oldest = self.all[self._oldest]
            if oldest is self.all[-1]:
                break
            self._oldest += 1
            self._runs -= len(oldest.runs)
            self._elements -= oldest.elements
            self.forgotten = self.forgotten or bool(oldest.runs)
            oldest.forget()
