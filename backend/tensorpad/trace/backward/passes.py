"""One backward pass while the engine runs it: our hooks on its functions, and what they see."""

from collections.abc import Callable
from typing import Any

from tensorpad.protocol.records import Span
from tensorpad.trace.backward.function_hooks import registering
from tensorpad.trace.backward.graphs import GraphFunction, Graphs, edge_of
from tensorpad.trace.backward.hook_calls import GradientReaders, HookCall, Key
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.backward.pass_logs import PassLog
from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.forward.hooks import Hooks
from tensorpad.trace.memory.gradients import Keeper
from tensorpad.trace.memory.tracked import FunctionInfo
from tensorpad.trace.program.timeline import Timeline

_type: Any = type
_saving: dict[Any, bool] = {}


class Arrival:
    """Our hook before one function. An object of its own is less work for the garbage collector than a closure."""

    __slots__ = ("_function", "_running")

    def __init__(self, running: "Pass", function: GraphFunction) -> None:
        self._running = running
        self._function = function

    def __call__(self, gradients: Any) -> None:
        """Keep what arrives."""
        if self._running.active:
            try:
                self._running.arrived(self._function, gradients)
            except Exception:  # the program must not fail because its trace does
                return


class Pass:
    """One pass: watches functions, and must be ended."""

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
        self._ran: Callable[[str], None] | None = None
        """Called with the id of each function that the engine has run."""
        self._key = Key()
        self._told = 0
        """The number of functions that it was called for."""
        self._readers = GradientReaders(keeper, lambda: self.active, define, self._tell)
        self._dictionaries: list[dict[Any, Any]] = []
        self._functions: dict[int, tuple[Any, GraphFunction]] = {}
        self._raised: list[HookCall] | None = None

    def begin(self, timeline: Timeline) -> None:
        """Add the pass to the timeline, and from now on each function that the engine has run."""
        self._ran = timeline.begin_pass(self.log.id, self.log.span)

    def watch(self, pairs: list[tuple[Any, GraphFunction]], everything: bool) -> None:
        """Hook up the functions of all graphs of the pass.

        What goes out on an edge is what arrives at its other end, if only that one edge leads there; so most functions
        need no hook after them. `everything` asks for one on each.
        """
        for grad_fn, function in pairs:
            self._functions.setdefault(id(grad_fn), (grad_fn, function))
        ends = self._single_ends()
        if self.log.inputs is not None or self.log.create_graph:
            everything = True
        keeps = self.log.retain_graph
        with registering(self._key):
            for grad_fn, function in self._functions.values():
                function.frees = not keeps and _saves(grad_fn)
                leaf = function.accumulates
                for hooked in self._hooks.on(function.info, leaf) if leaf or function.info.hooks else ():
                    dictionary = hooked.reference()
                    if dictionary is not None:
                        slot = None if hooked.kind == "accumulated" else hooked.slot
                        self._readers.insert(dictionary, hooked.kind, function.hook_calls(), slot)
                self._register(
                    grad_fn.register_prehook, self._leaf(grad_fn, function) if leaf else Arrival(self, function), function
                )
                if leaf:
                    self._register(grad_fn.register_hook, self._after_leaf(grad_fn, function), function)
                elif everything or not ends.issuperset(function.next):
                    self._register(grad_fn.register_hook, self._after(function), function)

    def _single_ends(self) -> set[tuple[FunctionInfo, int] | None]:
        """The slots at which exactly what goes out on one edge arrives."""
        single: set[tuple[FunctionInfo, int] | None] = set()
        several: set[FunctionInfo] = {root.info for root in self.log.roots}
        recorded: set[FunctionInfo] = set()
        met: set[tuple[FunctionInfo, int] | None] = set()
        for _, function in self._functions.values():
            info = function.info
            recorded.add(info)
            if info.hooks or (function.accumulates and self._hooks.on(info, True)):
                several.add(info)
            for edge in function.next:
                if edge in met:
                    single.discard(edge)
                else:
                    met.add(edge)
                    single.add(edge)
        single.discard(None)
        alone = recorded - several
        return {edge for edge in single if edge is not None and edge[0] in alone} | {None}

    def _register(self, register: Callable[[Any], Any], hook: Any, function: GraphFunction) -> None:
        dictionary: dict[Any, Any] = register(hook)
        self._dictionaries.append(dictionary)
        if len(dictionary) > 1:
            kind = "prehook" if register.__name__ == "register_prehook" else "posthook"
            self._readers.insert(dictionary, kind, function.hook_calls())

    def end(self) -> None:
        """Remove all hooks of ours."""
        for dictionary in self._dictionaries:
            dictionary.pop(self._key, None)
        self._dictionaries.clear()
        self._raised = self._readers.remove()

    def close(self, failed: bool) -> None:
        """The engine has come back."""
        runs = self.log.runs
        for order, function in enumerate(runs):
            function.order = order
        last = runs[-1] if runs else None
        if failed:
            ended = last
            if self._raised is not None:
                ended = next((function for _, function in self._functions.values() if function.hooks is self._raised), last)
            if ended is not None:
                ended.completed = ended.frees = False
                if ended is not last:
                    runs.append(ended)
        if last is not None and last.completed:
            self._tell(len(runs) - (runs[-1] is not last))
        self.log.failed = failed
        self.log.unrecorded = self.log.size - len(self._functions)
        self.log.cut = self.log.unrecorded > 0
        self._functions.clear()

    def returned(self, inputs: Any, gradients: Any) -> None:
        """Take the gradients that `torch.autograd.grad` returns for those that arrived at its inputs' functions.

        It does not run the functions of the tensors that it differentiates by.
        """
        for tensor, gradient in zip(inputs, gradients, strict=False):
            edge = edge_of(tensor)
            if edge is None:
                continue
            grad_fn, slot = edge
            kept = self._keeper.keep(gradient)
            _, function = self._functions.get(id(grad_fn), (None, None))
            info = self._graphs.named(grad_fn) if function is None else function.info
            self.log.returned.append((info, slot, kept))
            if function is not None and kept is not None:
                slots = [*function.gradients, *[None] * (slot + 1 - len(function.gradients))]
                slots[slot] = kept
                function.gradients = tuple(slots)

    def arrived(self, function: GraphFunction, gradients: Any) -> None:
        """The engine is about to run a function with these gradients."""
        self._tell()
        self.log.runs.append(function)
        function.gradients = self._keeper.keep_all(gradients)

    def _tell(self, count: int | None = None) -> None:
        """What arrived so far (the first `count`) has run: the next function, or a hook of the program's, begins."""
        runs = self.log.runs
        for function in runs[self._told : count]:
            self._told += 1
            if self._ran is not None:
                self._ran(function.info.id or "")

    def _leaf(self, grad_fn: Any, function: GraphFunction) -> Callable[[Any], None]:
        before = Arrival(self, function)

        def arrived(gradients: Any) -> None:
            before(gradients)
            if self.active:
                try:
                    with DisableTorchFunction():
                        function.before = self._keeper.keep(grad_fn.variable.grad)
                except Exception:
                    return

        return arrived

    def _after(self, function: GraphFunction) -> Callable[[Any, Any], None]:
        create_graph = self.log.create_graph

        def sent(gradients: Any, _: Any) -> None:
            if self.active:
                try:
                    function.sent = self._keeper.keep_all(gradients)
                    if create_graph:
                        with DisableTorchFunction():
                            function.made = tuple([self._made(gradient) for gradient in gradients])
                except Exception:
                    return

        return sent

    def _after_leaf(self, grad_fn: Any, function: GraphFunction) -> Callable[[Any, Any], None]:
        def accumulated(*_: Any) -> None:
            if self.active:
                try:
                    hook = next((call for call in function.hooks if call.kind == "accumulated"), None)
                    with DisableTorchFunction():
                        leaf = grad_fn.variable
                        self._leaf_gradients.accumulated(leaf, hook is not None)
                        function.accumulated = self._keeper.keep(leaf.grad) if hook is None else hook.before[0]
                except Exception:
                    return

        return accumulated

    def _made(self, gradient: Any) -> FunctionInfo | None:
        edge = None if gradient is None else edge_of(gradient)
        return None if edge is None else self._graphs.named(edge[0])


def _saves(grad_fn: Any) -> bool:
    """Whether a function has saved tensors for its turn."""
    kind = _type(grad_fn)
    saves = _saving.get(kind)
    if saves is None:
        if hasattr(kind, "apply"):
            try:
                return bool(grad_fn._raw_saved_tensors)  # a function of the program's own
            except RuntimeError:
                return False
        saves = _saving[kind] = any(name.startswith("_raw_saved") for name in dir(kind))
    return saves
