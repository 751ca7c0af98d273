"""Backward passes as they happen: the order in which the engine ran the functions, and the gradient that reached each.

NOTE [Watching the engine]
1. `torch.Tensor.backward`, `torch.autograd.backward` and `torch.autograd.grad` all enter the engine through one private
   function, which two modules have a name for. It is replaced in both while a cell runs, and put back afterwards.
2. The graph is walked before the engine runs, because in-place operations replace functions and the engine frees what
   they saved. What a function saved is never read.
3. Every function gets a hook that runs before it, and keeps a copy of what came in: keeping the gradient itself would
   change whether the engine may reuse its memory. All hooks are removed again, also when a hook of the program raises.
4. A function of several outputs gets None for those that no gradient reached. A hook sees what the program's own tensor
   hooks made of a gradient.
5. `torch.autograd.grad` does not run the functions of the tensors that it differentiates by; their gradients are what
   it returns.
6. The mode is put on again for the engine, so that operations in the program's hooks are logged too.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch.autograd.graph import GradientEdge, get_gradient_edge

from tensorpad.protocol.records import OpaqueValues, Values
from tensorpad.trace.functions import Mark, Walked, mark_of, walk
from tensorpad.trace.internals import ENGINE, DisableTorchDispatch, DisableTorchFunction, engine_modules, function_modes
from tensorpad.trace.operations import Operations, stand_for
from tensorpad.trace.sightings import Sighting, Sightings
from tensorpad.trace.values import FULL, SUMMARY, Allowance, copied, is_plain, values_of

SUMMARISED = 50_000_000
"""Elements of large gradients that are summarised in one run; summaries are made while the program waits."""


class Seen:
    """One function of a graph: its mark, its edges, and what the pass brought."""

    __slots__ = ("gradients", "mark", "name", "next", "order")

    def __init__(self, name: str, mark: Mark) -> None:
        self.name = name
        self.mark = mark
        self.next: list[tuple[Mark, int] | None] = []
        """The marks of what follows, which may lie beyond the part of the graph that is recorded."""
        self.gradients: list[Any] = []
        """Copies, or values where a copy would have been large; None where nothing arrived."""
        self.order: int | None = None


class Graph:
    """One graph, as it was when it was walked."""

    def __init__(self, root_name: str, functions: list[Seen], elided: int, backward: bool) -> None:
        self.root_name = root_name
        self.functions = functions
        self.elided = elided
        self.backward = backward


class Graphs:
    """The graphs of a run: the newest `kept` of those that a backward pass ran over, and those that are asked for."""

    def __init__(self, sightings: Sightings, nodes: int, kept: int) -> None:
        self.newest: deque[Graph] = deque(maxlen=kept)
        self.dropped = False
        self._sightings = sightings
        self._nodes = nodes
        self._count = 0

    def walk(
        self, root: Any, name: str, backward: bool, shared: dict[int, Seen] | None = None
    ) -> tuple[Graph, list[tuple[Any, Seen]]]:
        """Walk from a function. Gives the graph, and each function with what is kept of it; `shared`: those met before."""
        known: dict[int, Seen] = {} if shared is None else shared
        found, elided = walk(root, self._nodes)
        pairs = [(walked.function, known.get(id(walked.function)) or self._seen(walked, known)) for walked in found]
        for walked, (_, seen) in zip(found, pairs, strict=True):
            seen.next = [edge and (self._named(edge[0]), edge[1]) for edge in walked.next]
        return Graph(name, [seen for _, seen in pairs], elided, backward), pairs

    def keep(self, graph: Graph) -> None:
        """Keep a graph; the oldest goes when there are too many."""
        self.dropped = self.dropped or len(self.newest) == self.newest.maxlen
        self.newest.append(graph)

    def mark(self, function: Any) -> Mark:
        """The mark on a function."""
        return mark_of(function, self._sightings)

    def _named(self, function: Any) -> Mark:
        mark = mark_of(function, self._sightings)
        if mark.function is None:
            self._count += 1
            mark.function = f"f{self._count}"
        return mark

    def _seen(self, walked: Walked, known: dict[int, Seen]) -> Seen:
        mark = self._named(walked.function)
        if mark.tensor is None and walked.name == "AccumulateGrad":
            mark.tensor = self._sightings.of(walked.function.variable).id
        seen = known[id(walked.function)] = Seen(walked.name, mark)
        return seen


def function_of(tensor: Any) -> Any:
    """The backward function at which a pass from a tensor starts; None where there is none."""
    if type(tensor) is GradientEdge:
        return tensor.node
    if not tensor.requires_grad:
        return None
    return get_gradient_edge(tensor).node


class BackwardWatch:
    """While entered, records every backward pass of this thread."""

    def __init__(
        self, graphs: Graphs, sightings: Sightings, mode: Operations, values: int, name: Callable[[Any], str]
    ) -> None:
        self._graphs = graphs
        self._sightings = sightings
        self._mode = mode
        self._values = values
        self._name = name
        self._budget = SUMMARISED
        self._originals: list[Any] = []
        self._thread = 0

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

    def __exit__(self, *_: object) -> None:
        for module, original in zip(engine_modules, self._originals, strict=True):
            setattr(module, ENGINE, original)

    def _run(self, original: Any, outputs: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        backward_pass = Pass(self._values, self)
        try:
            try:
                with DisableTorchFunction():
                    self._prepare(backward_pass, outputs)
            except Exception:  # the pass itself must run whatever becomes of its record
                backward_pass.remove()
            if any(mode is self._mode for mode in function_modes()):
                result = original(outputs, *args, **kwargs)
            else:
                with self._mode:
                    result = original(outputs, *args, **kwargs)
        finally:
            backward_pass.remove()
        if kwargs.get("accumulate_grad") is False and len(args) > 3:
            backward_pass.returned(args[3], result)
        return result

    def _prepare(self, backward_pass: "Pass", outputs: Sequence[Any]) -> None:
        shared: dict[int, Seen] = {}
        for output in outputs:
            function = function_of(output)
            if function is None:
                continue
            if isinstance(output, torch.Tensor):
                sighting: Sighting = self._sightings.again(output)
                if output.grad_fn is not None:
                    stand_for(output, sighting, self._sightings)
            graph, pairs = self._graphs.walk(function, self._name(output), True, shared)
            self._graphs.keep(graph)
            backward_pass.watch(pairs)

    def copy(self, gradient: Any) -> Any:
        """What is kept of a gradient: a copy where it is small, otherwise its values, summarised now."""
        quiet = DisableTorchDispatch()
        with DisableTorchFunction(), torch.no_grad():
            count: int = gradient.numel()
            if count <= self._values and is_plain(gradient):
                kept: Any = copied(gradient)
            else:
                self._budget -= count
                allowance = Allowance(SUMMARISED, float("inf") if self._budget > 0 else 0.0)
                kept = values_of(gradient, self._values, allowance)
        del quiet
        return kept


class Pass:
    """One backward pass: its hooks, and the order in which they were called."""

    def __init__(self, values: int, watch: BackwardWatch) -> None:
        self._values = values
        self._watch = watch
        self._handles: list[Any] = []
        self._functions: dict[int, tuple[Any, Seen]] = {}
        self._ran = 0

    def watch(self, pairs: list[tuple[Any, Seen]]) -> None:
        """Put a hook on each function that has none of this pass yet."""
        for function, seen in pairs:
            if id(function) not in self._functions:
                self._functions[id(function)] = (function, seen)
                self._handles.append(function.register_prehook(self._hook(seen)))

    def _hook(self, seen: Seen) -> Callable[[Any], None]:
        def arrived(gradients: Any) -> None:
            seen.order = self._ran
            self._ran += 1
            try:
                seen.gradients = [None if gradient is None else self._watch.copy(gradient) for gradient in gradients]
            except Exception:
                seen.gradients = []

        return arrived

    def returned(self, inputs: Any, gradients: Any) -> None:
        """Take the gradients that `torch.autograd.grad` gives as those that arrived at its inputs' functions."""
        try:
            with DisableTorchFunction():
                for tensor, gradient in zip(inputs, gradients, strict=False):
                    edge = tensor if type(tensor) is GradientEdge else get_gradient_edge(tensor)
                    _, seen = self._functions.get(id(edge.node), (None, None))
                    if seen is None or gradient is None:
                        continue
                    slots = [*seen.gradients, *[None] * (edge.output_nr + 1 - len(seen.gradients))]
                    slots[edge.output_nr] = self._watch.copy(gradient)
                    seen.gradients = slots
        except Exception:
            return
        finally:
            self._functions.clear()

    def remove(self) -> None:
        """Remove all hooks."""
        for handle in self._handles:
            handle.remove()
        self._handles.clear()


def gradient_values(kept: Any, limit: int, allowance: Allowance) -> Values | None:
    """What was kept of a gradient, as values."""
    if kept is None:
        return None
    if not isinstance(kept, torch.Tensor):
        return kept if allowance.take(SUMMARY) else OpaqueValues(kept.shape, FULL)
    return values_of(kept, limit, allowance)
