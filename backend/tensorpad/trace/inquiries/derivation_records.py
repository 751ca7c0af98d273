"""A derivation as a record: what to call each step, its formulas, the paths, and the checks."""

import math
from typing import Any, Final

import torch

from tensorpad.protocol.derivations import DerivationRecord, DerivationStep, LeafDerivation, LocalDerivative, PathRecord
from tensorpad.protocol.records import Values
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.base import variables
from tensorpad.trace.base.texts import cut
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.inquiries.differences import Leaf, differences
from tensorpad.trace.inquiries.formulas import Labels, closed_form, local_formula
from tensorpad.trace.inquiries.local_derivatives import Chain, Edge, Node
from tensorpad.trace.inquiries.tape import Entry, Tape
from tensorpad.trace.memory.tracked import FunctionInfo
from tensorpad.trace.memory.values import Allowance, values_of

ELEMENTS = 200_000
"""Elements in one answer."""
PATHS = 100
"""Paths in one answer."""
_TOLERANCES: Final = {torch.float64: 1e-9, torch.float32: 1e-4, torch.float16: 1e-2, torch.bfloat16: 5e-2}
"""How far two ways to compute a gradient may differ by rounding, relative to its magnitude (at least 1)."""


class Captured:
    """One scalar and its chain. `gradients` are autograd's, by the index of the leaf."""

    def __init__(self, root: Any, chain: Chain, start: float) -> None:
        self.root = root
        self.chain = chain
        self.start = start
        self.gradients: dict[int, Any] = {}


class Writing:
    """Writes one answer. `names` are what the program calls tensors."""

    def __init__(
        self,
        captured: Captured,
        tape: Tape,
        recording: Recording,
        names: dict[int, str],
        trace: TraceRecord,
    ) -> None:
        self._captured = captured
        self._known = {
            *(tensor.id for tensor in trace.tensors),
            *(operation.id for operation in trace.operations),
            *(function.id for graph in trace.graphs for function in graph.functions),
        }
        self._hooked = _changed_by_hooks(trace)
        self._tape = tape
        self._recording = recording
        self._limit = recording.limits.values
        self._allowance = Allowance(ELEMENTS, float("inf"))
        self._entries = self._entries_by_info()
        self._tensors = self._tensors_by_info()
        self._labels = Labels(names)
        self._nodes = [self._info(node.function) for node in captured.chain.nodes]
        self._names: list[str] = []
        nodes = captured.chain.nodes
        for index in reversed(range(len(nodes))):
            # Numbered from the leaves on, as the program made them.
            self._names.append(self._label(nodes[index], index))
        self._names.reverse()

    def record(self, until: float | None) -> DerivationRecord:
        """The record of the derivation. With `until`, of `time.monotonic`, finite differences are taken until then."""
        chain = self._captured.chain
        steps = tuple(self._step(index, node) for index, node in enumerate(chain.nodes))
        counts = chain.path_counts()
        room = PATHS
        leaves: list[LeafDerivation] = []
        for index in chain.leaves():
            if index in self._captured.gradients:
                leaf = self._leaf(index, counts[index], room, until)
                room -= len(leaf.paths)
                leaves.append(leaf)
        return DerivationRecord(self._names[0], None, steps, tuple(leaves))

    def _label(self, node: Node, index: int) -> str:
        if node.variable is not None:
            return self._labels.of(id(node.variable), "x")
        if index == 0:
            return self._labels.of(id(self._captured.root), "v")
        tensor = self._tensors.get(id(self._nodes[index]))
        return self._labels.of(id(tensor) if tensor is not None else id(node.function), "v")

    def _entries_by_info(self) -> dict[int, tuple[Entry, int]]:
        found: dict[int, tuple[Entry, int]] = {}
        for entry in self._tape.entries:
            for key in entry.outputs.values():
                function = self._function(key)
                if function is not None and self._tape.maker(key) is entry:
                    found[id(self._info(function))] = (entry, key)
        return found

    def _tensors_by_info(self) -> dict[int, Any]:
        return {info: self._tape.tensor(key) for info, (_, key) in self._entries.items()}

    def _info(self, function: Any) -> FunctionInfo:
        return self._recording.grad_fns.of(function)

    def _function(self, key: int) -> Any:
        try:
            return self._tape.tensor(key).grad_fn
        except RuntimeError:
            return None

    def _step(self, index: int, node: Node) -> DerivationStep:
        info = self._nodes[index]
        tensor = info.tensor
        if node.variable is not None:
            tensor = self._recording.tensors.of(node.variable).id
        return DerivationStep(
            label=self._names[index],
            name=cut(node.name, variables.NAME_CHARS)[0],
            function=self._if_known(info.id),
            tensor=self._if_known(tensor),
            operation=self._if_known(info.operation),
            leaf=node.variable is not None,
            gradients=tuple(
                self._values(node.gradients[slot].reshape(shape)) if slot in node.gradients else None
                for slot, shape in enumerate(node.shapes)
            )[:64],
            locals=tuple(self._local(node, edge) for edge in node.edges[:64]),
        )

    def _if_known(self, name: str | None) -> str | None:
        return name if name in self._known else None

    def _local(self, node: Node, edge: Edge) -> LocalDerivative:
        shape = self._captured.chain.nodes[edge.target].shapes[edge.target_slot]
        jacobian = edge.jacobian
        formula = self._formula(node, edge)
        text, latex = formula if formula is not None else (None, None)
        if shape == node.shapes[edge.slot] and not (jacobian - jacobian.diagonal().diag_embed()).count_nonzero():
            values = self._values(jacobian.diagonal().reshape(shape))
            return LocalDerivative(edge.target, edge.slot, edge.target_slot, "elementwise", values, text, latex)
        if jacobian.shape[0] == 1:
            values = self._values(jacobian.reshape(shape))
            return LocalDerivative(edge.target, edge.slot, edge.target_slot, "row", values, text, latex)
        return LocalDerivative(edge.target, edge.slot, edge.target_slot, "matrix", self._values(jacobian), text, latex)

    def _formula(self, node: Node, edge: Edge) -> tuple[str, str] | None:
        """Tried for the tensors of the call that lead where the edge leads; repeats of one in the order of the inputs."""
        entry, _ = self._entries.get(id(self._info(node.function)), (None, 0))
        if entry is None or len(entry.outputs) != 1:
            return None
        target = self._captured.chain.nodes[edge.target]
        leading = [index for index, operand in enumerate(entry.operands) if self._leads(operand, target)]
        twins = [twin for twin in node.edges if twin.target == edge.target and twin.slot == edge.slot]
        if len(twins) != len(leading):
            return None
        return local_formula(self._tape, entry, leading[twins.index(edge)], self._labels, edge.jacobian)

    def _leads(self, operand: Any, target: Node) -> bool:
        key = getattr(operand, "key", None)
        if key is None:
            return False
        if target.variable is not None:
            return id(target.variable) == key
        function = self._function(key)
        return function is not None and self._info(function) is self._info(target.function)

    def _leaf(self, index: int, count: int, room: int, until: float | None) -> LeafDerivation:
        chain = self._captured.chain
        node = chain.nodes[index]
        shape = node.shapes[0]
        gradient = _dense(self._captured.gradients[index]).detach().to("cpu", torch.float64)
        size = 1
        for length in shape:
            size *= length
        total = node.gradients.get(0)
        if total is None:
            total = torch.zeros(size, dtype=torch.float64)
        deviation = _deviation(total, gradient.reshape(-1))
        reaching = [chain.nodes[step] for step in chain.reaching(index)]
        coarsest = max((dtype for step in reaching for dtype in step.dtypes), key=_tolerance)
        tolerance = _tolerance(coarsest)
        paths = tuple(
            PathRecord(tuple(path.nodes), tuple(path.edges), self._values(path.product.reshape(shape)))
            for path in chain.paths(index, room if room < 32 else 32)
        )
        root, leaf = id(self._captured.root), id(node.variable)
        closed = closed_form(self._tape, root, leaf, self._labels, gradient) if self._captured.start == 1.0 else None
        checked = None
        if until is not None:
            flat = [float(part) for part in gradient.reshape(-1).tolist()]
            taped = Leaf(leaf, node.variable, flat)
            checked = differences(self._tape, root, taped, self._captured.start, until, tolerance)
        return LeafDerivation(
            index,
            min(count, 2**62),
            paths,
            self._values(total.reshape(shape)),
            self._values(gradient),
            deviation,
            tolerance,
            deviation <= tolerance,
            closed,
            checked,
            str(coarsest).removeprefix("torch."),
            any(self._nodes[step].id in self._hooked for step in chain.reaching(index)),
        )

    def _values(self, tensor: Any) -> Values:
        return values_of(tensor, self._limit, self._allowance)


def _deviation(one: Any, other: Any) -> float:
    """The largest difference, relative to the largest magnitude (at least 1). NaN is the same as NaN."""
    same = (one == other) | (torch.isnan(one) & torch.isnan(other))
    difference = float((one - other).abs()[~same].nan_to_num(math.inf).max()) if not bool(same.all()) else 0.0
    finite = other[torch.isfinite(other)]
    return difference / max(1.0, float(finite.abs().max())) if finite.numel() else difference


def _dense(gradient: Any) -> Any:
    return gradient if gradient.layout is torch.strided else gradient.to_dense()


def _tolerance(dtype: torch.dtype) -> float:
    return _TOLERANCES.get(dtype, _TOLERANCES[torch.bfloat16])


def _changed_by_hooks(trace: TraceRecord) -> set[str]:
    """The functions at which a hook of the program's changed a gradient."""
    return {
        run.function
        for backward in trace.backwards
        for run in backward.runs
        for hook in run.hooks
        if hook.kind != "accumulated" and hook.before != hook.after
    }
