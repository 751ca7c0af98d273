"""The tracer of one program: what its parts are, and when they watch."""

from contextlib import suppress
from types import FrameType
from typing import Any

import torch

from tensorpad.protocol.inquiries import Inquiry
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Span
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.backward.engine import BackwardWatch
from tensorpad.trace.backward.graphs import Graphs, function_of
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.backward.roots import RootNames
from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.base.quiet import put_on, take_off
from tensorpad.trace.base.variables import Describe, is_module
from tensorpad.trace.bindings import Bindings
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.forward.compilation import CompilationWatch
from tensorpad.trace.forward.module_calls import mark_raised
from tensorpad.trace.forward.module_failures import note_module
from tensorpad.trace.forward.module_operations import ModuleOperations
from tensorpad.trace.forward.operation_mode import OperationMode
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.forward.swaps import SwapWatch
from tensorpad.trace.forward.unseen import Unseen
from tensorpad.trace.inquiries.inquiry_watch import InquiryWatches
from tensorpad.trace.memory.parameter_names import ParameterNames
from tensorpad.trace.memory.steppings import Steppings
from tensorpad.trace.memory.tracked import TrackedTensor
from tensorpad.trace.pauses import Pauses
from tensorpad.trace.program.cells import Cell, Cells
from tensorpad.trace.program.files import Files
from tensorpad.trace.program.instrumentation import Instrumentation
from tensorpad.trace.program.output_log import Shown
from tensorpad.trace.program.watch import FrameWatch
from tensorpad.trace.report.assembly import Assembly


class Tracer:
    """Watches the program while it is entered, which it can be once for each cell.

    `namespace` is the program's; it is only read. `root` is the expression of a tensor whose graph the report must have.
    `shown` is what the program prints and displays. `rounds` is how many rounds of each loop are recorded, None for all.

    NOTE [The end of recording]
    1. When the timeline is full, statements are reported no longer: the switch that they look at is off. Operations are
       recorded for a little longer, for the graph of the newest round.
    2. When the log of operations is spent, too, nothing is recorded any more, and all that watches is taken off for good:
       the program goes on at its own speed. What it has at the end is reported all the same. The numbers of its loops are
       kept for longer (`trace.memory.series_log`).
    3. A mode cannot be taken off while it handles a call. So the next operation turns the switch on again, and the statement
       after it takes the mode off; not in a backward pass, which has put it on once more.
    """

    def __init__(
        self,
        limits: Limits,
        namespace: dict[str, Any],
        inquiries: tuple[Inquiry, ...] = (),
        root: str | None = None,
        shown: Shown | None = None,
        rounds: int | None = None,
    ) -> None:
        recording = self._recording = Recording.begin(limits, namespace, shown or Shown())
        self._module_operations = ModuleOperations(recording)
        unseen = Unseen(recording)
        self._mode = OperationMode(recording, self._module_operations, unseen)
        self._leaf_gradients = LeafGradients(recording)
        self._parameter_names = ParameterNames(recording.tensors, namespace)
        self._bindings = Bindings(
            recording, self._module_operations, unseen, self._leaf_gradients, self._parameter_names, self._full
        )
        if rounds is not None:
            self.instrumentation.report_loops()
            steps = self._stop, self._put_on, self._bindings.step
            self._bindings.pauses = Pauses(recording, rounds, self.instrumentation, *steps)
        self._graphs = Graphs(recording)
        self._graphs.asked = root
        self._backward = BackwardWatch(recording, self._graphs, self._leaf_gradients, self._mode)
        self._compilation = CompilationWatch(self._mode, self._bindings.passed, self.instrumentation.switch.items)
        self._mode.spent = self._spent
        self._swaps = SwapWatch(self._mode, recording)
        self._steppings = Steppings(recording.series, recording.timeline)
        self._inquiries = InquiryWatches(inquiries, recording) if inquiries else None
        self._results: list[tuple[str, TrackedTensor]] = []
        self._root_names = RootNames(recording)

    def add(self, cell: Cell) -> None:
        """Take a cell in before it runs."""
        self._recording.cells.add(cell)
        timeline = self._recording.timeline
        timeline.outputs.begin(cell.index, timeline.passed)

    def ended(self) -> None:
        """The cell has ended, and its output is complete."""
        timeline = self._recording.timeline
        timeline.outputs.end(timeline.passed)

    def stopped(self, span: Span | None, frame: FrameType | None) -> None:
        """The program has stopped in the middle of a statement, at `span`, in `frame`, the innermost one of its own."""
        self._bindings.stopped(span, frame)

    def __enter__(self) -> None:
        if not self._recording.end.early:
            self._put_on()
        self._steppings.__enter__()
        if self._inquiries is not None:
            self._inquiries.__enter__()

    def __exit__(self, *_: object) -> None:
        if self._inquiries is not None:
            self._inquiries.__exit__()
        self._steppings.__exit__()
        if not self._recording.end.early and not self._recording.timeline.paused:
            self._take_off()
        if self._bindings.pauses is not None:
            self._bindings.pauses.end()
        if self._inquiries is not None:
            self._inquiries.take_off()

    def _put_on(self) -> None:
        put_on(self._mode)
        self._backward.__enter__()
        self._compilation.__enter__()
        self._swaps.__enter__()

    def _take_off(self) -> None:
        self._swaps.__exit__()
        self._compilation.__exit__()
        self._backward.__exit__()
        take_off(self._mode)
        self._recording.typed_storages.forget()

    def _full(self) -> None:
        """Called between two statements: the timeline has no room for more steps. See NOTE [The end of recording]."""
        self._recording.log.hurry()
        if not self._recording.log.spent:
            self.instrumentation.switch.turn(False)
        elif not self._backward.running and take_off(self._mode):
            self.instrumentation.switch.turn(False)
            self._recording.end.early = True
            self._take_off()
            if self._compilation.frames is not None:
                self._compilation.frames.stop()

    def _stop(self) -> bool:
        """Called between two statements: nothing is recorded for a while. Returns whether that could be."""
        if self._backward.running or not take_off(self._mode):
            return False
        self._take_off()
        return True

    def _spent(self) -> None:
        """There is no room for an operation any more, either."""
        self.instrumentation.switch.turn(True)

    @property
    def steps(self) -> int:
        """How many steps are on record."""
        return len(self._recording.timeline.steps)

    @property
    def instrumentation(self) -> Instrumentation:
        """What makes cells report which of their statements have run."""
        return self._bindings.instrumentation

    @property
    def cells(self) -> Cells:
        """The cells that were taken in."""
        return self._recording.cells

    def watch(self, files: Files, module: dict[str, Any]) -> FrameWatch:
        """What makes code report its statements that was compiled without us: functions of `module`, and a block."""
        watch = self._compilation.frames = FrameWatch(self._recording.cells, files, module, self._bindings.reached)
        return watch

    def found(self, names: tuple[str, ...], frame: FrameType | None) -> None:
        """These names had their values before the program began. To be called while the tracer is entered."""
        for name in names:
            if is_module(self._recording.namespace[name]):
                self._parameter_names.bound(name)
        if names:
            self._bindings.found(names, frame)

    def showed(self, point: int, value: object) -> None:
        """A cell's last expression has been evaluated; `point` is the index of its probe point."""
        tensor: Any = value
        if is_tensor(tensor):
            # Before its step: what that step shows, a gradient perhaps, had its value then.
            with suppress(Exception), DisableTorchFunction():
                self._recording.tensors.update(tensor)
        self._bindings.passed(point)

    def raised(self, error: BaseException) -> None:
        """An exception has ended a cell."""
        try:
            with DisableTorchFunction():
                mark_raised(error)
                note_module(error, self._recording)
        except Exception:
            return  # a program can damage torch itself; its error is reported all the same

    def result(self, tensor: torch.Tensor, expression: str) -> str | None:
        """The id of a tensor that is the result of a cell, None if it has none; `expression` is its source."""
        try:
            with DisableTorchFunction():
                tracked = self._recording.tensors.update(tensor)
                if tracked.function is None:
                    self._recording.grad_fns.note(tensor, tracked)  # made before the program
        except Exception:  # as in `raised`
            return None
        self._results.append((expression, tracked))
        return tracked.id

    def drawn(self, value: object) -> None:
        """The program has the graph of a tensor, or of several, drawn by other means."""
        values: list[Any] = [*value] if type(value) is tuple else [value]
        try:
            with DisableTorchFunction():
                for tensor in values:
                    if issubclass(type(tensor), torch.Tensor) and (function := function_of(tensor)) is not None:
                        self._graphs.draw(function, self._root_names.made(tensor))
        except Exception:  # the program must not fail because its trace does
            return

    def so_far(self, initial: dict[str, Any], describe: Describe, until: float) -> TraceRecord:
        """What is known between two cells: see NOTE [Pieces] in `sandbox.pieces`. The arguments are those of `record`."""
        return self._assembly(until, unfinished=True).record(initial, self._results, describe)

    def _assembly(self, until: float, unfinished: bool = False) -> Assembly:
        assembly = Assembly(
            self._recording, self._graphs, self._backward.passes, self._leaf_gradients, self._parameter_names, until
        )
        assembly.unfinished = unfinished
        pauses = self._bindings.pauses
        if pauses is not None and pauses.any:
            assembly.left_out(pauses.rounds, pauses.met)
        return assembly

    def record(self, initial: dict[str, Any], describe: Describe, until: float) -> TraceRecord:
        """Everything that is known at the end. `until`, of `time.monotonic`, is when it must be ready.

        `initial` is what the namespace contained before the program; `describe` returns the text of a value.
        """
        with DisableTorchFunction():
            self._module_operations.end(None)
        trace = self._assembly(until).record(initial, self._results, describe)
        try:
            return trace if self._inquiries is None else self._inquiries.answered(initial, trace, until)
        finally:
            self._recording.ledger.release()
            self._bindings.close()
