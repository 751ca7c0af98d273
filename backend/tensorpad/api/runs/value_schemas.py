"""The parts of responses that many others hold: pieces of source, and the values of tensors."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

NonFinite = Literal["NaN", "Infinity", "-Infinity"]


@dataclass(frozen=True, slots=True)
class SpanBody:
    """A piece of source. Lines count from 1, columns from 0 in characters; the end is exclusive."""

    cell: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class FullValuesBody:
    """Every element, nested as the shape is.

    Not-a-number and infinities are "NaN", "Infinity", "-Infinity"; a complex element is [re, im]; an integer beyond 2**53 is
    a string of its digits.
    """

    data: Any
    kind: Literal["full"] = "full"


@dataclass(frozen=True, slots=True)
class HistogramBody:
    """Counts between consecutive edges; there is one edge more than counts."""

    counts: list[int]
    edges: list[float | NonFinite]


@dataclass(frozen=True, slots=True)
class CornersBody:
    """Elements at some rows and columns of the tensor seen as a matrix (its last dimension against the others)."""

    rows: list[int]
    columns: list[int]
    data: list[list[Any]]


@dataclass(frozen=True, slots=True)
class SummaryValuesBody:
    """What is told of a large tensor: statistics over its finite elements, a histogram, its corners."""

    count: int
    nan: int
    infinite: int
    zeros: int
    min: float | NonFinite | None
    max: float | NonFinite | None
    mean: float | NonFinite | None
    std: float | NonFinite | None
    histogram: HistogramBody
    corners: CornersBody
    kind: Literal["summary"] = "summary"


@dataclass(frozen=True, slots=True)
class OpaqueValuesBody:
    """A tensor whose elements cannot be listed; `text` says why or shows its representation."""

    text: str
    kind: Literal["opaque"] = "opaque"


ValuesBody = Annotated[FullValuesBody | SummaryValuesBody | OpaqueValuesBody, Field(discriminator="kind")]
