"""Backward passes as they happen: the order in which the engine runs the functions, and the gradients on every edge."""

import threading
from collections.abc import Sequence
from typing import Any

import torch

from tensorpad.trace.backward.function_hooks import FunctionHooks
from tensorpad.trace.backward.graphs import GraphFunction, Graphs, edge_of
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.backward.pass_logs import Passes, PassLog, Root
from tensorpad.trace.backward.passes import Pass
from tensorpad.trace.backward.roots import RootNames
from tensorpad.trace.base.internals import ENGINE, DisableTorchFunction, calling_frame, engine_modules, function_modes
from tensorpad.trace.base.quiet import paused
from tensorpad.trace.forward.operation_mode import OperationMode
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.gradients import Keeper, SummaryAllowance
from tensorpad.trace.program.definitions import Definitions

_ACCUMULATE = "accumulate_grad"


class BackwardWatch:
    """While entered, records every backward pass of this thread.

    NOTE [Watching the engine]
    1. `torch.Tensor.backward`, `torch.autograd.backward` and `torch.autograd.grad` all enter the engine through one private
       function, for which two modules have a name. It is replaced in both while a cell runs, and put back afterwards.
    2. The graph is walked before the engine runs, because in-place operations replace functions and the engine frees what
       they saved. What a function saved is never read.
    3. Every function gets a hook that runs before it and keeps a copy of what came in: keeping the gradient itself would
       change whether the engine may reuse its memory. If that does not show what goes out on each edge, the function gets a
       hook that runs after it, too. All hooks are removed again, also when a hook of the program raises.
    4. A function of several outputs gets None for those that no gradient reached. A hook sees what the program's own tensor
       hooks made of a gradient; readers between those hooks see the rest, see NOTE [Readers between hooks].
    5. A pass may be run in a hook or function of another; only the innermost one is recorded.
    """

    def __init__(self, recording: Recording, graphs: Graphs, leaf_gradients: LeafGradients, mode: OperationMode) -> None:
        self.passes = Passes(recording.limits)
        self._recording = recording
        self._graphs = graphs
        self._leaf_gradients = leaf_gradients
        self._mode = mode
        self._definitions = Definitions(recording.cells)
        self._root_names = RootNames(recording)
        self._summaries = SummaryAllowance()
        self._function_hooks = FunctionHooks()
        self._originals: list[Any] = []
        self._thread = 0
        self._innermost: Pass | None = None
        self.running = 0
        """How many passes run now, one in another."""

    def __enter__(self) -> None:
        self._thread = threading.get_ident()
        self._originals = [getattr(module, ENGINE) for module in engine_modules]
        original = self._originals[0]

        def _engine_run_backward(outputs: Any, *args: Any, **kwargs: Any) -> Any:
            if threading.get_ident() != self._thread:
                return original(outputs, *args, **kwargs)
            return self._run(original, outputs, args, kwargs)

        for module in engine_modules:
            setattr(module, ENGINE, _engine_run_backward)
        self._function_hooks.__enter__()

    def __exit__(self, *_: object) -> None:
        self._function_hooks.__exit__()
        for module, original in zip(engine_modules, self._originals, strict=True):
            setattr(module, ENGINE, original)

    def _run(self, original: Any, outputs: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        outer = self._innermost
        running, keeper = self._start(outputs, args, kwargs)
        failed = True
        self.running += 1
        try:
            self._switch(outer, running)
            if any(mode is self._mode for mode in function_modes()):
                result = original(outputs, *args, **kwargs)
            else:
                # On again, so that operations in the program's hooks are recorded, too.
                with self._mode:
                    result = original(outputs, *args, **kwargs)
            failed = False
        finally:
            self.running -= 1
            self._switch(running, outer)
            if running is not None:
                running.end()
                if failed:
                    self._close(running, keeper, failed)
        if running is not None:
            self._returned(running, args, kwargs, result)
            self._close(running, keeper, failed)
        return result

    def _start(self, outputs: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Pass | None, Keeper]:
        keeper = Keeper(self._recording.limits.values, self._summaries)
        if not self.passes.takes_another():
            return None, keeper
        log = PassLog(len(self.passes.all) + 1, kwargs.get(_ACCUMULATE) is not False, bool(args[2]), bool(args[1]))
        running = Pass(log, keeper, self._graphs, self._leaf_gradients, self._recording.hooks, self._definitions.of)
        try:
            with DisableTorchFunction():
                self._prepare(running, keeper, outputs, args)
        except Exception:  # the pass itself must run whatever becomes of its record
            running.end()
        if not log.roots:
            return None, keeper  # torch refuses to begin
        self.passes.all.append(log)
        return running, keeper

    @paused()
    def _prepare(self, running: Pass, keeper: Keeper, outputs: Sequence[Any], args: tuple[Any, ...]) -> None:
        log = running.log
        self._locate(log)
        if self._innermost is not None:
            log.within = self._innermost.log.id
        running.begin(self._recording.timeline)
        if args[3]:
            edges = [edge_of(tensor) for tensor in args[3]]
            log.inputs = [(self._graphs.named(edge[0]), edge[1]) for edge in edges if edge is not None]
        shared: dict[int, GraphFunction] = {}
        allowance = self.passes.allowance(len(outputs))
        pairs: list[tuple[Any, GraphFunction]] = []
        for index, output in enumerate(outputs):
            edge = edge_of(output)
            if edge is None:
                continue
            tensor = self._tensor(output)
            name = self._root_names.of(output)
            graph, walked = self._graphs.walk(edge[0], name, True, allowance, shared)
            self._graphs.keep(graph)
            log.graphs.append(graph)
            log.size = max(log.size, len(shared) + graph.elided)
            start = args[0][index] if args[0] else None
            log.roots.append(Root(graph.functions[0].info, edge[1], name, tensor, keeper.keep(start)))
            pairs += walked
        running.watch(pairs, self._function_hooks.registered)

    def _locate(self, log: PassLog) -> None:
        """Note the source of the program that runs the pass."""
        frame = self._recording.cells.nearest(calling_frame(1))
        if frame is not None:
            self._recording.timeline.at(frame)
            _, site = self._recording.sites.own(frame)
            log.span, log.expression = site.span, site.expression

    def _tensor(self, output: Any) -> str | None:
        """The id of what a pass starts from, None if that is only an edge of a graph."""
        if not isinstance(output, torch.Tensor):
            return None
        tracked = self._recording.tensors.update(output)
        if output.grad_fn is not None:
            self._recording.grad_fns.note(output, tracked)
        return tracked.id

    def _switch(self, before: Pass | None, after: Pass | None) -> None:
        if before is not None:
            before.active = False
        if after is not None:
            after.active = True
        self._innermost = after

    def _returned(self, running: Pass, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any) -> None:
        if kwargs.get(_ACCUMULATE) is False and len(args) > 3:
            try:
                with DisableTorchFunction():
                    running.returned(args[3], result)
            except Exception:
                return

    def _close(self, running: Pass, keeper: Keeper, failed: bool) -> None:
        running.close(failed)
        self.passes.ended(running.log, keeper.kept)
