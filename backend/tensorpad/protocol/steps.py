"""What a program did, step by step: torch operations, and the timeline of statements, operations and backward passes.

Operations are named `op1`, …, backward passes `b1`, …. An operation that was made in a call of a library's module or of a
custom autograd function names that call as its `parent`; only operations without a parent are the program's own. The call
has no step of its own in the timeline, the operations in it do. What a torch function did inside is no operation: an
`OpeningInquiry` asks for it.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.records import Count, Id, Name, Sizes, Span

Few = Meta(max_length=64)
Many = Meta(max_length=10_000)
Version = Annotated[int, Meta(ge=0, le=2**62)] | None


StepKind = Literal["statement", "call", "operation", "backward", "function"]


class ArgumentRecord(Struct, frozen=True, gc=False):
    """One argument of a call. `text` is short; a tensor in it is its id. `name` is the parameter's, where it is known."""

    name: Name | None
    text: Name


class WriteRecord(Struct, frozen=True, gc=False):
    """A tensor that an operation wrote in place, with its version counter before and after (None: it keeps none)."""

    tensor: Id
    before: Version
    after: Version


class MemoryRecord(Struct, frozen=True, gc=False):
    """Where an output's elements lie.

    `new`: in memory of its own. `same`: the output is the very input `of`. `view`: another tensor on the memory of `of`, a
    tensor or array that was there before (None: on memory that was there, but which no input names).
    """

    kind: Literal["new", "same", "view"]
    of: Id | None = None


class BroadcastRecord(Struct, frozen=True, gc=False):
    """How one input was stretched to the shape `result`.

    `input` is its place in the operation's inputs, `shape` the shape that it had. `stretched` are the dimensions of `result`
    along which its one element was repeated, `added` those that it did not have.
    """

    input: Count
    shape: Sizes
    result: Sizes
    stretched: Annotated[tuple[Count, ...], Few]
    added: Annotated[tuple[Count, ...], Few]


class ModuleRecord(Struct, frozen=True, gc=False):
    """The innermost `nn.Module` whose call an operation belongs to: its path (`model.0`), its class, and which call it was.

    `call` is the same for all operations of one call, and `path` starts with a variable's name, or with the class of the
    outermost module where no variable holds it.
    """

    path: Name
    type: Name
    call: Count


class OperationRecord(Struct, frozen=True, gc=False):
    """One torch operation that the program's source caused. `expression` is the source text of `span`, shortened.

    `memory`, `input_shapes` and `output_shapes` run parallel to `inputs` and `outputs`. `broadcast` has an entry for each
    input that was stretched. `recorded` tells whether autograd was recording, None where no input required a gradient.
    """

    id: Id
    name: Name
    span: Span | None
    expression: Name | None
    inputs: Annotated[tuple[Id, ...], Many]
    outputs: Annotated[tuple[Id, ...], Many]
    arguments: Annotated[tuple[ArgumentRecord, ...], Few] = ()
    writes: Annotated[tuple[WriteRecord, ...], Many] = ()
    memory: Annotated[tuple[MemoryRecord, ...], Many] = ()
    broadcast: Annotated[tuple[BroadcastRecord, ...], Many] = ()
    input_shapes: Annotated[tuple[Sizes, ...], Many] = ()
    output_shapes: Annotated[tuple[Sizes, ...], Many] = ()
    parent: Id | None = None
    module: ModuleRecord | None = None
    recorded: bool | None = None

    @property
    def in_place(self) -> bool:
        """Whether it wrote to a tensor that was there before."""
        return bool(self.writes)


class BindingRecord(Struct, frozen=True, gc=False):
    """A name that was bound. `value` is the id of a tensor or array; `text` is the value of a number, string or the like."""

    name: Name
    type: Name
    text: Name | None = None
    value: Id | None = None


class ChangeRecord(Struct, frozen=True, gc=False):
    """A tensor or array that has a new value: `history[version]` of its record."""

    id: Id
    version: Count


class StepRecord(Struct, frozen=True, gc=False):
    """One step of the timeline; steps stand in the order in which they were done.

    `kind`: a `statement` of a cell that has run (a `return` is about to); a `call`, that is, a function of a cell that has
    been entered with its arguments; an `operation` (`ref` names it), a `backward` pass that begins (`ref`: `b1`), a
    backward `function` that the engine has run (`ref`: `f7`).
    `scope` is empty at the level of the cell and else the function's name; `frame` is 0 there and else tells one call of a
    function from another. `bound` and `unbound` are the names in that frame that the step changed.
    """

    kind: StepKind
    span: Span | None = None
    ref: Id | None = None
    scope: Name = ""
    frame: Count = 0
    bound: Annotated[tuple[BindingRecord, ...], Many] = ()
    unbound: Annotated[tuple[Name, ...], Many] = ()
    changed: Annotated[tuple[ChangeRecord, ...], Many] = ()
