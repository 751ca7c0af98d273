"""A run ends when its client goes away, and when its id is deleted."""

import asyncio
import contextlib
import json
from typing import Any

import pytest
from starlette.types import Message
from tensorpad.app import assemble
from tensorpad.pool.runner import Listener, Output, Queued
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.snippets.store import SnippetStore

from tests.support.stages import ScriptedDrawer, ScriptedPool

pytestmark = pytest.mark.anyio


class Connection:
    """One HTTP exchange with an application, from which the client can leave."""

    def __init__(
        self,
        pool: ScriptedPool,
        accept: str,
        path: str = "/api/v1/runs",
        method: str = "POST",
        body: Message | None = None,
    ) -> None:
        self.sent: list[Message] = []
        self.arrived = asyncio.Event()
        self._gone = asyncio.Event()
        self._body: list[Message] = [body or {"type": "http.request", "body": b'{"code": "1"}', "more_body": False}]
        app = assemble(pool, ScriptedDrawer(), Limits(), SnippetStore(None, 1))
        scope: dict[str, Any] = {
            **{"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http"},
            **{"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "server": ("test", 80)},
            **{"client": ("192.0.2.1", 1), "state": {}},
            "headers": [(b"content-type", b"application/json"), (b"accept", accept.encode())],
        }
        self.done = asyncio.create_task(app(scope, self._receive, self._send))
        self.app = app

    async def _receive(self) -> Message:
        if self._body:
            return self._body.pop()
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)
        self.arrived.set()

    def leave(self) -> None:
        """The client closes the connection."""
        self._gone.set()

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()


def endless(begun: asyncio.Event) -> Any:
    async def script(_: RunRequest, tell: Listener) -> Outcome:
        tell(Queued(0))
        tell(Output(0, "stdout", "working\n"))
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    return script


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
async def test_client_that_goes_away_ends_its_run(accept: str) -> None:
    begun = asyncio.Event()
    pool = ScriptedPool(script=endless(begun))
    connection = Connection(pool, accept)
    await begun.wait()
    connection.leave()
    await asyncio.wait_for(connection.done, 5)
    assert pool.cancelled.is_set()


async def test_client_that_leaves_before_its_body_is_whole_runs_nothing() -> None:
    pool = ScriptedPool()
    connection = Connection(pool, "*/*", body={"type": "http.disconnect"})
    await asyncio.wait_for(connection.done, 5)
    assert pool.requests == []
    assert connection.sent == []


async def test_deleted_run_ends_with_a_problem_in_its_stream() -> None:
    begun = asyncio.Event()
    pool = ScriptedPool(script=endless(begun))
    connection = Connection(pool, "text/event-stream")
    await begun.wait()
    while "event: queued" not in connection.text:
        connection.arrived.clear()
        await connection.arrived.wait()
    run_id = json.loads(connection.text.partition("data: ")[2].partition("\n")[0])["id"]
    import httpx

    async with httpx.AsyncClient(transport=httpx.ASGITransport(connection.app), base_url="http://test") as client:
        deleted = await client.delete(f"/api/v1/runs/{run_id}")
        assert deleted.status_code == 204
        await asyncio.wait_for(connection.done, 5)
        assert pool.cancelled.is_set()
        assert (await client.delete(f"/api/v1/runs/{run_id}")).status_code == 404
    last = connection.text.rstrip("\n").split("\n\n")[-1]
    assert last.startswith("event: problem\n")
    assert json.loads(last.partition("data: ")[2])["type"] == "/problems/cancelled"
    connection.leave()


async def test_unknown_run_cannot_be_deleted() -> None:
    pool = ScriptedPool()
    connection = Connection(pool, "*/*", "/api/v1/runs/none", "DELETE")
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.wait_for(connection.done, 5)
    assert connection.sent[0]["status"] == 404


@pytest.mark.parametrize("kind", ["svg", "json"])
async def test_client_that_goes_away_ends_the_run_of_its_graph(kind: str) -> None:
    begun = asyncio.Event()
    pool = ScriptedPool(script=endless(begun))
    accept = {"svg": "image/svg+xml", "json": "application/json"}[kind]
    connection = Connection(pool, accept, "/api/v1/graph")
    await begun.wait()
    connection.leave()
    await asyncio.wait_for(connection.done, 5)
    assert pool.cancelled.is_set()
