"""The report: from what was seen of a program to records, in a fixed order and within bounds.

NOTE [What gets into the report first]
There is room for so many elements and so much time. Variables come first, then results, then the tensors and gradients of
graphs, then what operations took and gave. What finds no room is said to be missing, not left out in silence.
"""

from collections.abc import Iterable
from typing import Any

import torch

from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import (
    AutogradRecord,
    FunctionRecord,
    OpaqueValues,
    TensorRecord,
    TruncationRecord,
    Values,
    VariableRecord,
)
from tensorpad.protocol.steps import OperationRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace import variables
from tensorpad.trace.backward import Passes
from tensorpad.trace.backward_records import BackwardRecords, graph_ids, tensors_of
from tensorpad.trace.failures import Failures
from tensorpad.trace.graphs import Graph, Graphs, Seen
from tensorpad.trace.internals import DisableTorchDispatch, DisableTorchFunction
from tensorpad.trace.operations import stand_for
from tensorpad.trace.roots import all_graphs
from tensorpad.trace.sightings import Sighting, Sightings
from tensorpad.trace.storages import Storages
from tensorpad.trace.texts import cut
from tensorpad.trace.values import Allowance, values_of
from tensorpad.trace.variables import Describe

FREED = "the tensor was freed before the program ended, and was too large to keep a copy of"


class Assembly:
    """Makes one report."""

    def __init__(
        self,
        limits: Limits,
        sightings: Sightings,
        storages: Storages,
        graphs: Graphs,
        passes: Passes,
        elements: int,
        until: float,
    ) -> None:
        self._limits = limits
        self._sightings = sightings
        self._storages = storages
        self._graphs = graphs
        self._passes = passes
        self._elements = elements
        self._allowance = Allowance(elements, until)
        self._names: dict[str, list[str]] = {}
        self._wanted: dict[str, Sighting] = {}

    def record(
        self,
        namespace: dict[str, Any],
        hidden: dict[str, Any],
        describe: Describe,
        operations: list[OperationRecord],
        results: list[tuple[str, Sighting]],
        truncated: list[TruncationRecord],
        failures: Failures,
    ) -> TraceRecord:
        """Everything, with references only to what is in it."""
        quiet = DisableTorchDispatch()
        with DisableTorchFunction(), torch.no_grad():
            named = variables.variables(namespace, hidden)
            if len(named) > self._limits.records:
                truncated.append(TruncationRecord("variables", self._limits.records))
                named = named[: self._limits.records]
            self._take_names(named)
            for sighting in (*(sighting for _, sighting in results), *failures.sightings):
                self._want(sighting)
            graphs = all_graphs(self._graphs, _roots(named, results), self._limits.graphs)
            by_id = {sighting.id: sighting for sighting in self._sightings.all}
            for graph in graphs:
                self._want_ids(by_id, (seen.mark.tensor for seen in graph.functions))
            self._want_ids(by_id, tensors_of(self._passes.log))
            for operation in operations:
                self._want_ids(by_id, (*operation.inputs, *operation.outputs))
            self._want_bases(by_id)
            wanted = list(self._wanted.values())
            if len(wanted) > self._limits.records:
                truncated.append(TruncationRecord("tensors", self._limits.records))
                wanted = wanted[: self._limits.records]
            known = {sighting.id for sighting in wanted}
            tensors = self._tensors(wanted, known)
            autograd = tuple(self._graph(f"g{place}", graph, known) for place, graph in enumerate(graphs, 1))
            named_graphs = graph_ids(graphs, (record.id for record in autograd))
            made = {operation.id for operation in operations}
            backwards = BackwardRecords(self._limits.values, self._allowance, known, made, named_graphs)
            passes = backwards.records(self._passes.log)
        del quiet
        if self._graphs.dropped:
            truncated.append(TruncationRecord("graphs", self._limits.graphs))
        truncated.extend(self._passes.truncated())
        if self._allowance.exhausted:
            truncated.append(TruncationRecord("values", self._elements))
        return TraceRecord(
            self._variables(named, known, describe),
            tensors,
            self._storages.records(),
            tuple(_within(operation, known) for operation in operations),
            autograd,
            tuple(truncated),
            failure=failures.record(known),
            backwards=passes,
        )

    def _want(self, sighting: Sighting) -> None:
        self._wanted.setdefault(sighting.id, sighting)

    def _want_ids(self, by_id: dict[str, Sighting], ids: Iterable[str | None]) -> None:
        for name in ids:
            if name is not None:
                self._wanted.setdefault(name, by_id[name])

    def _want_bases(self, by_id: dict[str, Sighting]) -> None:
        for sighting in list(self._wanted.values()):
            self._want_ids(by_id, (sighting.snapshot.base,))

    def _take_names(self, named: list[tuple[str, Any]]) -> None:
        for name, value in named:
            if variables.is_tensor(value):
                self._name(name, value)
        for name, value in named:
            if variables.is_module(value):
                for full, parameter in variables.parameters(name, value):
                    self._name(full, parameter)

    def _name(self, name: str, tensor: Any) -> None:
        sighting = self._sightings.again(tensor)
        self._want(sighting)
        self._names.setdefault(sighting.id, []).append(cut(name, variables.NAME_CHARS)[0])
        if sighting.mark is None and tensor.requires_grad and not tensor.is_leaf:
            # Made by what no mode sees, such as a Function of the program's own.
            stand_for(tensor, sighting, self._sightings)

    def _tensors(self, wanted: list[Sighting], known: set[str]) -> tuple[TensorRecord, ...]:
        living = {sighting.id: sighting.alive() for sighting in wanted}
        for sighting in wanted:
            tensor = living[sighting.id]
            if tensor is not None:
                grad_fn = sighting.snapshot.grad_fn
                copy = sighting.snapshot.copy
                sighting.snapshot = self._sightings.look(tensor, keep=False)
                sighting.snapshot.copy = copy
                sighting.snapshot.grad_fn = grad_fn
                if sighting.snapshot.place is not None:
                    self._storages.measure(tensor)
        self._storages.join()
        values = {sighting.id: self._values(sighting, living[sighting.id]) for sighting in wanted}
        wanted = sorted(wanted, key=lambda sighting: sighting.number)
        return tuple(self._tensor(sighting, living[sighting.id], values[sighting.id], known) for sighting in wanted)

    def _values(self, sighting: Sighting, tensor: Any) -> tuple[Values, Values | None]:
        limit = self._limits.values
        if tensor is None:
            copy = sighting.snapshot.copy
            if copy is None:
                return OpaqueValues(sighting.snapshot.shape, FREED), None
            return values_of(copy, limit, self._allowance), None
        grad = tensor.grad if tensor.is_leaf or tensor.retains_grad else None
        return values_of(tensor, limit, self._allowance), None if grad is None else values_of(grad, limit, self._allowance)

    def _tensor(
        self, sighting: Sighting, tensor: Any, values: tuple[Values, Values | None], known: set[str]
    ) -> TensorRecord:
        seen = sighting.snapshot
        offset, storage = seen.offset, None
        if seen.place is not None:
            storage = self._storages.report(seen.place, sighting.id)
            base = seen.place.representative()
            if base is not seen.place and tensor is not None and base.address is not None:
                # Counted from the start of the memory that is reported as one.
                offset += ((seen.place.address or base.address) - base.address) // tensor.element_size()
        return TensorRecord(
            id=sighting.id,
            names=tuple(self._names.get(sighting.id, ())),
            shape=seen.shape,
            dtype=str(seen.dtype),
            device=str(seen.device),
            requires_grad=seen.requires_grad,
            is_leaf=seen.is_leaf,
            grad_fn=_function_name(tensor) if tensor is not None else seen.grad_fn,
            storage=storage,
            offset=offset,
            stride=seen.stride,
            version=seen.version,
            view_of=seen.base if seen.base in known else None,
            values=values[0],
            grad=values[1],
            is_parameter=sighting.is_parameter,
        )

    def _graph(self, name: str, graph: Graph, known: set[str]) -> AutogradRecord:
        functions = tuple(self._function(seen, known) for seen in graph.functions)
        return AutogradRecord(name, functions[0].id, cut(graph.root_name, 1_000)[0], graph.backward, functions, graph.elided)

    def _function(self, seen: Seen, known: set[str]) -> FunctionRecord:
        mark = seen.mark
        edges = [edge and (edge[0].function or "", edge[1]) for edge in seen.next]
        return FunctionRecord(
            mark.function or "",
            cut(seen.name, variables.NAME_CHARS)[0],
            mark.tensor if mark.tensor in known else None,
            mark.operation,
            tuple(kept and kept.values(self._limits.values, self._allowance) for kept in seen.gradients),
            tuple(edges),
            seen.order,
        )

    def _variables(self, named: list[tuple[str, Any]], known: set[str], describe: Describe) -> tuple[VariableRecord, ...]:
        room = variables.TOTAL_CHARS
        records: list[VariableRecord] = []
        for name, value in named:
            tensor = self._sightings.of(value).id if variables.is_tensor(value) else None
            records.append(variables.record(name, value, tensor if tensor in known else None, describe, room))
            room -= len(records[-1].text)
        return tuple(records)


def _roots(named: list[tuple[str, Any]], results: list[tuple[str, Sighting]]) -> list[tuple[str, Any]]:
    roots = [(name, value) for name, value in named if variables.is_tensor(value)]
    return [*roots, *((expression, sighting.alive()) for expression, sighting in results[-1:])]


def _function_name(tensor: Any) -> str | None:
    try:
        return type(tensor.grad_fn).__name__ if tensor.grad_fn is not None else None
    except RuntimeError:
        return None


def _within(operation: OperationRecord, known: set[str]) -> OperationRecord:
    if known.issuperset(operation.inputs) and known.issuperset(operation.outputs):
        return operation
    return OperationRecord(
        operation.id,
        operation.name,
        operation.span,
        operation.expression,
        tuple(name for name in operation.inputs if name in known),
        tuple(name for name in operation.outputs if name in known),
    )
