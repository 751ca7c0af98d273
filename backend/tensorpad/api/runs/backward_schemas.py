"""The parts of a response that tell of backward passes; `protocol.backwards` says how a pass is written down.

Gradients are named by their places in the list `gradients` of the pass; null is no gradient, or one that is not known.
"""

from dataclasses import dataclass
from typing import Literal

from tensorpad.api.runs.value_schemas import SpanBody, ValuesBody


@dataclass(frozen=True, slots=True)
class SlotBody:
    """One of the output slots of a backward function: a forward tensor's place in its operation's outputs."""

    function: str
    slot: int


@dataclass(frozen=True, slots=True)
class HookBody:
    """A hook of the program's that was called: what it was about, before and after."""

    kind: Literal["tensor", "prehook", "posthook", "accumulated"]
    name: str
    span: SpanBody | None
    slot: int | None
    before: list[int | None]
    after: list[int | None]
    raised: bool


@dataclass(frozen=True, slots=True)
class AccumulationBody:
    """What became of a leaf's `.grad`."""

    tensor: str | None
    before: int | None
    added: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class FunctionRunBody:
    """One backward function as the engine ran it. `arrived` runs over its slots, `sent` over the edges `next`."""

    function: str
    name: str
    tensor: str | None
    operation: str | None
    next: list[SlotBody | None]
    arrived: list[int | None]
    sent: list[int | None]
    hooks: list[HookBody]
    accumulation: AccumulationBody | None
    frees: bool
    made: list[str | None]
    completed: bool


@dataclass(frozen=True, slots=True)
class BackwardRootBody:
    """Where a pass started."""

    function: str
    slot: int
    name: str
    tensor: str | None
    gradient: int | None


@dataclass(frozen=True, slots=True)
class ReturnedBody:
    """A gradient that `torch.autograd.grad` gave."""

    function: str
    slot: int
    gradient: int | None


@dataclass(frozen=True, slots=True)
class BackwardBody:
    """One run of the engine; `runs` stand in its order."""

    id: str
    kind: Literal["backward", "grad"]
    span: SpanBody | None
    expression: str | None
    roots: list[BackwardRootBody]
    inputs: list[SlotBody] | None
    create_graph: bool
    retain_graph: bool
    graphs: list[str]
    gradients: list[ValuesBody]
    runs: list[FunctionRunBody]
    returned: list[ReturnedBody]
    within: str | None
    failed: bool
    size: int
    unrecorded: int


@dataclass(frozen=True, slots=True)
class InputFormulaBody:
    """The gradient of one input, or of several together, in torch's own words and, where it can be written, in LaTeX."""

    inputs: list[str]
    text: str
    latex: str | None


@dataclass(frozen=True, slots=True)
class FormulaBody:
    """A backward function by its torch name, the declaration of the operation that it belongs to, and its formulas."""

    function: str
    signature: str
    inputs: list[InputFormulaBody]
