"""Parts of answers, values that are deferred, and runs that are kept so that more of them can be asked for."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any, cast

import pytest
from tensorpad.api.runs import deferral
from tensorpad.api.runs.answering import SizedResponse
from tensorpad.api.runs.service import Service
from tensorpad.graph.model import Graph
from tensorpad.graph.shapes import without_values
from tensorpad.protocol.limits import Limits
from tensorpad.render.looks import PLAIN, Look
from tensorpad.render.renderer import Picture

from tests.support.comparison import run
from tests.support.stages import Stage, completed, stage

pytestmark = pytest.mark.anyio

LOOP = """
model = torch.nn.Linear(30, 20)
for _ in range(20):
    loss = model(torch.ones(10, 30)).square().mean()
    model.zero_grad()
    loss.backward()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter -= 0.1 * parameter.grad
"""
TRACE = run(LOOP).trace
PARTS = {
    "tensors": {"tensors", "storages", "arrays", "holders"},
    "steps": {"steps", "outputs"},
    "backwards": {"backwards", "formulas"},
}
ALWAYS = {"id", "status", "message", "cells", "environment", "timing", "truncated"}


@pytest.fixture
async def api(anyio_backend: str) -> AsyncGenerator[Stage]:
    async with stage() as found:
        found.pool.outcome = completed(trace=TRACE)
        yield found


def filled(part: Any, chunks: list[list[Any]]) -> Any:
    """An answer with the values that it deferred, or repeats (these are as in one chunk)."""
    if isinstance(part, list):
        return [filled(value, chunks) for value in cast("list[Any]", part)]
    if not isinstance(part, dict):
        return part
    members = cast("dict[str, Any]", part)
    if members.get("kind") == "deferred":
        return chunks[members["chunk"]][members["index"]]
    if members.get("kind") == "repeated":
        return chunks[0][members["index"]]
    return {name: filled(value, chunks) for name, value in members.items()}


def deferred_in(body: Any) -> int:
    """How many values of an answer are deferred."""
    return json.dumps(body).count('"kind": "deferred"')


@pytest.mark.parametrize("part", ["variables", "tensors", "steps", "operations", "graphs", "backwards", "notices"])
async def test_answer_has_the_parts_that_were_asked_for_and_no_other(api: Stage, part: str) -> None:
    named = await api.client.post(f"/api/v1/runs?include={part}", json={"code": "x"})
    for body in (named.json(), (await api.post({"code": "x", "include": [part]})).json()):
        assert body.keys() == ALWAYS | PARTS.get(part, {part})
        assert "'gradients'" not in str(body)
        assert "'kind': 'full'" not in str(body)


async def test_what_was_not_asked_for_is_not_worked_out(api: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("tensorpad.api.runs.explanations.surprises")
    monkeypatch.delattr("tensorpad.graph.builder.build")
    assert (await api.post({"code": "x", "include": ["variables", "tensors", "steps"]})).status_code == 200
    assert api.drawer.drawn == []


async def test_pictures_are_drawn_where_they_are_asked_for(api: Stage) -> None:
    (graph, *_) = (await api.post({"code": "x", "include": ["dot"]})).json()["graphs"][-1:]
    assert api.drawer.drawn == []
    assert "svg" not in graph
    assert graph["dot"].startswith("digraph")
    (graph, *_) = (await api.post({"code": "x", "include": ["svg"]})).json()["graphs"][-1:]
    assert graph["svg"].startswith("<svg")
    assert "dot" not in graph
    assert "values" not in str(graph["nodes"])


async def test_unknown_part_is_answered_with_the_names_that_there_are(api: Stage) -> None:
    for response in (
        await api.post({"code": "x", "include": ["everything"]}),
        await api.client.post("/api/v1/runs?include=variables,everything", json={"code": "x"}),
    ):
        assert response.status_code == 422
        detail = response.json()["detail"]
        assert all(name in detail for name in ("minimal", "full", "histories", "svg"))
    both = await api.client.post("/api/v1/runs?include=full", json={"code": "x", "include": ["full"]})
    assert both.status_code == 422


async def test_deferred_values_are_those_of_the_whole_answer(api: Stage) -> None:
    whole = (await api.post({"code": "x"})).json()
    outline = (await api.post({"code": "x", "defer_values": True})).json()
    address = f"/api/v1/runs/{outline['id']}/values"
    assert deferred_in(outline) > 10
    assert deferred_in(whole) == 0
    chunks: list[Any] = []
    while (response := await api.client.get(f"{address}/{len(chunks)}")).status_code == 200:
        assert "immutable" in response.headers["cache-control"]
        assert "private" in response.headers["cache-control"]
        again = await api.client.get(f"{address}/{len(chunks)}", headers={"If-None-Match": response.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert len(response.content) < 2 * deferral.CHUNK
        chunks.append(response.json()["values"])
    assert response.json()["type"] == "/problems/not-found"
    assert len(chunks) > 2
    changing = {"id", "timing"}
    again = filled(outline, chunks)
    whole = filled(whole, [whole.pop("repeated")])
    assert {name: again[name] for name in again.keys() - changing} == {name: whole[name] for name in whole.keys() - changing}
    named = [tensor for tensor in outline["tensors"] if tensor["names"]]
    assert named
    assert all(tensor["values"]["kind"] != "deferred" for tensor in named)


async def test_chunks_are_in_the_order_of_the_steps(api: Stage) -> None:
    outline = (await api.post({"code": "x", "defer_values": True})).json()
    dated = [
        (version["step"], (version["values"]["chunk"], version["values"]["index"]))
        for tensor in outline["tensors"]
        for version in tensor["history"]
        if "values" in version and version["values"]["kind"] == "deferred"
    ]
    assert [place for _, place in sorted(dated)] == sorted(place for _, place in dated)


async def test_small_answer_defers_nothing(api: Stage) -> None:
    api.pool.outcome = completed(trace=run("x = torch.ones(3, requires_grad=True)\n(x * 2).sum().backward()").trace)
    body = (await api.post({"code": "x", "defer_values": True})).json()
    assert deferred_in(body) == 0
    assert (await api.client.get(f"/api/v1/runs/{body['id']}/values/0")).status_code == 404


async def test_kept_run_answers_any_part_without_another_run(api: Stage) -> None:
    whole = (await api.post({"code": "x"})).json()
    small = (await api.post({"code": "x", "include": ["minimal"]})).json()
    response = await api.client.get(f"/api/v1/runs/{small['id']}?include=full")
    more = response.json()
    assert len(api.pool.requests) == 2
    assert response.headers["cache-control"].startswith("private")
    changing = {"id", "timing"}
    assert {name: more[name] for name in more.keys() - changing} == {name: whole[name] for name in whole.keys() - changing}
    assert more["id"] == small["id"]
    unchanged = await api.client.get(
        f"/api/v1/runs/{small['id']}?include=full", headers={"If-None-Match": response.headers["etag"]}
    )
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    other = await api.client.get(f"/api/v1/runs/{small['id']}?include=nothing")
    assert other.status_code == 422


async def test_run_that_was_deleted_or_never_was_is_gone(api: Stage) -> None:
    kept = (await api.post({"code": "x"})).json()["id"]
    assert (await api.client.delete(f"/api/v1/runs/{kept}")).status_code == 204
    assert (await api.client.delete(f"/api/v1/runs/{kept}")).status_code == 404
    for run_id in (kept, "never"):
        for address in (f"/api/v1/runs/{run_id}", f"/api/v1/runs/{run_id}/values/0"):
            response = await api.client.get(address)
            assert (response.status_code, response.json()["type"]) == (404, "/problems/run-gone")
            assert "POST /api/v1/runs" in response.json()["detail"]


async def test_runs_are_kept_within_the_budget_of_bytes(anyio_backend: str) -> None:
    size = len(completed(trace=TRACE).report or b"")
    async with stage(Limits(kept_bytes=2 * size + size // 2)) as api:
        api.pool.outcome = completed(trace=TRACE)
        ids = [(await api.post({"code": "x", "include": ["minimal"]})).json()["id"] for _ in range(4)]
        statuses = [(await api.client.get(f"/api/v1/runs/{run_id}?include=variables")).status_code for run_id in ids]
        assert statuses == [404, 404, 200, 200]


async def test_no_more_answers_of_kept_runs_are_made_at_a_time_than_there_are_places(
    anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, most = 0, 0
    answer = Service.answer

    async def counted(*args: Any, **kwargs: Any) -> SizedResponse:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        for _ in range(10):
            await asyncio.sleep(0)
        busy -= 1
        return await answer(*args, **kwargs)

    async with stage(Limits(concurrency=2, queue=5)) as api:
        run_id = (await api.post({"code": "x"}, Idempotency_Key="k")).json()["id"]
        monkeypatch.setattr(Service, "answer", counted)
        read = [api.client.get(f"/api/v1/runs/{run_id}") for _ in range(10)]
        repeated = [api.post({"code": "x"}, Idempotency_Key="k") for _ in range(10)]
        answers = await asyncio.gather(*read, *repeated)
    assert most == 2
    assert {answer.status_code for answer in answers} == {200, 503}
    assert sum(answer.status_code == 200 for answer in answers) == 7
    assert all(answer.headers["retry-after"] for answer in answers if answer.status_code == 503)


async def test_repeated_answer_defers_nothing_to_chunks_that_it_has_not(api: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    body, key = {"code": "x", "defer_values": True}, {"Idempotency_Key": "k"}
    draw = api.drawer.draw_graph

    async def hurried(graph: Graph, look: Look = PLAIN, title: str | None = None) -> Picture:
        drawn = await draw(graph, look, title)
        return Picture(drawn.svg, drawn.dot, without_values(graph))

    monkeypatch.setattr(api.drawer, "draw_graph", hurried)
    first = (await api.post(body, **key)).json()
    assert deferred_in(first)
    monkeypatch.setattr(api.drawer, "draw_graph", draw)
    again = (await api.post(body, **key)).json()
    assert again["id"] == first["id"]
    chunks: list[Any] = []
    while (response := await api.client.get(f"/api/v1/runs/{first['id']}/values/{len(chunks)}")).status_code == 200:
        chunks.append(response.json()["values"])
    assert filled(first["tensors"], chunks) == filled(again["tensors"], chunks)


async def test_run_that_goes_on_by_itself_draws_nothing_until_it_is_asked_for(api: Stage) -> None:
    location = (await api.post({"code": "x"}, Prefer="respond-async")).headers["location"]
    assert (await api.client.get(f"{location}?include=variables")).status_code == 200
    assert api.drawer.drawn == []
    assert (await api.client.get(f"{location}?include=svg")).status_code == 200
    assert api.drawer.drawn != []
