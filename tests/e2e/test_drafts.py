"""What the page keeps of a program: in its address, in the browser, and when another takes its place."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.support.desk import Desk
from tests.e2e.support.page import PlaygroundPage
from tests.support.short_form import shortened

LINKED = re.compile(r"/#code/[\w-]+$")


@pytest.fixture
def desk(playground: PlaygroundPage) -> Desk:
    return Desk(playground.page)


def test_address_follows_the_program_and_brings_it_back(playground: PlaygroundPage, context: BrowserContext) -> None:
    assert playground.page.url == playground.url + "/"
    playground.run("a = 6", "print(a * 7)")
    expect(playground.page).to_have_url(LINKED)
    elsewhere = context.new_page()
    elsewhere.add_init_script("localStorage.clear()")
    elsewhere.goto(playground.page.url)
    found = PlaygroundPage(elsewhere, playground.url)
    expect(found.editor(2)).to_contain_text("print(a * 7)")
    expect(found.printed(2)).to_contain_text("42")


@pytest.mark.long
def test_address_holds_the_step_that_is_shown(playground: PlaygroundPage) -> None:
    slider = playground.page.get_by_role("slider")
    slider.fill("2")
    expect(playground.page).to_have_url(LINKED)
    playground.page.reload()
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"\b3 of \d+"))
    slider.press("End")
    expect(playground.page).to_have_url(playground.url + "/")


def test_program_is_there_on_the_next_visit(playground: PlaygroundPage, context: BrowserContext) -> None:
    playground.write("kept = 1")
    expect(playground.page).to_have_url(LINKED)
    again = context.new_page()
    again.goto(playground.url)
    found = PlaygroundPage(again, playground.url)
    expect(found.editor(1)).to_contain_text("kept = 1")
    expect(found.editor(2)).to_have_count(0)


@pytest.mark.long
def test_last_keystrokes_are_kept_when_the_page_is_left_at_once(playground: PlaygroundPage) -> None:
    playground.write("kept = 1")
    playground.editor(1).press_sequentially("23")
    playground.page.goto(f"{playground.url}/healthz")
    playground.page.goto(playground.url)
    expect(playground.editor(1)).to_contain_text("kept = 123")


@pytest.mark.long
def test_draft_that_cannot_be_read_is_no_hindrance(playground: PlaygroundPage) -> None:
    playground.page.evaluate("localStorage.setItem('tensorpad.draft', '{\"version\": 99')")
    playground.open()
    assert playground.problems == []


@pytest.mark.long
def test_browser_that_keeps_nothing_is_spoken_of_once(playground: PlaygroundPage, desk: Desk) -> None:
    playground.page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    playground.write("a = 1")
    expect(desk.offer).to_contain_text("not kept when you leave")
    playground.run()
    assert playground.problems == []


def test_cleared_program_can_be_had_back(playground: PlaygroundPage, desk: Desk) -> None:
    playground.run("mine = 1", "mine + 1")
    desk.clear()
    expect(playground.page.locator("tp-cell")).to_have_count(1)
    expect(playground.result(1)).to_have_count(0)
    desk.accept("Undo")
    expect(playground.editor(1)).to_be_focused()
    expect(playground.editor(1)).to_contain_text("mine = 1")
    expect(playground.result(2)).to_contain_text("2")
    expect(desk.offer).to_have_count(0)


@pytest.mark.long
def test_cleared_program_waits_in_the_gallery_after_a_reload(playground: PlaygroundPage, desk: Desk) -> None:
    playground.run("mine = 1")
    desk.clear()
    expect(playground.page).to_have_url(playground.url + "/")
    playground.page.reload()
    desk.open_gallery()
    desk.example("Your earlier program").click()
    expect(playground.editor(1)).to_contain_text("mine = 1")


def test_link_takes_the_place_of_a_draft_that_can_be_brought_back(
    playground: PlaygroundPage, desk: Desk, context: BrowserContext
) -> None:
    playground.write("theirs = 1")
    expect(playground.page).to_have_url(LINKED)
    link = playground.page.url
    playground.write("mine = 1")
    expect(playground.page).not_to_have_url(link)
    visit = context.new_page()
    visit.goto(link)
    found, its_desk = PlaygroundPage(visit, playground.url), Desk(visit)
    expect(found.editor(1)).to_contain_text("theirs = 1")
    its_desk.accept("Bring mine back")
    expect(found.editor(1)).to_contain_text("mine = 1")


@pytest.mark.long
def test_link_that_was_only_looked_at_leaves_the_draft_alone(playground: PlaygroundPage, context: BrowserContext) -> None:
    playground.write("theirs = 1")
    expect(playground.page).to_have_url(LINKED)
    link = playground.page.url
    playground.write("mine = 1")
    expect(playground.page).not_to_have_url(link)
    visit = context.new_page()
    visit.goto(link)
    expect(PlaygroundPage(visit, playground.url).editor(1)).to_contain_text("theirs = 1")
    visit.goto(playground.url)
    expect(PlaygroundPage(visit, playground.url).editor(1)).to_contain_text("mine = 1")


@pytest.mark.long
def test_link_is_followed_on_the_open_page(playground: PlaygroundPage, desk: Desk) -> None:
    playground.run("first = 1")
    expect(playground.page).to_have_url(LINKED)
    link = playground.page.url
    playground.run("second = 2")
    expect(playground.page).not_to_have_url(link)
    playground.page.evaluate("link => { location.hash = new URL(link).hash }", link)
    expect(playground.editor(1)).to_contain_text("first = 1")
    desk.accept("Bring mine back")
    expect(playground.editor(1)).to_contain_text("second = 2")


@pytest.mark.parametrize(
    "fragment", shortened(["#code/AAAA", "#code/", "#code/%3Cscript%3E", "#code/S07Mz1GyUqgqLU5VyE9TKMlIVQIA"])
)
def test_damaged_link_says_so_and_opens_the_example(page: Page, server_url: str, fragment: str) -> None:
    playground = PlaygroundPage(page, server_url)
    playground.open(f"/{fragment}")
    expect(Desk(page).offer).to_contain_text("This link is damaged")
    assert playground.problems == []
