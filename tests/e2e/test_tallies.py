"""First answers to the questions of a lesson: counted where the operator wants it, and not sent where not."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

from tests.e2e.support.lesson import violations
from tests.lessons.conftest import COURSE
from tests.support.service import running_service

NOTE = "counts which first answer"


@pytest.fixture(scope="module")
def counting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that counts answers to the course of these tests, and reports them."""
    folder = tmp_path_factory.mktemp("counting")
    settings = {
        "TENSORPAD_LESSONS": str(COURSE),
        "TENSORPAD_TALLIES": str(folder / "tallies.sqlite3"),
        "TENSORPAD_REPORT": "on",
    }
    with running_service(folder / "log", settings=settings) as url:
        yield url


def gates(page: Page) -> Locator:
    return page.get_by_role("group", name="Predict first")


def answer(page: Page, text: str) -> None:
    gates(page).get_by_role("textbox").fill(text)
    gates(page).get_by_role("button", name="Check against the run").click()


def watched(page: Page) -> list[Request]:
    """The answers that the page sends."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if "/tallies" in request.url else None)
    return sent


def predict(page: Page, url: str) -> None:
    """Open the part of the lesson that asks."""
    page.goto(f"{url}/learn/views?lang=en")
    page.get_by_role("button", name="Next").click()
    expect(gates(page)).to_contain_text("Question 1 of 2")


def test_the_first_answer_is_counted_and_no_other(context: BrowserContext, counting: str) -> None:
    page = context.new_page()
    sent = watched(page)
    predict(page, counting)
    with page.expect_response(lambda response: "/tallies" in response.url) as counted:
        answer(page, "2 x 3")
    assert counted.value.status == 204
    gates(page).get_by_role("button", name="Try again").click()
    answer(page, "(3, 2)")
    expect(gates(page)).to_contain_text("Right")
    assert [request.post_data_json for request in sent] == [
        {"lang": "en", "cell": 2, "line": 2, "verdict": "wrong", "wrong": 1}
    ]
    assert sent[0].url == f"{counting}/api/v1/lessons/views/tallies"
    page.goto(f"{counting}/learn/report?lang=en")
    rows = page.locator("section", has_text="the shape of z").get_by_role("row")
    expect(rows).to_have_text(["AnswerCountShare", "the right answer00%", "(2, 3)1100%", "another wrong answer00%"])
    assert violations(page) == []


def test_an_answer_in_own_words_is_not_sent(context: BrowserContext, counting: str) -> None:
    page = context.new_page()
    sent = watched(page)
    page.goto(f"{counting}/learn/views?lang=en#part-3")
    gates(page).get_by_role("radio", name="torch writes twice").check()
    gates(page).get_by_role("button", name="Check against the run").click()
    gates(page).get_by_role("button", name="Next question").click()
    with page.expect_response(lambda response: "/tallies" in response.url):
        answer(page, "as I see it")
    assert [request.post_data_json for request in sent] == [
        {"lang": "en", "cell": 3, "line": 2, "verdict": "wrong", "wrong": 2},
        {"lang": "en", "cell": 3, "line": 8, "verdict": "other"},
    ]


def test_who_reads_the_course_is_told_that_answers_are_counted(context: BrowserContext, counting: str) -> None:
    page = context.new_page()
    page.goto(f"{counting}/learn?lang=en")
    expect(page.get_by_text(NOTE)).to_be_visible()


def test_where_nothing_is_counted_nothing_is_sent(page: Page, server_url: str) -> None:
    sent = watched(page)
    page.goto(f"{server_url}/learn/view-reshape-strides?lang=en#part-2")
    answer(page, "(15, 5)")
    expect(gates(page)).to_contain_text("Not quite.")
    page.goto(f"{server_url}/learn?lang=en")
    expect(page.get_by_role("link", name="Go on with lesson 8")).to_be_visible()
    expect(page.get_by_text(NOTE)).to_have_count(0)
    assert sent == []
