"""Requests that cannot be carried out, against the real service: status, type, and a message that helps."""

from typing import Any

import httpx
import pytest

from tests.support.client import Client, error


def assert_problem(response: httpx.Response, status: int, kind: str, *words: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["type"] == f"/problems/{kind}"
    assert body["status"] == status
    assert body["request_id"] == response.headers["x-request-id"]
    for word in words:
        assert word in body["detail"], body
    return body


def post(client: Client, content: bytes, kind: str = "application/json") -> httpx.Response:
    return client.http.post("/api/v1/runs", content=content, headers={"Content-Type": kind})


@pytest.mark.parametrize("content", [b"", b"{", b'{"code": "1"', b"\xff\xfe", b"code=1"])
def test_body_that_is_no_json_says_where_and_what_to_send(client: Client, content: bytes) -> None:
    assert_problem(post(client, content), 400, "malformed", "line 1 column", "Send one object", "code")


def test_body_of_another_type_names_the_right_one(client: Client) -> None:
    assert_problem(post(client, b"code=1", "application/x-www-form-urlencoded"), 415, "media-type", "application/json")


def test_unknown_field_is_named_beside_those_that_there_are(client: Client) -> None:
    body = assert_problem(client.post(code="1", colour="red"), 422, "invalid", "/colour", "no such field", "timeout_s")
    assert body["errors"][0]["pointer"] == "/colour"


def test_a_megabyte_of_code_is_too_large(client: Client) -> None:
    assert_problem(client.post(code="x" * 1_000_000), 413, "too-large", "524288 bytes", "Send less")


def test_code_above_its_own_limit_is_too_large(client: Client) -> None:
    assert_problem(client.post(code="x" * 300_000), 413, "too-large", "300000 bytes", "262144", "Send less")


def test_ten_thousand_cells_are_too_many(client: Client) -> None:
    body = assert_problem(client.post(cells=["1"] * 10_000), 422, "invalid", "10000 cells", "200", "Put more into each")
    assert body["errors"][0]["pointer"] == "/cells"


def test_lone_surrogate_is_pointed_to(client: Client) -> None:
    body = assert_problem(
        post(client, rb'{"cells": ["1", "\ud800"]}'), 422, "invalid", "/cells/1", "surrogate", "take it out"
    )
    assert body["errors"][0]["pointer"] == "/cells/1"


def test_cuda_where_there_is_none_says_what_to_use(client: Client) -> None:
    if client.http.get("/api/v1/about").json()["environment"]["device"] == "cuda":
        assert client.run("1", device="cuda")["environment"]["device"] == "cuda"
        return
    body = assert_problem(client.post(code="1", device="cuda"), 422, "invalid", "no CUDA device", "`auto` or `cpu`")
    assert body["errors"][0]["pointer"] == "/device"


@pytest.mark.parametrize(
    ("program", "message", "line", "column"),
    [
        ("x = 1\ny = (", "'(' was never closed", 2, 4),
        ("x = 1\0", "null bytes", 1, 5),
        ("é = '\u2028'\nreturn", "'return' outside function", 2, 0),
    ],
)
def test_source_that_python_refuses_is_an_error_of_its_cell(
    client: Client, program: str, message: str, line: int, column: int
) -> None:
    answer = client.run(program)
    assert answer["status"] == "error"
    fault = error(answer)
    assert fault["type"] == "SyntaxError"
    assert message in fault["message"]
    assert (fault["line"], fault["column"]) == (line, column)


def test_every_type_of_problem_explains_itself(client: Client) -> None:
    kind = client.post(code=1).json()["type"]
    explained = client.http.get(kind)
    assert explained.status_code == 200
    assert explained.headers["content-type"].startswith("text/plain")
    assert "422" in explained.text
