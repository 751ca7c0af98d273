"""How a graph is sent: its tags, its compressed form, and what is kept of it."""

import asyncio
import gzip
import hashlib
from typing import Any

import pytest
from msgspec.structs import replace
from tensorpad.pool.runner import Listener
from tensorpad.protocol.errors import Overloaded, Unavailable
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome, TimedOut

from tests.support.autograd_records import tutorial
from tests.support.stages import ENVIRONMENT, TIMING, Stage, cell, completed, stage

pytestmark = pytest.mark.anyio

TRACE, GRAPH = tutorial()
AS_IT_IS = {"Accept-Encoding": "identity"}


@pytest.fixture
def drawn(api: Stage) -> Stage:
    api.pool.outcome = completed(trace=TRACE)
    return api


async def get(api: Stage, kind: str = "svg", headers: dict[str, str] | None = None, **query: str) -> Any:
    return await api.client.get(f"/api/v1/graph.{kind}", params={"code": "…", **query}, headers=headers)


async def raw(api: Stage, kind: str, headers: dict[str, str]) -> tuple[Any, bytes]:
    """The answer, and the bytes that were sent."""
    async with api.client.stream("GET", f"/api/v1/graph.{kind}?code=1", headers=headers) as response:
        return response, b"".join([part async for part in response.aiter_raw()])


async def test_same_address_is_run_once_and_then_remembered(drawn: Stage) -> None:
    first, second = await get(drawn), await get(drawn)
    assert first.headers["etag"] == second.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=3600"
    assert first.text == second.text
    assert len(drawn.pool.requests) == 1


async def test_a_tag_is_of_the_bytes(drawn: Stage) -> None:
    for kind in ("svg", "json", "dot", "png"):
        answer = await get(drawn, kind, AS_IT_IS)
        assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    assert (await get(drawn, headers=AS_IT_IS)).headers["etag"] != (
        await get(drawn, headers=AS_IT_IS, theme="dark")
    ).headers["etag"]
    assert (await get(drawn, code="… ")).headers["etag"] == (await get(drawn)).headers["etag"]


async def test_every_part_of_the_question_is_answered_by_a_run_of_its_own(drawn: Stage) -> None:
    await get(drawn)
    for query in ("of=out", "seed=1", "style=torchviz", "theme=dark", "lang=zh-CN"):
        assert (await drawn.client.get(f"/api/v1/graph.svg?code=…&{query}")).status_code == 200
    await get(drawn, "json")
    drawn.pool.environment = replace(ENVIRONMENT, torch="9.9")
    await get(drawn)
    assert len(drawn.pool.requests) == 8


async def test_known_tag_is_answered_without_a_run_and_without_the_bytes(drawn: Stage) -> None:
    tag = (await get(drawn)).headers["etag"]
    for header in (tag, f'"other", W/{tag}', "*"):
        response = await get(drawn, headers={"if-none-match": header})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == tag
    assert (await get(drawn, headers={"if-none-match": '"other"'})).status_code == 200
    assert len(drawn.pool.requests) == 1


async def test_after_a_restart_one_run_finds_that_a_tag_still_holds(drawn: Stage) -> None:
    tag = (await get(drawn)).headers["etag"]
    async with stage() as fresh:
        fresh.pool.outcome = completed(trace=TRACE)
        answers = [await get(fresh, headers={"if-none-match": tag}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [304] * 3
        assert len(fresh.pool.requests) == 1


async def test_text_is_compressed_once_and_has_a_tag_of_its_own(drawn: Stage) -> None:
    plain, data = await raw(drawn, "json", AS_IT_IS)
    packed, smaller = await raw(drawn, "json", {"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(smaller) == data
    assert (packed.headers["content-encoding"], packed.headers["content-length"]) == ("gzip", str(len(smaller)))
    assert len(smaller) < len(data)
    assert packed.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
    for response in (plain, packed):
        assert "Accept-Encoding" in response.headers["vary"]
    for sent, tag, status in (
        ("gzip", packed.headers["etag"], 304),
        ("identity", plain.headers["etag"], 304),
        ("identity", packed.headers["etag"], 200),
        ("gzip", plain.headers["etag"], 200),
    ):
        response, _ = await raw(drawn, "json", {"Accept-Encoding": sent, "If-None-Match": tag})
        assert response.status_code == status


@pytest.mark.parametrize("header", ["", "br", "gzip;q=0", "identity, gzip;q=0.5", "*;q=0"])
async def test_who_takes_no_gzip_gets_the_text_as_it_is(drawn: Stage, header: str) -> None:
    response, data = await raw(drawn, "json", {"Accept-Encoding": header})
    assert "content-encoding" not in response.headers
    assert data.startswith(b"{")


async def test_a_bitmap_is_not_compressed_again(drawn: Stage) -> None:
    drawn.drawer.padding = b"\0" * 100_000
    response, data = await raw(drawn, "png", {"Accept-Encoding": "gzip"})
    assert "content-encoding" not in response.headers
    assert data.endswith(drawn.drawer.padding)


async def test_those_who_ask_at_once_share_one_run(api: Stage) -> None:
    both = asyncio.Event()

    async def script(_: RunRequest, tell: Listener) -> Outcome:
        await both.wait()
        return completed(trace=TRACE)

    api.pool.script = script
    requests = [asyncio.create_task(get(api)) for _ in range(3)]
    while not api.pool.requests:
        await asyncio.sleep(0)
    both.set()
    answers = [await request for request in requests]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len(api.pool.requests) == 1


async def test_only_runs_count_against_the_rate() -> None:
    async with stage(Limits(requests_per_minute=1)) as api:
        api.pool.outcome = completed(trace=TRACE)
        assert [(await get(api)).status_code for _ in range(3)] == [200, 200, 200]
        assert (await get(api, theme="dark")).status_code == 429


async def test_a_drawing_that_was_folded_for_its_time_is_marked_and_not_kept_by_anyone(drawn: Stage) -> None:
    drawn.drawer.folded = True
    for kind in ("svg", "json", "png"):
        response = await get(drawn, kind)
        assert (response.status_code, response.headers["tensorpad-degraded"]) == (200, "layout-time")
        assert response.headers["cache-control"] == "no-store"
    drawn.drawer.layout = False
    undrawn = await get(drawn, "json", of="out")
    assert (undrawn.json()["svg"], undrawn.headers["tensorpad-degraded"]) == (None, "undrawn")
    assert undrawn.headers["cache-control"] == "no-store"
    good = await get(drawn, "dot")
    assert "tensorpad-degraded" not in good.headers
    assert good.headers["cache-control"] == "public, max-age=3600"


async def test_who_looks_again_and_again_at_a_degraded_drawing_costs_one(drawn: Stage) -> None:
    drawn.drawer.folded = True
    assert {(await get(drawn)).headers["tensorpad-degraded"] for _ in range(5)} == {"layout-time"}
    assert len(drawn.pool.requests) == 1


async def test_a_program_that_fails_is_run_once_for_all_who_look_at_it_within_a_minute(api: Stage) -> None:
    api.pool.outcome = TimedOut(cells=(cell(),), trace=TRACE, timing=TIMING, environment=ENVIRONMENT, limit_s=1.0)
    answers = [await get(api, kind, theme=theme) for kind in ("svg", "png", "dot") for theme in ("light", "dark")]
    assert {answer.status_code for answer in answers} == {422}
    assert {answer.headers["cache-control"] for answer in answers} == {"public, max-age=60"}
    assert len(api.pool.requests) == 1
    await get(api, lang="zh-CN")
    await get(api, seed="1")
    assert len(api.pool.requests) == 3


async def test_what_is_not_the_programs_doing_is_not_remembered(drawn: Stage) -> None:
    for failure, status in ((Overloaded("full", 7.0), 503), (Unavailable("no worker"), 503)):
        drawn.pool.failure = failure
        response = await get(drawn)
        assert (response.status_code, response.headers["cache-control"]) == (status, "no-store")
        assert response.headers["retry-after"]
    drawn.pool.failure = None
    assert (await get(drawn)).status_code == 200


async def test_a_graph_that_cannot_be_drawn_can_still_be_had_otherwise(drawn: Stage) -> None:
    drawn.drawer.layout = False
    first, second = await get(drawn), await get(drawn)
    assert (first.status_code, second.status_code, len(drawn.pool.requests)) == (503, 503, 1)
    assert first.headers["cache-control"] == "no-store"
    assert (await get(drawn, "dot")).status_code == 200
