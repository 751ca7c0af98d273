"""JSON of large bodies is written beside the event loop."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from msgspec import Struct
from msgspec.structs import replace
from tensorpad.api.encoding import encoded, in_pieces, json
from tensorpad.api.runs.answer import RunResponse, RunTiming
from tensorpad.api.runs.response import Rendered, draft_response, run_response
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.records import VariableRecord

from tests.support.comparison import run
from tests.support.stages import completed

PATIENCE_S = 10.0
MANY = 70
INFINITY = float("inf")


class Member(Struct, frozen=True):
    name: str
    lists: tuple[tuple[float, ...], ...]
    long: tuple[int, ...]
    none: None = None


class Whole(Struct, frozen=True):
    members: tuple[Member, ...]
    empty: tuple[Member, ...]
    text: str
    nested: Member


def response(variables: tuple[VariableRecord, ...]) -> RunResponse:
    trace = run("import torch\nx = torch.ones(2, requires_grad=True)\n(x * 2).sum().backward()").trace
    draft = draft_response("r1", RunRequest(cells=("…",)), completed(trace=trace), "en")
    rendered = Rendered(displays=[()], graphs=[], pictures={}, like={})
    return replace(run_response(draft, rendered, RunTiming(0.0, 0.0, 0.0, 0.0), Limits()), variables=variables)


@pytest.mark.parametrize(
    "body",
    [
        Whole((), (), "", Member("", (), ())),
        Whole(
            (Member('"\n\u2028名', ((1.5,), (float("inf"),)), tuple(range(100))),) * 70,
            (),
            "\\",
            Member("m", ((0.1,),), (1,)),
        ),
        response((VariableRecord("x", "int", "1", None),) * MANY),
        None,
    ],
)
def test_pieces_make_the_same_json(body: object) -> None:
    assert in_pieces(body) == json(body)


class Halting(tuple[VariableRecord, ...]):
    """Records that, if a thread iterates over them, go on when the event loop has done something else."""

    loop: asyncio.AbstractEventLoop
    answers: list[bool]

    def __iter__(self) -> Iterator[VariableRecord]:
        answered = threading.Event()
        for member in super().__iter__():
            self.loop.call_soon_threadsafe(answered.set)
            self.answers.append(answered.wait(PATIENCE_S))
            answered.clear()
            yield member


@pytest.mark.anyio
async def test_event_loop_goes_on_between_the_pieces_of_a_large_body(anyio_backend: str) -> None:
    variables = Halting((VariableRecord("x", "int", "1", None),) * MANY)
    variables.loop, variables.answers = asyncio.get_running_loop(), []
    whole = response(variables)
    content = await encoded(whole, at_once=False, before=b"<", after=b">")
    assert variables.answers == [True] * MANY
    assert content == b"<" + json(whole) + b">"


@pytest.mark.anyio
async def test_small_body_is_encoded_at_once(anyio_backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(asyncio, "to_thread")
    assert await encoded([1], at_once=True, before=b"<", after=b">") == b"<[1]>"
