"""Backward passes: the functions in the order in which the engine ran them, and the gradients on every edge.

NOTE [How a pass is written down]
1. Every gradient of a pass stands once in `BackwardRecord.gradients`; all else names it by its place there. None means
   that there was no gradient, or that it is not known.
2. A function of the graph is an operation of the forward pass, seen from behind. It has an output slot for each tensor
   that the operation gave, at which that tensor's gradient arrives; and an edge for each input, on which it sends the
   gradient of that input to an output slot of another function. What several edges send to one slot is summed up there.
3. Tensor hooks change what arrives in a slot; then prehooks may change what arrives in all; then the function runs; then
   posthooks may change what is sent. So `arrived` is what the function was given, and `sent` what it gave in the end.
4. A leaf ends the graph with a function `AccumulateGrad`, which adds what arrives to the leaf's `.grad`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.records import Count, Id, Name, Span, Values

Gradient = Annotated[int, Meta(ge=0, le=10_000_000)] | None
Slots = Annotated[tuple[Gradient, ...], Meta(max_length=100_000)]


class Slot(Struct, frozen=True, gc=False):
    """One of the output slots of a backward function: where the gradient of one output of its operation arrives."""

    function: Id
    slot: Count


class HookRecord(Struct, frozen=True, gc=False):
    """A hook of the program's that was called.

    `kind` tells how it was registered: `tensor` (`Tensor.register_hook`), `prehook` and `posthook` (on a function),
    `accumulated` (`register_post_accumulate_grad_hook`). `slot` is the output slot of a tensor hook, `span` the definition.
    `before` and `after` are what it was about: one gradient; the gradients in all slots of a prehook, on all edges of a
    posthook; the leaf's `.grad`. `raised` tells that it ended with an exception, so that nothing came after it.
    """

    kind: Literal["tensor", "prehook", "posthook", "accumulated"]
    name: Name
    span: Span | None
    slot: Count | None
    before: Slots
    after: Slots
    raised: bool = False


class AccumulationRecord(Struct, frozen=True, gc=False):
    """What became of a leaf's `.grad`: as it was before, what was added, and the sum, before any hook on it."""

    tensor: Id | None
    before: Gradient
    added: Gradient
    after: Gradient


class FunctionRun(Struct, frozen=True, gc=False):
    """One function as the engine ran it.

    `tensor` and `operation` are the forward tensor that it stands for and the operation that made that. `arrived` runs over
    the output slots, `sent` over `next`, the edges. `hooks` stand in the order in which they were called. `frees` tells that
    the function let go of what it had saved, so that it cannot run again. `made`, where the pass made a graph of itself
    (`create_graph`), names the function that made each gradient in `sent`. `completed` is False where an exception ended the
    pass in it; where a hook before it raised, it did not run at all, and `arrived` is empty.
    """

    function: Id
    name: Name
    tensor: Id | None
    operation: Id | None
    next: Annotated[tuple[Slot | None, ...], Meta(max_length=100_000)]
    arrived: Slots
    sent: Slots
    hooks: Annotated[tuple[HookRecord, ...], Meta(max_length=10_000)] = ()
    accumulation: AccumulationRecord | None = None
    frees: bool = False
    made: Annotated[tuple[Id | None, ...], Meta(max_length=100_000)] = ()
    completed: bool = True


class RootRecord(Struct, frozen=True, gc=False):
    """Where a pass started: a function's output slot, what the program calls the tensor, and the gradient it began with."""

    function: Id
    slot: Count
    name: Name
    tensor: Id | None
    gradient: Gradient


class ReturnedRecord(Struct, frozen=True, gc=False):
    """What `torch.autograd.grad` gave for one input: the gradient that arrived at that slot. Its function did not run."""

    function: Id
    slot: Count
    gradient: Gradient


class BackwardRecord(Struct, frozen=True, gc=False):
    """One run of the engine.

    `kind` is `backward` where leaves' `.grad` accumulate, `grad` where gradients are returned. `span` is the program's call.
    `inputs` are the slots that the pass was limited to, None where it went to all leaves. `graphs` are the ids of the graphs
    it ran over, as far as they are in the report. `within` is the pass in a hook or function of which this one was run.
    `failed` tells that an exception ended the pass. `size` is the number of functions in the graph; `unrecorded` counts
    those of them that were not watched or whose runs were dropped, newer passes being kept.
    """

    id: Id
    kind: Literal["backward", "grad"]
    span: Span | None
    expression: Name | None
    roots: Annotated[tuple[RootRecord, ...], Meta(max_length=10_000)]
    inputs: Annotated[tuple[Slot, ...], Meta(max_length=10_000)] | None
    create_graph: bool
    retain_graph: bool
    graphs: Annotated[tuple[Id, ...], Meta(max_length=10_000)]
    gradients: Annotated[tuple[Values, ...], Meta(max_length=1_000_000)]
    runs: tuple[FunctionRun, ...]
    returned: Annotated[tuple[ReturnedRecord, ...], Meta(max_length=10_000)] = ()
    within: Id | None = None
    failed: bool = False
    size: Count = 0
    unrecorded: Count = 0
