"""First answers to gates are counted where the operator asked for it, and nothing else is kept of them."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tensorpad.lessons.library import Library
from tensorpad.protocol.limits import Limits

from tests.api.test_faults import problem
from tests.lessons.conftest import COURSE
from tests.support.stages import Stage, stage

pytestmark = pytest.mark.anyio

COURSES = Library({"own": COURSE})
SHAPE: dict[str, Any] = {"lang": "en", "cell": 2, "line": 2}
WHICH: dict[str, Any] = {"lang": "en", "cell": 3, "line": 2}
PEER = "203.0.113.77"


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    return tmp_path / "counts" / "file"


@pytest.fixture
async def counting(anyio_backend: str, counts: Path) -> AsyncIterator[Stage]:
    async with stage(courses=COURSES, tallies=counts, peer=PEER) as opened:
        yield opened


async def answer(api: Stage, gate: dict[str, Any], verdict: str, lesson: str = "views", **more: Any) -> httpx.Response:
    return await api.client.post(f"/api/v1/lessons/{lesson}/tallies", json={**gate, "verdict": verdict, **more})


def rows(path: Path) -> dict[tuple[str, str], int]:
    """What the file has, by lesson and choice."""
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT lesson, choice, count FROM tally").fetchall()
    return {(lesson, choice): count for lesson, choice, count in found}


async def test_answers_are_counted(counting: Stage, counts: Path) -> None:
    for verdict, wrong in (("right", None), ("wrong", 1), ("other", None), ("right", None)):
        counted = await answer(counting, SHAPE, verdict, wrong=wrong)
        assert (counted.status_code, counted.content) == (204, b"")
        assert counted.headers["cache-control"] == "no-store"
    assert rows(counts) == {("views", "right"): 2, ("views", "1"): 1, ("views", "other"): 1}


async def test_answers_in_both_languages_are_answers_to_one_question(counting: Stage, counts: Path) -> None:
    await answer(counting, SHAPE, "right")
    await answer(counting, {**SHAPE, "lang": "zh-CN"}, "right")
    assert rows(counts) == {("views", "right"): 2}


async def test_nothing_but_counts_is_kept(counting: Stage, counts: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        counted = await counting.client.post(
            "/api/v1/lessons/views/tallies",
            json={**SHAPE, "verdict": "other"},
            headers={"User-Agent": "a-browser-of-mine", "X-Request-Id": "an-id-of-mine", "Referer": "https://where.example"},
        )
    assert counted.status_code == 204
    kept = b"".join(path.read_bytes() for path in counts.parent.iterdir())
    for secret in (PEER, "a-browser-of-mine", "an-id-of-mine", "where.example"):
        assert secret.encode() not in kept
    with sqlite3.connect(counts) as connection:
        assert [column[1] for column in connection.execute("PRAGMA table_info(tally)")] == [
            "lesson", "question", "choice", "count",
        ]  # fmt: skip
    # Nor does the log say who answered.
    assert "tallies" in caplog.text
    assert PEER not in caplog.text


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        ({**SHAPE, "verdict": "right", "answer": "(3, 2)"}, "/answer", "there is no such field"),
        ({**SHAPE, "verdict": "(3, 2)"}, "/verdict", "right"),
        ({**SHAPE, "verdict": "wrong", "wrong": "(3, 2)"}, "/wrong", "integer"),
        ({**SHAPE, "verdict": "wrong", "wrong": 2}, "/wrong", "no answer 2"),
        ({**SHAPE, "verdict": "wrong", "wrong": 0}, "/wrong", "greater"),
        ({**SHAPE, "verdict": "wrong"}, "/wrong", "goes with"),
        ({**SHAPE, "verdict": "right", "wrong": 1}, "/wrong", "goes with"),
        ({**WHICH, "verdict": "other"}, "/verdict", "no answer other"),
        ({**WHICH, "verdict": "wrong", "wrong": 3}, "/wrong", "no answer 3"),
        ({**SHAPE, "cell": 1, "verdict": "right"}, "/cell", "no gate"),
        ({**SHAPE, "cell": 99, "verdict": "right"}, "/cell", "no gate"),
        ({**SHAPE, "line": 3, "verdict": "right"}, "/line", "no gate on line 3"),
        ({**SHAPE, "lang": "fr", "verdict": "right"}, "/lang", "zh-CN"),
    ],
)
async def test_nothing_can_be_stored_that_the_lesson_does_not_have(
    counting: Stage, counts: Path, body: dict[str, Any], pointer: str, words: str
) -> None:
    refused = await counting.client.post("/api/v1/lessons/views/tallies", json=body)
    fault = problem(refused, 422, "invalid")
    assert fault["errors"][0]["pointer"] == pointer
    assert words in fault["detail"]
    assert rows(counts) == {}


async def test_an_answer_to_no_lesson_is_refused(counting: Stage, counts: Path) -> None:
    problem(await answer(counting, SHAPE, "right", lesson="nowhere"), 404, "not-found")
    assert rows(counts) == {}


async def test_unless_the_operator_asks_for_it_nothing_is_counted() -> None:
    async with stage(courses=COURSES) as api:
        problem(await answer(api, SHAPE, "right"), 404, "no-tallies")
        assert (await api.client.get("/api/v1/lessons")).json()["tallies"] is False


async def test_the_list_of_lessons_says_that_answers_are_counted(counting: Stage) -> None:
    assert (await counting.client.get("/api/v1/lessons")).json()["tallies"] is True


async def test_an_address_may_not_send_without_end(counts: Path) -> None:
    async with stage(Limits(tallies_per_minute=2), courses=COURSES, tallies=counts) as api:
        statuses = [(await answer(api, SHAPE, "right")).status_code for _ in range(3)]
    assert statuses == [204, 204, 429]
    assert rows(counts) == {("views", "right"): 2}


async def test_a_file_that_fails_says_so_and_when_to_come_again(counting: Stage, counts: Path) -> None:
    with sqlite3.connect(counts) as connection:
        connection.execute("DROP TABLE tally")
    refused = await answer(counting, SHAPE, "right")
    problem(refused, 503, "unavailable")
    assert refused.headers["retry-after"] == "2"
