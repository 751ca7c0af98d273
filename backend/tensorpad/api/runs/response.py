"""An outcome and its pictures as the body of a response: one mapping, without input or output."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import asdict, replace

from tensorpad.api.graphs.response import drawn, outline
from tensorpad.api.runs import endings
from tensorpad.api.runs.bodies import CellError, CellResponse, Display, RunResponse, RunTiming, Step
from tensorpad.api.runs.explanations import Explanations
from tensorpad.explain.backward_formulas import BackwardFormula, formula_of
from tensorpad.explain.findings import Explanation
from tensorpad.graph.model import Graph
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import CellOutput, Outcome
from tensorpad.protocol.records import CellRecord, TruncationRecord
from tensorpad.protocol.steps import OperationRecord, StepRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render.renderer import Picture
from tensorpad.texts import Lang

_NO_TIMING = RunTiming(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was drawn of an outcome: the displays of each cell, and each graph that no later one is like.

    `graphs` are all of them in order, `like` names the later one, and `pictures` has those of the others by their ids.
    """

    displays: Sequence[tuple[Display, ...]]
    graphs: Sequence[Graph]
    pictures: Mapping[str, Picture]
    like: Mapping[str, str]
    left_out: int = 0
    """Graphs that were not even built, above `limits.graphs`."""


def draft_response(run_id: str, request: RunRequest, outcome: Outcome, lang: Lang) -> RunResponse:
    """The answer as far as it needs no pictures, which can be written while they are drawn."""
    ending = endings.of(outcome, lang)
    trace = outcome.trace
    explanations = Explanations(request, outcome, ending, lang)
    return RunResponse(
        id=run_id,
        status=ending.status,
        message=ending.message,
        cells=tuple(_cell(cell, ending, explanations.of_cell(index)) for index, cell in enumerate(outcome.cells)),
        variables=trace.variables,
        tensors=trace.tensors,
        storages=trace.storages,
        steps=_steps(trace),
        operations=trace.operations,
        arrays=trace.arrays,
        graphs=(),
        environment=outcome.environment,
        timing=_NO_TIMING,
        truncated=trace.truncated,
        notices=explanations.notices() if ending.status == "ok" else (),
        backwards=trace.backwards,
        formulas=formulas(trace),
    )


def run_response(draft: RunResponse, rendered: Rendered, timing: RunTiming, limits: Limits) -> RunResponse:
    """The whole answer: the draft, with what was drawn and how long it all took."""
    graphs = tuple(
        outline(graph, rendered.like[graph.id]) if graph.id in rendered.like else drawn(graph, rendered.pictures[graph.id])
        for graph in rendered.graphs
    )
    truncated = [
        TruncationRecord(f"picture of {graph.id}", round(limits.draw_s))
        for graph in graphs
        if graph.svg is None and graph.like is None
    ]
    truncated += [TruncationRecord(f"nodes of {graph.id}", limits.drawn_nodes) for graph in graphs if graph.elided]
    if rendered.left_out:
        truncated.append(TruncationRecord("graphs", limits.graphs))
    cells = zip(draft.cells, rendered.displays, strict=True)
    return replace(
        draft,
        cells=tuple(replace(cell, displays=displays) if displays else cell for cell, displays in cells),
        graphs=graphs,
        timing=timing,
        truncated=(*draft.truncated, *truncated),
    )


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


def _cell(cell: CellOutput, ending: endings.Ending, explanation: Explanation | None) -> CellResponse:
    """A cell that had begun when the run was ended says by what, as its error."""
    if cell.record is not None:
        return ended_cell(cell.record, cell.stdout, cell.stderr, explanation=explanation)
    if not cell.started:
        return CellResponse("not_run", cell.stdout, cell.stderr)
    error = CellError(ending.interruption, ending.interrupted, None, None, None, None, "", None, explanation)
    return CellResponse("error", cell.stdout, cell.stderr, error=error)


def _steps(trace: TraceRecord) -> tuple[Step, ...]:
    operations = {operation.id: operation for operation in trace.operations}
    return tuple(
        _step(step.ref or f"step{index}", step, operations[step.ref] if step.kind == "operation" and step.ref else None)
        for index, step in enumerate(trace.steps)
    )


def _step(step_id: str, step: StepRecord, operation: OperationRecord | None) -> Step:
    if operation is None:
        return Step(**asdict(step), id=step_id)
    return Step(
        **asdict(step),
        id=step_id,
        name=operation.name,
        expression=operation.expression,
        inputs=operation.inputs,
        outputs=operation.outputs,
    )
