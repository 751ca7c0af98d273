"""All that is recorded of a run while it goes on."""

from dataclasses import dataclass
from typing import Any

from tensorpad.protocol.limits import Limits
from tensorpad.trace.forward.failures import Failures
from tensorpad.trace.forward.hooks import Hooks
from tensorpad.trace.forward.operation_log import OperationLog
from tensorpad.trace.forward.typed_storages import TypedStorages
from tensorpad.trace.memory.arrays import Arrays
from tensorpad.trace.memory.grad_fns import GradFns
from tensorpad.trace.memory.ledger import Ledger
from tensorpad.trace.memory.series_log import SeriesLog
from tensorpad.trace.memory.tensors import Tensors
from tensorpad.trace.program.call_sites import CallSites
from tensorpad.trace.program.cells import Cells
from tensorpad.trace.program.output_log import OutputLog, Shown
from tensorpad.trace.program.timeline import Timeline


@dataclass(slots=True)
class End:
    """Whether recording has ended before the program."""

    early: bool = False


@dataclass(frozen=True, slots=True)
class Recording:
    """What every part of the trace gets: the parts that record, and nothing that watches the program.

    `namespace` is the program's; it is only read.
    """

    limits: Limits
    namespace: dict[str, Any]
    cells: Cells
    sites: CallSites
    timeline: Timeline
    ledger: Ledger
    tensors: Tensors
    arrays: Arrays
    grad_fns: GradFns
    log: OperationLog
    failures: Failures
    hooks: Hooks
    typed_storages: TypedStorages
    series: SeriesLog
    end: End

    @property
    def own_module(self) -> str:
        """The name of the program's own module."""
        return str(self.namespace.get("__name__", "__main__"))

    @classmethod
    def begin(cls, limits: Limits, namespace: dict[str, Any], shown: Shown) -> "Recording":
        """A recording in which nothing has happened. `shown` is what the program prints and displays."""
        cells = Cells()
        timeline = Timeline(limits.steps, OutputLog(shown))
        ledger = Ledger(timeline, limits.values)
        tensors = Tensors(ledger)
        grad_fns = GradFns(tensors)
        return cls(
            limits=limits,
            namespace=namespace,
            cells=cells,
            sites=CallSites(cells),
            timeline=timeline,
            ledger=ledger,
            tensors=tensors,
            arrays=Arrays(ledger),
            grad_fns=grad_fns,
            log=OperationLog(limits.records),
            failures=Failures(tensors),
            hooks=Hooks(tensors, grad_fns),
            typed_storages=TypedStorages(),
            series=SeriesLog(limits),
            end=End(),
        )
