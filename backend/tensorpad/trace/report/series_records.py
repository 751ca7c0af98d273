"""Series as records: divided by parameters where one statement changed several, and named as the program names them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from tensorpad.protocol.series import SeriesRecord
from tensorpad.trace.base.texts import cut
from tensorpad.trace.base.variables import NAME_CHARS
from tensorpad.trace.memory.series import Series

IdOf = Callable[[Any], str]
"""The id of a tensor."""


def series_records(
    series: Sequence[Series], id_of: IdOf, names: Mapping[str, Sequence[str]], known: set[str], steps: int
) -> tuple[SeriesRecord, ...]:
    """All series that have more than one number. `names` are those of tensors by id, `known` the ids of the report."""
    return tuple(record for each in series for record in _records(each, id_of, names, known, steps))


def _records(
    series: Series, id_of: IdOf, names: Mapping[str, Sequence[str]], known: set[str], steps: int
) -> Iterator[SeriesRecord]:
    owners, point = series.owners, series.point
    if owners is None or not owners.again:
        yield _record(series, range(len(series.values)), series.name, None, steps)
        return
    for number, reference in enumerate(owners.tensors):
        places = [place for place, owner in enumerate(series.owned) if owner == number]
        if len(places) < 2:
            continue
        tensor = reference()
        key = None if tensor is None else id_of(tensor)
        key = key if key in known else None
        name = series.name
        own = names.get(key, ()) if key is not None else ()
        if own and own[0] != name and (point is None or len(owners.tensors) > 1):
            bracket = name.find("[")
            name = own[0] + (name[bracket:] if bracket > 0 else "")
        yield _record(series, places, name, key, steps)


def _record(series: Series, places: Sequence[int], name: str, tensor: str | None, steps: int) -> SeriesRecord:
    dated, point = len(series.steps), series.point
    return SeriesRecord(
        name=cut(name, NAME_CHARS)[0],
        measure=series.measure,
        values=_shortest([series.values[place] for place in places], series.single),
        steps=tuple(step for place in places if place < dated and (step := series.steps[place]) < steps),
        span=None if point is None else point.span,
        function="" if point is None else point.scope,
        tensor=tensor,
        ended=series.ended,
    )


def _shortest(values: list[float], single: bool) -> tuple[float, ...]:
    """Those of single precision as the shortest decimals that read back to the same float32: 0.1, not 0.10000000149."""
    if not single:
        return tuple(values)
    return tuple(map(float, np.asarray(values, dtype=np.float32).astype(str)))
