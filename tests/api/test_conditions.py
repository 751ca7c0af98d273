"""Requests with If-None-Match: 304 to a GET, 412 to any other method that has an ETag (RFC 9110, section 13.1.2)."""

import re
from collections.abc import AsyncIterator, Mapping
from copy import deepcopy
from pathlib import Path

import httpx
import pytest
from tensorpad.api.description.operations import OPERATIONS

from tests.support.comparison import run
from tests.support.stages import Stage, cell, completed, stage

pytestmark = pytest.mark.anyio

TRACE = run("xs = [torch.rand(2000) for _ in range(20)]\nw = torch.ones(2, requires_grad=True)\nout = w.sum()").trace
"""A graph of `out`, and more values than an answer has that defers some."""


@pytest.fixture
async def answering(tmp_path: Path) -> AsyncIterator[Stage]:
    """A service in which the description's examples succeed."""
    async with stage(snippets=tmp_path / "snippets.sqlite3", tallies=tmp_path / "tallies.sqlite3") as opened:
        opened.pool.outcome = completed(cell(stdout="[]"), trace=TRACE)
        yield opened


class Question:
    """An operation's example, which is asked again and again."""

    def __init__(self, api: Stage, key: str, known: Mapping[str, object]) -> None:
        self.api = api
        self.method, path = key.split(" ")
        arguments = {**OPERATIONS[key].arguments, **known}
        self.path = re.sub(r"\{(\w+)\}", lambda part: str(arguments[part[1]]), path)
        self.query = {name: str(arguments[name]) for name in OPERATIONS[key].arguments if "{" + name + "}" not in path}
        # A copy: other tests of the same process ask with the example as it is described.
        self.body = deepcopy(next(iter(OPERATIONS[key].bodies.values()), None))
        for asked in (self.query, self.body or {}):
            if "of" in asked:
                asked["of"] = "out"

    async def ask(self, condition: str | None = None) -> httpx.Response:
        """The answer."""
        sent = {} if condition is None else {"If-None-Match": condition}
        return await self.api.client.request(self.method, self.path, params=self.query, json=self.body, headers=sent)


@pytest.fixture
async def question(answering: Stage, key: str) -> Question:
    """The example of an operation, with a run that is kept and a program that is stored."""
    run = (await answering.post({"code": "1", "defer_values": True})).json()["id"]
    stored = (await answering.client.post("/api/v1/snippets", json={"cells": ["1"]})).json()["id"]
    return Question(answering, key, {"run_id": run, "snippet_id": stored})


@pytest.mark.parametrize("key", [key for key, known in OPERATIONS.items() if "If-None-Match" in known.takes])
async def test_who_has_the_answer_is_told_so_as_the_method_allows(question: Question, key: str) -> None:
    first = await question.ask()
    assert first.status_code == 200
    tag = first.headers["etag"]
    for condition in (tag, f'"other", {tag}', f"W/{tag}".replace("W/W/", "W/"), "*"):
        again = await question.ask(condition)
        assert again.headers["etag"] == tag
        if key.startswith("GET"):
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["cache-control"] == first.headers["cache-control"]
        else:
            assert again.status_code == 412
            assert again.json()["type"] == "/problems/precondition"
            assert again.headers["cache-control"] == "no-store"
    assert (await question.ask('"other"')).status_code == 200


@pytest.mark.parametrize("key", [key for key, known in OPERATIONS.items() if "If-None-Match" not in known.takes])
async def test_an_answer_without_a_tag_has_no_condition(question: Question, key: str) -> None:
    first = await question.ask()
    assert "etag" not in first.headers
    if not key.startswith("DELETE"):
        assert (await question.ask("*")).is_success
    assert first.is_success


async def test_a_refusal_is_not_made_a_condition_of(answering: Stage) -> None:
    answer = await answering.client.post("/api/v1/graph", json={"code": 1}, headers={"If-None-Match": "*"})
    assert answer.status_code == 422
