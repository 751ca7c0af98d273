"""The bodies of `POST /api/v1/values`."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from tensorpad.api.runs.schemas import EnvironmentBody, ProgramBody, RunStatus, TimingBody
from tensorpad.protocol.windows import SIDE, Format, NoWindow

Bound = Annotated[int, Field(ge=0, lt=2**62)]
# JSON has no tuples, and a strict model takes nothing for one.
Bounds = Annotated[tuple[Bound, Bound], Field(strict=False, description="From the first to past the last.")]


class WindowRequest(ProgramBody):
    """A program, and a part of a tensor or array in it."""

    subject: Annotated[
        str, Field(pattern=r"^[ta][0-9]{1,7}$", description="The id of a tensor or array in a run of this program.")
    ]
    gradient: Annotated[bool, Field(description="Its gradient at the end, instead of its value.")] = False
    step: Annotated[
        int | None, Field(ge=0, lt=2**31, description="As it was right after this step; default: at the end.")
    ] = None
    leading: Annotated[
        list[Bound],
        Field(default_factory=list, max_length=62, description="One index for each dimension before the last two."),
    ]
    rows: Annotated[Bounds | None, Field(description="Rows of the matrix, which for a vector has one; default: all.")] = None
    columns: Annotated[Bounds | None, Field(description="Its columns; default: all.")] = None
    height: Annotated[int, Field(ge=1, le=SIDE, description="Rows to send; more are put together into blocks.")] = 128
    width: Annotated[int, Field(ge=1, le=SIDE, description="Columns to send.")] = 128


@dataclass(frozen=True, slots=True)
class WindowBody:
    """A part of a matrix. `reason` and `text` say why it could not be had.

    `data` holds the numbers in base64: row-major, little-endian, in `format`; of a `complex` matrix, real and imaginary
    parts in turn. Where a side of `block` is more than 1, `data` holds the means of blocks (of absolute values, where
    complex), and `minimum` and `maximum`, which are empty otherwise, their extremes; the last block of a side may be
    smaller.
    """

    subject: str
    gradient: bool
    reason: NoWindow | None
    text: str | None
    dtype: str
    shape: list[int]
    leading: list[int]
    rows: list[int]
    columns: list[int]
    block: list[int]
    format: Format
    complex: bool
    data: str
    minimum: str
    maximum: str


@dataclass(frozen=True, slots=True)
class WindowResponse:
    """The answer. `window` is null where the program's process did not live to give it; `message` says why."""

    status: RunStatus
    message: str | None
    window: WindowBody | None
    environment: EnvironmentBody
    timing: TimingBody
