"""Attacks on the answers to inquiries, and on the graphs that are drawn: a program that speaks in its worker's place."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tensorpad.app import Site, assemble
from tensorpad.pool.local_pool import LocalPool
from tensorpad.protocol.limits import Limits
from tensorpad.render.renderer import Renderer
from tensorpad.snippets.store import SnippetStore

from tests.support.programs import SEND, assert_serves
from tests.support.turns import HELD_S, held_s

pytestmark = pytest.mark.anyio

QUESTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "lens": ("lens", {"operation": "op1", "element": [0]}),
    "derivation": ("derivation", {}),
    "opening": ("opening", {"operation": "op1"}),
    "values": ("window", {"subject": "t1"}),
}
"""Routes, the member of the answer that is asked for, and what to ask."""

FORGE = (
    SEND
    + """
import struct
from tensorpad.protocol.frames import encode
from tensorpad.protocol.inquiries import *
from tensorpad.protocol.derivations import *
from tensorpad.protocol.messages import CellDone, Finished
from tensorpad.protocol.lenses import *
from tensorpad.protocol.openings import InnerOperation, InnerTensor, OpeningRecord
from tensorpad.protocol.records import *
from tensorpad.protocol.traces import TraceRecord
from tensorpad.protocol.windows import WindowRecord
def finish(trace):
    send(encode(CellDone(CellRecord(0, 'ok', None, None))))
    send(encode({'type': 'finished', 'trace': trace}))
    while True: pass
def answer(record):
    finish({'answers': (record,)})
one = FullValues((), (1.0,))
def window(**fields):
    plain = (RoleRecord(None, False, True),)
    known = TensorRecord('t1', Layout((), (), 'float32', 'cpu', None), plain, one, ('x',))
    finish({'tensors': (known,), 'answers': (WindowRecord('t1', tensor='t1', shape=(2, 2), **fields),)})
"""
)

BROKEN = {
    "ends within a frame": "send(struct.pack('<I', 1000) + b'x' * 10); os._exit(0)",
    "a frame of four gigabytes": "send(struct.pack('<I', 2**32 - 1))",
    "no record": "answer([1, 2, 3])",
    "of no kind": "answer({'type': 'oracle'})",
    "nested without end": "send(encode(CellDone(CellRecord(0, 'ok', None, None))))\n"
    "body = encode({'type': 'finished', 'trace': {'answers': 0}})[4:-1] + b'\\x91' * 1_000_000\n"
    "send(struct.pack('<I', len(body)) + body)",
    "cut off inside": "send(encode(CellDone(CellRecord(0, 'ok', None, None))))\n"
    "body = encode({'type': 'finished', 'trace': {'answers': (LensRecord('op1'),)}})[4:-3]\n"
    "send(struct.pack('<I', len(body)) + body)",
    "larger than any": "answer({'type': 'lens', 'operation': 'op1', 'detail': 'x' * 5_000_000})",
    "more answers than questions may be": "finish({'answers': (None,) * 33})",
    "twice": "send(encode(CellDone(CellRecord(0, 'ok', None, None))))\nsend(encode(Finished(TraceRecord())) * 2)",
}
"""What is no report, whatever was asked."""

CONTRADICTORY = {
    "lens of what is not there": "answer(LensRecord('op1', tensor='t9'))",
    "lens of fewer inputs than it lists": "answer(LensRecord('op1', inputs=(LensInput(None, 'x', (), '', None, 'value'),)))",
    "lens at a place below none": "answer(LensRecord('op1', shape=(-2**62,)))",
    "lens of another type": "answer({'type': 'lens', 'operation': 7})",
    "derivation in a circle": "answer(DerivationRecord('x', None, (DerivationStep('x', 'n', None, None, None, False, (one,),"
    " (LocalDerivative(0, 0, 0, 'row', one),)),)))",
    "derivation of a leaf that is none": "answer(DerivationRecord('x', None, (),"
    " (LeafDerivation(3, 0, (), one, one, 0.0, 0.0, True),)))",
    "opening within itself": "answer(OpeningRecord('op1', operations=(InnerOperation(0, 'n', (), (), (), False),)))",
    "opening with a tensor of another shape": "answer(OpeningRecord('op1',"
    " tensors=(InnerTensor('x', None, (2**40,), 'float32', one),)))",
    "window without its numbers": "window(rows=(0, 2), columns=(0, 2), data=b'xx')",
    "window beyond its tensor": "window(rows=(0, 2**60), columns=(0, 2))",
}
"""Answers of the right type that cannot be."""

FITTING = {
    "no answer": "finish(TraceRecord())",
    "lens": "answer(LensRecord('<script>', 'no_operation', name='\\0' * 100, detail='`' * 20_000, count=2**62))",
    "derivation": "step = DerivationStep('</svg>', 'n', None, None, None, True, (None,), ())\n"
    "leaf = LeafDerivation(0, 2**62, (), one, one, float('nan'), float('inf'), True)\n"
    "answer(DerivationRecord('$\\input{x}$', None, (step,), (leaf,)))",
    "opening": "answer(OpeningRecord('op1', name='\\u202e',"
    " operations=(InnerOperation(None, '', (), (), (), True),) * 1000))",
    "values": "answer(WindowRecord('t1', reason='no_subject'))",
}
"""Answers that can be, and so are the forger's own: to the question that was asked, or to another."""

GRAPHS = {
    "broken": "finish({'graphs': [{'id': 'g1'}]})",
    "of what is not there": "finish(TraceRecord(graphs=(AutogradRecord('g1', 'f9', 'out', True, ()),)))",
    "with markup for a name": "finish(TraceRecord(graphs=(AutogradRecord('g1', 'f1', '<script>alert(1)</script>', True,"
    " (FunctionRecord('f1', '\"><script>', None, None, (None,), (), None),)),)))",
}


@pytest.fixture(scope="session")
async def client(
    pool: LocalPool, limits: Limits, tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API over the pool and real drawing processes."""
    renderer = Renderer(limits)
    await renderer.start()
    app = assemble(pool, renderer, limits, SnippetStore(None, limits.snippets), site=Site(Path("/nonexistent")))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://tensorpad.test") as opened:
        yield opened
    await renderer.close()


async def asked(client: httpx.AsyncClient, route: str, forgery: str) -> httpx.Response:
    """The answer to a question about a program that forges it; meanwhile the event loop goes on."""
    body = {**(QUESTIONS[route][1] if route in QUESTIONS else {}), "code": FORGE + forgery}
    request = asyncio.ensure_future(client.post(f"/api/v1/{route}", json=body))
    assert await held_s(request) < HELD_S
    return await request


@pytest.mark.parametrize("route", QUESTIONS)
async def test_a_forged_frame_in_place_of_an_answer_is_a_crash(
    client: httpx.AsyncClient, pool: LocalPool, route: str
) -> None:
    member = QUESTIONS[route][0]
    for kind, forgery in BROKEN.items():
        response = await asked(client, route, forgery)
        assert response.status_code == 200, (kind, response.text)
        body = response.json()
        assert body["status"] in ("crashed", "output_limit"), (kind, body)
        assert (body[member], bool(body["message"])) == (None, True), kind
    await assert_serves(pool)


async def test_an_answer_that_contradicts_itself_is_a_crash(client: httpx.AsyncClient, pool: LocalPool) -> None:
    for kind, forgery in CONTRADICTORY.items():
        route = next(route for route, (member, _) in QUESTIONS.items() if kind.startswith(member))
        body = (await asked(client, route, forgery)).json()
        assert body["status"] == "crashed", (kind, body)
        assert "no report" in body["message"], kind
        assert body[QUESTIONS[route][0]] is None, kind
    await assert_serves(pool)


@pytest.mark.parametrize("route", QUESTIONS)
async def test_an_answer_to_another_question_is_none(client: httpx.AsyncClient, pool: LocalPool, route: str) -> None:
    for kind, forgery in FITTING.items():
        response = await asked(client, route, forgery)
        assert response.status_code == 200, (kind, response.text)
        body = response.json()
        assert body["status"] == "ok", (kind, body)
        assert (body[QUESTIONS[route][0]] is not None) == (kind == route), (kind, body)
    await assert_serves(pool)


async def test_a_forged_graph_is_a_typed_fault_or_drawn_without_harm(client: httpx.AsyncClient, pool: LocalPool) -> None:
    faults = [(await asked(client, "graph", forgery)) for forgery in (*BROKEN.values(), GRAPHS["broken"])]
    assert [(fault.status_code, fault.json()["type"]) for fault in faults] == [(422, "/problems/program")] * len(faults)
    absent = await asked(client, "graph", GRAPHS["of what is not there"])
    assert absent.json()["type"] == "/problems/program"
    drawn = await asked(client, "graph", GRAPHS["with markup for a name"])
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
    assert "&lt;script&gt;" in drawn.text
    assert "<script" not in drawn.text
    await assert_serves(pool)
