"""What the checks of all records share.

A worker can be made to send anything. What the type of a record cannot say (references that hold, lengths that agree) is
checked by a function `check_…` at the end of that record's module. The records of `protocol.records`, which this module
needs, have theirs in `protocol.records_check`. `protocol.traces.check` calls them all, on every trace, in the service. All
raise ProtocolError, take time linear in the size of the records, and do without recursion. What passes can be read without a
second check.
"""

import math
from collections.abc import Container, Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise

from tensorpad.protocol.errors import ProtocolError
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import ID_FORM, FullValues, Sizes, SummaryValues, Values

SLACK = 2
"""A worker may report this many times what the limits ask it to; beyond that it is not our code that speaks."""
_PREFIXES = {
    "a tensor": "t",
    "an array": "a",
    "a storage": "s",
    "a function": "f",
    "an operation": "op",
    "a graph": "g",
    "a backward pass": "b",
}
"""What ids begin with, so that no two kinds of records share one."""


@dataclass(frozen=True, slots=True)
class Ids:
    """What the records of one report may refer to."""

    tensors: Set[str] = frozenset()
    storages: Set[str] = frozenset()
    operations: Set[str] = frozenset()
    graphs: Set[str] = frozenset()
    functions: Set[str] = frozenset()
    """Those in graphs."""
    passes: Set[str] = frozenset()
    ran: Set[str] = frozenset()
    """Functions that a backward pass ran, which need not be in any graph."""
    versions: Mapping[str, int] = field(default_factory=dict[str, int])
    """The length of the history of each tensor and array."""
    steps: int = 0
    """The length of the timeline."""


def most(what: str, count: int, limit: int) -> None:
    """Raises if there are more than `limit`."""
    if count > limit:
        raise ProtocolError(f"{what}: {count} is more than {limit}")


def unique(what: str, ids: Iterable[str]) -> set[str]:
    """The ids of records of one kind. Raises for an id of another form, and for one that two records have."""
    found: set[str] = set()
    for record_id in ids:
        # A reference must be the id of a record, so only each record's own id is checked.
        well_formed(what, record_id)
        if record_id in found:
            raise ProtocolError(f"two records of {what} have the same id, {record_id}")
        found.add(record_id)
    return found


def well_formed(what: str, record_id: str) -> None:
    """Raises for an id that does not have the form of its kind."""
    if not ID_FORM.fullmatch(record_id) or record_id.rstrip("0123456789") != _PREFIXES[what]:
        raise ProtocolError(f"the id of {what} is {record_id!r}")


def known(what: str, references: Iterable[str | None], ids: Container[str]) -> None:
    """Raises for a reference to what is not among `ids`. `what` is the message's beginning: "the inputs of op1 name"."""
    for reference in references:
        if reference is not None and reference not in ids:
            raise ProtocolError(f"{what} {reference}, which is not there")


def check_layout(what: str, shape: Sizes, strides: Sizes) -> None:
    """Raises for a negative size and for strides of other dimensions. What is not strided has no strides."""
    if any(size < 0 for size in shape):
        raise ProtocolError(f"{what} has a negative size")
    if len(strides) not in (0, len(shape)):
        raise ProtocolError(f"{what} has {len(strides)} strides for {len(shape)} dimensions")


def check_values(what: str, values: Values, limits: Limits) -> None:
    """Raises for values that contradict themselves, or are more than the limit."""
    if any(size < 0 for size in values.shape):
        raise ProtocolError(f"{what} have a negative size")
    if isinstance(values, FullValues):
        # More elements than the limit cannot agree with the data, and their product need not be worked out exactly.
        count = math.prod(values.shape)
        if len(values.data) != count * (2 if values.complex else 1):
            raise ProtocolError(f"{what} are {len(values.data)} numbers for {count} elements")
        most(what, count, limits.values)
    elif isinstance(values, SummaryValues):
        _check_summary(what, values)


def _check_summary(what: str, values: SummaryValues) -> None:
    count = len(values.rows) * len(values.columns) * (2 if values.complex else 1)
    if len(values.corners) != count:
        raise ProtocolError(f"{what} have {len(values.corners)} numbers in their corners and not {count}")
    ends = (values.minimum, values.maximum)
    if values.histogram and not all(end is not None and math.isfinite(end) for end in ends):
        raise ProtocolError(f"{what} have a histogram between no ends")
    if any(after <= before for indices in (values.rows, values.columns) for before, after in pairwise(indices)):
        raise ProtocolError(f"{what} have corners out of order")
