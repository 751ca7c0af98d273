"""Trace records: what a worker reports of a program, as frozen data.

Tensors are named by ids that are stable within a run (`t1`, `t2`, … in order of first sight), NumPy arrays `a1`, …,
storages `s1`, …, backward functions `f1`, …; steps and operations are in `protocol.steps`, the whole report is in
`protocol.traces`. A worker can be made to send anything, so every length that matters is bounded in the type, every
reference is checked (`protocol.checks`), and values travel flat, never nested.
"""

import re
from typing import Annotated, Literal

from msgspec import Meta, Struct

Name = Annotated[str, Meta(max_length=1_000)]
Text = Annotated[str, Meta(max_length=100_000)]
Id = Annotated[str, Meta(max_length=9)]
"""Its form is checked by `protocol.checks.unique`, once for each record: a pattern here would be tried on each reference."""
ID_FORM = re.compile(r"(?:t|a|s|f|op|g|b)[0-9]{1,7}", re.ASCII)
Count = Annotated[int, Meta(ge=0, le=2**62)]
LineNumber = Annotated[int, Meta(ge=0, le=10_000_000)]
Sizes = Annotated[tuple[Annotated[int, Meta(ge=-(2**62), le=2**62)], ...], Meta(max_length=64)]
Number = bool | int | float
Real = Annotated[float, Meta(extra_json_schema={"x-non-finite": True})]
"""A float that may be infinite or not a number, which JSON has as a string."""


class Span(Struct, frozen=True, gc=False):
    """A piece of a cell's source. Lines count from 1, columns from 0 in characters (not bytes); the end is exclusive."""

    cell: Count
    """The cell, from 0."""
    line: LineNumber
    """First line, from 1."""
    column: LineNumber
    """First column, from 0, in characters."""
    end_line: LineNumber
    """Last line."""
    end_column: LineNumber
    """Column past the last."""


class FullValues(Struct, frozen=True, tag_field="kind", tag="full", gc=False, omit_defaults=True):
    """Every element, in row-major order; a complex element is two numbers, real then imaginary.

    `single` tells that they are floats of at most single precision, so that a float32 holds each of them exactly.
    """

    shape: Sizes
    data: Annotated[tuple[Number, ...], Meta(max_length=1_000_000)]
    complex: bool = False
    single: bool = False


class SummaryValues(Struct, frozen=True, tag_field="kind", tag="summary", gc=False, omit_defaults=True):
    """What is told of a tensor that is too large to send: statistics over finite elements, a histogram, the corners.

    `histogram` counts the finite elements in ranges of the same width, from `minimum` to `maximum`. `corners` holds the
    elements at the crossings of `rows` and `columns` of the tensor seen as a matrix (its last dimension against all the
    others), row-major, and for complex tensors real and imaginary parts in turn. `single` is that of `FullValues`.
    """

    shape: Sizes
    count: Count
    nan: Count
    infinite: Count
    zeros: Count
    minimum: Real | None
    maximum: Real | None
    mean: Real | None
    std: Real | None
    histogram: Annotated[tuple[Count, ...], Meta(max_length=256)]
    rows: Annotated[tuple[Count, ...], Meta(max_length=64)]
    columns: Annotated[tuple[Count, ...], Meta(max_length=64)]
    corners: Annotated[tuple[Number, ...], Meta(max_length=8_192)]
    complex: bool = False
    single: bool = False


class OpaqueValues(Struct, frozen=True, tag_field="kind", tag="opaque", gc=False):
    """A tensor whose elements cannot be listed (sparse, quantised, meta, freed); `text` says why or shows its repr."""

    shape: Sizes
    text: Text


Values = FullValues | SummaryValues | OpaqueValues


class Layout(Struct, frozen=True, gc=False, omit_defaults=True):
    """Where a tensor's elements are, and what they are: everything of a tensor that `resize_`, `t_` or `x.data = y` changes.

    `stride` and `offset` count elements. `storage` is None if the elements are in no storage of the report. `nbytes` are the
    bytes of its own elements, as `tensor.nbytes`: of a view only those that it sees, and of an expanded one each as often as
    it sees it. None where torch counts none (`sparse_coo`), and beyond what a count can be.
    """

    shape: Sizes
    """Its shape."""
    stride: Sizes
    """Elements from one to the next, by dimension."""
    dtype: Name
    """torch's name of its dtype."""
    device: Name
    """Its device."""
    storage: Id | None
    """Id of its storage."""
    offset: Count = 0
    """Elements from the start of the storage to the first."""
    nbytes: Count | None = None
    """Bytes of its own elements; null where torch counts none."""


class ArrayLayout(Struct, frozen=True, gc=False):
    """Where a NumPy array's elements are, and what they are. `strides` and `offset` count bytes, as NumPy does."""

    shape: Sizes
    """Its shape."""
    strides: Sizes
    """Bytes from one element to the next, by dimension."""
    offset: Count
    """Bytes from the start of the storage to the first element."""
    dtype: Name
    """NumPy's name of its dtype."""
    storage: Id | None
    """Id of its storage."""


class VersionRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """The value that a tensor or array had from one step on.

    `step` is that step's place in the timeline, None if it lies beyond what the timeline holds. `version` is torch's version
    counter, None where there is none. `values` is None for the last one, which is the record's own `values`. `layout` is
    the layout that a tensor had then, None if it is the one that its record has.
    """

    step: Count | None
    """The step's place in the timeline; null if it is beyond it."""
    version: Count | None = 0
    """torch's version counter; null where there is none."""
    values: Values | None = None
    """The value; null for the last one, which the record has."""
    layout: Layout | None = None
    """The layout that it had then; null if the record has it."""


History = Annotated[tuple[VersionRecord, ...], Meta(max_length=10_000)]


class GradientChangeRecord(Struct, frozen=True, gc=False):
    """What a statement of the program's, and no backward pass, made of a leaf's `.grad`; None where it cleared it."""

    step: Count
    """The step's place in the timeline."""
    values: Values | None
    """The gradient from then on; null if there was none."""


class RoleRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """What a tensor was to autograd from one step on, and whether it was a parameter.

    `step` is that step's place in the timeline, None if it lies beyond what the timeline holds. `grad_fn` is torch's name of
    the function in `tensor.grad_fn`, None where there is none.
    """

    step: Count | None
    """The step's place in the timeline; null if it is beyond it."""
    requires_grad: bool = False
    """Whether a gradient was wanted for it."""
    is_leaf: bool = False
    """Whether it was a leaf."""
    grad_fn: Name | None = None
    """torch's name of its `grad_fn`."""
    is_parameter: bool = False
    """Whether it was a parameter."""


class NamesRecord(Struct, frozen=True, gc=False):
    """The names that a parameter had through the program's modules (`model.0.weight`) from one step on.

    `step` is that step's place in the timeline, None if it lies beyond what the timeline holds.
    """

    step: Count | None
    """The step's place in the timeline; null if it is beyond it."""
    names: tuple[Name, ...]
    """The names from then on."""


Roles = Annotated[tuple[RoleRecord, ...], Meta(min_length=1, max_length=10_000)]


class TensorRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """One tensor as it stood when it was last looked at.

    `history` holds every value that it had, oldest first, each with the step that gave it, and its layout where that was
    another one; `roles` what it was to autograd, oldest first; `grad_changes` what the program itself did to its gradient.
    `names` are those at the end; the steps bind variables, and `paths` has the names through modules, oldest first.
    """

    id: Id
    """`t1`, `t2`, … in order of first sight."""
    layout: Layout
    """Where its elements are, and what they are."""
    roles: Roles
    """What it was to autograd, oldest first."""
    values: Values
    """Its value at the end."""
    names: tuple[Name, ...]
    """What the program calls it at the end."""
    version: Count | None = 0
    """torch's version counter at the end; null where there is none."""
    view_of: Id | None = None
    """Id of the tensor that it is a view of."""
    grad: Values | None = None
    """Its `.grad` at the end."""
    history: History = ()
    """Every value that it had, oldest first."""
    grad_changes: Annotated[tuple[GradientChangeRecord, ...], Meta(max_length=10_000)] = ()
    """What the program itself did to its `.grad`."""
    paths: Annotated[tuple[NamesRecord, ...], Meta(max_length=10_000)] = ()
    """Its names through modules, oldest first."""

    @property
    def requires_grad(self) -> bool:
        """Whether a gradient was wanted for it at the end."""
        return self.roles[-1].requires_grad

    @property
    def is_leaf(self) -> bool:
        """Whether it was a leaf at the end."""
        return self.roles[-1].is_leaf

    @property
    def grad_fn(self) -> str | None:
        """The name of its `grad_fn` at the end."""
        return self.roles[-1].grad_fn

    @property
    def is_parameter(self) -> bool:
        """Whether it was a parameter at the end."""
        return self.roles[-1].is_parameter

    def role_at(self, step: int) -> RoleRecord:
        """What it was to autograd after a step, or else, before it was there, at first."""
        earlier = (role for role in reversed(self.roles) if role.step is not None and role.step <= step)
        return next(earlier, self.roles[0])


class ArrayRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """One NumPy array on memory that a tensor looks at too."""

    id: Id
    """`a1`, `a2`, …."""
    names: tuple[Name, ...]
    """What the program calls it at the end."""
    layout: ArrayLayout
    """Where its elements are."""
    values: Values
    """Its value at the end."""
    history: History = ()
    """Every value that it had, oldest first."""


class RangeRecord(Struct, frozen=True, gc=False):
    """The bytes of a storage from the first to past the last that a tensor or array (`id`) looks at."""

    id: Id
    """Id of the tensor or array."""
    start: Count
    """First byte."""
    end: Count
    """Past the last byte."""


class StorageRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """One piece of memory, the tensors that look at it, and which of its bytes each tensor and NumPy array looks at.

    Where tensors looked at it only for a time, as their histories tell, it has no members.
    """

    id: Id
    """`s1`, `s2`, …."""
    nbytes: Count
    """Its size in bytes."""
    device: Name
    """Its device."""
    members: tuple[Id, ...] = ()
    """Ids of tensors that look at it at the end."""
    ranges: tuple[RangeRecord, ...] = ()
    """The bytes that each tensor and array looks at."""


class VariableRecord(Struct, frozen=True, gc=False):
    """One name of the program's global namespace. `tensor` is set where the value is a tensor."""

    name: Name
    """The name."""
    type: Name
    """The class of its value."""
    text: Text
    """A representation of its value."""
    tensor: Id | None
    """Id, if the value is a tensor."""


class FunctionRecord(Struct, frozen=True, gc=False):
    """One node of an autograd graph.

    `name` is torch's name of the backward function. `tensor` is the forward tensor that the node stands for: the leaf for
    `AccumulateGrad`, otherwise the (first) output of the operation, where it was seen. `gradients` are the gradients that
    arrived at the node, one for each output of the forward operation, None where none arrived or no backward ran.
    `next` are the edges backwards: the function that receives the gradient of each input, None where an input needs none.
    `order` is the place in which the engine ran the node, from 0, None if it has not run.
    """

    id: Id
    name: Name
    tensor: Id | None
    operation: Id | None
    gradients: tuple[Values | None, ...]
    next: tuple[tuple[Id, Count] | None, ...]
    order: Count | None


class AutogradRecord(Struct, frozen=True, gc=False):
    """One autograd graph, walked from its root. `backward` tells whether a backward pass ran over it."""

    id: Id
    root: Id
    root_name: Name
    backward: bool
    functions: tuple[FunctionRecord, ...]
    elided: Count = 0


class ResultRecord(Struct, frozen=True):
    """A cell's last expression, as a notebook shows it."""

    text: Text
    """Its representation."""
    tensor: Id | None
    """Id, if it is a tensor."""


class ErrorRecord(Struct, frozen=True):
    """An exception that ended a cell. Lines count from 1, columns from 0 in characters; None is an unknown place.

    `suggestion` is a name near to one that was not found. `cell` is the one that the lines are in, if
    another cell's function raised it. `refused`: the compiler raised it, and nothing of the cell ran.
    """

    type: Name
    """Class of the exception."""
    message: Text
    """Its message."""
    line: LineNumber | None
    """First line, from 1."""
    column: LineNumber | None
    """First column, from 0."""
    end_line: LineNumber | None
    """Last line."""
    end_column: LineNumber | None
    """Column past the last."""
    traceback: Text
    """The traceback, as Python prints it."""
    suggestion: Name | None = None
    """A name near to one that was not found."""
    refused: bool = False
    """Whether the compiler raised it, so that nothing ran."""
    cell: Count | None = None
    """The cell that the lines are in; null: its own."""


class CellRecord(Struct, frozen=True):
    """What one cell did. Its text output and its displays travel by themselves."""

    index: Count
    status: Literal["ok", "error"]
    result: ResultRecord | None
    error: ErrorRecord | None

    @property
    def ends_the_program(self) -> bool:
        """Whether no cell after it runs: it failed. One that Python refused did nothing, and the others run."""
        return self.status == "error" and not (self.error is not None and self.error.refused)


class TruncationRecord(Struct, frozen=True):
    """Something of which only a part is reported."""

    what: Name
    """What was cut."""
    limit: Count
    """How much of it is reported."""
