"""The bodies of `POST /api/v1/lens` and `POST /api/v1/derivation`."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from tensorpad.api.runs.schemas import EnvironmentBody, ProgramBody, RunStatus, TimingBody
from tensorpad.api.runs.value_schemas import NonFinite, SpanBody, ValuesBody
from tensorpad.protocol.inquiries import NoDerivation, NoLens

Place = Annotated[int, Field(ge=-(2**62), lt=2**62)]


class LensRequest(ProgramBody):
    """A program, and an element of an operation's output in it."""

    operation: Annotated[str, Field(pattern=r"^op[0-9]{1,7}$", description="The operation's id in a run of this program.")]
    output: Annotated[int, Field(ge=0, lt=10_000, description="Which of its outputs.")] = 0
    element: Annotated[
        list[Place],
        Field(
            default_factory=list, max_length=64, description="One index for each dimension; negatives count from the end."
        ),
    ]


class DerivationRequest(ProgramBody):
    """A program, and a scalar in it."""

    of: Annotated[
        str | None,
        Field(max_length=1_000, description="Its variable; default: where the last backward pass started."),
    ] = None
    finite_differences: Annotated[bool, Field(description="Check every leaf element by small changes, too.")] = False


@dataclass(frozen=True, slots=True)
class LensInputBody:
    """One input element. `value`: it went into the result, with a local derivative or none (null); `index`: it decided which
    value was taken. `text` says so.
    """

    tensor: str | None
    argument: str
    element: list[int]
    value: str
    derivative: float | NonFinite | None
    relation: Literal["value", "index"]
    text: str


@dataclass(frozen=True, slots=True)
class LensBody:
    """Where an element came from. `reason` says why nothing is known; `count` is how many inputs there are in all."""

    operation: str
    reason: NoLens | None
    name: str
    expression: str | None
    span: SpanBody | None
    output: int
    tensor: str | None
    shape: list[int]
    element: list[int]
    value: str
    inputs: list[LensInputBody]
    count: int
    complete: bool
    text: str


@dataclass(frozen=True, slots=True)
class LensResponse:
    """The answer. `lens` is null where the program's process did not live to give it; `message` says why."""

    status: RunStatus
    message: str | None
    lens: LensBody | None
    environment: EnvironmentBody
    timing: TimingBody


@dataclass(frozen=True, slots=True)
class LineBody:
    """One line of mathematics, as plain text and as LaTeX."""

    text: str
    latex: str


@dataclass(frozen=True, slots=True)
class LocalDerivativeBody:
    """The derivative of a step by one of its inputs, which is step `target`.

    `values` is in the input's shape for `elementwise` and `row`; for `matrix` it has a row for each output element and a
    column for each input element. `formula` is null where there is none in symbols.
    """

    target: int
    slot: int
    target_slot: int
    kind: Literal["elementwise", "row", "matrix"]
    values: ValuesBody
    formula: LineBody | None
    line: LineBody


@dataclass(frozen=True, slots=True)
class DerivationStepBody:
    """One step, from the result (the first) back to the leaves. `gradients` are the result's derivatives by its outputs."""

    label: str
    latex: str
    name: str
    function: str | None
    tensor: str | None
    operation: str | None
    expression: str | None
    span: SpanBody | None
    leaf: bool
    gradients: list[ValuesBody | None]
    derivatives: list[LocalDerivativeBody]


@dataclass(frozen=True, slots=True)
class PathBody:
    """One path: its steps, which derivative of each it takes, and their product."""

    steps: list[int]
    derivatives: list[int]
    product: ValuesBody
    line: LineBody


@dataclass(frozen=True, slots=True)
class ClosedFormBody:
    """The gradient as one formula in the elements of the leaf, and the result as one; both agree with the numbers."""

    gradient: LineBody
    result: LineBody


@dataclass(frozen=True, slots=True)
class FiniteDifferencesBody:
    """Central differences over the traced operations; `values` is null where they were not possible. `text` says all."""

    values: ValuesBody | None
    dtype: str
    step: float
    deviation: float | NonFinite | None
    tolerance: float
    agrees: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class LeafDerivationBody:
    """The gradient of one leaf: the sum over its paths, and what autograd gave. `deviation` is the largest difference,
    relative to the largest element (at least 1); `statement` says what was checked.
    """

    step: int
    label: str
    tensor: str | None
    path_count: int
    paths: list[PathBody]
    total: ValuesBody
    autograd: ValuesBody
    deviation: float | NonFinite
    tolerance: float
    agrees: bool
    chain_rule: LineBody
    closed_form: ClosedFormBody | None
    finite_differences: FiniteDifferencesBody | None
    statement: str


@dataclass(frozen=True, slots=True)
class DerivationBody:
    """The chain rule for one scalar. `reason` and `text` say why there is nothing to show."""

    root: str
    reason: NoDerivation | None
    text: str | None
    steps: list[DerivationStepBody]
    leaves: list[LeafDerivationBody]


@dataclass(frozen=True, slots=True)
class DerivationResponse:
    """The answer. `derivation` is null where the program's process did not live to give it; `message` says why."""

    status: RunStatus
    message: str | None
    derivation: DerivationBody | None
    environment: EnvironmentBody
    timing: TimingBody
