"""The bodies of the REST API, version 1.

Responses are frozen dataclasses: pydantic documents them in OpenAPI, and they are encoded without being validated again.
Requests are pydantic models, because they are not to be trusted.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from tensorpad.api.graphs.schemas import GraphBody
from tensorpad.api.runs.backward_schemas import BackwardBody, FormulaBody
from tensorpad.api.runs.step_schemas import (
    ArrayBody,
    GradientChangeBody,
    LayoutBody,
    OperationBody,
    RangeBody,
    StepBody,
    VersionBody,
)
from tensorpad.api.runs.value_schemas import SpanBody, ValuesBody
from tensorpad.texts import Lang

RunStatus = Literal["ok", "error", "timeout", "out_of_memory", "output_limit", "crashed"]
CellStatus = Literal["ok", "error", "not_run"]


class ProgramBody(BaseModel):
    """A program: either `code`, or `cells` that share one namespace and run in order."""

    model_config = ConfigDict(extra="forbid", strict=True)

    code: Annotated[str | None, Field(description="One cell of source.")] = None
    cells: Annotated[list[str] | None, Field(description="Cells of source, run in order in one namespace.")] = None
    seed: Annotated[
        int | None,
        Field(ge=0, lt=2**32, description="Seeds torch, NumPy and random; null means fresh entropy."),
    ] = 0
    device: Annotated[Literal["auto", "cpu", "cuda"], Field(description="Default device of the program.")] = "auto"
    timeout_s: Annotated[
        float | None, Field(gt=0, description="Seconds of wall time; at most the server's limit, which is the default.")
    ] = None
    lang: Annotated[Lang | None, Field(description="Language of explanations; default from Accept-Language.")] = None


class RunBody(ProgramBody):
    """A program to run."""

    trace: Annotated[Literal["full", "off"], Field(description="`off` runs the program alone, with its output.")] = "full"


@dataclass(frozen=True, slots=True)
class ResultBody:
    """A cell's last expression, as a notebook shows it."""

    text: str
    tensor: str | None


@dataclass(frozen=True, slots=True)
class DisplayBody:
    """A graph that the program made itself. `svg` is null where it could not be drawn (`note` says why)."""

    kind: Literal["graph"]
    title: str
    svg: str | None
    dot: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DimensionBody:
    """A dimension at fault, counted from 0. `tensor` is null where the report does not hold the tensor."""

    tensor: str | None
    dim: int


@dataclass(frozen=True, slots=True)
class FixBody:
    """A change of the source that makes the problem go away: `replacement` in the place of `span`, which may be empty."""

    span: SpanBody
    replacement: str
    description: str


@dataclass(frozen=True, slots=True)
class ExplanationBody:
    """Why something happened, in the language of the request. `rule` names the kind of explanation, in any language.

    `title`, `text` and `description` hold inline code between backticks; `text` also figures, whose columns line up, between
    lines of three backticks.
    """

    rule: str
    title: str
    text: str
    tensors: list[str]
    dims: list[DimensionBody]
    span: SpanBody | None
    fix: FixBody | None


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """The exception that ended a cell. Null lines and columns mean an unknown place.

    `explanation` needs the whole trace, so an event of a cell that has just ended has none; the response at the end has.
    """

    type: str
    message: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    traceback: str
    explanation: ExplanationBody | None = None


@dataclass(frozen=True, slots=True)
class CellBody:
    """What one cell printed, showed and raised."""

    status: CellStatus
    stdout: str
    stderr: str
    result: ResultBody | None
    displays: list[DisplayBody]
    error: ErrorBody | None


@dataclass(frozen=True, slots=True)
class VariableBody:
    """One name of the program's namespace, at the end."""

    name: str
    type: str
    text: str
    tensor: str | None


@dataclass(frozen=True, slots=True)
class TensorBody:
    """One tensor, at the end; `history` has every value before, with the layout that it had then if that was another.

    `grad_changes` are what the program itself did to its gradient; what backward passes added is in `backwards`.
    """

    id: str
    names: list[str]
    layout: LayoutBody
    requires_grad: bool
    is_leaf: bool
    is_parameter: bool
    grad_fn: str | None
    version: int | None
    view_of: str | None
    values: ValuesBody
    grad: ValuesBody | None
    history: list[VersionBody]
    grad_changes: list[GradientChangeBody]


@dataclass(frozen=True, slots=True)
class StorageBody:
    """One piece of memory, the tensors that look at it, and which of its bytes each tensor and NumPy array looks at."""

    id: str
    nbytes: int
    device: str
    members: list[str]
    ranges: list[RangeBody]


@dataclass(frozen=True, slots=True)
class EnvironmentBody:
    """Where the program ran."""

    torch: str
    python: str
    device: str
    isolation: str


@dataclass(frozen=True, slots=True)
class TimingBody:
    """Milliseconds, by share."""

    queued_ms: float
    run_ms: float
    render_ms: float
    total_ms: float


@dataclass(frozen=True, slots=True)
class TruncationBody:
    """Something of which only a part is told, and the limit that it met."""

    what: str
    limit: int


@dataclass(frozen=True, slots=True)
class RunResponse:
    """What a program did, and everything that is known of its tensors.

    A program that fails is an answer (`status`), not a fault of the request. `message` says in a sentence what ended a
    program that did not end by itself. `backwards` are the backward passes, `formulas` those of every backward function that
    they and the graphs name. `notices` are what a program that succeeded did and its author may not have meant.
    """

    id: str
    status: RunStatus
    message: str | None
    cells: list[CellBody]
    variables: list[VariableBody]
    tensors: list[TensorBody]
    storages: list[StorageBody]
    steps: list[StepBody]
    operations: list[OperationBody]
    arrays: list[ArrayBody]
    graphs: list[GraphBody]
    environment: EnvironmentBody
    timing: TimingBody
    truncated: list[TruncationBody]
    notices: list[ExplanationBody]
    backwards: list[BackwardBody]
    formulas: list[FormulaBody]


@dataclass(frozen=True, slots=True)
class ProblemBody:
    """A fault of a request or of the service, after RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[dict[str, Any]]
