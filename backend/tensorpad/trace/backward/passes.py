"""One backward pass while the engine runs it: our hooks on its functions, and what they see."""

from collections.abc import Callable
from typing import Any

from tensorpad.protocol.records import Span
from tensorpad.trace.backward.graphs import Graphs, Seen, edge_of
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.backward.node_hooks import registering
from tensorpad.trace.backward.pass_logs import PassLog
from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.forward.hooks import Fired, Hooks, Key, Probes
from tensorpad.trace.memory.functions import Mark
from tensorpad.trace.memory.gradients import Keeper

_type: Any = type
_saving: dict[Any, bool] = {}


class Arrival:
    """Our hook before one function. An object of its own is less for the garbage collector to look at than a closure."""

    __slots__ = ("_running", "_seen")

    def __init__(self, running: "Pass", seen: Seen) -> None:
        self._running = running
        self._seen = seen

    def __call__(self, gradients: Any) -> None:
        """Take in what arrives."""
        if self._running.active:
            try:
                self._running.arrived(self._seen, gradients)
            except Exception:  # the program must not fail because its trace does
                return


class Pass:
    """One pass: watches the functions that it is given, and must be ended."""

    def __init__(
        self,
        log: PassLog,
        keeper: Keeper,
        graphs: Graphs,
        leaf_gradients: LeafGradients,
        hooks: Hooks,
        define: Callable[[Any], tuple[str, Span | None]],
    ) -> None:
        self.log = log
        self.active = False
        """Whether this is the innermost pass that is running."""
        self._keeper = keeper
        self._graphs = graphs
        self._leaf_gradients = leaf_gradients
        self._hooks = hooks
        self.ran: Callable[[str], None] | None = None
        """What is told each function that the engine has run."""
        self._key = Key()
        self._probes = Probes(keeper, lambda: self.active, define)
        self._dictionaries: list[dict[Any, Any]] = []
        self._functions: dict[int, tuple[Any, Seen]] = {}
        self._raised: list[Fired] | None = None

    def watch(self, pairs: list[tuple[Any, Seen]], everything: bool) -> None:
        """Hook up the functions of all graphs of the pass.

        What goes out on an edge is what arrives at its other end, where only that one edge leads there; so most functions
        need no hook after them. `everything` asks for one on each.
        """
        for function, seen in pairs:
            self._functions.setdefault(id(function), (function, seen))
        ends = self._single_ends()
        if self.log.inputs is not None or self.log.create_graph:
            everything = True
        keeps = self.log.retain_graph
        with registering(self._key):
            for function, seen in self._functions.values():
                seen.frees = not keeps and _saves(function)
                leaf = seen.accumulates
                for one in self._hooks.at(seen.mark, leaf) if leaf or seen.mark.hooks else ():
                    dictionary = one.reference()
                    if dictionary is not None:
                        slot = None if one.kind == "accumulated" else one.slot
                        self._probes.place(dictionary, one.kind, seen.fired(), slot)
                self._register(function.register_prehook, self._leaf(function, seen) if leaf else Arrival(self, seen), seen)
                if leaf:
                    self._register(function.register_hook, self._after_leaf(function, seen), seen)
                elif everything or not ends.issuperset(seen.next):
                    self._register(function.register_hook, self._after(seen), seen)

    def _single_ends(self) -> set[tuple[Mark, int] | None]:
        """The slots at which exactly what goes out on one edge arrives."""
        single: set[tuple[Mark, int] | None] = set()
        several: set[Mark] = {root.mark for root in self.log.roots}
        recorded: set[Mark] = set()
        met: set[tuple[Mark, int] | None] = set()
        for _, seen in self._functions.values():
            mark = seen.mark
            recorded.add(mark)
            if mark.hooks or (seen.accumulates and self._hooks.at(mark, True)):
                several.add(mark)
            for edge in seen.next:
                if edge in met:
                    single.discard(edge)
                else:
                    met.add(edge)
                    single.add(edge)
        single.discard(None)
        alone = recorded - several
        return {edge for edge in single if edge is not None and edge[0] in alone} | {None}

    def _register(self, register: Callable[[Any], Any], hook: Any, seen: Seen) -> None:
        dictionary: dict[Any, Any] = register(hook)
        self._dictionaries.append(dictionary)
        if len(dictionary) > 1:
            kind = "prehook" if register.__name__ == "register_prehook" else "posthook"
            self._probes.place(dictionary, kind, seen.fired())

    def end(self) -> None:
        """Take all hooks and probes away."""
        for dictionary in self._dictionaries:
            dictionary.pop(self._key, None)
        self._dictionaries.clear()
        self._raised = self._probes.remove()

    def close(self, failed: bool) -> None:
        """The engine has come back."""
        runs = self.log.runs
        for order, seen in enumerate(runs):
            seen.order = order
        last = runs[-1] if runs else None
        if failed:
            ended = last
            if self._raised is not None:
                ended = next((seen for _, seen in self._functions.values() if seen.hooks is self._raised), last)
            if ended is not None:
                ended.completed = ended.frees = False
                if ended is not last:
                    runs.append(ended)
        if last is not None and last.completed and self.ran is not None:
            self.ran(last.mark.function or "")
        self.log.failed = failed
        self.log.unrecorded = self.log.size - len(self._functions)
        self.log.cut = self.log.unrecorded > 0
        self._functions.clear()

    def returned(self, inputs: Any, gradients: Any) -> None:
        """Take the gradients that `torch.autograd.grad` gives as those that arrived at its inputs' functions."""
        for tensor, gradient in zip(inputs, gradients, strict=False):
            edge = edge_of(tensor)
            if edge is None:
                continue
            function, slot = edge
            kept = self._keeper.keep(gradient)
            _, seen = self._functions.get(id(function), (None, None))
            mark = self._graphs.named(function) if seen is None else seen.mark
            self.log.returned.append((mark, slot, kept))
            if seen is not None and kept is not None:
                slots = [*seen.gradients, *[None] * (slot + 1 - len(seen.gradients))]
                slots[slot] = kept
                seen.gradients = tuple(slots)

    def arrived(self, seen: Seen, gradients: Any) -> None:
        """The engine is about to run a function with these gradients."""
        runs, ran = self.log.runs, self.ran
        if runs and ran is not None:
            ran(runs[-1].mark.function or "")
        runs.append(seen)
        seen.gradients = self._keeper.keep_all(gradients)

    def _leaf(self, function: Any, seen: Seen) -> Callable[[Any], None]:
        before = Arrival(self, seen)

        def arrived(gradients: Any) -> None:
            before(gradients)
            if self.active:
                try:
                    with DisableTorchFunction():
                        seen.before = self._keeper.keep(function.variable.grad)
                except Exception:
                    return

        return arrived

    def _after(self, seen: Seen) -> Callable[[Any, Any], None]:
        create_graph = self.log.create_graph

        def sent(gradients: Any, _: Any) -> None:
            if self.active:
                try:
                    seen.sent = self._keeper.keep_all(gradients)
                    if create_graph:
                        with DisableTorchFunction():
                            seen.made = tuple([self._made(gradient) for gradient in gradients])
                except Exception:
                    return

        return sent

    def _after_leaf(self, function: Any, seen: Seen) -> Callable[[Any, Any], None]:
        def accumulated(*_: Any) -> None:
            if self.active:
                try:
                    hook = next((fired for fired in seen.hooks if fired.kind == "accumulated"), None)
                    with DisableTorchFunction():
                        leaf = function.variable
                        self._leaf_gradients.accumulated(leaf, hook is not None)
                        seen.accumulated = self._keeper.keep(leaf.grad) if hook is None else hook.before[0]
                except Exception:
                    return

        return accumulated

    def _made(self, gradient: Any) -> Mark | None:
        edge = None if gradient is None else edge_of(gradient)
        return None if edge is None else self._graphs.named(edge[0])


def _saves(function: Any) -> bool:
    """Whether a function has saved tensors for its turn."""
    kind = _type(function)
    saves = _saving.get(kind)
    if saves is None:
        if hasattr(kind, "apply"):
            try:
                return bool(function._raw_saved_tensors)  # a function of the program's own
            except RuntimeError:
                return False
        saves = _saving[kind] = any(name.startswith("_raw_saved") for name in dir(kind))
    return saves
