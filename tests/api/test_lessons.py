"""Lessons as data, and the pages that show them."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tensorpad.lessons.library import Library, library

from tests.support.heads import PageHead
from tests.support.stages import Stage, stage

pytestmark = pytest.mark.anyio

COURSE = Path(__file__).parents[1] / "lessons" / "course"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of three lessons, the second of which is in English alone."""
    course = tmp_path / "own"
    for number, slug in ((1, "views"), (2, "copies"), (5, "graphs")):
        shutil.copytree(COURSE / "01-views", course / f"{number:02}-{slug}")
    (course / "02-copies" / "lesson.zh-CN.md").unlink()
    return course


@pytest.fixture
async def api(folder: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    pages = tmp_path / "static"
    pages.mkdir()
    (pages / "learn.html").write_text('<!doctype html><html lang="en"><head><title>built</title></head><body></body></html>')
    async with stage(pages=pages, courses=Library({"own": folder})) as opened:
        yield opened


async def test_lessons_are_listed_in_order_and_language(api: Stage) -> None:
    answer = await api.client.get("/api/v1/lessons?lang=zh-CN")
    lessons = answer.json()["lessons"]
    assert [(lesson["number"], lesson["slug"], lesson["course"]) for lesson in lessons] == [
        (1, "views", "own"),
        (2, "copies", "own"),
        (5, "graphs", "own"),
    ]
    assert [lesson["title"] for lesson in lessons] == ["视图共享内存", "Views share memory", "视图共享内存"]
    assert [lesson["languages"] for lesson in lessons] == [["en", "zh-CN"], ["en"], ["en", "zh-CN"]]
    assert lessons[0]["goals"] == ["说出什么是视图"]
    assert (lessons[0]["minutes"], lessons[0]["needs"]) == (10, [])


async def test_lesson_has_its_sections_and_neighbours(api: Stage) -> None:
    lesson = (await api.client.get("/api/v1/lessons/copies")).json()
    assert (lesson["previous"]["slug"], lesson["next"]["slug"]) == ("views", "graphs")
    assert [section["stage"] for section in lesson["sections"]] == [
        None, "example", "predict", "investigate", "modify", "make", "mistake", "quiz", "summary",
    ]  # fmt: skip
    blocks = {block["kind"]: block for section in lesson["sections"] for block in section["blocks"]}
    assert set(blocks) == {"prose", "cell", "exercise", "parsons", "cards"}
    assert blocks["exercise"]["explanations"] == [{"code": "copy = x[0]", "because": "An index gives a view."}]
    assert blocks["parsons"]["lines"] == [
        {"text": "total = torch.tensor(0.0)", "indent": 0, "distractor": False},
        {"text": "for row in x:", "indent": 0, "distractor": False},
        {"text": "total = row", "indent": 1, "distractor": True},
        {"text": "total = total + row.sum()", "indent": 1, "distractor": False},
    ]
    assert blocks["cards"]["rows"][0] == {"code": "torch.zeros(2)", "cells": ["<code>torch.zeros(2)</code>", "zeros"]}
    example = lesson["sections"][1]["blocks"]
    assert example[0]["number"] == 1
    assert (
        'data-cell="1" data-view="memory" data-of="y" data-line="5" href="#cell-1">the memory of y</a>' in example[1]["html"]
    )
    assert '<span class="math" data-tex="y = x_0">' in example[1]["html"]


async def test_first_and_last_lesson_have_one_neighbour(api: Stage) -> None:
    first, last = [(await api.client.get(f"/api/v1/lessons/{slug}")).json() for slug in ("views", "graphs")]
    assert (first["previous"], last["next"]) == (None, None)


async def test_language_is_that_of_the_request_and_else_one_that_there_is(api: Stage) -> None:
    for query, header, expected in (
        ("?lang=zh-CN", "en", "zh-CN"),
        ("", "zh-TW, en;q=0.5", "zh-CN"),
        ("", "de", "en"),
    ):
        answer = await api.client.get(f"/api/v1/lessons/views{query}", headers={"Accept-Language": header})
        assert (answer.json()["lang"], answer.headers["content-language"]) == (expected, expected)
        assert "Accept-Language" in answer.headers["vary"]
    only = await api.client.get("/api/v1/lessons/copies?lang=zh-CN")
    assert (only.json()["lang"], only.headers["content-language"]) == ("en", "en")
    assert (await api.client.get("/api/v1/lessons?lang=fr")).status_code == 422


async def test_lesson_is_sent_again_only_when_it_has_changed(api: Stage, folder: Path) -> None:
    answer = await api.client.get("/api/v1/lessons/views")
    known = {"If-None-Match": answer.headers["etag"]}
    assert (await api.client.get("/api/v1/lessons/views", headers=known)).status_code == 304
    path = folder / "01-views" / "lesson.en.md"
    path.write_text(path.read_text().replace("## Example: a row", "## Example: the first row"))
    again = await api.client.get("/api/v1/lessons/views", headers=known)
    assert again.status_code == 200
    (folder / "03-new").mkdir()
    shutil.copy(path, folder / "03-new")
    assert (await api.client.get("/api/v1/lessons/copies")).json()["next"]["slug"] == "new"


async def test_unknown_lesson_is_a_problem(api: Stage) -> None:
    answer = await api.client.get("/api/v1/lessons/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "nothing" in answer.json()["detail"]


async def test_raw_html_is_text(api: Stage, folder: Path) -> None:
    path = folder / "01-views" / "lesson.en.md"
    hostile = (
        "{.cards onclick=y}\n<script>alert(1)</script> [x](javascript:alert(1)) "
        '[<b>w</b>]{.look view=memory of="><i>" onclick=x}\n'
    )
    path.write_text(path.read_text().replace("A view has no memory of its own.", hostile))
    html = (await api.client.get("/api/v1/lessons/views")).json()["sections"][0]["blocks"][0]["html"]
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "onclick" not in html


async def test_later_course_has_its_own_lesson_of_a_name(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "first"
    shutil.copytree(COURSE, other)
    async with stage(courses=Library({"first": other, "own": folder})) as api:
        lessons = (await api.client.get("/api/v1/lessons")).json()["lessons"]
    assert [lesson["slug"] for lesson in lessons] == ["views", "copies", "graphs"]
    assert {lesson["course"] for lesson in lessons} == {"own"}


def test_setting_adds_a_course_to_ours(folder: Path) -> None:
    entries = library(folder).entries()
    assert {"views", "copies", "graphs"} <= {slug for slug, entry in entries.items() if entry.course == "own"}
    assert {entry.course for entry in entries.values()} <= {"own", "tensorpad"}


async def test_pages_tell_other_sites_what_they_are(api: Stage) -> None:
    course = await api.client.get("/learn", headers={"Accept-Language": "zh"})
    assert course.status_code == 200
    told = PageHead(course.text)
    assert told.title == "学习 PyTorch 的张量与自动微分 · Tensorpad"
    assert "3 节短课" in told.metas["description"]
    lesson = PageHead((await api.client.get("/learn/views")).text)
    assert lesson.title == "Views share memory · Tensorpad"
    assert (
        lesson.metas["description"] == "If you write into a row, does the matrix change? In 10 minutes: say what a view is."
    )
    assert lesson.metas["og:url"] == "http://tensorpad.test/learn/views"
    assert lesson.metas["og:image"].startswith("http://tensorpad.test/api/v1/preview.png?cells=import+torch")


async def test_page_of_an_unknown_lesson_is_not_found(api: Stage) -> None:
    answer = await api.client.get("/learn/nothing")
    assert answer.status_code == 404
    assert "<title>built" in answer.text
