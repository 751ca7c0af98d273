"""What the service answers a run with. Most of it is the worker's records as they are; these are what it adds or changes."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from tensorpad.api.graphs.response import DrawnGraph
from tensorpad.api.problems import ProblemDetails
from tensorpad.api.records import BackwardRecord, OperationRecord
from tensorpad.explain.inquiries.backward_formulas import BackwardFormula
from tensorpad.explain.words.findings import Explanation
from tensorpad.gates.gate import Gate
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.holders import HolderRecord
from tensorpad.protocol.outcomes import Environment, RunStatus
from tensorpad.protocol.outputs import OutputRecord
from tensorpad.protocol.records import (
    ArrayRecord,
    ErrorRecord,
    ResultRecord,
    StorageRecord,
    TensorRecord,
    TruncationRecord,
    Values,
    VariableRecord,
)
from tensorpad.protocol.series import SeriesRecord
from tensorpad.protocol.steps import StepRecord

CellStatus = Literal["ok", "error", "not_run"]


class Display(DisplayRecord, frozen=True):
    """A graph, or media, that the program displayed. Media are safe to show; an SVG among them as a picture (`<img>`).

    `svg` is null if a graph could not be drawn, `data` empty if media cannot be shown; `note` says why.
    """

    svg: str | None = None
    """The picture of a graph; null if it could not be drawn."""
    note: str | None = None
    """Why there is no picture."""


class CellError(ErrorRecord, frozen=True):
    """The exception that ended a cell. Null lines and columns mean an unknown place.

    `explanation` needs the whole trace, so an event of a cell that has just ended has none; the response at the end has.
    """

    explanation: Explanation | None = None
    """What is known of the cause; null in events of a stream."""


class CellResponse(Struct, frozen=True):
    """What one cell printed, showed and raised.

    `title` is in the response at the end, and not in events of a stream.
    """

    status: CellStatus
    """How the cell ended."""
    stdout: str
    """What it printed to standard output."""
    stderr: str
    """What it printed to standard error."""
    result: ResultRecord | None = None
    """The value of its last expression; null if there is none."""
    displays: tuple[Display, ...] = ()
    """The graphs, figures, pictures and tables that it displayed, in order."""
    error: CellError | None = None
    """The exception that ended it; null if none did."""
    title: str | None = None
    """What the request calls it (`titles`); null if it does not."""


class Step(StepRecord, frozen=True, gc=False):
    """A step of the timeline, with its operation if it has one.

    `name`, `expression`, `inputs` and `outputs` are the operation's. Where the answer has `operations`, these members and
    `span` are left to the operation that `ref` names.
    """

    name: str = ""
    """Name of its operation."""
    expression: str | None = None
    """Source of its operation, shortened."""
    inputs: tuple[str, ...] = ()
    """Ids of tensors that went into its operation."""
    outputs: tuple[str, ...] = ()
    """Ids of tensors that its operation gave."""


class RunTiming(Struct, frozen=True):
    """Milliseconds, by share."""

    queued_ms: float
    """Milliseconds that the run waited for a worker."""
    run_ms: float
    """Milliseconds that the program took."""
    render_ms: float
    """Milliseconds that its pictures took."""
    total_ms: float
    """Milliseconds from the request to the answer."""


class RunResponse(Struct, frozen=True):
    """What a program did, and everything that is known of its tensors.

    A program that fails is an answer (`status`), not a fault of the request. `message` says in a sentence what ended a
    program that did not end by itself. `backwards` are the backward passes, `formulas` those of every backward function that
    they and the graphs name. `holders` are the modules, optimisers and lists of tensors at the end. `outputs` tell what each
    cell had printed by which step. `notices` are what a program that succeeded did and its
    author may not have meant; of one that failed, what was not done as it says.
    Members after `truncated` are parts: they are there if they were asked for (`include`). `repeated` has values that
    several of them have.
    """

    id: str
    """Id of the run."""
    status: RunStatus
    """How the program ended."""
    message: str | None
    """What ended a program that did not end by itself, in a sentence."""
    cells: tuple[CellResponse, ...]
    """Each cell: what it printed, showed and raised."""
    environment: Environment
    """Where the program ran."""
    timing: RunTiming
    """How long it took."""
    truncated: tuple[TruncationRecord, ...]
    """What was cut because a limit was reached."""
    variables: tuple[VariableRecord, ...] | UnsetType = UNSET
    """The names of the global namespace at the end."""
    tensors: tuple[TensorRecord, ...] | UnsetType = UNSET
    """Every tensor that the program had."""
    storages: tuple[StorageRecord, ...] | UnsetType = UNSET
    """The memory that tensors look at."""
    arrays: tuple[ArrayRecord, ...] | UnsetType = UNSET
    """NumPy arrays on memory of tensors."""
    holders: tuple[HolderRecord, ...] | UnsetType = UNSET
    """The modules, optimisers and lists of tensors at the end."""
    steps: tuple[Step, ...] | UnsetType = UNSET
    """What the program did, in order."""
    outputs: tuple[OutputRecord, ...] | UnsetType = UNSET
    """What each cell had printed by which step."""
    operations: tuple[OperationRecord, ...] | UnsetType = UNSET
    """Every call of torch in the program."""
    graphs: tuple[DrawnGraph, ...] | UnsetType = UNSET
    """The autograd graphs."""
    backwards: tuple[BackwardRecord, ...] | UnsetType = UNSET
    """The backward passes."""
    formulas: tuple[BackwardFormula, ...] | UnsetType = UNSET
    """The formula of each backward function that graphs and passes name."""
    series: tuple[SeriesRecord, ...] | UnsetType = UNSET
    """The numbers of loops, for all of their rounds."""
    notices: tuple[Explanation, ...] | UnsetType = UNSET
    """What a program that succeeded did and its author may not have meant."""
    gates: tuple[Gate, ...] | UnsetType = UNSET
    """The questions in comments of the program, each with the answer that the run gave."""
    repeated: tuple[Values, ...] | UnsetType = UNSET
    """Values that the answer has several times, in whose places are `RepeatedValues`; not there if there are none."""


class ValuesResponse(Struct, frozen=True):
    """A chunk of the values that a run's answer deferred."""

    values: tuple[Values, ...]
    """The values, in the order of their index."""


class AcceptedRun(Struct, frozen=True):
    """A run that goes on by itself. Its answer is to be had at `Location`."""

    id: str
    """Id of the run."""


class BatchAnswer(Struct, frozen=True):
    """What one of several requests is answered with: as if it had been sent alone."""

    status: int
    """The status that it would have had."""
    run: RunResponse | None = None
    """The answer of the run; null if there is none."""
    problem: ProblemDetails | None = None
    """Why there is none; null if there is one."""


class BatchResponse(Struct, frozen=True):
    """The answers to several requests, in their order."""

    answers: tuple[BatchAnswer, ...]
    """One for each request."""
