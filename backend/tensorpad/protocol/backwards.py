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

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.checks import SLACK, Ids, check_values, known, most, well_formed
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Count, Id, Name, Span, Values

Gradient = Annotated[int, Meta(ge=0, le=10_000_000)] | None
PassKind = Literal["backward", "grad"]
HookKind = Literal["tensor", "prehook", "posthook", "accumulated"]
Slots = Annotated[tuple[Gradient, ...], Meta(max_length=100_000)]
GRADIENTS_PER_RUN = 16
"""Gradients, edges and slots of a report, on average over its runs."""


class Slot(Struct, frozen=True, gc=False):
    """One of the output slots of a backward function: where the gradient of one output of its operation arrives."""

    function: Id
    """Id of the function."""
    slot: Count
    """Number of its output slot."""


class HookRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """A hook of the program's that was called.

    `kind` tells how it was registered: `tensor` (`Tensor.register_hook`), `prehook` and `posthook` (on a function),
    `accumulated` (`register_post_accumulate_grad_hook`). `slot` is the output slot of a tensor hook, `span` the definition.
    `before` and `after` are what it was about: one gradient; the gradients in all slots of a prehook, on all edges of a
    posthook; the leaf's `.grad`. `raised` tells that it ended with an exception, so that nothing came after it.
    """

    kind: HookKind
    """How it was registered."""
    name: Name
    """What the program calls it."""
    span: Span | None
    """Where it is defined."""
    slot: Count | None
    """The slot of a tensor hook."""
    before: Slots
    """The gradients before it."""
    after: Slots
    """The gradients after it."""
    raised: bool = False
    """Whether it ended with an exception."""


class AccumulationRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """What became of a leaf's `.grad`: as it was before, what was added, and the sum, before any hook on it."""

    tensor: Id | None = None
    """Id of the leaf."""
    before: Gradient = None
    """Its `.grad` before."""
    added: Gradient = None
    """What was added."""
    after: Gradient = None
    """The sum."""


class FunctionRun(Struct, frozen=True, gc=False, omit_defaults=True):
    """One function as the engine ran it.

    `tensor` and `operation` are the forward tensor that it stands for and the operation that made that. `arrived` runs over
    the output slots, `sent` over `next`, the edges. `hooks` stand in the order in which they were called. `frees` tells that
    the function let go of what it had saved, so that it cannot run again. `made`, where the pass made a graph of itself
    (`create_graph`), names the function that made each gradient in `sent`. `completed` is False where an exception ended the
    pass in it; where a hook before it raised, it did not run at all, and `arrived` is empty.
    """

    function: Id
    """Id of the function."""
    name: Name
    """torch's name of it."""
    tensor: Id | None = None
    """Id of the forward tensor that it stands for."""
    operation: Id | None = None
    """Id of the operation that made the tensor."""
    next: Annotated[tuple[Slot | None, ...], Meta(max_length=100_000)] = ()
    """The edges: where it sends the gradient of each input."""
    arrived: Slots = ()
    """The gradient that arrived in each slot."""
    sent: Slots = ()
    """The gradient that it sent on each edge."""
    hooks: Annotated[tuple[HookRecord, ...], Meta(max_length=10_000)] = ()
    """The program's hooks, in the order in which they were called."""
    accumulation: AccumulationRecord | None = None
    """What became of a leaf's `.grad`."""
    frees: bool = False
    """Whether it let go of what it had saved."""
    made: Annotated[tuple[Id | None, ...], Meta(max_length=100_000)] = ()
    """The function that made each gradient in `sent`, where the pass made a graph."""
    completed: bool = True
    """Whether it came to its end."""


class RootRecord(Struct, frozen=True, gc=False):
    """Where a pass started: a function's output slot, what the program calls the tensor, and the gradient it began with."""

    function: Id
    """Id of the function that it started at."""
    slot: Count
    """The output slot of that function."""
    name: Name
    """What the program calls the tensor."""
    tensor: Id | None
    """Id of the tensor."""
    gradient: Gradient
    """The gradient that it began with."""


class ReturnedRecord(Struct, frozen=True, gc=False):
    """What `torch.autograd.grad` gave for one input: the gradient that arrived at that slot. Its function did not run."""

    function: Id
    """Id of the function of the input."""
    slot: Count
    """The output slot of that function."""
    gradient: Gradient
    """The gradient that arrived there."""


class BackwardRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """One run of the engine.

    `kind` is `backward` where leaves' `.grad` accumulate, `grad` where gradients are returned. `span` is the program's call.
    `inputs` are the slots that the pass was limited to, None where it went to all leaves. `graphs` are the ids of the graphs
    it ran over, as far as they are in the report. `within` is the pass in a hook or function of which this one was run.
    `failed` tells that an exception ended the pass. `size` is the number of functions in the graph; `unrecorded` counts
    those of them that were not watched or whose runs were dropped, newer passes being kept.
    """

    id: Id
    """`b1`, `b2`, …."""
    kind: PassKind
    """Whether gradients accumulate in leaves, or are given back."""
    span: Span | None
    """Where the program called it."""
    expression: Name | None
    """Source of the call."""
    roots: Annotated[tuple[RootRecord, ...], Meta(max_length=10_000)]
    """Where it started."""
    inputs: Annotated[tuple[Slot, ...], Meta(max_length=10_000)] | None
    """The slots that it was limited to; null if it went to all leaves."""
    create_graph: bool
    """Whether it made a graph of itself."""
    retain_graph: bool
    """Whether it kept the graph."""
    graphs: Annotated[tuple[Id, ...], Meta(max_length=10_000)]
    """Ids of the graphs that it ran over."""
    gradients: Annotated[tuple[Values, ...], Meta(max_length=1_000_000)]
    """Every gradient of the pass once; all else names it by its place here."""
    runs: tuple[FunctionRun, ...]
    """The functions, in the order in which the engine ran them."""
    returned: Annotated[tuple[ReturnedRecord, ...], Meta(max_length=10_000)] = ()
    """What `torch.autograd.grad` gave."""
    within: Id | None = None
    """Id of the pass in which this one was run."""
    failed: bool = False
    """Whether an exception ended it."""
    size: Count = 0
    """How many functions its graph has."""
    unrecorded: Count = 0
    """How many of them are not told."""


def most_runs(limits: Limits) -> int:
    """Function runs that one report may contain, over all passes: as many as functions of graphs."""
    return limits.graph_nodes


def check_backwards(passes: tuple[BackwardRecord, ...], ids: Ids, limits: Limits) -> None:
    """Raises ProtocolError if backward passes contradict themselves or the report, or are more than the limits allow."""
    most("the runs of functions", sum(len(backward.runs) for backward in passes), SLACK * most_runs(limits))
    size = sum(len(backward.gradients) + sum(map(_size, backward.runs)) for backward in passes)
    most("the gradients of backward passes", size, SLACK * most_runs(limits) * GRADIENTS_PER_RUN)
    for backward in passes:
        for function in _functions(backward):
            well_formed("a function", function)
        _check_gradients(backward, limits)
        known(f"a root of {backward.id} names", (root.tensor for root in backward.roots), ids.tensors)
        known(f"{backward.id} names", backward.graphs, ids.graphs)
        known(f"{backward.id} is said to be within", (backward.within,), ids.passes)
        _check_runs(backward, ids)


def _size(run: FunctionRun) -> int:
    hooks = sum(1 + len(hook.before) + len(hook.after) for hook in run.hooks)
    return len(run.next) + len(run.arrived) + len(run.sent) + len(run.made) + hooks


def _functions(backward: BackwardRecord) -> set[str]:
    """The ids by which a pass names functions, which need not be in any graph of the report."""
    functions = {run.function for run in backward.runs}
    functions.update(edge.function for run in backward.runs for edge in run.next if edge is not None)
    functions.update(made for run in backward.runs for made in run.made if made is not None)
    functions.update(slot.function for slot in (*(backward.inputs or ()), *backward.roots, *backward.returned))
    return functions


def _check_gradients(backward: BackwardRecord, limits: Limits) -> None:
    for index, values in enumerate(backward.gradients):
        check_values(f"gradient {index} of {backward.id}", values, limits)
    for gradient in _references(backward):
        if gradient is not None and gradient >= len(backward.gradients):
            raise ProtocolError(f"{backward.id} names gradient {gradient} of {len(backward.gradients)}")


def _references(backward: BackwardRecord) -> Iterator[Gradient]:
    """Everything in a pass that names a gradient."""
    for slot in (*backward.roots, *backward.returned):
        yield slot.gradient
    for run in backward.runs:
        yield from run.arrived
        yield from run.sent
        for hook in run.hooks:
            yield from hook.before
            yield from hook.after
        if run.accumulation is not None:
            yield run.accumulation.before
            yield run.accumulation.added
            yield run.accumulation.after


def _check_runs(backward: BackwardRecord, ids: Ids) -> None:
    ran: set[str] = set()
    for run in backward.runs:
        if run.function in ran:
            raise ProtocolError(f"{backward.id} runs {run.function} twice")
        ran.add(run.function)
        leaf = run.accumulation.tensor if run.accumulation is not None else None
        known(f"{run.function} in {backward.id} names", (run.tensor, leaf), ids.tensors)
        known(f"{run.function} in {backward.id} names", (run.operation,), ids.operations)
        if max(len(run.sent), len(run.made)) > len(run.next):
            raise ProtocolError(f"{run.function} in {backward.id} sends more than it has edges")
