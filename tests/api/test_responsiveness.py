"""The event loop answers others while a large answer is written."""

import threading
from typing import Any

import pytest
from msgspec.structs import replace
from tensorpad.api import encoding
from tensorpad.api.inquiries import routes as inquiries
from tensorpad.protocol.records import VariableRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.autograd_records import tutorial
from tests.support.stages import Stage, completed

pytestmark = pytest.mark.anyio

MANY = tuple(VariableRecord(f"v{number}", "int", "1", None) for number in range(1000))
TRACE, _ = tutorial()


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """The threads in which JSON was written in pieces."""
    found: list[threading.Thread] = []
    write = encoding.in_pieces

    def watched(*args: Any, **kwargs: Any) -> bytes:
        found.append(threading.current_thread())
        return write(*args, **kwargs)

    monkeypatch.setattr(encoding, "in_pieces", watched)
    monkeypatch.setattr(inquiries, "in_pieces", watched)
    return found


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
async def test_large_answer_of_a_run_is_encoded_beside_the_event_loop(
    api: Stage, threads: list[threading.Thread], accept: str
) -> None:
    api.pool.outcome = completed(trace=TraceRecord(variables=MANY))
    response = await api.post({"code": "…"}, accept=accept)
    assert response.text.count('"v999"') == 1
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
async def test_small_answer_of_a_run_needs_no_thread(api: Stage, threads: list[threading.Thread], accept: str) -> None:
    api.pool.outcome = completed(trace=TraceRecord(variables=MANY[:3]))
    response = await api.post({"code": "…"}, accept=accept)
    assert response.text.count('"v2"') == 1
    assert threads == []


async def test_large_graph_is_encoded_beside_the_event_loop(api: Stage, threads: list[threading.Thread]) -> None:
    api.pool.outcome = completed(trace=replace(TRACE, variables=MANY))
    response = await api.client.get("/api/v1/graph.json", params={"code": "…"})
    assert response.json()["root_name"] == "out"
    assert [one is threading.current_thread() for one in threads] == [False]


async def test_answer_to_an_inquiry_is_encoded_beside_the_event_loop(api: Stage, threads: list[threading.Thread]) -> None:
    response = await api.client.post("/api/v1/derivation", json={"code": "…"})
    assert response.json()["status"] == "ok"
    assert [one is threading.current_thread() for one in threads] == [False]
