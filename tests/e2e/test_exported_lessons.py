"""Exported lessons work from the disk without a network: gates before runs, looks, and the score that an LMS gets."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.support.exported import LMS


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


def test_lesson_opens_from_the_disk_and_asks_before_it_shows(exported: Path, offline: Page) -> None:
    offline.goto((exported / "index.html").as_uri())
    offline.get_by_role("link", name="Views share memory").click()
    expect(offline.locator("#cell-1 iframe")).to_be_visible()
    expect(offline.locator("#cell-2 pre")).to_have_text("z = x.view(3, 2)")
    expect(offline.locator("#cell-2 iframe")).to_be_hidden()
    predict(offline, 2, "(2, 3)")
    expect(offline.locator("#cell-2 .missed")).to_contain_text("That is the shape of x.")
    expect(offline.locator("#cell-2 .missed")).to_contain_text("The run says: (3, 2)")
    predict(offline, 2, "Yes, they do")
    expect(offline.locator("#cell-2 .right")).to_contain_text("The run says: Yes, they do")
    expect(offline.locator("#cell-2 iframe")).to_be_visible()
    # The lines of its questions count.
    expect(offline.frame_locator("#cell-2 iframe").get_by_text("? question, lines 2–6")).to_be_visible()


def test_run_calls_its_programs_what_the_page_calls_them(exported: Path, offline: Page) -> None:
    offline.goto((exported / "01-views.en.html").as_uri())
    # The program before it fails, and is left out of its run.
    predict(offline, 5, "[0, 2, 3, 3]")
    frame = offline.frame_locator("#cell-5 iframe")
    frame.locator("[data-tab=steps]").click()
    expect(frame.get_by_role("article", name="program 5", exact=True)).to_be_visible()
    frame.get_by_text("3 earlier programs run first").click()
    expect(frame.get_by_role("article", name="program 3", exact=True)).to_be_visible()
    expect(frame.get_by_role("article", name="program 4", exact=True)).to_have_count(0)
    expect(frame.get_by_label("Cell")).to_have_count(0)


def test_code_is_shown_once_and_no_question_twice(exported: Path, offline: Page) -> None:
    offline.goto((exported / "01-views.en.html").as_uri())
    expect(offline.locator("#cell-1 iframe")).to_be_visible()
    expect(offline.locator("#cell-1 > pre")).to_be_hidden()
    expect(offline.locator("#cell-2 > pre")).to_be_visible()
    predict(offline, 5, "[0, 2, 3, 3]")
    frame = offline.frame_locator("#cell-5 iframe")
    expect(frame.locator("tp-reading > article")).to_have_count(1)
    expect(frame.locator("tp-timeline")).to_be_visible()
    expect(frame.locator("tp-gates")).to_have_count(0)
    offline.emulate_media(media="print")
    expect(offline.locator("#cell-1 > pre")).to_be_visible()


def test_text_that_may_tell_the_answer_comes_after_it(exported: Path, offline: Page) -> None:
    offline.goto((exported / "01-views.en.html").as_uri())
    expect(offline.locator("table")).to_be_hidden()
    expect(offline.locator("#cell-4 + .goes-on")).to_be_visible()
    predict(offline, 4, "RuntimeError")
    expect(offline.locator("table")).to_be_visible()
    expect(offline.locator("#cell-4 + .goes-on")).to_have_count(0)


def test_formulas_are_drawn_without_a_script(exported: Path, offline: Page) -> None:
    offline.goto((exported / "01-views.en.html").as_uri())
    formula = offline.locator("math").first
    assert formula.evaluate("math => [math.textContent, math.querySelector('msub') !== null]") == ["y=x0", True]
    expect(offline.get_by_text("$y")).to_have_count(0)


def test_exercises_say_that_nothing_checks_them_and_lines_are_compared(exported: Path, offline: Page) -> None:
    offline.goto((exported / "01-views.en.html").as_uri())
    task = offline.locator(".task").first
    expect(task.locator(".unchecked")).to_contain_text("cannot check your program")
    expect(task.get_by_text("copy = x[0].clone()")).to_be_hidden()
    task.get_by_text("A solution").click()
    expect(task.get_by_text("copy = x[0].clone()")).to_be_visible()
    task.get_by_text("The check, to be run").click()
    expect(task.get_by_text("assert copy.shape == (3,)")).to_be_visible()
    order = offline.locator(".order")
    own, verdict = order.get_by_role("list", name="Your program"), order.get_by_role("status")
    for line in ("for row in x:", "total = torch.tensor(0.0)", "total = total + row.sum()"):
        order.get_by_role("button", name=line, exact=True).click()
    order.get_by_role("button", name="Compare with the solution").click()
    expect(verdict).to_contain_text("not the order of the solution")
    own.get_by_role("button", name="Move up: total = torch.tensor(0.0)").press("Enter")
    order.get_by_role("button", name="Compare with the solution").click()
    expect(verdict).to_contain_text("this is the order of the solution")
    order.get_by_role("button", name="total = row").press("Enter")
    order.get_by_role("button", name="Compare with the solution").click()
    expect(verdict).to_contain_text("not the order of the solution")


def test_look_opens_its_view_in_the_frame_of_its_program(exported: Path, offline: Page) -> None:
    offline.goto((exported / "01-views.en.html").as_uri())
    offline.get_by_role("link", name="the memory of y").click()
    expect(offline.frame_locator("#cell-1 iframe").get_by_role("tab", selected=True)).to_have_text("Memory")


def test_answers_are_there_after_a_reload(exported: Path, offline: Page) -> None:
    offline.goto((exported / "01-views.en.html").as_uri())
    predict(offline, 2, "(3, 2)")
    offline.reload()
    expect(offline.locator("#cell-2 .right")).to_have_count(1)
    expect(offline.locator("#cell-2 form legend")).to_contain_text("share memory")


def test_lms_gets_score_and_completion(exported: Path, offline: Page) -> None:
    offline.add_init_script(LMS.read_text(encoding="utf-8"))
    offline.add_init_script("window.API = new Scorm12API({ autocommit: false, logLevel: 5 });")
    offline.goto((exported / "01-views.en.html").as_uri())

    def told(element: str) -> Any:
        return offline.evaluate("element => window.API.LMSGetValue(element)", element)

    assert told("cmi.core.lesson_status") == "incomplete"
    answer_all(offline)
    assert told("cmi.core.lesson_status") == "completed"
    assert told("cmi.core.score.raw") == "83"
