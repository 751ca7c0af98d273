"""The report: from what was recorded of a program to records, in a fixed order and within bounds."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import torch

from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.holders import most_held
from tensorpad.protocol.records import AutogradRecord, FunctionRecord, TruncationRecord, VariableRecord
from tensorpad.protocol.series import SeriesRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.backward.graphs import Graph, GraphFunction, Graphs
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.backward.pass_logs import Passes
from tensorpad.trace.backward.roots import all_graphs, asked_graph
from tensorpad.trace.base import variables
from tensorpad.trace.base.internals import DisableTorchDispatch, DisableTorchFunction
from tensorpad.trace.base.quiet import paused
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import Describe
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.parameter_names import ParameterNames
from tensorpad.trace.memory.tracked import TrackedTensor
from tensorpad.trace.memory.values import Allowance
from tensorpad.trace.report import histories, members
from tensorpad.trace.report.backward_records import BackwardRecords, tensors_of
from tensorpad.trace.report.holders import Holders
from tensorpad.trace.report.series_records import series_records
from tensorpad.trace.report.step_records import ModulePaths, operation_record, step_records
from tensorpad.trace.report.tensor_records import TensorChanges, TensorRecords

ELEMENTS = 800_000
"""Elements in all of a report: at most nine bytes each, so that they fit a frame beside the rest."""

_Named = list[tuple[str, Any]]
_Results = list[tuple[str, TrackedTensor]]
_Part = TypeVar("_Part")


class Assembly:
    """Makes one report.

    There is room for so many elements and so much time. Variables come first, then results, then the tensors and gradients
    of graphs, then what operations took and returned. What finds no room is said to be missing, not left out in silence.

    What cannot be told of one value leaves a gap in the record of that value, and a part that fails as a whole is said to be
    missing: a program can make anything of a class of its own, and even damage torch.
    """

    def __init__(
        self,
        recording: Recording,
        graphs: Graphs,
        passes: Passes,
        leaf_gradients: LeafGradients,
        parameter_names: ParameterNames,
        until: float,
    ) -> None:
        self._recording = recording
        self._limits = recording.limits
        self._graphs = graphs
        self._passes = passes
        self._allowance = Allowance(ELEMENTS, until)
        self._leaf_gradients = leaf_gradients
        self._parameter_names = parameter_names
        self.unfinished = False
        """Whether the program goes on. Then nothing is met for the first time, and no graph walked that no pass has."""
        self._names: dict[str, list[str]] = {}
        self._wanted: dict[str, TrackedTensor] = {}
        self._met: list[TrackedTensor] = []
        self._truncated: list[TruncationRecord] = []
        if recording.log.full:
            self._truncate("operations", self._limits.records)

    def left_out(self, rounds: int, met: list[TrackedTensor]) -> None:
        """Only so many rounds of each loop were recorded. Tensors that were met after others belong in the report, too."""
        self._truncate("rounds", rounds)
        self._met = met

    @paused()
    def record(self, initial: dict[str, Any], results: _Results, describe: Describe) -> TraceRecord:
        """Everything, with references only to what is in it."""
        log = self._recording.log
        quiet = DisableTorchDispatch()
        with DisableTorchFunction(), torch.no_grad():
            named = self._part("variables", lambda: self._variables(initial), [])
            holders = None if self.unfinished else self._part("tensors that are held", lambda: self._holders(named), None)
            graphs = self._part("graphs", lambda: self._graphs_of(named, results), [])
            wanted = self._wanted_tensors(graphs)
            known = {tracked.id for tracked in wanted}
            operations = {operation.id for operation in log.records}
            own = TensorChanges(self._leaf_gradients.changes, self._parameter_names.changes)
            records = TensorRecords(self._recording, own, self._allowance, wanted)
            # Each of these takes room for its values from what those before it have left. Arrays and storages come after
            # tensors, because they are only those that tensors are on.
            tensors = records.tensors(self._names)
            arrays = self._part("arrays", lambda: records.arrays(_array_names(named)), ())
            storages = records.storages()
            autograd = self._part("graphs", lambda: self._autograd(graphs, known, operations), ())
            passes = self._part("backward passes", lambda: self._backwards(graphs, autograd, known, operations), ())
        del quiet
        self._truncations(records.shortened)
        shown = known.union(array.id for array in arrays)
        paths = ModulePaths(self._recording.namespace)
        return TraceRecord(
            variables=self._variable_records(named, known, describe),
            tensors=tensors,
            storages=storages,
            operations=tuple(
                [
                    operation_record(operation, paths.record(call), shown)
                    for operation, call in zip(log.records, log.calls, strict=True)
                ]
            ),
            graphs=autograd,
            truncated=tuple(self._truncated),
            failure=self._part("the call that failed", lambda: self._recording.failures.record(known), None),
            backwards=passes,
            arrays=arrays,
            holders=self._part("tensors that are held", lambda: () if holders is None else holders.records(known), ()),
            steps=step_records(
                self._recording.timeline.steps,
                records.changes,
                shown,
                operations | _ids(autograd, passes),
            ),
            outputs=tuple(self._recording.timeline.outputs.records),
            series=self._part("series", lambda: self._series(known), ()),
        )

    def _series(self, known: set[str]) -> tuple[SeriesRecord, ...]:
        recording = self._recording
        return series_records(
            recording.series.all,
            lambda tensor: recording.tensors.of(tensor).id,
            self._names,
            known,
            len(recording.timeline.steps),
        )

    def _part(self, what: str, make: Callable[[], _Part], otherwise: _Part) -> _Part:
        """What `make` returns; if it fails, `otherwise`, and the report says that this part is missing."""
        try:
            return make()
        except Exception:
            self._truncate(what, 0)
            return otherwise

    def _truncate(self, what: str, limit: int) -> None:
        self._truncated.append(TruncationRecord(what, limit))

    def _truncations(self, shortened: bool) -> None:
        """Say what had no room, once all values have been taken. `shortened` histories lack earlier values."""
        if self._graphs.dropped:
            self._truncate("graphs", self._limits.graphs)
        if self._graphs.crowded:
            self._truncate("functions of graphs", self._limits.graph_nodes)
        self._truncated.extend(self._passes.truncated())
        if self._allowance.exhausted:
            self._truncate("values", ELEMENTS)
        if shortened:
            self._truncate("history", histories.ELEMENTS)
        if self._recording.series.full:
            self._truncate("series", self._limits.series)
        if self._recording.timeline.full:
            self._truncate("steps", self._limits.steps)
        if self._recording.end.early:
            self._truncate("recording", self._limits.steps)

    def _variables(self, initial: dict[str, Any]) -> _Named:
        """The variables of the report. The tensors among them, and the parameters of modules, get their names."""
        named = variables.variables(self._recording.namespace, initial)
        if len(named) > self._limits.records:
            self._truncate("variables", self._limits.records)
            named = named[: self._limits.records]
        for name, value in named:
            if is_tensor(value):
                self._name(name, value)
        for name, value in named:
            if variables.is_module(value):
                for full, parameter in variables.parameters(name, value):
                    self._name(full, parameter)
        return named

    def _holders(self, named: _Named) -> Holders:
        """Who holds tensors. What no `parameters()` finds gets a name, and what an optimiser steps is in the report."""
        holders = Holders(named, self._recording.tensors, most_held(self._limits))
        if holders.full:
            self._truncate("tensors that are held", most_held(self._limits))
        for path, tensor in holders.unregistered():
            self._name(path, tensor)
        self._want(self._recording.tensors.update(tensor) for tensor in holders.stepped())
        return holders

    def _name(self, name: str, tensor: Any) -> None:
        if self.unfinished and not self._recording.tensors.known(tensor):
            return
        tracked = self._recording.tensors.update(tensor)
        self._want([tracked])
        self._names.setdefault(tracked.id, []).append(cut(name, variables.NAME_CHARS)[0])
        if tracked.function is None and not self.unfinished:
            # Made by what no mode sees, such as a Function of the program's own, or a view that was not used after a write.
            self._recording.grad_fns.note(tensor, tracked)

    def _graphs_of(self, named: _Named, results: _Results) -> list[Graph]:
        self._want(tracked for _, tracked in results)
        self._want(self._recording.failures.tensors)
        roots = [(name, value) for name, value in named if is_tensor(value)]
        roots += [(expression, tracked.alive()) for expression, tracked in results[-1:]]
        if self.unfinished:
            return [*self._graphs.newest]
        shown = all_graphs(self._graphs, roots, list(members.found(named)), self._limits.graphs)
        asked = self._graphs.asked
        if asked is None:
            return shown
        return asked_graph(self._graphs, asked, members.resolved(self._recording.namespace, asked), shown)

    def _wanted_tensors(self, graphs: list[Graph]) -> list[TrackedTensor]:
        """The tensors of the report, those first that get room for their values first."""
        by_id = {tracked.id: tracked for tracked in self._recording.tensors.all}
        used = [ids for operation in self._recording.log.records for ids in (operation.inputs, operation.outputs)]
        for graph in graphs:
            self._want_ids(by_id, (function.info.tensor for function in graph.functions))
        self._want_ids(by_id, tensors_of(self._passes.all))
        self._want_ids(by_id, dict.fromkeys(chain.from_iterable(used)))
        every = self._recording.tensors.all
        self._want(every[number - 1] for number in self._parameter_names.changes)
        self._want(self._met)
        self._want_ids(by_id, [tracked.snapshot.base for tracked in self._wanted.values()])
        wanted = list(self._wanted.values())
        if len(wanted) > self._limits.records:
            self._truncate("tensors", self._limits.records)
        return wanted[: self._limits.records]

    def _want(self, tensors: Iterable[TrackedTensor]) -> None:
        for tracked in tensors:
            self._wanted.setdefault(tracked.id, tracked)

    def _want_ids(self, by_id: dict[str, TrackedTensor], ids: Iterable[str | None]) -> None:
        for name in ids:
            if name is not None:
                self._wanted.setdefault(name, by_id[name])

    def _autograd(self, graphs: list[Graph], tensors: set[str], operations: set[str]) -> tuple[AutogradRecord, ...]:
        records: list[AutogradRecord] = []
        for number, graph in enumerate(graphs, 1):
            functions = tuple([self._function(function, tensors, operations) for function in graph.functions])
            record = AutogradRecord(
                id=f"g{number}",
                root=functions[0].id,
                root_name=cut(graph.root_name, 1_000)[0],
                backward=graph.backward,
                functions=functions,
                elided=graph.elided,
            )
            records.append(record)
        return tuple(records)

    def _function(self, function: GraphFunction, tensors: set[str], operations: set[str]) -> FunctionRecord:
        info = function.info
        gradients = [kept and kept.values(self._limits.values, self._allowance) for kept in function.gradients]
        return FunctionRecord(
            id=info.id or "",
            name=cut(function.name, variables.NAME_CHARS)[0],
            tensor=info.tensor if info.tensor in tensors else None,
            operation=info.operation if info.operation in operations else None,
            gradients=tuple(gradients),
            next=tuple([edge and (edge[0].id or "", edge[1]) for edge in function.next]),
            order=function.order,
        )

    def _backwards(
        self, graphs: list[Graph], autograd: tuple[AutogradRecord, ...], tensors: set[str], operations: set[str]
    ) -> tuple[BackwardRecord, ...]:
        graph_ids = {id(graph): record.id for graph, record in zip(graphs, autograd, strict=True)}
        records = BackwardRecords(self._limits.values, self._allowance, tensors, operations, graph_ids)
        return records.records(self._passes.all)

    def _variable_records(self, named: _Named, known: set[str], describe: Describe) -> tuple[VariableRecord, ...]:
        room = variables.TOTAL_CHARS
        records: list[VariableRecord] = []
        for name, value in named:
            tensor = None
            if is_tensor(value):
                tensor = self._recording.tensors.of(value).id
            records.append(variables.record(name, value, tensor if tensor in known else None, describe, room))
            room -= len(records[-1].text)
        return tuple(records)


def _array_names(named: _Named) -> dict[int, list[str]]:
    """The names of arrays, by the identity of the array."""
    names: dict[int, list[str]] = {}
    for name, value in named:
        if type(value) is np.ndarray:
            names.setdefault(id(value), []).append(cut(name, variables.NAME_CHARS)[0])
    return names


def _ids(autograd: tuple[AutogradRecord, ...], passes: tuple[BackwardRecord, ...]) -> set[str]:
    """The ids of passes and functions, to which steps may refer."""
    ids = {function.id for graph in autograd for function in graph.functions}
    ids.update([record.id for record in passes])
    ids.update([run.function for record in passes for run in record.runs])
    return ids
