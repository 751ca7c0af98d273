"""Exported lessons work from the disk without a network: gates before runs, looks, and the score that an LMS gets."""

import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.service import START_S, TENSORPAD

COURSE = Path(__file__).parents[1] / "lessons" / "course"
LMS = Path(__file__).parents[2] / "frontend" / "node_modules" / "scorm-again" / "dist" / "scorm12.js"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of a course, as an LMS unpacks it."""
    folder = tmp_path_factory.mktemp("site")
    # In a process of its own: the browser has this one's event loop.
    command = [TENSORPAD, "lessons", "export", str(COURSE), "--scorm", "-o", str(folder / "course.zip")]
    subprocess.run(command, check=True, timeout=START_S)
    with zipfile.ZipFile(folder / "course.zip") as packed:
        packed.extractall(folder)
    return folder


@pytest.fixture
def offline(browser: Browser) -> Iterator[Page]:
    """A page without a network. An error in its console fails the test."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def predict(page: Page, cell: int, answer: str) -> None:
    """Answer the gate that is asked of a program."""
    form = page.locator(f"#cell-{cell} form")
    if form.locator("input[type=radio]").count():
        form.get_by_label(answer, exact=True).check()
    else:
        form.locator("input[name=answer]").fill(answer)
    form.locator("button").click()


def answer_all(page: Page) -> None:
    """All gates of the lesson, the first of them wrong."""
    predict(page, 2, "(2, 3)")
    predict(page, 2, "Yes, they do")
    predict(page, 3, "z is a view of x")
    predict(page, 3, "7")
    predict(page, 4, "RuntimeError")
    predict(page, 5, "[0, 2, 3, 3]")


def test_lesson_opens_from_the_disk_and_asks_before_it_shows(site: Path, offline: Page) -> None:
    offline.goto((site / "index.html").as_uri())
    offline.get_by_role("link", name="Views share memory").click()
    expect(offline.locator("#cell-1 iframe")).to_be_visible()
    expect(offline.locator("#cell-2 pre")).to_have_text("z = x.view(3, 2)")
    expect(offline.locator("#cell-2 iframe")).to_be_hidden()
    predict(offline, 2, "(2, 3)")
    expect(offline.locator("#cell-2 .missed")).to_contain_text("That is the shape of x.")
    expect(offline.locator("#cell-2 .missed")).to_contain_text("The run says: (3, 2)")
    predict(offline, 2, "Yes, they do")
    expect(offline.locator("#cell-2 .right")).to_be_visible()
    expect(offline.locator("#cell-2 iframe")).to_be_visible()
    expect(offline.frame_locator("#cell-2 iframe").get_by_text("view", exact=False).first).to_be_visible()


def test_run_calls_its_programs_what_the_page_calls_them(site: Path, offline: Page) -> None:
    offline.goto((site / "01-views.en.html").as_uri())
    # The program before it fails, and is left out of its run.
    predict(offline, 5, "[0, 2, 3, 3]")
    frame = offline.frame_locator("#cell-5 iframe")
    frame.locator("[data-tab=steps]").click()
    expect(frame.get_by_role("article", name="program 5", exact=True)).to_be_visible()
    expect(frame.get_by_role("article", name="program 4", exact=True)).to_have_count(0)
    expect(frame.get_by_label("Cell")).to_have_count(0)


def test_look_opens_its_view_in_the_frame_of_its_program(site: Path, offline: Page) -> None:
    offline.goto((site / "01-views.en.html").as_uri())
    offline.get_by_role("link", name="the memory of y").click()
    expect(offline.frame_locator("#cell-1 iframe").get_by_role("tab", selected=True)).to_have_text("Memory")


def test_answers_are_there_after_a_reload(site: Path, offline: Page) -> None:
    offline.goto((site / "01-views.en.html").as_uri())
    predict(offline, 2, "(3, 2)")
    offline.reload()
    expect(offline.locator("#cell-2 .right")).to_have_count(1)
    expect(offline.locator("#cell-2 form legend")).to_contain_text("share memory")


def test_lms_gets_score_and_completion(site: Path, offline: Page) -> None:
    offline.add_init_script(LMS.read_text(encoding="utf-8"))
    offline.add_init_script("window.API = new Scorm12API({ autocommit: false, logLevel: 5 });")
    offline.goto((site / "01-views.en.html").as_uri())

    def told(element: str) -> Any:
        return offline.evaluate("element => window.API.LMSGetValue(element)", element)

    assert told("cmi.core.lesson_status") == "incomplete"
    answer_all(offline)
    assert told("cmi.core.lesson_status") == "completed"
    assert told("cmi.core.score.raw") == "83"
