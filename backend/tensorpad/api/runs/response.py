"""An outcome and its pictures as the body of a response: one mapping, without input or output."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tensorpad.api.graphs.response import graph_body, outline_body
from tensorpad.api.runs import endings
from tensorpad.api.runs.backwards import backward_body, formula_bodies
from tensorpad.api.runs.explanations import Explanations
from tensorpad.api.runs.schemas import (
    CellBody,
    DisplayBody,
    EnvironmentBody,
    ErrorBody,
    ExplanationBody,
    ResultBody,
    RunResponse,
    StorageBody,
    TensorBody,
    TimingBody,
    TruncationBody,
    VariableBody,
)
from tensorpad.api.runs.step_responses import (
    array_body,
    grad_change_bodies,
    history_body,
    layout_body,
    operation_body,
    range_bodies,
    step_bodies,
)
from tensorpad.api.runs.values import values_body
from tensorpad.graph.model import Graph
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import CellOutput, Environment, Outcome
from tensorpad.protocol.records import CellRecord, ErrorRecord, TensorRecord
from tensorpad.render.renderer import Picture
from tensorpad.texts import Lang


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was drawn of an outcome: the displays of each cell, and each graph that no later one is like.

    `graphs` are all of them in order, `like` names the later one, and `pictures` has those of the others by their ids.
    """

    displays: Sequence[list[DisplayBody]]
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
        cells=[cell_body(cell, [], ending, explanations.of_cell(index)) for index, cell in enumerate(outcome.cells)],
        variables=[VariableBody(item.name, item.type, item.text, item.tensor) for item in trace.variables],
        tensors=[_tensor(tensor) for tensor in trace.tensors],
        storages=[
            StorageBody(item.id, item.nbytes, item.device, list(item.members), range_bodies(item)) for item in trace.storages
        ],
        steps=step_bodies(trace),
        operations=[operation_body(operation) for operation in trace.operations],
        arrays=[array_body(array) for array in trace.arrays],
        graphs=[],
        environment=environment_body(outcome.environment),
        timing=TimingBody(0.0, 0.0, 0.0, 0.0),
        truncated=[TruncationBody(record.what, record.limit) for record in trace.truncated],
        backwards=[backward_body(record) for record in trace.backwards],
        formulas=formula_bodies(trace),
        notices=explanations.notices() if ending.status == "ok" else [],
    )


def run_response(draft: RunResponse, rendered: Rendered, timing: TimingBody, limits: Limits) -> RunResponse:
    """The whole answer: the draft, with what was drawn and how long it all took."""
    graphs = [
        outline_body(graph, rendered.like[graph.id])
        if graph.id in rendered.like
        else graph_body(graph, rendered.pictures[graph.id])
        for graph in rendered.graphs
    ]
    truncated = [
        TruncationBody(f"picture of {graph.id}", round(limits.draw_s))
        for graph in graphs
        if graph.svg is None and graph.like is None
    ]
    truncated += [TruncationBody(f"nodes of {graph.id}", limits.drawn_nodes) for graph in graphs if graph.elided]
    if rendered.left_out:
        truncated.append(TruncationBody("graphs", limits.graphs))
    return replace(
        draft,
        cells=[
            replace(cell, displays=displays) if displays else cell
            for cell, displays in zip(draft.cells, rendered.displays, strict=True)
        ],
        graphs=graphs,
        timing=timing,
        truncated=[*draft.truncated, *truncated],
    )


def cell_body(
    cell: CellOutput, displays: list[DisplayBody], ending: endings.Ending, explanation: ExplanationBody | None = None
) -> CellBody:
    """One cell. A cell that had begun when the run was ended says by what, as its error."""
    record = cell.record
    if record is not None:
        return ended_cell_body(record, cell.stdout, cell.stderr, displays, explanation)
    if not cell.started:
        return CellBody("not_run", cell.stdout, cell.stderr, None, [], None)
    error = ErrorBody(ending.interruption, ending.interrupted, None, None, None, None, "", explanation)
    return CellBody("error", cell.stdout, cell.stderr, None, [], error)


def ended_cell_body(
    record: CellRecord,
    stdout: str,
    stderr: str,
    displays: list[DisplayBody],
    explanation: ExplanationBody | None = None,
) -> CellBody:
    """A cell that came to an end of its own."""
    return CellBody(
        status=record.status,
        stdout=stdout,
        stderr=stderr,
        result=ResultBody(record.result.text, record.result.tensor) if record.result else None,
        displays=displays,
        error=_error(record.error, explanation) if record.error else None,
    )


def environment_body(environment: Environment) -> EnvironmentBody:
    """Where a program ran."""
    return EnvironmentBody(environment.torch, environment.python, environment.device, environment.isolation)


def _error(record: ErrorRecord, explanation: ExplanationBody | None) -> ErrorBody:
    return ErrorBody(
        type=record.type,
        message=record.message,
        line=record.line,
        column=record.column,
        end_line=record.end_line,
        end_column=record.end_column,
        traceback=record.traceback,
        explanation=explanation,
    )


def _tensor(record: TensorRecord) -> TensorBody:
    return TensorBody(
        id=record.id,
        names=list(record.names),
        layout=layout_body(record.layout),
        requires_grad=record.requires_grad,
        is_leaf=record.is_leaf,
        is_parameter=record.is_parameter,
        grad_fn=record.grad_fn,
        version=record.version,
        view_of=record.view_of,
        values=values_body(record.values),
        grad=record.grad and values_body(record.grad),
        history=history_body(record.history),
        grad_changes=grad_change_bodies(record.grad_changes),
    )
