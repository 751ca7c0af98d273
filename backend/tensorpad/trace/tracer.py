"""The tracer of one program: what its parts are, and when they watch."""

from typing import Any

import torch
from torch.utils._device import DeviceContext

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Span, TruncationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.assembly import Assembly
from tensorpad.trace.backward import BackwardWatch
from tensorpad.trace.call_sites import CallSites
from tensorpad.trace.cells import Cell, Cells
from tensorpad.trace.graphs import Graphs
from tensorpad.trace.internals import (
    DisableTorchFunction,
    calling_frame,
    function_modes,
    pop_function_mode,
    push_function_mode,
)
from tensorpad.trace.operations import Operations
from tensorpad.trace.sightings import Sighting, Sightings
from tensorpad.trace.storages import Storages
from tensorpad.trace.variables import Describe

ELEMENTS = 800_000
"""Elements in all of a report: at most nine bytes each, so that they fit a frame beside the rest."""


class Tracer:
    """Watches the program while it is entered, which it can be once for each cell.

    `namespace` is the program's; it is only read.
    """

    def __init__(self, limits: Limits, namespace: dict[str, Any]) -> None:
        self._limits = limits
        self._namespace = namespace
        self._storages = Storages()
        self._sightings = Sightings(limits.values, self._storages)
        self._cells = Cells()
        self._sites = CallSites(self._cells)
        self._operations = Operations(self._sites, self._sightings, limits.records)
        self._graphs = Graphs(self._sightings, limits.graph_nodes, limits.graphs)
        self._watch = BackwardWatch(
            self._graphs, self._sightings, self._operations, limits, self._cells, self._root_name, self._site
        )
        self._results: list[tuple[str, Sighting]] = []

    def start(self, cell: Cell) -> None:
        """Take a cell in before it runs."""
        self._cells.add(cell)

    def __enter__(self) -> None:
        # Below the modes that the program left on, which take off whatever is on top when they end; above a default device,
        # which torch wants at the bottom.
        above: list[Any] = []
        while function_modes() and not isinstance(function_modes()[-1], DeviceContext):
            above.append(pop_function_mode())
        for mode in (self._operations, *reversed(above)):
            push_function_mode(mode)
        self._watch.__enter__()

    def __exit__(self, *_: object) -> None:
        self._watch.__exit__()
        above: list[Any] = []
        while function_modes():
            mode = pop_function_mode()
            if mode is self._operations:
                break
            above.append(mode)
        for mode in reversed(above):
            push_function_mode(mode)

    def result(self, tensor: torch.Tensor, expression: str) -> str:
        """The id of a tensor that a cell gives as its result; `expression` is the source that gave it."""
        with DisableTorchFunction():
            sighting = self._sightings.again(tensor)
        self._results.append((expression, sighting))
        return sighting.id

    def record(self, hidden: dict[str, Any], describe: Describe, until: float) -> TraceRecord:
        """Everything that is known at the end. `until`, of `time.monotonic`, is when it must be ready.

        `hidden` is what the namespace held before the program; `describe` gives the text of a value.
        """
        truncated: list[TruncationRecord] = []
        if self._operations.full:
            truncated.append(TruncationRecord("operations", self._limits.records))
        assembly = Assembly(self._limits, self._sightings, self._storages, self._graphs, self._watch.passes, ELEMENTS, until)
        failures = self._operations.failures
        return assembly.record(self._namespace, hidden, describe, self._operations.log, self._results, truncated, failures)

    def _root_name(self, root: Any) -> str:
        """What the program calls the tensor that a backward pass starts from: a variable, or else the source of the call."""
        for name, value in list(self._namespace.items()):
            if value is root and not name.startswith("_"):
                return name
        _, text = self._site()
        if text is None:
            return "output"
        head, method, _ = text.rpartition(".backward")
        return head if method else text

    def _site(self) -> tuple[Span | None, str | None]:
        """The place that the program is at, and its source."""
        frame = self._cells.nearest(calling_frame(1))
        if frame is None:
            return None, None
        site = self._sites.located(self._sites.of(frame), frame)
        return site.span, site.expression
