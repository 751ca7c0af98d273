"""The tour that a first visit is offered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.support.page import PlaygroundPage
from tests.support.short_form import shortened


@pytest.fixture
def first_visit(browser: Browser, server_url: str) -> Iterator[PlaygroundPage]:
    """The page in a browser that has never been here, and the tour of it."""
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    playground = PlaygroundPage(context.new_page(), server_url)
    playground.open()
    playground.page.get_by_role("button", name="Look around the playground").click()
    yield playground
    context.close()
    assert playground.problems == []


def tour(page: Page) -> Locator:
    """The tour's card."""
    return page.get_by_role("dialog")


def test_a_first_visit_is_shown_around_in_four_stops_and_never_again(first_visit: PlaygroundPage) -> None:
    page = first_visit.page
    for number in range(1, 5):
        expect(tour(page)).to_contain_text(f"{number} of 4")
        expect(tour(page)).to_be_in_viewport(ratio=1)
        tour(page).get_by_role("button", name="Start" if number == 4 else "Next").click()
    expect(tour(page)).to_have_count(0)
    page.reload()
    expect(first_visit.card("out")).to_be_visible()
    expect(tour(page)).to_have_count(0)


def test_the_tour_is_skipped_by_button_or_escape_and_taken_again(first_visit: PlaygroundPage) -> None:
    page = first_visit.page
    tour(page).get_by_role("button", name="Skip").click()
    expect(tour(page)).to_have_count(0)
    page.get_by_role("button", name="Take the tour").click()
    expect(tour(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(tour(page)).to_have_count(0)


@pytest.mark.long
def test_a_shared_program_is_opened_without_a_welcome(browser: Browser, server_url: str) -> None:
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    for address, shown in (("#code/", 0), ("", 1)):
        page.goto("about:blank")
        page.goto(f"{server_url}/{address}")
        expect(page.get_by_role("button", name="Run", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Look around the playground")).to_have_count(shown)
    context.close()


@pytest.mark.long
def test_the_tour_takes_no_focus_and_breaks_no_rule_of_accessibility(first_visit: PlaygroundPage) -> None:
    page = first_visit.page
    expect(tour(page)).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")
    assert first_visit.accessibility_violations() == []


@pytest.mark.parametrize("width", shortened([375, 800]))
def test_the_tour_fits_a_narrow_window(first_visit: PlaygroundPage, width: int) -> None:
    page = first_visit.page
    page.set_viewport_size({"width": width, "height": 700})
    for number in range(1, 5):
        expect(tour(page)).to_contain_text(f"{number} of 4")
        expect(tour(page)).to_be_in_viewport(ratio=1)
        # The card is not over what it is about.
        ring, card = (page.locator(f"tp-tour .{name}").bounding_box() for name in ("ring", "card"))
        assert ring is not None
        assert card is not None
        beside = ring["x"] + ring["width"] <= card["x"] or card["x"] + card["width"] <= ring["x"]
        assert beside or ring["y"] + ring["height"] <= card["y"] or card["y"] + card["height"] <= ring["y"]
        if number < 4:
            tour(page).get_by_role("button", name="Next").click()
