"""The tracer of one program: what its parts are, and when they watch."""

from typing import Any

import torch

from tensorpad.protocol.inquiries import Inquiry
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Span, TruncationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.backward.engine import BackwardWatch
from tensorpad.trace.backward.graphs import Graphs
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.backward.roots import RootNames
from tensorpad.trace.base.internals import (
    DisableTorchFunction,
    calling_frame,
    push_function_mode,
)
from tensorpad.trace.base.quiet import put_on, take_off
from tensorpad.trace.base.variables import Describe
from tensorpad.trace.bindings import Bindings
from tensorpad.trace.forward.compilation import CompilationWatch
from tensorpad.trace.forward.operation_mode import Operations
from tensorpad.trace.forward.swaps import SwapWatch
from tensorpad.trace.inquiries.inquiry_watch import answered, study_of
from tensorpad.trace.memory.arrays import Arrays
from tensorpad.trace.memory.ledger import Storages
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.memory.timeline import Timeline
from tensorpad.trace.memory.tracked import Sighting
from tensorpad.trace.program.call_sites import CallSites
from tensorpad.trace.program.cells import Cell, Cells
from tensorpad.trace.program.instrumentation import Statements
from tensorpad.trace.report.assembly import Assembly

ELEMENTS = 800_000
"""Elements in all of a report: at most nine bytes each, so that they fit a frame beside the rest."""


class Tracer:
    """Watches the program while it is entered, which it can be once for each cell.

    `namespace` is the program's; it is only read.
    """

    def __init__(self, limits: Limits, namespace: dict[str, Any], inquiry: Inquiry | None = None) -> None:
        self._limits = limits
        self._namespace = namespace
        self._storages = Storages()
        self._sightings = Sightings(limits.values, self._storages)
        self._cells = Cells()
        self._sites = CallSites(self._cells)
        self._timeline = Timeline(self._storages, limits.steps)
        self._arrays = Arrays(self._storages)
        self._operations = Operations(
            self._cells, self._sites, self._sightings, self._arrays, self._timeline, limits.records
        )
        self._leaf_gradients = LeafGradients(self._sightings, self._timeline, limits.values)
        self._bindings = Bindings(
            self._sightings, self._arrays, self._leaf_gradients, self._operations, self._timeline, namespace
        )
        self._graphs = Graphs(self._sightings, limits.graph_nodes, limits.graphs)
        self._watch = BackwardWatch(
            self._graphs,
            self._leaf_gradients,
            self._sightings,
            self._operations,
            limits,
            self._cells,
            RootNames(namespace, self._cells, self._sites, self._sightings, self._operations.log).of,
            self._site,
            self._timeline,
        )
        self._compilation = CompilationWatch(self._operations, self._bindings.passed)
        self._swaps = SwapWatch(self._operations, self._sightings)
        self._results: list[tuple[str, Sighting]] = []
        self._study = study_of(inquiry, self._sightings, self._arrays, self._operations, namespace, limits)

    def start(self, cell: Cell) -> None:
        """Take a cell in before it runs."""
        self._cells.add(cell)

    def __enter__(self) -> None:
        put_on(self._operations)
        self._watch.__enter__()
        self._compilation.__enter__()
        self._swaps.__enter__()
        if self._study is not None:
            if self._study.mode is not None:
                push_function_mode(self._study.mode)
            self._study.__enter__()

    def __exit__(self, *_: object) -> None:
        if self._study is not None:
            self._study.__exit__()
        self._swaps.__exit__()
        self._compilation.__exit__()
        self._watch.__exit__()
        if self._study is not None and self._study.mode is not None:
            take_off(self._study.mode)
        take_off(self._operations)

    @property
    def statements(self) -> Statements:
        """What makes cells tell which of their statements have run."""
        return self._bindings.statements

    def showed(self, point: int) -> None:
        """A cell's last expression has been evaluated; `point` is its number among the statements."""
        self._bindings.passed(point)

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
        if self._operations.log.full:
            truncated.append(TruncationRecord("operations", self._limits.records))
        with DisableTorchFunction():
            self._operations.calls.end(None)
        assembly = Assembly(
            self._limits,
            self._sightings,
            self._arrays,
            self._leaf_gradients,
            self._timeline,
            self._graphs,
            self._watch.passes,
            ELEMENTS,
            until,
        )
        trace = assembly.record(self._namespace, hidden, describe, self._operations, self._results, truncated)
        try:
            return trace if self._study is None else answered(self._study, hidden, trace, until)
        finally:
            self._storages.release()
            self._bindings.close()

    def _site(self) -> tuple[Span | None, str | None]:
        """The place that the program is at, and its source."""
        frame = self._cells.nearest(calling_frame(1))
        if frame is None:
            return None, None
        self._timeline.at(frame)
        _, site = self._sites.own(frame)
        return site.span, site.expression
