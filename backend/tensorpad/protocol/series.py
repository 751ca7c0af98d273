"""Series: the numbers that one statement gave, each time that it ran."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tensorpad.protocol.checks import SLACK, Ids, most
from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import Count, Id, Name, Real, Span

Measure = Literal["value", "norm", "minimum", "maximum", "gradient_norm", "update_norm"]
"""What a number is of: the value itself; of a small tensor its 2-norm, its smallest or its largest element; of a parameter
the 2-norm of its gradient, or of its difference from the time before."""

MOST_SERIES = 256
"""Series in one report."""
_SHARE = 10
"""One series gets at most this part of the room that all have."""


class SeriesRecord(Struct, frozen=True, gc=False, omit_defaults=True):
    """The numbers that one statement gave, each time that it ran, in that order.

    They go on when the timeline is full: `steps` then belong to the first of the `values`, and the later ones have none.
    """

    name: Name
    """What the number is of, as the program has it: `loss`, `w[0]`, `model.0.weight`."""
    measure: Measure
    """What of it the number is."""
    values: tuple[Real, ...]
    """The numbers, oldest first."""
    steps: Annotated[tuple[Count, ...], Meta(max_length=10_000_000)] = ()
    """Of each of the first values, the step of the timeline that gave it."""
    span: Span | None = None
    """The statement, or the head of one."""
    function: Name = ""
    """Qualified name of the function that the statement is in; empty in a cell itself."""
    tensor: Id | None = None
    """Id, if the numbers are of one parameter."""
    ended: bool = False
    """Whether the statement ran more often: there was no room for more."""


def rounds(limits: Limits) -> int:
    """How many values one series has at most."""
    return max(limits.series // _SHARE, 1)


def check_series(series: Sequence[SeriesRecord], ids: Ids, limits: Limits) -> None:
    """Raises ProtocolError for too many, and for steps that are out of order or that the timeline lacks."""
    most("series", len(series), SLACK * MOST_SERIES)
    most("values of series", sum(len(record.values) for record in series), SLACK * limits.series)
    for record in series:
        steps = record.steps
        if len(steps) > len(record.values):
            raise ProtocolError(f"the series of {record.name} has more steps than values")
        if any(before > after for before, after in pairwise(steps)):
            raise ProtocolError(f"the steps of the series of {record.name} are out of order")
        if steps and steps[-1] >= ids.steps:
            raise ProtocolError(f"the series of {record.name} has step {steps[-1]} of {ids.steps}")
        if record.tensor is not None and record.tensor not in ids.tensors:
            raise ProtocolError(f"the series of {record.name} is of {record.tensor}, which is not in the report")
