"""Backward passes as they happen: the order in which the engine ran the functions, and the gradients on every edge.

NOTE [Watching the engine]
1. `torch.Tensor.backward`, `torch.autograd.backward` and `torch.autograd.grad` all enter the engine through one private
   function, which two modules have a name for. It is replaced in both while a cell runs, and put back afterwards.
2. The graph is walked before the engine runs, because in-place operations replace functions and the engine frees what
   they saved. What a function saved is never read.
3. Every function gets a hook that runs before it, and keeps a copy of what came in: keeping the gradient itself would
   change whether the engine may reuse its memory. Where that does not tell what goes out on each edge, it gets one that
   runs after it, too. All hooks are removed again, also when a hook of the program raises.
4. A function of several outputs gets None for those that no gradient reached. A hook sees what the program's own tensor
   hooks made of a gradient; probes between those hooks see the rest (`trace.hooks`).
5. `torch.autograd.grad` does not run the functions of the tensors that it differentiates by; their gradients are what
   it returns.
6. The mode is put on again for the engine, so that operations in the program's hooks are logged too.
7. A pass may be run in a hook or function of another; only the innermost one takes notes.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import torch

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Span
from tensorpad.trace.backward.graphs import Graphs, Seen, edge_of
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.backward.node_hooks import NodeHooks
from tensorpad.trace.backward.pass_logs import Passes, PassLog, Root
from tensorpad.trace.backward.passes import Pass
from tensorpad.trace.base.internals import ENGINE, DisableTorchFunction, engine_modules, function_modes
from tensorpad.trace.base.quiet import paused
from tensorpad.trace.forward.grad_fns import stand_for
from tensorpad.trace.forward.operation_mode import Operations
from tensorpad.trace.memory.gradients import Budget, Keeper
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.memory.timeline import Timeline
from tensorpad.trace.program.cells import Cells
from tensorpad.trace.program.definitions import Definitions

_ACCUMULATE = "accumulate_grad"


class BackwardWatch:
    """While entered, records every backward pass of this thread."""

    def __init__(
        self,
        graphs: Graphs,
        leaf_gradients: LeafGradients,
        sightings: Sightings,
        mode: Operations,
        limits: Limits,
        cells: Cells,
        name: Callable[[Any], str],
        site: Callable[[], tuple[Span | None, str | None]],
        timeline: Timeline,
    ) -> None:
        self.passes = Passes(limits)
        self._graphs = graphs
        self._leaf_gradients = leaf_gradients
        self._sightings = sightings
        self._mode = mode
        self._values = limits.values
        self._definitions = Definitions(cells)
        self._name = name
        self._site = site
        self._timeline = timeline
        self._budget = Budget()
        self._node_hooks = NodeHooks()
        self._originals: list[Any] = []
        self._thread = 0
        self._innermost: Pass | None = None

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
        self._node_hooks.__enter__()

    def __exit__(self, *_: object) -> None:
        self._node_hooks.__exit__()
        for module, original in zip(engine_modules, self._originals, strict=True):
            setattr(module, ENGINE, original)

    def _run(self, original: Any, outputs: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        outer = self._innermost
        running, keeper = self._start(outputs, args, kwargs)
        failed = True
        try:
            self._switch(outer, running)
            if any(mode is self._mode for mode in function_modes()):
                result = original(outputs, *args, **kwargs)
            else:
                with self._mode:
                    result = original(outputs, *args, **kwargs)
            failed = False
        finally:
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
        keeper = Keeper(self._values, self._budget)
        if not self.passes.takes_another():
            return None, keeper
        log = PassLog(len(self.passes.log) + 1, kwargs.get(_ACCUMULATE) is not False, bool(args[2]), bool(args[1]))
        running = Pass(log, keeper, self._graphs, self._leaf_gradients, self._mode.hooks, self._definitions.of)
        try:
            with DisableTorchFunction():
                self._prepare(running, keeper, outputs, args)
        except Exception:  # the pass itself must run whatever becomes of its record
            running.end()
        if not log.roots:
            return None, keeper  # torch refuses to begin
        self.passes.log.append(log)
        return running, keeper

    @paused()
    def _prepare(self, running: Pass, keeper: Keeper, outputs: Sequence[Any], args: tuple[Any, ...]) -> None:
        log = running.log
        log.span, log.expression = self._site()
        if self._innermost is not None:
            log.within = self._innermost.log.id
        running.ran = self._timeline.began(log.id, log.span)
        if args[3]:
            edges = [edge_of(tensor) for tensor in args[3]]
            log.inputs = [(self._graphs.named(edge[0]), edge[1]) for edge in edges if edge is not None]
        shared: dict[int, Seen] = {}
        room = self.passes.room(len(outputs))
        found: list[tuple[Any, Seen]] = []
        for place, output in enumerate(outputs):
            edge = edge_of(output)
            if edge is None:
                continue
            tensor: str | None = None
            if isinstance(output, torch.Tensor):
                sighting = self._sightings.again(output)
                tensor = sighting.id
                if output.grad_fn is not None:
                    stand_for(output, sighting, self._sightings)
            name = self._name(output)
            graph, pairs = self._graphs.walk(edge[0], name, True, room, shared)
            self._graphs.keep(graph)
            log.graphs.append(graph)
            log.size = max(log.size, len(shared) + graph.elided)
            given = args[0][place] if args[0] else None
            log.roots.append(Root(graph.functions[0].mark, edge[1], name, tensor, keeper.keep(given)))
            found += pairs
        running.watch(found, self._node_hooks.registered)

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
