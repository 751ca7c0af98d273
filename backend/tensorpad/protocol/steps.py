"""What a program did, step by step: torch operations, and the timeline of statements, operations and backward passes.

Operations are named `op1`, …, backward passes `b1`, …. An operation that was made in a call of a library's module or of a
custom autograd function names that call as its `parent`; only operations without a parent are the program's own. The call
has no step of its own in the timeline, the operations in it do. What a torch function did inside is no operation: an
`OpeningInquiry` asks for it.
"""

from collections.abc import Container, Iterable
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.checks import Ids, known
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.records import Count, Id, Name, Sizes, Span

Few = Meta(max_length=64)
Many = Meta(max_length=10_000)
Version = Annotated[int, Meta(ge=0, le=2**62)] | None


StepKind = Literal["statement", "call", "operation", "backward", "function", "error"]


MemoryKind = Literal["new", "same", "view"]


class ArgumentRecord(Struct, frozen=True, gc=False):
    """One argument of a call. `text` is short; a tensor in it is its id. `name` is the parameter's, where it is known."""

    name: Name | None
    """Name of the parameter, where it is known."""
    text: Name
    """The argument, shortened; a tensor is its id."""


class WriteRecord(Struct, frozen=True, gc=False):
    """A tensor that an operation wrote in place, with its version counter before and after (None: it keeps none)."""

    tensor: Id
    """Id of the tensor."""
    before: Version
    """Its version counter before."""
    after: Version
    """Its version counter after."""


class MemoryRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """Where an output's elements lie.

    `new`: in memory of its own. `same`: the output is the very input `of`. `view`: another tensor on the memory of `of`, a
    tensor or array that was there before (None: on memory that was there, but which no input names).
    """

    kind: MemoryKind
    """In new memory, the very input, or a view."""
    of: Id | None = None
    """Id of what it shares memory with."""


class BroadcastRecord(Struct, frozen=True, gc=False):
    """How one input was stretched to the shape `result`.

    `input` is its place in the operation's inputs, `shape` the shape that it had. `stretched` are the dimensions of `result`
    along which its one element was repeated, `added` those that it did not have.
    """

    input: Count
    """Place of the input."""
    shape: Sizes
    """The shape that it had."""
    result: Sizes
    """The shape that it was stretched to."""
    stretched: Annotated[tuple[Count, ...], Few]
    """Dimensions of the result along which its one element was repeated."""
    added: Annotated[tuple[Count, ...], Few]
    """Dimensions of the result that it did not have."""


class ModuleRecord(Struct, frozen=True, gc=False):
    """The innermost `nn.Module` whose call an operation belongs to: its path (`model.0`), its class, and which call it was.

    `call` is the same for all operations of one call, and `path` starts with a variable's name, or with the class of the
    outermost module where no variable holds it.
    """

    path: Name
    """How the program reaches it."""
    type: Name
    """Its class."""
    call: Count
    """Which call of it."""


class OperationRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """One torch operation that the program's source caused. `expression` is the source text of `span`, shortened.

    `memory`, `input_shapes` and `output_shapes` run parallel to `inputs` and `outputs`. `broadcast` has an entry for each
    input that was stretched. `recorded` tells whether autograd was recording, None where no input required a gradient.
    """

    id: Id
    """`op1`, `op2`, …."""
    name: Name
    """Its public name."""
    span: Span | None = None
    """Where its source is."""
    expression: Name | None = None
    """Its source, shortened."""
    inputs: Annotated[tuple[Id, ...], Many] = ()
    """Ids of tensors that went in."""
    outputs: Annotated[tuple[Id, ...], Many] = ()
    """Ids of tensors that it gave."""
    arguments: Annotated[tuple[ArgumentRecord, ...], Few] = ()
    """What it was given."""
    writes: Annotated[tuple[WriteRecord, ...], Many] = ()
    """Tensors that it changed in place."""
    memory: Annotated[tuple[MemoryRecord, ...], Many] = ()
    """Where the elements of each output lie."""
    broadcast: Annotated[tuple[BroadcastRecord, ...], Many] = ()
    """How inputs were stretched."""
    input_shapes: Annotated[tuple[Sizes, ...], Many] = ()
    """Shapes of the inputs."""
    output_shapes: Annotated[tuple[Sizes, ...], Many] = ()
    """Shapes of the outputs."""
    parent: Id | None = None
    """Id of the operation that it is a part of."""
    module: ModuleRecord | None = None
    """The module whose call it belongs to."""
    recorded: bool | None = None
    """Whether autograd was recording; null where no input required a gradient."""


class BindingRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """A name that was bound. `value` is the id of a tensor or array; `text` is the value of a number, string or the like."""

    name: Name
    """The name."""
    type: Name
    """The class of its value."""
    text: Name | None = None
    """The value of a number, string or the like."""
    value: Id | None = None
    """Id of a tensor or array."""


class ChangeRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """A tensor or array that has a new value: `history[version]` of its record."""

    id: Id
    """Id of the tensor or array."""
    version: Count = 0
    """Place of the new value in its history."""


class StepRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """One step of the timeline; steps stand in the order in which they were done.

    `kind`: a `statement` of a cell that has run (a `return` is about to); a `call`, that is, a function of a cell that has
    been entered with its arguments; an `operation` (`ref` names it), a `backward` pass that begins (`ref`: `b1`), a
    backward `function` that the engine has run (`ref`: `f7`); an `error`, the last step of a program that did not end: it
    stopped at `span`, in the middle of a statement.
    `scope` is empty at the level of the cell and else the function's name; `frame` is 0 there and else tells one call of a
    function from another. `bound` and `unbound` are the names in that frame that the step changed.
    """

    kind: StepKind
    """What was done."""
    span: Span | None = None
    """Where in the source."""
    ref: Id | None = None
    """Id of the operation, pass or function."""
    scope: Name = ""
    """Name of the function of the program; empty at the level of the cell."""
    frame: Count = 0
    """Which call of a function; 0 at the level of the cell."""
    bound: Annotated[tuple[BindingRecord, ...], Many] = ()
    """Names that were given a value."""
    unbound: Annotated[tuple[Name, ...], Many] = ()
    """Names that were deleted."""
    changed: Annotated[tuple[ChangeRecord, ...], Many] = ()
    """Tensors and arrays that have a new value."""


def check_operations(operations: Iterable[OperationRecord], ids: Ids) -> None:
    """Raises ProtocolError if operations contradict themselves, one another or the report."""
    earlier: set[str] = set()
    for operation in operations:
        name = operation.id
        known(f"the inputs of {name} name", operation.inputs, ids.tensors)
        known(f"the outputs of {name} name", operation.outputs, ids.tensors)
        known(f"the writes of {name} name", (write.tensor for write in operation.writes), ids.versions)
        known(f"the memory of {name} names", (part.of for part in operation.memory), ids.versions)
        if operation.parent is not None and operation.parent not in earlier:
            raise ProtocolError(f"{name} is part of {operation.parent}, which is not before it")
        earlier.add(name)
        _check_parallel(operation)
        _check_shapes(operation)


def _check_parallel(operation: OperationRecord) -> None:
    """Lists that run parallel to inputs or outputs are empty or as long."""
    for what, parallel, tensors in (
        ("memory", operation.memory, operation.outputs),
        ("output shapes", operation.output_shapes, operation.outputs),
        ("input shapes", operation.input_shapes, operation.inputs),
    ):
        if len(parallel) not in (0, len(tensors)):
            raise ProtocolError(f"{operation.id} has {len(parallel)} {what} for {len(tensors)}")


def _check_shapes(operation: OperationRecord) -> None:
    for part in operation.broadcast:
        dimensions = (*part.stretched, *part.added)
        if part.input >= len(operation.inputs) or any(dimension >= len(part.result) for dimension in dimensions):
            raise ProtocolError(f"{operation.id} broadcasts an input or a dimension that it does not have")
    shapes = (*operation.input_shapes, *operation.output_shapes, *(part.shape for part in operation.broadcast))
    if any(size < 0 for shape in shapes for size in shape):
        raise ProtocolError(f"{operation.id} has a negative size")


def check_timeline(steps: Iterable[StepRecord], ids: Ids) -> None:
    """Raises ProtocolError if a step refers to what is not in the report, or is another step of the same operation."""
    refs: dict[StepKind, Container[str]] = {
        "operation": ids.operations,
        "backward": ids.passes,
        "function": ids.functions | ids.ran,
    }
    done: set[str] = set()
    for index, step in enumerate(steps):
        if step.kind == "operation" and step.ref is not None:
            # A step is answered with its operation's inputs and outputs: thousands of steps of one long list would be many.
            if step.ref in done:
                raise ProtocolError(f"step {index} is another one of {step.ref}")
            done.add(step.ref)
        known(f"step {index} names", (step.ref,), refs.get(step.kind, ()))
        known(f"the names of step {index} name", (binding.value for binding in step.bound), ids.versions)
        for change in step.changed:
            if change.version >= ids.versions.get(change.id, 0):
                raise ProtocolError(f"step {index} changes {change.id} to a version that is not there")
