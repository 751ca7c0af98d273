"""The page that tells the operator which gates are missed."""

import shutil
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tensorpad.lessons.library import Library
from tensorpad.tallies.question import questions

from tests.lessons.conftest import COURSE
from tests.support.stages import Stage, stage

pytestmark = pytest.mark.anyio

COURSES = Library({"own": COURSE})


class Cells(HTMLParser):
    """The texts of a page's headings and rows of tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self._into: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("h1", "h2", "h3", "td"):
            self._into = self.rows[-1] if tag == "td" else self.headings
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2", "h3", "td"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data


@pytest.fixture
async def reporting(anyio_backend: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(courses=COURSES, tallies=tmp_path / "file", report=True, root_path="/pad") as opened:
        yield opened


async def answered(api: Stage, line: int, cell: int, *verdicts: object) -> None:
    for verdict in verdicts:
        body = {"verdict": "wrong", "wrong": verdict} if isinstance(verdict, int) else {"verdict": verdict}
        counted = await api.client.post(
            "/api/v1/lessons/views/tallies", json={"lang": "en", "cell": cell, "line": line, **body}
        )
        assert counted.status_code == 204, counted.text


async def test_gates_come_by_how_many_missed_them_with_each_answer(reporting: Stage) -> None:
    await answered(reporting, 2, 2, *["right"] * 6, 1, 1, "other")
    await answered(reporting, 2, 3, "right", 2, 2, 2, 1)
    await answered(reporting, 5, 2, "other")
    page = await reporting.client.get("/learn/report?lang=en")
    assert page.status_code == 200
    cells = Cells(page.text)
    assert cells.headings == [
        "Which questions are missed",
        "Why does x change, too?",
        "What is the shape of z?",
        "Fewer than 5 answers yet",
        "Do z and x share memory?",
    ]
    assert [row for row in cells.rows if row] == [
        ["z is a view of x", "1", "20%"],
        ["torch writes twice", "3", "60%"],
        ["z is a copy of x", "1", "20%"],
        ["the right answer", "6", "67%"],
        ["(2, 3)", "2", "22%"],
        ["another wrong answer", "1", "11%"],
        ["the right answer", "0", "0%"],
        ["another wrong answer", "1", "100%"],
    ]
    assert "80% missed (4 of 5)" in page.text
    assert 'href="/pad/learn/views"' in page.text


async def test_it_is_in_the_reader_s_language(reporting: Stage) -> None:
    await answered(reporting, 2, 3, 2)
    page = await reporting.client.get("/learn/report", headers={"Accept-Language": "zh-CN"})
    assert '<html lang="zh-CN">' in page.text
    assert "哪些题容易答错" in page.text
    assert "视图共享内存" in page.text


async def test_without_answers_it_says_so(reporting: Stage) -> None:
    assert "Nobody has answered a question yet." in (await reporting.client.get("/learn/report")).text


async def test_it_runs_nothing_and_no_text_of_a_lesson_becomes_markup(tmp_path: Path) -> None:
    course = Path(shutil.copytree(COURSE, tmp_path / "course"))
    for lang in ("en", "zh-CN"):
        path = course / "01-views" / f"lesson.{lang}.md"
        path.write_text(path.read_text().replace("#? ~ torch writes twice", "#? ~ <script>alert(1)</script> & `<b>`"))
    async with stage(courses=Library({"own": course}), tallies=tmp_path / "file", report=True) as api:
        await answered(api, 2, 3, 2)
        page = await api.client.get("/learn/report?lang=en")
    cells = Cells(page.text)
    assert "script" not in cells.tags
    assert ["<script>alert(1)</script> & <b>", "1", "100%"] in cells.rows
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'none';")
    assert page.headers["cache-control"] == "no-store"


async def test_unless_the_operator_asks_for_it_there_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "learn.html").write_text("<html><head><title>course</title></head></html>")
    async with stage(courses=COURSES, tallies=tmp_path / "file", pages=tmp_path) as api:
        await answered(api, 2, 2, "other")
        page = await api.client.get("/learn/report")
    assert page.status_code == 404
    assert "<table" not in page.text


def test_the_lines_of_these_tests_are_those_of_the_gates() -> None:
    [lesson] = (entry.languages for entry in COURSES.entries().values())
    gates = [(question.cell, question.gates["en"].line) for question in questions(lesson)]
    assert {(2, 2), (2, 5), (3, 2)} <= set(gates)
