"""Every fault of a request is a problem with its own status and a message that says what to do."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from tensorpad.api import requests
from tensorpad.protocol.errors import Overloaded, RequestError, Unavailable, WorkerLost
from tensorpad.protocol.limits import Limits

from tests.support.stages import Stage, stage

pytestmark = pytest.mark.anyio

JSON = {"content-type": "application/json"}


def problem(response: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """The body, once it is known to be a well-formed problem."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["type"] == f"/problems/{slug}"
    assert body["status"] == status
    assert body["request_id"] == response.headers["x-request-id"]
    assert body["title"]
    return body


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        ({"code": "1", "cells": ["1"]}, "/cells", "either code or cells"),
        ({}, "/code", "as code, or as cells"),
        ({"code": None, "cells": ["1"]}, "/code", "is null; leave it out"),
        ({"cells": []}, "/cells", "one cell"),
        ({"cells": ["1"] * 201}, "/cells", "limit of 200"),
        ({"code": "1", "colour": "red"}, "/colour", "there is no such field"),
        ({"code": 1}, "/code", "valid string"),
        ({"cells": ["1", 2]}, "/cells/1", "valid string"),
        ({"code": "1", "seed": -1}, "/seed", "greater than or equal to 0"),
        ({"code": "1", "seed": 1.5}, "/seed", "valid integer"),
        ({"code": "1", "device": "tpu"}, "/device", "'cuda'"),
        ({"code": "1", "timeout_s": 0}, "/timeout_s", "greater than 0"),
        ({"code": "1", "timeout_s": 10.5}, "/timeout_s", "limits.timeout_s"),
        ({"code": "1", "lang": "fr"}, "/lang", "zh-CN"),
        ({"code": "1", "trace": "some"}, "/trace", "neither full nor off"),
        ({"code": "1", "trace": {"rounds": 0}}, "/trace", '{"rounds": 20}, with 1 to 1000'),
        ({"code": "1", "trace": {"rounds": 2, "steps": 3}}, "/trace", "neither full nor off"),
        ([], "", "object"),
    ],
)
async def test_wrong_field_is_pointed_to(api: Stage, body: object, pointer: str, words: str) -> None:
    found = problem(await api.post(body), 422, "invalid")
    assert found["errors"][0]["pointer"] == pointer
    assert words in found["detail"]
    assert api.pool.requests == []


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 100_000, b'{"code": "\xff\xfe"}', b"\xef\xbb\xbf{}", b'{"code": 1e999999'],
    ids=["empty", "cut off", "deep", "not UTF-8", "byte order mark", "number"],
)
async def test_body_that_is_no_json_is_malformed(api: Stage, content: bytes) -> None:
    found = problem(await api.client.post("/api/v1/runs", content=content, headers=JSON), 400, "malformed")
    assert "JSON" in found["detail"]


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        (b'{"code": "a\\ud800b"}', "/code"),
        (b'{"cells": ["a", "\\udfff"]}', "/cells/1"),
        (b'{"\\ud800": 1}', "/\\ud800"),
    ],
)
async def test_lone_surrogate_is_pointed_to(api: Stage, content: bytes, pointer: str) -> None:
    found = problem(await api.client.post("/api/v1/runs", content=content, headers=JSON), 422, "invalid")
    assert found["errors"][0]["pointer"] == pointer
    assert "surrogate" in found["detail"]


async def test_null_characters_reach_the_program(api: Stage) -> None:
    assert (await api.post({"code": "a\0b"})).status_code == 200
    assert api.pool.requests[0].cells == ("a\0b",)


async def test_body_above_its_limit_is_refused_by_its_stated_length() -> None:
    async with stage(Limits(body_bytes=100)) as small:
        response = await small.client.post("/api/v1/runs", content=b"x" * 101, headers=JSON)
    assert "100 bytes" in problem(response, 413, "too-large")["detail"]


async def test_chunked_body_above_its_limit_is_refused_before_it_is_read_whole() -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(1_000):
            sent += 1
            yield b"x" * 50

    async with stage(Limits(body_bytes=100)) as small:
        response = await small.client.post("/api/v1/runs", content=endless(), headers=JSON)
    problem(response, 413, "too-large")
    assert sent <= 4


async def test_source_above_its_limit_counts_bytes_of_utf8() -> None:
    async with stage(Limits(code_bytes=10)) as small:
        assert (await small.post({"code": "变量x"})).status_code == 200
        found = problem(await small.post({"cells": ["变量", "变量"]}), 413, "too-large")
    assert "12 bytes" in found["detail"]
    assert "10" in found["detail"]


async def test_body_that_does_not_arrive_times_out(api: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "BODY_S", 0.01)

    async def never() -> AsyncIterator[bytes]:
        import asyncio

        yield b"{"
        await asyncio.Event().wait()

    problem(await api.client.post("/api/v1/runs", content=never(), headers=JSON), 408, "slow-body")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_other_content_type_is_refused(api: Stage, kind: str) -> None:
    response = await api.client.post("/api/v1/runs", content=b'{"code":"1"}', headers={"content-type": kind})
    assert "application/json" in problem(response, 415, "media-type")["detail"]


async def test_content_type_may_name_its_character_set(api: Stage) -> None:
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    assert (await api.client.post("/api/v1/runs", content=b'{"code":"1"}', headers=headers)).status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "image/*", "application/json;q=x"])
async def test_accept_that_cannot_be_satisfied_is_refused(api: Stage, accept: str) -> None:
    found = problem(await api.post({"code": "1"}, accept=accept), 406, "not-acceptable")
    assert "application/json or text/event-stream" in found["detail"]


@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/event-stream"])
async def test_unknown_address_is_not_found(api: Stage, accept: str) -> None:
    response = await api.client.get("/api/v1/nothing", headers={"accept": accept})
    assert "GET /api/v1/nothing does not exist" in problem(response, 404, "not-found")["detail"]


async def test_wrong_method_lists_the_right_ones(api: Stage) -> None:
    response = await api.client.get("/api/v1/runs")
    problem(response, 405, "method")
    assert response.headers["allow"] == "OPTIONS, POST"


async def test_device_that_is_not_there_is_pointed_to(api: Stage) -> None:
    api.pool.failure = RequestError("this machine has no CUDA device", "device")
    found = problem(await api.post({"code": "1", "device": "cuda"}), 422, "invalid")
    assert found["errors"] == [{"pointer": "/device", "detail": "this machine has no CUDA device"}]
    assert api.pool.requests[0].device == "cuda"


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
@pytest.mark.parametrize(
    ("failure", "slug", "retry_after"),
    [
        (Overloaded("32 runs are waiting", 3.2), "overloaded", "3"),
        (Overloaded("32 runs are waiting", 0.1), "overloaded", "1"),
        (Unavailable("no worker"), "unavailable", "2"),
        (WorkerLost("it died"), "unavailable", "2"),
    ],
)
async def test_failure_of_the_service_says_when_to_come_back(
    api: Stage, failure: Exception, slug: str, retry_after: str, accept: str
) -> None:
    api.pool.failure = failure
    response = await api.post({"code": "1"}, accept=accept)
    assert problem(response, 503, slug)["detail"] == str(failure)
    assert response.headers["retry-after"] == retry_after


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
async def test_unforeseen_failure_tells_nothing_of_the_inside(
    api: Stage, accept: str, caplog: pytest.LogCaptureFixture
) -> None:
    api.pool.failure = RuntimeError("secret path /home/someone")
    response = await api.post({"code": "1"}, accept=accept)
    found = problem(response, 500, "internal")
    assert "secret" not in response.text
    assert found["request_id"] in caplog.text
    assert "secret path" in caplog.text
    assert response.headers["access-control-allow-origin"] == "*"


async def test_too_many_runs_are_refused_with_the_time_to_wait() -> None:
    async with stage(Limits(requests_per_minute=2)) as busy:
        first, second, third = [await busy.post({"code": "1"}) for _ in range(3)]
    assert first.headers["ratelimit-policy"] == '"runs";q=2;w=60'
    assert first.headers["ratelimit"].startswith('"runs";r=1;t=')
    assert second.headers["ratelimit"].startswith('"runs";r=0;t=')
    problem(third, 429, "rate-limit")
    assert 1 <= int(third.headers["retry-after"]) <= 60
    assert third.headers["ratelimit"].startswith('"runs";r=0;t=')
    assert len(busy.pool.requests) == 2


async def test_request_id_of_a_client_is_kept_only_if_it_is_harmless(api: Stage) -> None:
    kept = await api.client.get("/healthz", headers={"x-request-id": "abc-1.2_3"})
    assert kept.headers["x-request-id"] == "abc-1.2_3"
    for bad in ("a b", "x" * 65, "é"):
        made = await api.client.get("/healthz", headers=[(b"x-request-id", bad.encode())])
        assert made.headers["x-request-id"] != bad


async def test_every_type_of_problem_has_an_explanation(api: Stage) -> None:
    body = problem(await api.client.get("/api/v1/nothing"), 404, "not-found")
    explained = await api.client.get(body["type"])
    assert explained.status_code == 200
    assert body["title"] in explained.text
    problem(await api.client.get("/problems/nonsense"), 404, "not-found")


async def test_address_above_the_limit_is_refused_with_the_limit(anyio_backend: str) -> None:
    async with stage(Limits(address_bytes=300)) as small:
        path = "/api/v1/graph.svg?code="
        fits = await small.client.get(path + "1" * (300 - len(path)))
        assert fits.status_code != 414
        refused = problem(await small.client.get(path + "1" * (301 - len(path))), 414, "long-address")
        assert "limit of 300 bytes (limits.address_bytes)" in refused["detail"]
        assert "POST /api/v1/graph" in refused["detail"]
        # Characters that are escaped count as they are sent.
        problem(await small.client.get(path + "%E5%BC%A0" * 40), 414, "long-address")
        problem(await small.client.get("/" + "a" * 300), 414, "long-address")


async def test_limit_of_addresses_is_told(api: Stage) -> None:
    assert (await api.client.get("/api/v1/about")).json()["limits"]["address_bytes"] == 32 * 1024


async def test_whole_number_with_a_point_is_an_integer(api: Stage) -> None:
    assert (await api.client.post("/api/v1/runs", content=b'{"code": "1", "seed": 7.0}', headers=JSON)).status_code == 200
    assert api.pool.requests[-1].seed == 7
    problem(await api.client.post("/api/v1/runs", content=b'{"code": "1", "seed": 7.5}', headers=JSON), 422, "invalid")


@pytest.mark.parametrize("seed", [b"true", b'"7"'])
async def test_seed_of_a_graph_is_a_number_in_json(api: Stage, seed: bytes) -> None:
    content = b'{"code": "1", "seed": ' + seed + b"}"
    found = problem(await api.client.post("/api/v1/graph", content=content, headers=JSON), 422, "invalid")
    assert found["errors"][0]["pointer"] == "/seed"
