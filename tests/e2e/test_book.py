"""The documentation, built as a book, opened from the disk with the network off."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from tests.support.books import Builds

CHANGED = """(element, before) => new Promise((found) => {
  const look = () => {
    const { text } = element.querySelector("tp-prose");
    text === before ? setTimeout(look, 20) : found(text);
  };
  look();
})"""
"""The sentence of a step, once it is another."""


@pytest.fixture
def offline(context: BrowserContext, page: Page) -> Iterator[Page]:
    """A page without a network. What it asks for is on the disk."""
    context.set_offline(True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert [url for url in asked if not re.match(r"file:|data:|blob:|about:", url)] == []


def block(page: Page, number: int) -> FrameLocator:
    """The view of a block, once it is there."""
    element = page.locator(".tensorpad").nth(number)
    # Views above that become live may push it out of sight again, where a browser lays no frame out.
    page.wait_for_function(
        "element => { element.scrollIntoView(); return element.classList.contains('tensorpad-live'); }",
        arg=element.element_handle(),
        polling=100,
    )
    return element.frame_locator("iframe")


def open_page(page: Page, site: Builds, name: str) -> None:
    page.goto((site["html"].folder / name).as_uri())


def test_a_reader_steps_through_a_backward_pass(site: Builds, offline: Page) -> None:
    open_page(offline, site, "index.html")
    view = block(offline, 0)
    sentence = view.locator("tp-timeline .said p")
    expect(sentence).to_contain_text("The end")
    said: list[str] = []
    back = view.get_by_role("button", name="One step back")
    for _ in range(6):
        before = sentence.evaluate("element => element.querySelector('tp-prose').text")
        back.click()
        said.append(sentence.evaluate(CHANGED, before))
    # From the end: the last expression, and then the functions of the pass, the last one first.
    assert "x.grad" in said[0], said
    functions = [name[1] for text in said if (name := re.search(r"The engine ran `(\w+)`", text))]
    assert functions == ["AddBackward0", "MulBackward0", "MeanBackward0"]


@pytest.mark.parametrize("view", ["Steps", "Graph", "Values", "Memory", "Derivation"])
def test_every_view_is_there(site: Builds, offline: Page, view: str) -> None:
    open_page(offline, site, "index.html")
    frame = block(offline, 0)
    frame.get_by_role("tab", name=view).click()
    expect(frame.get_by_role("tab", name=view)).to_have_attribute("aria-selected", "true")
    expect(frame.locator("main")).to_contain_text("x")
    expect(frame.get_by_role("alert")).to_have_count(0)


def test_all_programs_of_a_page_are_live_and_as_high_as_their_content(site: Builds, offline: Page) -> None:
    open_page(offline, site, "tutorial.html")
    count = offline.locator(".tensorpad").count()
    assert count >= 6
    for number in range(count):
        block(offline, number)
        frame = offline.locator(".tensorpad").nth(number).locator("iframe")
        content = frame.content_frame.locator("tp-player")
        offline.wait_for_function(
            "([frame, content]) => Math.abs(frame.clientHeight - content) <= 2",
            arg=[frame.element_handle(), content.evaluate("element => Math.ceil(element.getBoundingClientRect().height)")],
            polling=50,
        )


def test_the_view_takes_the_colours_that_the_reader_chooses(site: Builds, offline: Page) -> None:
    open_page(offline, site, "index.html")
    view = block(offline, 0)
    ground = "element => getComputedStyle(element).backgroundColor"
    offline.evaluate("document.body.dataset.theme = 'light'")
    expect(view.locator("html")).to_have_attribute("data-theme", "light")
    light = view.locator("tp-player").evaluate(ground)
    offline.evaluate("document.body.dataset.theme = 'dark'")
    expect(view.locator("html")).to_have_attribute("data-theme", "dark")
    assert view.locator("tp-player").evaluate(ground) != light


def test_on_paper_there_is_the_program_with_its_picture(site: Builds, offline: Page) -> None:
    open_page(offline, site, "index.html")
    block(offline, 0)
    offline.emulate_media(media="print")
    element = offline.locator(".tensorpad").first
    expect(element.locator("iframe")).to_be_hidden()
    expect(element.locator("img.tensorpad-graph")).to_be_visible()
    expect(element.locator("pre").first).to_be_visible()


def test_without_scripts_there_is_the_program_with_its_picture(site: Builds, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((site["html"].folder / "index.html").as_uri())
        expect(page.locator("img.tensorpad-graph")).to_be_visible()
        expect(page.locator(".tensorpad pre").first).to_be_visible()
