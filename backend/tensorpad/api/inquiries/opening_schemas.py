"""The bodies of `POST /api/v1/opening`."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from tensorpad.api.runs.schemas import EnvironmentBody, ProgramBody, RunStatus, TimingBody
from tensorpad.api.runs.step_schemas import ArgumentBody
from tensorpad.api.runs.value_schemas import SpanBody, ValuesBody
from tensorpad.protocol.openings import NoOpening


class OpeningRequest(ProgramBody):
    """A program, and an operation in it."""

    operation: Annotated[str, Field(pattern=r"^op[0-9]{1,7}$", description="The operation's id in a run of this program.")]


@dataclass(frozen=True, slots=True)
class InnerTensorBody:
    """A tensor at one moment inside the operation. `tensor` is its id where the run has it too; `label` is always there."""

    label: str
    tensor: str | None
    shape: list[int]
    dtype: str
    values: ValuesBody


@dataclass(frozen=True, slots=True)
class InnerOperationBody:
    """One step inside the operation, or inside the step `parent`. `inputs` and `outputs` are places in `tensors`; a tensor
    that was written in place stands there once more. A tensor among `arguments` is its label.
    """

    parent: int | None
    name: str
    arguments: list[ArgumentBody]
    inputs: list[int]
    outputs: list[int]
    in_place: bool


@dataclass(frozen=True, slots=True)
class OpeningBody:
    """What an operation did inside, known from making it again. `reason` says why there is nothing to show, `text` says all.

    `exact` is false where the numbers differ by rounding from those of the run, `complete` where steps were left out.
    """

    operation: str
    reason: NoOpening | None
    name: str
    expression: str | None
    span: SpanBody | None
    tensors: list[InnerTensorBody]
    operations: list[InnerOperationBody]
    exact: bool
    complete: bool
    text: str


@dataclass(frozen=True, slots=True)
class OpeningResponse:
    """The answer. `opening` is null where the program's process did not live to give it; `message` says why."""

    status: RunStatus
    message: str | None
    opening: OpeningBody | None
    environment: EnvironmentBody
    timing: TimingBody
