"""What the service answers a run with. Most of it is the worker's records as they are; these are what it adds or changes."""

from typing import Literal

from msgspec import Struct

from tensorpad.api.graphs.response import DrawnGraph
from tensorpad.explain.inquiries.backward_formulas import BackwardFormula
from tensorpad.explain.words.findings import Explanation
from tensorpad.protocol.backwards import BackwardRecord
from tensorpad.protocol.holders import HolderRecord
from tensorpad.protocol.outcomes import Environment, RunStatus
from tensorpad.protocol.outputs import OutputRecord
from tensorpad.protocol.records import (
    ArrayRecord,
    DisplayRecord,
    ErrorRecord,
    ResultRecord,
    StorageRecord,
    TensorRecord,
    TruncationRecord,
    VariableRecord,
)
from tensorpad.protocol.steps import OperationRecord, StepRecord

CellStatus = Literal["ok", "error", "not_run"]


class Display(DisplayRecord, frozen=True):
    """A graph that the program made itself. `svg` is null if it could not be drawn (`note` says why)."""

    svg: str | None = None
    note: str | None = None


class CellError(ErrorRecord, frozen=True):
    """The exception that ended a cell. Null lines and columns mean an unknown place.

    `explanation` needs the whole trace, so an event of a cell that has just ended has none; the response at the end has.
    """

    explanation: Explanation | None = None


class CellResponse(Struct, frozen=True):
    """What one cell printed, showed and raised."""

    status: CellStatus
    stdout: str
    stderr: str
    result: ResultRecord | None = None
    displays: tuple[Display, ...] = ()
    error: CellError | None = None


class Step(StepRecord, frozen=True, gc=False):
    """A step of the timeline, with its operation if it has one.

    `id` is that of the operation, pass or function (`ref`), else made from the step's index. `name`, `expression`, `inputs`
    and `outputs` are the operation's.
    """

    id: str = ""
    name: str = ""
    expression: str | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()


class RunTiming(Struct, frozen=True):
    """Milliseconds, by share."""

    queued_ms: float
    run_ms: float
    render_ms: float
    total_ms: float


class RunResponse(Struct, frozen=True):
    """What a program did, and everything that is known of its tensors.

    A program that fails is an answer (`status`), not a fault of the request. `message` says in a sentence what ended a
    program that did not end by itself. `backwards` are the backward passes, `formulas` those of every backward function that
    they and the graphs name. `holders` are the modules, optimisers and lists of tensors at the end. `outputs` tell what each
    cell had printed by which step. `notices` are what a program that succeeded did and its author may not have meant.
    """

    id: str
    status: RunStatus
    message: str | None
    cells: tuple[CellResponse, ...]
    variables: tuple[VariableRecord, ...]
    tensors: tuple[TensorRecord, ...]
    storages: tuple[StorageRecord, ...]
    steps: tuple[Step, ...]
    operations: tuple[OperationRecord, ...]
    arrays: tuple[ArrayRecord, ...]
    graphs: tuple[DrawnGraph, ...]
    environment: Environment
    timing: RunTiming
    truncated: tuple[TruncationRecord, ...]
    notices: tuple[Explanation, ...]
    backwards: tuple[BackwardRecord, ...]
    formulas: tuple[BackwardFormula, ...]
    holders: tuple[HolderRecord, ...] = ()
    outputs: tuple[OutputRecord, ...] = ()
