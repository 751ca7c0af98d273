"""What a rule finds, and the explanation that it becomes in words."""

from dataclasses import dataclass

from tensorpad.protocol.records import Id, Span


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence that is worded differently in each language: a key of `PHRASES`, with its values."""

    key: str
    values: "dict[str, Value]"


@dataclass(frozen=True, slots=True)
class Named:
    """A tensor inside a sentence or figure.

    What it is called is decided when the finding is whole (`naming`): no other tensor of it has that name. `position` is its
    number among the operands (from 1), by which a tensor of which nothing else is known is called.
    """

    tensor: Id | None
    position: int


@dataclass(frozen=True, slots=True)
class Shapes:
    """A figure that compares shapes: labelled rows, aligned at their last dimension.

    `marked` are dimensions, counted from the end (-1), to point at.
    """

    rows: "tuple[tuple[str | Named, tuple[int, ...]], ...]"
    marked: tuple[int, ...] = ()


Value = str | int | Phrase | Named | Shapes | tuple["Value", ...]
"""What fills a placeholder. A tuple is joined as the language joins a list."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the source. `wording` is the key of its description in `FIXES`, which `values` fill."""

    span: Span
    replacement: str
    wording: str
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of a tensor that is at fault. `tensor` is None if it is not in the report."""

    tensor: Id | None
    """Id of the tensor; null if it is not in the report."""
    dim: int
    """The dimension, from 0."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. `values` fill the placeholders of the rule's title and text."""

    rule: str
    values: dict[str, Value]
    tensors: tuple[Id | None, ...] = ()
    dims: tuple[Dimension, ...] = ()
    span: Span | None = None
    fix: Edit | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that makes the problem go away: replace `span`, which may be empty, by `replacement`."""

    span: Span
    """What to replace; it may be empty."""
    replacement: str
    """The source to put there."""
    description: str
    """What the change does."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding in words.

    `text` has inline code between backticks, and figures whose columns line up between lines of three backticks.
    """

    rule: str
    """The rule that found it."""
    title: str
    """What it is, in a few words."""
    text: str
    """What happened and why, with code between backticks and figures between lines of three."""
    tensors: tuple[Id, ...]
    """Ids of the tensors that it is about."""
    dims: tuple[Dimension, ...]
    """The dimensions that are at fault."""
    span: Span | None
    """Where in the source it is."""
    fix: Fix | None
    """A change that makes the problem go away; null if none is known."""
