"""The report: from what was seen of a program to records, in a fixed order and within bounds.

NOTE [What gets into the report first]
There is room for so many elements and so much time. Variables come first, then results, then the tensors and gradients of
graphs, then what operations took and gave. What finds no room is said to be missing, not left out in silence.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
import torch

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import (
    AutogradRecord,
    FunctionRecord,
    TruncationRecord,
    VariableRecord,
)
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.backward.graphs import Graph, Graphs, Seen
from tensorpad.trace.backward.leaf_gradients import LeafGradients
from tensorpad.trace.backward.pass_logs import Passes
from tensorpad.trace.backward.roots import all_graphs
from tensorpad.trace.base import variables
from tensorpad.trace.base.internals import DisableTorchDispatch, DisableTorchFunction
from tensorpad.trace.base.quiet import paused
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import Describe
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.forward.grad_fns import stand_for
from tensorpad.trace.forward.operation_mode import Operations
from tensorpad.trace.memory.arrays import Arrays
from tensorpad.trace.memory.tensors import Sightings
from tensorpad.trace.memory.timeline import Timeline
from tensorpad.trace.memory.tracked import Sighting
from tensorpad.trace.memory.values import Allowance
from tensorpad.trace.report import histories
from tensorpad.trace.report.backward_records import BackwardRecords, graph_ids, tensors_of
from tensorpad.trace.report.step_records import ModulePaths, operation_record, step_records
from tensorpad.trace.report.tensor_records import TensorRecords


class Assembly:
    """Makes one report."""

    def __init__(
        self,
        limits: Limits,
        sightings: Sightings,
        arrays: Arrays,
        leaf_gradients: LeafGradients,
        timeline: Timeline,
        graphs: Graphs,
        passes: Passes,
        elements: int,
        until: float,
    ) -> None:
        self._limits = limits
        self._sightings = sightings
        self._arrays = arrays
        self._leaf_gradients = leaf_gradients
        self._timeline = timeline
        self._graphs = graphs
        self._passes = passes
        self._elements = elements
        self._allowance = Allowance(elements, until)
        self._names: dict[str, list[str]] = {}
        self._wanted: dict[str, Sighting] = {}

    @paused()
    def record(
        self,
        namespace: dict[str, Any],
        hidden: dict[str, Any],
        describe: Describe,
        operations: Operations,
        results: list[tuple[str, Sighting]],
        truncated: list[TruncationRecord],
    ) -> TraceRecord:
        """Everything, with references only to what is in it."""
        quiet = DisableTorchDispatch()
        with DisableTorchFunction(), torch.no_grad():
            named = variables.variables(namespace, hidden)
            if len(named) > self._limits.records:
                truncated.append(TruncationRecord("variables", self._limits.records))
                named = named[: self._limits.records]
            self._take_names(named)
            for sighting in (*(sighting for _, sighting in results), *operations.failures.sightings):
                self._want(sighting)
            graphs = all_graphs(self._graphs, _roots(named, results), self._limits.graphs)
            by_id = {sighting.id: sighting for sighting in self._sightings.all}
            for graph in graphs:
                self._want_ids(by_id, (seen.mark.tensor for seen in graph.functions))
            self._want_ids(by_id, tensors_of(self._passes.log))
            used = [ids for operation in operations.log.records for ids in (operation.inputs, operation.outputs)]
            self._want_ids(by_id, dict.fromkeys(chain.from_iterable(used)))
            self._want_bases(by_id)
            wanted = list(self._wanted.values())
            if len(wanted) > self._limits.records:
                truncated.append(TruncationRecord("tensors", self._limits.records))
                wanted = wanted[: self._limits.records]
            known = {sighting.id for sighting in wanted}
            records = TensorRecords(
                self._sightings,
                self._arrays,
                self._leaf_gradients,
                self._limits.values,
                len(self._timeline.steps),
                self._allowance,
            )
            tensors = records.tensors(wanted, self._names, known)
            arrays = records.arrays(_array_names(named))
            made = {operation.id for operation in operations.log.records}
            autograd = tuple(self._graph(f"g{place}", graph, known, made) for place, graph in enumerate(graphs, 1))
            named_graphs = graph_ids(graphs, (record.id for record in autograd))
            backwards = BackwardRecords(self._limits.values, self._allowance, known, made, named_graphs)
            passes = backwards.records(self._passes.log)
        del quiet
        if self._graphs.dropped:
            truncated.append(TruncationRecord("graphs", self._limits.graphs))
        if self._graphs.crowded:
            truncated.append(TruncationRecord("functions of graphs", self._limits.graph_nodes))
        truncated.extend(self._passes.truncated())
        if self._allowance.exhausted:
            truncated.append(TruncationRecord("values", self._elements))
        if records.shortened:
            truncated.append(TruncationRecord("history", histories.ELEMENTS))
        if self._timeline.full:
            truncated.append(TruncationRecord("steps", self._limits.steps))
        both = known.union(array.id for array in arrays)
        refs = made.union(
            [function.id for graph in autograd for function in graph.functions],
            [one.id for one in passes],
            [run.function for one in passes for run in one.runs],
        )
        paths = ModulePaths(namespace)
        return TraceRecord(
            self._variables(named, known, describe),
            tensors,
            records.storages(),
            tuple(
                [
                    operation_record(operation, paths.record(call), both)
                    for operation, call in zip(operations.log.records, operations.log.calls, strict=True)
                ]
            ),
            autograd,
            tuple(truncated),
            failure=operations.failures.record(known),
            backwards=passes,
            arrays=arrays,
            steps=step_records(self._timeline.steps, records.changes, both, refs),
        )

    def _want(self, sighting: Sighting) -> None:
        self._wanted.setdefault(sighting.id, sighting)

    def _want_ids(self, by_id: dict[str, Sighting], ids: Iterable[str | None]) -> None:
        for name in ids:
            if name is not None:
                self._wanted.setdefault(name, by_id[name])

    def _want_bases(self, by_id: dict[str, Sighting]) -> None:
        self._want_ids(by_id, [sighting.snapshot.base for sighting in self._wanted.values()])

    def _take_names(self, named: list[tuple[str, Any]]) -> None:
        for name, value in named:
            if is_tensor(value):
                self._name(name, value)
        for name, value in named:
            if variables.is_module(value):
                for full, parameter in variables.parameters(name, value):
                    self._name(full, parameter)

    def _name(self, name: str, tensor: Any) -> None:
        sighting = self._sightings.again(tensor)
        self._want(sighting)
        self._names.setdefault(sighting.id, []).append(cut(name, variables.NAME_CHARS)[0])
        if sighting.mark is None:
            # Made by what no mode sees, such as a Function of the program's own, or a view that was not used after a write.
            stand_for(tensor, sighting, self._sightings)

    def _graph(self, name: str, graph: Graph, known: set[str], made: set[str]) -> AutogradRecord:
        functions = tuple([self._function(seen, known, made) for seen in graph.functions])
        return AutogradRecord(name, functions[0].id, cut(graph.root_name, 1_000)[0], graph.backward, functions, graph.elided)

    def _function(self, seen: Seen, known: set[str], made: set[str]) -> FunctionRecord:
        mark = seen.mark
        edges = [edge and (edge[0].function or "", edge[1]) for edge in seen.next]
        return FunctionRecord(
            mark.function or "",
            cut(seen.name, variables.NAME_CHARS)[0],
            mark.tensor if mark.tensor in known else None,
            mark.operation if mark.operation in made else None,
            tuple([kept and kept.values(self._limits.values, self._allowance) for kept in seen.gradients]),
            tuple(edges),
            seen.order,
        )

    def _variables(self, named: list[tuple[str, Any]], known: set[str], describe: Describe) -> tuple[VariableRecord, ...]:
        room = variables.TOTAL_CHARS
        records: list[VariableRecord] = []
        for name, value in named:
            tensor = self._sightings.of(value).id if is_tensor(value) else None
            records.append(variables.record(name, value, tensor if tensor in known else None, describe, room))
            room -= len(records[-1].text)
        return tuple(records)


def _roots(named: list[tuple[str, Any]], results: list[tuple[str, Sighting]]) -> list[tuple[str, Any]]:
    roots = [(name, value) for name, value in named if is_tensor(value)]
    return [*roots, *((expression, sighting.alive()) for expression, sighting in results[-1:])]


def _array_names(named: list[tuple[str, Any]]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for name, value in named:
        if type(value) is np.ndarray:
            names.setdefault(id(value), []).append(cut(name, variables.NAME_CHARS)[0])
    return names
