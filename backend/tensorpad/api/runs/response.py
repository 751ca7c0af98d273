"""An outcome and its pictures as the body of a response: one mapping, without input or output."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from msgspec import UNSET, UnsetType
from msgspec.structs import asdict, astuple, replace

from tensorpad.api.graphs.response import DrawnGraph, drawn, outline
from tensorpad.api.runs import endings, likeness
from tensorpad.api.runs.answer import CellError, CellResponse, Display, RunResponse, RunTiming, Step
from tensorpad.api.runs.explanations import Explanations
from tensorpad.api.runs.parts import FULL, Parts
from tensorpad.explain.inquiries.backward_formulas import BackwardFormula, formula_of
from tensorpad.explain.words.findings import Explanation
from tensorpad.gates.answers import gates
from tensorpad.gates.gate import Gate
from tensorpad.graph.model import Graph
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.outputs import OutputRecord
from tensorpad.protocol.records import ArrayRecord, CellRecord, TensorRecord, TruncationRecord
from tensorpad.protocol.steps import OperationRecord, StepRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render.renderer import Picture
from tensorpad.texts import Lang

T = TypeVar("T")
Record = TypeVar("Record", TensorRecord, ArrayRecord)
_STREAMS = ("stdout", "stderr")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was drawn of an outcome: the displays of each cell, and each graph that no later one is like.

    `graphs` are all of them in order, `like` names the later one, and `pictures` has those of the others by their ids, if
    pictures were asked for.
    """

    displays: Sequence[tuple[Display, ...]]
    graphs: Sequence[Graph]
    pictures: Mapping[str, Picture]
    like: Mapping[str, str]
    left_out: int = 0
    """Graphs that were not even built, above `limits.graphs`."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The part of an answer that needs no pictures."""

    run_id: str
    outcome: Outcome
    ending: endings.Ending
    parts: Parts
    cells: tuple[CellResponse, ...]
    steps: tuple[Step, ...]
    notices: tuple[Explanation, ...]
    formulas: tuple[BackwardFormula, ...]
    gates: tuple[Gate, ...]


def draft_response(run_id: str, request: RunRequest, outcome: Outcome, lang: Lang, parts: Parts = FULL) -> Draft:
    """The answer as far as it needs no pictures, which can be written while they are drawn."""
    ending = endings.of(outcome, lang)
    explanations = Explanations(request, outcome, ending, lang)
    return Draft(
        run_id=run_id,
        outcome=outcome,
        ending=ending,
        parts=parts,
        cells=tuple(_cell(index, request, outcome, ending, explanations) for index in range(len(outcome.cells))),
        steps=_steps(outcome.trace, parts) if "steps" in parts else (),
        notices=explanations.notices() if "notices" in parts else (),
        formulas=formulas(outcome.trace) if "backwards" in parts else (),
        gates=gates(request, outcome, lang) if "gates" in parts else (),
    )


def run_response(draft: Draft, rendered: Rendered, timing: RunTiming, limits: Limits) -> RunResponse:
    """The whole answer: the draft, with what was drawn and how long it all took."""
    trace, parts = draft.outcome.trace, draft.parts
    graphs = tuple(
        outline(graph, rendered.like[graph.id])
        if graph.id in rendered.like
        else drawn(graph, rendered.pictures.get(graph.id), svg="svg" in parts, dot="dot" in parts)
        for graph in rendered.graphs
    )
    cells = zip(draft.cells, rendered.displays, strict=True)
    tensors = "tensors" in parts
    return RunResponse(
        id=draft.run_id,
        status=draft.ending.status,
        message=draft.ending.message,
        cells=tuple(replace(cell, displays=displays) if displays else cell for cell, displays in cells),
        environment=draft.outcome.environment,
        timing=timing,
        truncated=(*trace.truncated, *_truncated(graphs, rendered.left_out, limits)),
        variables=_part(trace.variables, "variables" in parts),
        tensors=_part(_records(trace.tensors, parts), tensors),
        storages=_part(trace.storages, tensors),
        arrays=_part(_records(trace.arrays, parts), tensors),
        holders=_part(trace.holders, tensors),
        steps=_part(draft.steps, "steps" in parts),
        outputs=_part(_outputs(draft.outcome), "steps" in parts),
        operations=likeness.operations(trace.operations) if "operations" in parts else UNSET,
        graphs=_part(graphs, "graphs" in parts),
        backwards=likeness.passes(trace.backwards) if "backwards" in parts else UNSET,
        formulas=_part(draft.formulas, "backwards" in parts),
        series=_part(trace.series, "series" in parts),
        notices=_part(draft.notices, "notices" in parts),
        gates=_part(draft.gates, "gates" in parts),
    )


def _part(members: tuple[T, ...], asked: bool) -> tuple[T, ...] | UnsetType:
    return members if asked else UNSET


def _records(records: tuple[Record, ...], parts: Parts) -> tuple[Record, ...]:
    """Tensors or arrays, with their histories if those were asked for."""
    if "histories" in parts:
        return records
    return tuple(
        replace(record, history=(), **{"grad_changes": ()} if isinstance(record, TensorRecord) else {}) for record in records
    )


def _outputs(outcome: Outcome) -> tuple[OutputRecord, ...]:
    """How the output grew, as far as the worker's account of it agrees with what came.

    It counts what goes through Python's streams. If something else wrote to them too (`os.write`, a library in C), it is not
    known what came when: then the cell's text is there from its end on, which is late but not false.
    """
    counted = {record.cell: record for record in outcome.trace.outputs if record.ended}
    astray: set[tuple[int, str]] = set()
    for index, record in counted.items():
        if index < len(outcome.cells):
            cell = outcome.cells[index]
            astray.update((index, stream) for stream in _STREAMS if len(getattr(cell, stream)) != getattr(record, stream))
    outputs = (record for record in outcome.trace.outputs if record.cell < len(outcome.cells))
    if not astray:
        return tuple(outputs)
    return tuple(
        replace(record, **{stream: 0 for stream in _STREAMS if (record.cell, stream) in astray}) for record in outputs
    )


def _truncated(graphs: tuple[DrawnGraph, ...], left_out: int, limits: Limits) -> Iterator[TruncationRecord]:
    """What was cut in drawing."""
    for graph in graphs:
        if graph.svg is None and graph.like is None:
            yield TruncationRecord(f"picture of {graph.id}", round(limits.draw_s))
    for graph in graphs:
        if graph.elided:
            yield TruncationRecord(f"nodes of {graph.id}", limits.drawn_nodes)
    if left_out:
        yield TruncationRecord("graphs", limits.graphs)


def ended_cell(
    record: CellRecord,
    stdout: str,
    stderr: str,
    displays: tuple[Display, ...] = (),
    explanation: Explanation | None = None,
) -> CellResponse:
    """A cell that came to an end of its own."""
    error = record.error and CellError(**asdict(record.error), explanation=explanation)
    return CellResponse(record.status, stdout, stderr, record.result, displays, error)


def formulas(trace: TraceRecord) -> tuple[BackwardFormula, ...]:
    """The formulas of all backward functions that a trace names, in the order of their names."""
    names = {function.name for graph in trace.graphs for function in graph.functions}
    names |= {run.name for backward in trace.backwards for run in backward.runs}
    found = map(formula_of, sorted(names))
    return tuple(formula for formula in found if formula is not None)


def _cell(
    index: int, request: RunRequest, outcome: Outcome, ending: endings.Ending, explanations: Explanations
) -> CellResponse:
    """A cell that had begun when the run was ended says by what, as its error."""
    cell, explanation = outcome.cells[index], explanations.of_cell(index)
    title = request.titles[index] if index < len(request.titles) else None
    if cell.record is not None:
        return replace(ended_cell(cell.record, cell.stdout, cell.stderr, explanation=explanation), title=title)
    if not cell.started:
        return CellResponse("not_run", cell.stdout, cell.stderr, title=title)
    error = CellError(**asdict(ending.error(index, outcome.trace)), explanation=explanation)
    return CellResponse("error", cell.stdout, cell.stderr, error=error, title=title)


def _steps(trace: TraceRecord, parts: Parts) -> tuple[Step, ...]:
    operations = {operation.id: operation for operation in trace.operations}
    told = "operations" in parts
    return tuple(
        _step(step, operations[step.ref] if step.kind == "operation" and step.ref else None, told) for step in trace.steps
    )


def _step(step: StepRecord, operation: OperationRecord | None, told: bool) -> Step:
    """A step with its operation. What it has in common with one that is told by itself is not said twice."""
    if operation is None:
        return Step(*astuple(step))
    if told:
        return Step(*astuple(step if step.span != operation.span else replace(step, span=None)))
    return Step(
        *astuple(step),
        name=operation.name,
        expression=operation.expression,
        inputs=operation.inputs,
        outputs=operation.outputs,
    )
