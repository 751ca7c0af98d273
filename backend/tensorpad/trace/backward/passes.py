"""One backward pass while the engine runs it: our hooks on its functions, and what they see."""

from collections.abc import Callable
from typing import Any

from tensorpad.protocol.records import Span
from tensorpad.trace.backward.graphs import GraphNode, Graphs, edge_of
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.backward.node_hooks import registering
from tensorpad.trace.backward.pass_logs import PassLog
from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.forward.hooks import Fired, Hooks, Key, Probes
from tensorpad.trace.memory.gradients import Keeper
from tensorpad.trace.memory.timeline import Timeline
from tensorpad.trace.memory.tracked import NodeInfo

_type: Any = type
_saving: dict[Any, bool] = {}


class Arrival:
    """Our hook before one function. An object of its own is less work for the garbage collector than a closure."""

    __slots__ = ("_node", "_running")

    def __init__(self, running: "Pass", node: GraphNode) -> None:
        self._running = running
        self._node = node

    def __call__(self, gradients: Any) -> None:
        """Keep what arrives."""
        if self._running.active:
            try:
                self._running.arrived(self._node, gradients)
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
        self._probes = Probes(keeper, lambda: self.active, define)
        self._dictionaries: list[dict[Any, Any]] = []
        self._functions: dict[int, tuple[Any, GraphNode]] = {}
        self._raised: list[Fired] | None = None

    def begin(self, timeline: Timeline) -> None:
        """Add the pass to the timeline, and from now on each function that the engine has run."""
        self._ran = timeline.begin_pass(self.log.id, self.log.span)

    def watch(self, pairs: list[tuple[Any, GraphNode]], everything: bool) -> None:
        """Hook up the functions of all graphs of the pass.

        What goes out on an edge is what arrives at its other end, if only that one edge leads there; so most functions
        need no hook after them. `everything` asks for one on each.
        """
        for function, node in pairs:
            self._functions.setdefault(id(function), (function, node))
        ends = self._single_ends()
        if self.log.inputs is not None or self.log.create_graph:
            everything = True
        keeps = self.log.retain_graph
        with registering(self._key):
            for function, node in self._functions.values():
                node.frees = not keeps and _saves(function)
                leaf = node.accumulates
                for hooked in self._hooks.on(node.info, leaf) if leaf or node.info.hooks else ():
                    dictionary = hooked.reference()
                    if dictionary is not None:
                        slot = None if hooked.kind == "accumulated" else hooked.slot
                        self._probes.insert(dictionary, hooked.kind, node.fired(), slot)
                self._register(function.register_prehook, self._leaf(function, node) if leaf else Arrival(self, node), node)
                if leaf:
                    self._register(function.register_hook, self._after_leaf(function, node), node)
                elif everything or not ends.issuperset(node.next):
                    self._register(function.register_hook, self._after(node), node)

    def _single_ends(self) -> set[tuple[NodeInfo, int] | None]:
        """The slots at which exactly what goes out on one edge arrives."""
        single: set[tuple[NodeInfo, int] | None] = set()
        several: set[NodeInfo] = {root.info for root in self.log.roots}
        recorded: set[NodeInfo] = set()
        met: set[tuple[NodeInfo, int] | None] = set()
        for _, node in self._functions.values():
            info = node.info
            recorded.add(info)
            if info.hooks or (node.accumulates and self._hooks.on(info, True)):
                several.add(info)
            for edge in node.next:
                if edge in met:
                    single.discard(edge)
                else:
                    met.add(edge)
                    single.add(edge)
        single.discard(None)
        alone = recorded - several
        return {edge for edge in single if edge is not None and edge[0] in alone} | {None}

    def _register(self, register: Callable[[Any], Any], hook: Any, node: GraphNode) -> None:
        dictionary: dict[Any, Any] = register(hook)
        self._dictionaries.append(dictionary)
        if len(dictionary) > 1:
            kind = "prehook" if register.__name__ == "register_prehook" else "posthook"
            self._probes.insert(dictionary, kind, node.fired())

    def end(self) -> None:
        """Remove all hooks and probes."""
        for dictionary in self._dictionaries:
            dictionary.pop(self._key, None)
        self._dictionaries.clear()
        self._raised = self._probes.remove()

    def close(self, failed: bool) -> None:
        """The engine has come back."""
        runs = self.log.runs
        for order, node in enumerate(runs):
            node.order = order
        last = runs[-1] if runs else None
        if failed:
            ended = last
            if self._raised is not None:
                ended = next((node for _, node in self._functions.values() if node.hooks is self._raised), last)
            if ended is not None:
                ended.completed = ended.frees = False
                if ended is not last:
                    runs.append(ended)
        if last is not None and last.completed and self._ran is not None:
            self._ran(last.info.function or "")
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
            function, slot = edge
            kept = self._keeper.keep(gradient)
            _, node = self._functions.get(id(function), (None, None))
            info = self._graphs.named(function) if node is None else node.info
            self.log.returned.append((info, slot, kept))
            if node is not None and kept is not None:
                slots = [*node.gradients, *[None] * (slot + 1 - len(node.gradients))]
                slots[slot] = kept
                node.gradients = tuple(slots)

    def arrived(self, node: GraphNode, gradients: Any) -> None:
        """The engine is about to run a function with these gradients."""
        runs, ran = self.log.runs, self._ran
        if runs and ran is not None:
            ran(runs[-1].info.function or "")
        runs.append(node)
        node.gradients = self._keeper.keep_all(gradients)

    def _leaf(self, function: Any, node: GraphNode) -> Callable[[Any], None]:
        before = Arrival(self, node)

        def arrived(gradients: Any) -> None:
            before(gradients)
            if self.active:
                try:
                    with DisableTorchFunction():
                        node.before = self._keeper.keep(function.variable.grad)
                except Exception:
                    return

        return arrived

    def _after(self, node: GraphNode) -> Callable[[Any, Any], None]:
        create_graph = self.log.create_graph

        def sent(gradients: Any, _: Any) -> None:
            if self.active:
                try:
                    node.sent = self._keeper.keep_all(gradients)
                    if create_graph:
                        with DisableTorchFunction():
                            node.made = tuple([self._made(gradient) for gradient in gradients])
                except Exception:
                    return

        return sent

    def _after_leaf(self, function: Any, node: GraphNode) -> Callable[[Any, Any], None]:
        def accumulated(*_: Any) -> None:
            if self.active:
                try:
                    hook = next((fired for fired in node.hooks if fired.kind == "accumulated"), None)
                    with DisableTorchFunction():
                        leaf = function.variable
                        self._leaf_gradients.accumulated(leaf, hook is not None)
                        node.accumulated = self._keeper.keep(leaf.grad) if hook is None else hook.before[0]
                except Exception:
                    return

        return accumulated

    def _made(self, gradient: Any) -> NodeInfo | None:
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
