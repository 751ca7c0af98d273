"""A run as server-sent events."""

import asyncio
import json
from typing import Any

import pytest
from tensorpad.api.runs import stream as streams
from tensorpad.pool.runner import CellEnded, Listener, Output, Queued
from tensorpad.protocol.displays import DisplayRecord
from tensorpad.protocol.errors import WorkerLost
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome

from tests.support.stages import Stage, cell, completed

pytestmark = pytest.mark.anyio

STREAM = {"accept": "text/event-stream"}


def events(text: str) -> list[tuple[str, Any]]:
    """Names and data, comments left out."""
    found: list[tuple[str, Any]] = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


async def test_events_come_in_the_order_in_which_things_happened(api: Stage) -> None:
    outcome = completed(
        cell(stdout="a\nb\n", text="3", displays=(DisplayRecord("graph", "mine", "digraph {}"),)), cell(index=1)
    )

    async def script(_: RunRequest, tell: Listener) -> Outcome:
        tell(Queued(2))
        tell(Output(0, "stdout", "a\n"))
        tell(Output(0, "stderr", "w\n"))
        tell(Output(0, "stdout", "b\n"))
        for part in outcome.cells:
            assert part.record is not None
            tell(CellEnded(part.record, part.displays))
        return outcome

    api.pool.script = script
    response = await api.post({"cells": ["…", "…"]}, **STREAM)
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    found = events(response.text)
    assert [name for name, _ in found] == ["queued", "stdout", "stdout", "stdout", "cell", "cell", "done"]
    assert found[0][1] == {"id": response.headers["x-run-id"], "ahead": 2}
    assert found[2][1] == {"cell": 0, "stream": "stderr", "text": "w\n"}
    first = found[4][1]["cell"]
    assert (found[4][1]["index"], first["stdout"], first["stderr"]) == (0, "a\nb\n", "w\n")
    assert first["displays"][0]["svg"] == "<svg id='c0d0'>mine</svg>"
    assert found[5][1]["index"] == 1
    done = found[6][1]
    assert (done["id"], done["status"]) == (response.headers["x-run-id"], "ok")
    assert api.drawer.drawn == ["c0d0"]


async def test_done_is_what_the_same_run_answers_as_json(api: Stage) -> None:
    api.pool.outcome = completed(cell(stdout="x", text="1"))
    whole = (await api.post({"code": "1"})).json()
    done = events((await api.post({"code": "1"}, **STREAM)).text)[-1][1]
    for varying in ("id", "timing"):
        whole.pop(varying)
        done.pop(varying)
    assert done == whole


async def test_run_that_says_nothing_still_tells_its_id_first(api: Stage) -> None:
    response = await api.post({"code": "1"}, **STREAM)
    assert [name for name, _ in events(response.text)] == ["queued", "done"]


async def test_failure_midway_is_an_event(api: Stage) -> None:
    async def script(_: RunRequest, tell: Listener) -> Outcome:
        tell(Output(0, "stdout", "a"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        raise WorkerLost("the process that runs programs died")

    api.pool.script = script
    response = await api.post({"code": "1"}, **STREAM)
    assert response.status_code == 200
    name, body = events(response.text)[-1]
    assert name == "problem"
    assert (body["status"], body["type"]) == (503, "/problems/unavailable")
    assert body["request_id"] == response.headers["x-request-id"]


async def test_unforeseen_failure_midway_tells_nothing_of_the_inside(api: Stage, caplog: pytest.LogCaptureFixture) -> None:
    async def script(_: RunRequest, tell: Listener) -> Outcome:
        tell(Output(0, "stdout", "a"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        raise RuntimeError("secret")

    api.pool.script = script
    response = await api.post({"code": "1"}, **STREAM)
    assert events(response.text)[-1][1]["type"] == "/problems/internal"
    assert "secret" not in response.text
    assert "secret" in caplog.text


async def test_silence_is_filled_with_comments(api: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "KEEPALIVE_S", 0.01)
    comments = asyncio.Event()
    send = streams.send_event

    async def watching(*arguments: Any) -> None:
        if arguments[1] == streams.KEEPALIVE_COMMENT:
            comments.set()
        await send(*arguments)

    monkeypatch.setattr(streams, "send_event", watching)

    async def script(_: RunRequest, tell: Listener) -> Outcome:
        await comments.wait()
        return completed()

    api.pool.script = script
    text = (await api.post({"code": "1"}, **STREAM)).text
    assert "\n: ping\n" in text
    assert [name for name, _ in events(text)] == ["queued", "done"]
