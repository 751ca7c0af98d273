"""Values that an answer has several times, sent once.

NOTE [What is repeated]
1. In a loop the same gradient often comes again, a gradient is also the `.grad` of its leaf, and a graph shows what tensors
   and passes have. What is written alike is the same to a reader, whatever made it.
2. Such values are sent once, in `repeated`; `RepeatedValues` name them by their place there. Values that are about as short
   as that are sent wherever they are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from tensorpad.api.runs.answer import RunResponse
from tensorpad.api.values import WHOLE, Form, Forms, RepeatedValues, sendable
from tensorpad.protocol.records import ArrayRecord, FullValues, OpaqueValues, TensorRecord, Values

SHORT = 8
"""Elements up to which values are sent wherever they are."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """An answer with what it repeats, and how its values are sent."""

    response: RunResponse
    forms: Forms


def repetition(response: RunResponse) -> Repetition:
    """Find what an answer has several times."""
    found = {id(values): values for values in values_of(response) if _is_long(values)}
    if len(found) < 2:
        return Repetition(response, sendable)
    written = {key: msgspec.json.encode(WHOLE[type(values)](values)) for key, values in found.items()}
    times = Counter(written[id(values)] for values in values_of(response) if id(values) in found)
    several = [data for data, count in times.items() if count > 1]
    index = {data: RepeatedValues(place) for place, data in enumerate(several)}
    places: dict[int, Raw | RepeatedValues] = {key: index.get(data) or Raw(data) for key, data in written.items()}
    first = {data: found[key] for key, data in reversed(written.items())}
    repeated = tuple(copy(first[data]) for data in several)
    places |= {id(values): Raw(data) for values, data in zip(repeated, several, strict=True)}

    def placed(values: Values) -> Any:
        place = places.get(id(values))
        return WHOLE[type(values)](values) if place is None else place

    forms: Mapping[type[Any], Form] = dict.fromkeys(WHOLE, placed)
    return Repetition(replace(response, repeated=repeated) if repeated else response, Forms(forms))


def values_of(response: RunResponse) -> Iterator[Values]:
    """All values of an answer, those that are there several times as often."""
    for record in (*(response.tensors or ()), *(response.arrays or ())):
        yield from of_record(record)
    for backward in response.backwards or ():
        yield from backward.gradients
    yield from drawn(response)


def of_record(record: TensorRecord | ArrayRecord) -> Iterator[Values]:
    """The values of a tensor or array, and of its gradient."""
    yield record.values
    yield from (version.values for version in record.history if version.values is not None)
    if isinstance(record, TensorRecord):
        if record.grad is not None:
            yield record.grad
        yield from (change.values for change in record.grad_changes if change.values is not None)


def drawn(response: RunResponse) -> Iterator[Values]:
    """The values that the graphs of an answer show."""
    for graph in response.graphs or ():
        for node in graph.nodes:
            yield from (values for values in (node.value, node.grad) if values is not None)
        yield from (edge.gradient for edge in graph.edges if edge.gradient is not None)


def _is_long(values: Values) -> bool:
    match values:
        case FullValues(data=data):
            return len(data) > SHORT
        case OpaqueValues():
            return False
        case _:
            return True
