"""The bodies of operations, the timeline and histories."""

from dataclasses import dataclass
from typing import Literal

from tensorpad.api.runs.value_schemas import SpanBody, ValuesBody


@dataclass(frozen=True, slots=True)
class VersionBody:
    """The value that a tensor or array had from a step on (its place in `steps`; null: beyond what `steps` holds).

    `version` is torch's version counter, null where there is none. `values` is null for the last, which is the tensor's.
    `layout` is the layout that a tensor had then, null if it is the one that it has at the end.
    """

    step: int | None
    version: int | None
    values: ValuesBody | None
    layout: "LayoutBody | None"


@dataclass(frozen=True, slots=True)
class LayoutBody:
    """Where a tensor's elements are, and what they are: everything of a tensor that `resize_`, `t_` or `x.data = y` changes.

    `stride` and `offset` count elements, as torch does. `storage` is null if the elements are in no storage of the answer.
    """

    shape: list[int]
    stride: list[int]
    offset: int
    dtype: str
    device: str
    storage: str | None


@dataclass(frozen=True, slots=True)
class ArrayLayoutBody:
    """Where a NumPy array's elements are, and what they are. `strides` and `offset` count bytes, as NumPy does."""

    shape: list[int]
    strides: list[int]
    offset: int
    dtype: str
    storage: str | None


@dataclass(frozen=True, slots=True)
class GradientChangeBody:
    """What a statement of the program, and no backward pass, made of a leaf's `.grad`; null where it cleared it."""

    step: int
    values: ValuesBody | None


@dataclass(frozen=True, slots=True)
class ArrayBody:
    """One NumPy array on memory that a tensor looks at too, at the end."""

    id: str
    names: list[str]
    layout: ArrayLayoutBody
    values: ValuesBody
    history: list[VersionBody]


@dataclass(frozen=True, slots=True)
class RangeBody:
    """The bytes of a storage from the first to past the last that a tensor or array looks at."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArgumentBody:
    """One argument of a call; a tensor in `text` is its id. `name` is the parameter's, where it is known."""

    name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class WriteBody:
    """A tensor that was written in place, with its version counter before and after."""

    tensor: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class MemoryBody:
    """Where an output lies: in new memory, in that of `of` (a view), or it is the very input `of` (same)."""

    kind: Literal["new", "same", "view"]
    of: str | None


@dataclass(frozen=True, slots=True)
class BroadcastBody:
    """How one input (its place in `inputs`) was stretched to `result`.

    `stretched` are the dimensions of `result` along which it was repeated, `added` those that it did not have.
    """

    input: int
    shape: list[int]
    result: list[int]
    stretched: list[int]
    added: list[int]


@dataclass(frozen=True, slots=True)
class ModuleBody:
    """The innermost module whose call an operation belongs to; `call` is the same for all operations of one call."""

    path: str
    type: str
    call: int


@dataclass(frozen=True, slots=True)
class OperationBody:
    """One torch operation that the program's source caused.

    `parent` is the operation that called this one on behalf of the program's call; it has no step of its own.
    `memory`, `input_shapes` and `output_shapes` run parallel to `inputs` and `outputs`, or are empty.
    """

    id: str
    name: str
    span: SpanBody | None
    expression: str | None
    inputs: list[str]
    outputs: list[str]
    arguments: list[ArgumentBody]
    in_place: bool
    writes: list[WriteBody]
    memory: list[MemoryBody]
    broadcast: list[BroadcastBody]
    input_shapes: list[list[int]]
    output_shapes: list[list[int]]
    parent: str | None
    module: ModuleBody | None


@dataclass(frozen=True, slots=True)
class BindingBody:
    """A name that a step bound. `value` is the id of a tensor or array, `text` the value of a number or the like."""

    name: str
    type: str
    text: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class ChangeBody:
    """A tensor or array whose value a step changed: to `history[version]`."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class StepBody:
    """One step of the timeline, in the order in which they were done.

    A `statement` that has run, a `call` of a function of the program's that begins, an `operation`, a `backward` pass that
    begins, a backward `function` that the engine has run. `id` is the operation's, pass's or function's, where there is one;
    `name`, `expression`, `inputs` and `outputs` are the operation's. `scope` is the function whose names `bound` and
    `unbound` are, empty at the level of the cell; `frame` tells one call of it from another, 0 at the level of the cell.
    """

    id: str
    kind: Literal["statement", "call", "operation", "backward", "function"]
    name: str
    span: SpanBody | None
    expression: str | None
    inputs: list[str]
    outputs: list[str]
    scope: str
    frame: int
    bound: list[BindingBody]
    unbound: list[str]
    changed: list[ChangeBody]
