"""JSON of large bodies is written beside the event loop."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec
import pytest
from tensorpad.api.encoding import encoded, in_pieces
from tensorpad.api.runs.response import draft_response
from tensorpad.api.runs.schemas import RunResponse, VariableBody
from tensorpad.protocol.messages import RunRequest

from tests.support.comparison import run
from tests.support.stages import completed

PATIENCE_S = 10.0
MANY = 70


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    lists: list[list[float]]
    long: list[int]
    none: None = None


@dataclass(frozen=True, slots=True)
class Whole:
    members: list[Member]
    empty: list[Member]
    text: str
    nested: Member


def response(variables: list[VariableBody]) -> RunResponse:
    trace = run("import torch\nx = torch.ones(2, requires_grad=True)\n(x * 2).sum().backward()").trace
    draft = draft_response("r1", RunRequest(cells=("…",)), completed(trace=trace), "en")
    return replace(draft, variables=variables)


@pytest.mark.parametrize(
    "body",
    [
        Whole([], [], "", Member("", [], [])),
        Whole([Member('"\n\u2028名', [[1.5], []], list(range(100)))] * 70, [], "\\", Member("m", [[0.1]], [1])),
        response([VariableBody("x", "int", "1", None)] * MANY),
        None,
    ],
)
def test_pieces_make_the_same_json(body: object) -> None:
    assert in_pieces(body) == msgspec.json.encode(body)


class Halting(list[VariableBody]):
    """A list that, where a thread iterates over it, goes on when the event loop has done something else."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__([VariableBody("x", "int", "1", None)] * MANY)
        self._loop = loop
        self._answered = threading.Event()
        self.answers: list[bool] = []

    def __iter__(self) -> Iterator[VariableBody]:
        for member in super().__iter__():
            self._loop.call_soon_threadsafe(self._answered.set)
            self.answers.append(self._answered.wait(PATIENCE_S))
            self._answered.clear()
            yield member


@pytest.mark.anyio
async def test_event_loop_goes_on_between_the_pieces_of_a_large_body(anyio_backend: str) -> None:
    variables = Halting(asyncio.get_running_loop())
    whole = response(variables)
    content = await encoded(whole, at_once=False, before=b"<", after=b">")
    assert variables.answers == [True] * MANY
    assert content == b"<" + msgspec.json.encode(whole) + b">"


@pytest.mark.anyio
async def test_small_body_is_encoded_at_once(anyio_backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(asyncio, "to_thread")
    assert await encoded([1], at_once=True, before=b"<", after=b">") == b"<[1]>"
