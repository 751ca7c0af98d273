"""`GET /api/v1/preview.png`: what is put into the picture of a program, and who may ask for it how often."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace
from tensorpad.protocol.errors import Overloaded
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import ErrorRecord, VariableRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render.errors import DrawError

from tests.support.autograd_records import tutorial
from tests.support.stages import Stage, cell, completed, stage

pytestmark = pytest.mark.anyio

CODE = "x = torch.ones(2, 2, requires_grad=True)\nout = x.mean()"
ERROR = ErrorRecord("ValueError", "no such thing", 3, 0, 3, 1, "…")


async def get(api: Stage, query: str = "", **params: str) -> httpx.Response:
    return await api.client.get(f"/api/v1/preview.png{query}", params={"code": CODE, **params} if not query else None)


async def test_picture_has_title_code_and_graph_of_the_program(api: Stage) -> None:
    trace, graph = tutorial()
    api.pool.outcome = completed(trace=replace(trace, graphs=(graph,)))
    response = await get(api)
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/png"
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cache-control"].startswith("public, max-age=")
    for part in ("out = x.mean()", "Makes x (2 × 2, requires grad)", "'out'", "light", "failure=None"):
        assert part in response.text
    assert "'dark'" in (await get(api, theme="dark")).text
    assert "创建 x" in (await get(api, lang="zh-CN")).text


async def test_picture_without_a_graph_has_what_the_program_shows(api: Stage) -> None:
    api.pool.outcome = completed(cell(stdout="printed\n"), cell(text="tensor([1.])"))
    assert "shown=('printed', 'tensor([1.])')" in (await get(api)).text


async def test_picture_of_a_graph_without_room_for_numbers_has_no_gradient_of_none(api: Stage) -> None:
    trace, graph = tutorial()
    api.pool.outcome = completed(trace=replace(trace, graphs=(graph,)))
    assert "values=False" in (await get(api)).text


async def test_picture_of_a_program_that_shows_nothing_has_the_tensors_that_it_left(api: Stage) -> None:
    left = (
        VariableRecord("torch", "module", "<module>", None),
        VariableRecord("a", "torch.Tensor", "tensor([[1.],\n        [2.]])", "t1"),
    )
    tensor = tutorial()[0].tensors[:1]
    trace = TraceRecord(variables=left, tensors=(replace(tensor[0], id="t1"),))
    api.pool.outcome = completed(cell(), trace=trace)
    assert "shown=('a = tensor([[1.],', '            [2.]])')" in (await get(api)).text
    api.pool.outcome = completed(cell(stdout="printed\n"), trace=trace)
    assert "shown=('printed',)" in (await get(api, code=f"{CODE}  # another")).text


async def test_picture_of_a_failing_program_says_what_failed_and_is_kept_for_a_minute(api: Stage) -> None:
    api.pool.outcome = completed(cell(error=ERROR))
    first, again = await get(api), await get(api)
    assert first.status_code == 200
    assert "ValueError: no such thing (line 3)" in first.text
    assert "max-age=60" in first.headers["cache-control"]
    assert again.content == first.content
    assert len(api.pool.requests) == 1


async def test_picture_is_made_once_for_all_who_ask(api: Stage) -> None:
    answers = await asyncio.gather(*(get(api) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(api.pool.requests) == 1
    tag = answers[0].headers["etag"]
    unchanged = await api.client.get("/api/v1/preview.png", params={"code": CODE}, headers={"If-None-Match": tag})
    assert unchanged.status_code == 304
    assert (await api.client.head("/api/v1/preview.png", params={"code": CODE})).status_code == 200


@pytest.fixture
async def storing(tmp_path: Path, anyio_backend: str) -> AsyncIterator[Stage]:
    async with stage(snippets=tmp_path / "snippets.sqlite3") as api:
        yield api


async def test_picture_of_a_stored_program_is_as_it_was_stored(storing: Stage) -> None:
    kept = await storing.client.post("/api/v1/snippets", json={"cells": ["# 标题\n", "x = 1"], "lang": "zh-CN"})
    response = await get(storing, f"?snippet={kept.json()['id']}")
    assert "title='标题'" in response.text
    assert storing.pool.requests[0].cells == ("# 标题\n", "x = 1")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 422),
        ("?code=1&snippet=abc", 422),
        ("?code=1&theme=blue", 422),
        ("?code=1&colour=blue", 422),
        ("?snippet=abc", 404),
        ("?cells=a&cells=b", 200),
    ],
)
async def test_wrong_parameters_are_problems(storing: Stage, query: str, status: int) -> None:
    response = await storing.client.get(f"/api/v1/preview.png{query}")
    assert response.status_code == status


async def test_picture_costs_a_run_of_the_rate_limit() -> None:
    async with stage(Limits(requests_per_minute=1)) as api:
        assert (await get(api)).status_code == 200
        assert (await get(api)).status_code == 200
        refused = await get(api, theme="dark")
    assert refused.status_code == 429


async def test_overload_is_a_problem_that_is_not_remembered(api: Stage) -> None:
    api.pool.failure = Overloaded("too many", 3)
    assert (await get(api)).status_code == 503
    api.pool.failure = None
    assert (await get(api)).status_code == 200


async def test_picture_that_could_not_be_drawn_does_not_run_the_program_at_each_view(api: Stage) -> None:
    api.drawer.failure = DrawError("no")
    for _ in range(5):
        refused = await get(api)
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/drawing")
        assert int(refused.headers["retry-after"]) > 0
    assert len(api.pool.requests) == 1
