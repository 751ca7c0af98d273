"""Values that are sent when they are looked at: an answer has some within a budget, and chunks have the rest.

NOTE [What is deferred]
1. Each value is encoded once. One that is no longer than what would stand in its place is sent in the answer.
2. The others are sent in the answer while there is room: what named variables have at the end, then what graphs show, then
   what is newest.
3. The rest is in chunks, in the order of the steps that made it. What is written alike is there once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Raw

from tensorpad.api.runs.answer import RunResponse
from tensorpad.api.runs.repetition import drawn
from tensorpad.api.values import WHOLE, DeferredValues, Form, Forms, sendable
from tensorpad.protocol.limits import KIB
from tensorpad.protocol.records import ArrayRecord, FullValues, SummaryValues, TensorRecord, Values

BUDGET = 64 * KIB
"""Bytes of values in an answer."""
CHUNK = 64 * KIB
"""Bytes of values in a chunk."""
_PLACE = 48
"""Bytes of what stands in the place of a value."""
_ELEMENT, _SUMMARY = 28, 8 * KIB
"""Bytes that the JSON of one number and of a summary has at most, but for odd ones."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """How an answer is sent, and the chunks with the rest of its values, encoded."""

    forms: Forms
    chunks: tuple[bytes, ...]


def deferral(response: RunResponse) -> Deferred:
    """Choose which values of an answer are sent with it."""
    found = list(_dated(response))
    if sum(_most(values) for _, values in found) <= BUDGET:
        return Deferred(sendable, ())
    return _deferred(response, found)


def _deferred(response: RunResponse, found: list[tuple[int, Values]]) -> Deferred:
    written: dict[int, bytes] = {id(values): msgspec.json.encode(WHOLE[type(values)](values)) for _, values in found}
    places: dict[int, Raw | DeferredValues] = {}
    room = BUDGET
    newest = sorted(found, key=lambda dated: -dated[0])
    for values in (*_named(response), *drawn(response), *(values for _, values in newest)):
        data = written[id(values)]
        if id(values) not in places and (len(data) <= _PLACE or len(data) <= room):
            places[id(values)] = Raw(data)
            room -= len(data) if len(data) > _PLACE else 0
    chunks = _Chunks()
    for _, values in sorted(found, key=lambda dated: dated[0]):
        if id(values) not in places:
            places[id(values)] = chunks.place(written[id(values)])

    def placed(values: Values) -> Any:
        return places[id(values)]

    forms: Mapping[type[Any], Form] = dict.fromkeys(WHOLE, placed)
    return Deferred(Forms(forms), chunks.encoded())


class _Chunks:
    """Values in the order in which they come, in lists of about the same length."""

    def __init__(self) -> None:
        self._chunks: list[list[bytes]] = []
        self._size = CHUNK
        self._places: dict[bytes, DeferredValues] = {}

    def place(self, data: bytes) -> DeferredValues:
        """Where these encoded values are."""
        place = self._places.get(data)
        if place is None:
            if self._size >= CHUNK:
                self._chunks.append([])
                self._size = 0
            place = self._places[data] = DeferredValues(len(self._chunks) - 1, len(self._chunks[-1]))
            self._chunks[-1].append(data)
            self._size += len(data)
        return place

    def encoded(self) -> tuple[bytes, ...]:
        """Each chunk as the body of an answer."""
        return tuple(b'{"values":[' + b",".join(chunk) + b"]}" for chunk in self._chunks)


def _most(values: Values) -> int:
    match values:
        case FullValues(data=data):
            return _ELEMENT * (1 + len(data))
        case SummaryValues():
            return _SUMMARY
        case _:
            return 2 * len(values.text)


def _dated(response: RunResponse) -> Iterator[tuple[int, Values]]:
    """Every value of an answer, with the step that made it; what is of no step that is known comes after all."""
    end = len(response.steps) if response.steps else 0
    for record in (*(response.tensors or ()), *(response.arrays or ())):
        yield from _of_record(record, end)
    passes = {step.ref: index for index, step in enumerate(response.steps or ()) if step.kind == "backward"}
    for backward in response.backwards or ():
        for values in backward.gradients:
            yield passes.get(backward.id, end), values
    for values in drawn(response):
        yield end, values


def _of_record(record: TensorRecord | ArrayRecord, end: int) -> Iterator[tuple[int, Values]]:
    made = record.history[-1].step if record.history else None
    yield end if made is None else made, record.values
    for version in record.history:
        if version.values is not None:
            yield end if version.step is None else version.step, version.values
    if isinstance(record, TensorRecord):
        if record.grad is not None:
            yield end, record.grad
        for change in record.grad_changes:
            if change.values is not None:
                yield change.step, change.values


def _named(response: RunResponse) -> Iterator[Values]:
    for record in (*(response.tensors or ()), *(response.arrays or ())):
        if record.names:
            yield record.values
            if isinstance(record, TensorRecord) and record.grad is not None:
                yield record.grad
