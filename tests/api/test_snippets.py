"""Programs that are stored for a short link."""

import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.records import ErrorRecord

from tests.api.test_faults import problem
from tests.support.autograd_records import tutorial
from tests.support.stages import Stage, cell, completed, stage

pytestmark = pytest.mark.anyio

TRACE, _ = tutorial()


@pytest.fixture
async def storing(anyio_backend: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(snippets=tmp_path / "snippets") as opened:
        yield opened


async def store(api: Stage, *cells: str, **state: object) -> Any:
    return await api.client.post("/api/v1/snippets", json={"cells": list(cells), **state})


async def test_stored_program_is_read_back_at_its_location(storing: Stage) -> None:
    created = await store(storing, "x = 1", "名", lang="zh-CN", view="memory", step=4, graph="g2", theme="dark")
    assert created.status_code == 201
    body = created.json()
    assert created.headers["location"] == f"/api/v1/snippets/{body['id']}"
    assert created.headers["ratelimit-policy"] == '"snippets";q=30;w=60'
    read = await storing.client.get(created.headers["location"])
    assert read.status_code == 200
    assert read.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert read.headers["access-control-allow-origin"] == "*"
    assert read.json() == body
    assert body == {
        "id": body["id"],
        "page": f"/s/{body['id']}",
        "cells": ["x = 1", "名"],
        "lang": "zh-CN",
        "view": "memory",
        "step": 4,
        "graph": "g2",
        "theme": "dark",
    }


async def test_same_program_has_one_id(storing: Stage) -> None:
    first, again, other = [await store(storing, code) for code in ("x", "x", "y")]
    assert [first.status_code, again.status_code, other.status_code] == [201, 200, 201]
    assert first.json()["id"] == again.json()["id"] != other.json()["id"]


async def test_page_of_a_snippet_is_the_playground(storing: Stage, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>page</title>")
    async with stage(pages=tmp_path) as api:
        response = await api.client.get("/s/abc")
    assert response.text == "<title>page</title>"
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        ({}, "/cells", "required"),
        ({"cells": []}, "/cells", "one cell"),
        ({"cells": [" \n"]}, "/cells", "no code"),
        ({"cells": ["1"] * 201}, "/cells", "limit of 200"),
        ({"cells": ["1"], "lang": "fr"}, "/lang", "zh-CN"),
        ({"cells": ["1"], "view": "<script>"}, "/view", "pattern"),
        ({"cells": ["1"], "step": -1}, "/step", "greater than or equal to 0"),
        ({"cells": ["1"], "graph": "out"}, "/graph", "pattern"),
        ({"cells": ["1"], "owner": "me"}, "/owner", "there is no such field"),
        ({"cells": ["1", "\ud800"]}, "/cells/1", "surrogate"),
    ],
)
async def test_wrong_field_is_pointed_to(storing: Stage, body: object, pointer: str, words: str) -> None:
    headers = {"content-type": "application/json"}
    response = await storing.client.post("/api/v1/snippets", content=json.dumps(body), headers=headers)
    found = problem(response, 422, "invalid")
    assert found["errors"][0]["pointer"] == pointer
    assert words in found["detail"]


@pytest.mark.parametrize("snippet_id", ["A" * 20, "A", "A" * 500, "..%2f..%2fetc%2fpasswd"])
async def test_unknown_id_is_not_found(storing: Stage, snippet_id: str) -> None:
    problem(await storing.client.get(f"/api/v1/snippets/{snippet_id}"), 404, "not-found")


async def test_size_and_number_are_bounded(tmp_path: Path) -> None:
    async with stage(Limits(snippet_bytes=40, snippets=1), snippets=tmp_path / "snippets") as api:
        assert "limits.snippet_bytes" in problem(await store(api, "x" * 40), 413, "too-large")["detail"]
        assert (await store(api, "x")).status_code == 201
        assert "1 snippets" in problem(await store(api, "y"), 507, "store-full")["detail"]
        assert (await store(api, "x")).status_code == 200


async def test_storing_has_a_rate_of_its_own(tmp_path: Path) -> None:
    async with stage(Limits(snippets_per_minute=1), snippets=tmp_path / "snippets") as api:
        first = await store(api, "x")
        refused = problem(await store(api, "y"), 429, "rate-limit")
        assert "1 snippets a minute" in refused["detail"]
        assert (await api.client.get(first.headers["location"])).status_code == 200
        assert (await api.post({"code": "1"})).status_code == 200


async def test_service_without_a_store_says_what_to_do_instead(api: Stage) -> None:
    assert "holds the program" in problem(await store(api, "x"), 501, "no-store")["detail"]
    problem(await api.client.get(f"/api/v1/snippets/{'A' * 20}"), 501, "no-store")
    assert (await api.client.get("/api/v1/about")).json()["snippets"] is False


async def test_about_says_that_programs_can_be_stored(storing: Stage) -> None:
    assert (await storing.client.get("/api/v1/about")).json()["snippets"] is True


async def test_store_that_fails_is_a_fault_of_the_service(
    storing: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    created = await store(storing, "x")
    intruder = sqlite3.connect(tmp_path / "snippets", isolation_level=None)
    intruder.execute("DROP TABLE snippet")
    intruder.close()
    found = problem(await storing.client.get(created.headers["location"]), 503, "unavailable")
    assert "no such table" not in found["detail"]
    assert "no such table" in caplog.text


async def test_graph_of_a_snippet_is_drawn(storing: Stage) -> None:
    storing.pool.outcome = completed(trace=TRACE)
    snippet = (await store(storing, "a", "b")).json()["id"]
    for kind in ("svg", "dot", "json", "png"):
        assert (await storing.client.get(f"/api/v1/graph.{kind}?snippet={snippet}&of=out")).status_code == 200
    assert {request.cells for request in storing.pool.requests} == {("a", "b")}
    posted = await storing.client.post("/api/v1/graph", json={"snippet": snippet}, headers={"accept": "image/svg+xml"})
    assert posted.status_code == 200


async def test_graph_of_one_program_only(storing: Stage) -> None:
    for query in ("", "code=1&snippet=2"):
        found = problem(await storing.client.get(f"/api/v1/graph.svg?{query}"), 422, "invalid")
        assert found["errors"][0]["parameter"] == "code"
    assert problem(await storing.client.post("/api/v1/graph", json={}), 422, "invalid")["errors"][0]["pointer"] == "/code"
    problem(await storing.client.get("/api/v1/graph.svg?snippet=missing"), 404, "not-found")


async def test_failed_cell_of_a_snippet_is_named(storing: Stage) -> None:
    error = ErrorRecord("NameError", "no y", 3, 0, 3, 1, "…")
    storing.pool.outcome = completed(cell(), cell(index=1, error=error))
    snippet = (await store(storing, "a", "y")).json()["id"]
    found = problem(await storing.client.get(f"/api/v1/graph.svg?snippet={snippet}"), 422, "program")
    assert found["detail"] == "NameError: no y (cell 2, line 3)"
