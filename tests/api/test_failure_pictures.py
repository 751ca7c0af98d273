"""What fails is a picture for whoever asks for one, with its status kept."""

import asyncio
from typing import Any
from xml.etree import ElementTree

import pytest
from tensorpad.protocol.errors import Overloaded
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import ErrorRecord
from tensorpad.protocol.traces import TraceRecord
from tensorpad.render.errors import DrawError
from tensorpad.render.failures import Failure

from tests.support.patience import PATIENCE_S
from tests.support.stages import Stage, cell, completed, stage

pytestmark = pytest.mark.anyio

CHROMIUM = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"
FIREFOX = "image/avif,image/jxl,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
SAFARI = "image/webp,image/avif,image/jxl,image/heic,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
READER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"
PROBLEM = "application/problem+json"
ERROR = ErrorRecord("ValueError", "a <b> & 'c' " + "very " * 300 + "long", 3, 0, 3, 1, "…")


@pytest.fixture
def failing(api: Stage) -> Stage:
    api.pool.outcome = completed(cell(error=ERROR))
    return api


async def get(api: Stage, address: str = "graph.svg?code=1", accept: str = CHROMIUM, **headers: str) -> Any:
    return await api.client.get(f"/api/v1/{address}", headers={"Accept": accept, **headers})


def texts(response: Any) -> str:
    return " ".join(ElementTree.fromstring(response.content).itertext())


@pytest.mark.parametrize("accept", [CHROMIUM, FIREFOX, SAFARI, "image/*", "image/svg+xml"])
async def test_an_image_in_a_page_shows_what_failed_and_where(failing: Stage, accept: str) -> None:
    response = await get(failing, accept=accept)
    assert (response.status_code, response.headers["content-type"]) == (422, "image/svg+xml")
    assert response.headers["content-length"] == str(len(response.content))
    assert "sandbox" in response.headers["content-security-policy"]
    assert {"Accept", "Accept-Language"} <= set(response.headers["vary"].split(", "))
    assert response.headers["cache-control"] == "public, max-age=60"
    shown = texts(response)
    for part in ("The program failed", "line 3", "ValueError: a <b> & 'c' very", "…", "422"):
        assert part in shown
    root = ElementTree.fromstring(response.content)
    assert float(root.get("height") or 0) < 300


@pytest.mark.parametrize(
    "accept", ["", "*/*", PROBLEM, "application/json", READER, f"image/svg+xml, {PROBLEM}", "image/svg+xml;q=0"]
)
async def test_tools_and_readers_are_told_in_words(failing: Stage, accept: str) -> None:
    response = await get(failing, accept=accept)
    assert (response.status_code, response.headers["content-type"]) == (422, PROBLEM)
    assert response.json()["errors"][0]["line"] == 3


async def test_the_form_of_a_failure_can_be_chosen(failing: Stage) -> None:
    assert (await get(failing, "graph.svg?code=1&errors=image", "*/*")).headers["content-type"] == "image/svg+xml"
    assert (await get(failing, "graph.png?code=1&errors=image", "*/*")).headers["content-type"] == "image/png"
    assert (await get(failing, "graph.svg?code=1&errors=problem")).headers["content-type"] == PROBLEM
    for kind in ("dot", "json"):
        assert (await get(failing, f"graph.{kind}?code=1&errors=image")).headers["content-type"] == PROBLEM


async def test_a_failure_is_told_in_the_language_and_theme_of_the_picture(failing: Stage) -> None:
    chinese = await get(failing, "graph.svg?code=1&lang=zh-CN&theme=dark")
    assert "程序出错了" in texts(chinese)
    assert "data-theme='dark'" in chinese.text
    assert "程序出错了" in texts(await get(failing, **{"Accept-Language": "zh"}))
    bitmap = await get(failing, "graph.png?code=1&theme=dark&width=300", "image/png")
    assert bitmap.content == b"\x89PNG" + b"The program failed|dark|300"
    body = {"code": "1", "lang": "zh-CN", "theme": "dark"}
    posted = await failing.client.post("/api/v1/graph", json=body, headers={"Accept": "image/svg+xml"})
    assert posted.status_code == 422
    assert "程序出错了" in texts(posted)
    assert "data-theme='dark'" in posted.text


async def test_a_bitmap_that_cannot_be_drawn_is_a_picture_all_the_same(failing: Stage) -> None:
    failing.drawer.failure = DrawError("no")
    response = await get(failing, "graph.png?code=1")
    assert (response.status_code, response.headers["content-type"]) == (422, "image/svg+xml")
    assert "The program failed" in texts(response)


@pytest.mark.parametrize(
    ("width", "drawn"),
    [("300", 300), ("9999", None), ("0", None), ("000016999999", None), ("000016" + "9" * 5_000, None), ("³⁰⁰", None)],
)
async def test_a_request_that_was_never_read_whole_has_a_bitmap_of_a_width_within_bounds(
    api: Stage, width: str, drawn: int | None
) -> None:
    response = await get(api, f"graph.png?nothing=1&width={width}", "image/png")
    assert (response.status_code, response.headers["content-type"]) == (422, "image/png")
    assert response.content.endswith(f"|{drawn}".encode())


async def test_all_failures_together_have_one_place_in_the_line_of_drawings(
    failing: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, most = 0, 0

    async def draw_failure(failure: Failure, theme: str, width: int | None = None) -> bytes:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        for _ in range(10):
            await asyncio.sleep(0)
        busy -= 1
        return b"\x89PNG"

    monkeypatch.setattr(failing.drawer, "draw_failure", draw_failure)
    # Nobody gives up the wait on a slow machine.
    monkeypatch.setattr("tensorpad.api.graphs.failure_pictures._BITMAP_S", PATIENCE_S)
    pictures = await asyncio.gather(*(get(failing, f"graph.png?unknown={n}", "image/png") for n in range(20)))
    assert {picture.content for picture in pictures} == {b"\x89PNG"}
    assert most == 1


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("graph.svg?code=1&theme=blue", 422, "The request is not valid"),
        ("graph.svg?nothing=1", 422, "nothing: there is no such parameter"),
        ("graph.svg", 422, "Give the program as code"),
        ("graph.svg?snippet=aaaaaaaaaaaaaaaaaaaa", 501, "Programs are not stored here"),
        ("graph.svg?code=1&of=w", 404, "There is no such graph"),
        ("graph.svg?code=" + "x" * Limits().address_bytes, 414, "The address is too long"),
        ("graph.svg?code=1&timeout_s=nan", 422, "timeout_s"),
    ],
)
async def test_every_kind_of_problem_is_a_picture(api: Stage, address: str, status: int, words: str) -> None:
    api.pool.outcome = completed(trace=TraceRecord())
    response = await get(api, address)
    assert (response.status_code, response.headers["content-type"]) == (status, "image/svg+xml")
    assert words in texts(response)
    assert response.headers["x-request-id"]


async def test_overload_and_rate_are_pictures_that_say_when_to_come_back() -> None:
    async with stage(Limits(requests_per_minute=1)) as api:
        api.pool.failure = Overloaded("full", 7.0)
        full = await get(api)
        assert (full.status_code, full.headers["retry-after"], full.headers["cache-control"]) == (503, "7", "no-store")
        assert "Too many runs are waiting" in texts(full)
        fast = await get(api)
        assert fast.status_code == 429
        assert fast.headers["retry-after"]
        assert "Too many requests" in texts(fast)


async def test_a_fault_of_the_service_is_a_picture_without_its_internals(api: Stage) -> None:
    api.pool.failure = RuntimeError("secret")
    response = await get(api)
    assert (response.status_code, response.headers["content-type"]) == (500, "image/svg+xml")
    assert "secret" not in response.text


async def test_head_of_a_failure_has_the_headers_of_its_picture(failing: Stage) -> None:
    got = await get(failing)
    head = await failing.client.head("/api/v1/graph.svg?code=1", headers={"Accept": CHROMIUM})
    assert (head.status_code, head.headers["content-type"], head.content) == (422, "image/svg+xml", b"")
    assert head.headers["content-length"] == got.headers["content-length"]


async def test_the_cell_is_named_where_there_are_several(api: Stage) -> None:
    api.pool.outcome = completed(cell(), cell(index=1, error=ERROR))
    response = await get(api, "graph.svg?cells=1&cells=2")
    assert "cell 2, line 3" in texts(response)
