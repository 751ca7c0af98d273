"""What a program had at a step: what its names meant, and what its tensors and arrays were."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from tensorpad.protocol.backwards import BackwardRecord, FunctionRun
from tensorpad.protocol.records import ArrayRecord, Id, TensorRecord, Values, VersionRecord
from tensorpad.protocol.steps import BindingRecord
from tensorpad.protocol.traces import TraceRecord


class Past:
    """The state of a trace after each of its steps. Its tables are built once, when it is made."""

    def __init__(self, trace: TraceRecord) -> None:
        self._trace = trace
        self.steps = trace.steps
        self.tensors = {record.id: record for record in trace.tensors}
        self.arrays = {record.id: record for record in trace.arrays}
        self.cut = {record.what for record in trace.truncated}
        """What is not in the trace for want of room."""

    def binding(self, name: str, frame: int, step: int) -> BindingRecord | None:
        """What a name meant after a step, in a frame or else at the level of the cells."""
        for variable in dict.fromkeys(((frame, name), (0, name))):
            given = self._given.get(variable, [])
            place = bisect_right(given, step, key=lambda item: item[0]) - 1
            if place >= 0:
                return given[place][1]
        return None

    def parameter(self, path: str, step: int) -> Id | None:
        """The parameter that a path through modules led to after a step."""
        for tensor, since, names in self._paths:
            if since <= step and path in names and tensor in self.tensors:
                return tensor
        return None

    def version(self, record: TensorRecord | ArrayRecord, step: int) -> VersionRecord | None:
        """The version that a tensor or array had after a step; None if it was not there or is not known."""
        found = None
        for version in record.history:
            if version.step is None or version.step > step:
                break
            found = version
        return found

    def gradient(self, tensor: Id, step: int) -> Values | None:
        """What was in the `.grad` of a tensor after a step."""
        received = self._gradients.get(tensor, [])
        place = bisect_right(received, step, key=lambda item: item[0]) - 1
        return received[place][1] if place >= 0 else None

    @cached_property
    def _given(self) -> dict[tuple[int, str], list[tuple[int, BindingRecord | None]]]:
        """What each name of each frame was bound to, in order; None where it was deleted."""
        given: dict[tuple[int, str], list[tuple[int, BindingRecord | None]]] = {}
        for place, step in enumerate(self.steps):
            for name in step.unbound:
                given.setdefault((step.frame, name), []).append((place, None))
            for binding in step.bound:
                given.setdefault((step.frame, binding.name), []).append((place, binding))
        return given

    @cached_property
    def _paths(self) -> Sequence[tuple[Id, int, tuple[str, ...]]]:
        """The names of parameters through modules, latest first."""
        found = [
            (tensor.id, names.step, names.names)
            for tensor in self._trace.tensors
            for names in tensor.paths
            if names.step is not None
        ]
        return sorted(found, key=lambda item: item[1], reverse=True)

    @cached_property
    def _gradients(self) -> dict[Id, list[tuple[int, Values | None]]]:
        """What passes accumulated in the `.grad` of each leaf, and what the program made of each, in order."""
        found: dict[Id, list[tuple[int, Values | None]]] = {}
        for place, backward, run in self._functions():
            done = run.accumulation
            if done is not None and done.tensor is not None and done.after is not None:
                found.setdefault(done.tensor, []).append((place, backward.gradients[done.after]))
        for tensor in self._trace.tensors:
            for change in tensor.grad_changes:
                found.setdefault(tensor.id, []).append((change.step, change.values))
        for received in found.values():
            received.sort(key=lambda item: item[0])
        return found

    def _functions(self) -> list[tuple[int, BackwardRecord, FunctionRun]]:
        """What ran at each step of kind `function`. A pass that a hook starts is within another."""
        passes = {backward.id: backward for backward in self._trace.backwards}
        under_way: list[tuple[BackwardRecord, int]] = []
        found: list[tuple[int, BackwardRecord, FunctionRun]] = []
        for place, step in enumerate(self.steps):
            if step.kind == "backward" and step.ref in passes:
                under_way.append((passes[step.ref], 0))
            if step.kind != "function":
                continue
            for index in reversed(range(len(under_way))):
                backward, done = under_way[index]
                if done < len(backward.runs) and backward.runs[done].function == step.ref:
                    # Whatever began within this pass has ended when its next function runs.
                    under_way[index:] = [(backward, done + 1)]
                    found.append((place, backward, backward.runs[done]))
                    break
        return found
