"""The gallery of examples, each run in both languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.support.desk import Desk
from tests.e2e.support.page import PlaygroundPage
from tests.support.short_form import shortened

FAILING = {
    "shape-error": ("An error, explained", "mat1 and mat2 shapes cannot be multiplied"),
    "overwritten": ("A value that was needed", "modified by an inplace operation"),
}


@pytest.fixture
def desk(playground: PlaygroundPage) -> Desk:
    return Desk(playground.page)


@pytest.mark.long
@pytest.mark.parametrize(("language", "button"), [("en", "Examples"), ("zh-CN", "示例")])
def test_every_example_runs_as_it_says(page: Page, server_url: str, language: str, button: str) -> None:
    playground = PlaygroundPage(page, server_url)
    page.goto(f"{server_url}?lang={language}")
    open_gallery = page.get_by_role("button", name=button, exact=True)
    open_gallery.click()
    expect(page.get_by_role("dialog", name=button, exact=True)).to_be_visible()
    cards = page.locator("tp-gallery li button")
    # An empty program and a file come first.
    titles = cards.locator("b").all_text_contents()[2:]
    assert len(titles) >= 12
    failed: list[str] = []
    for place, title in enumerate(titles, 2):
        with page.expect_response(lambda response: response.url.endswith("/api/v1/runs")):
            cards.nth(place).click()
        ends = page.locator("article.ok, article.error")
        expect(page.locator("article.running, tp-run-bar .spin")).to_have_count(0)
        expect(ends.first).to_be_visible()
        if page.locator("article.error").count():
            failed.append(title)
        open_gallery.click()
    expected = {"en": [title for title, _ in FAILING.values()], "zh-CN": ["看懂一个报错", "被覆盖的值"]}
    assert failed == expected[language]
    assert playground.problems == []


@pytest.mark.parametrize("example", shortened(FAILING))
def test_failing_example_is_explained(playground: PlaygroundPage, desk: Desk, example: str) -> None:
    title, message = FAILING[example]
    desk.open_gallery()
    desk.example(title).click()
    expect(playground.cell(2)).to_contain_text(message)
    expect(playground.cell(2).locator("tp-error")).to_be_visible()


def test_own_program_is_kept_while_one_looks_around(playground: PlaygroundPage, desk: Desk) -> None:
    playground.write("mine = 1")
    for title in ("Broadcasting", "Gradients accumulate"):
        desk.open_gallery()
        desk.example(title).click()
        expect(playground.editor(1)).to_contain_text("import torch")
    desk.open_gallery()
    desk.example("Your earlier program").click()
    expect(playground.editor(1)).to_contain_text("mine = 1")


@pytest.mark.long
def test_replaced_program_is_offered_at_once(playground: PlaygroundPage, desk: Desk) -> None:
    playground.write("mine = 1")
    desk.open_gallery()
    desk.example("Broadcasting").click()
    expect(desk.offer).to_contain_text("“Broadcasting” has taken the place of your program.")
    desk.accept("Bring mine back")
    expect(playground.editor(1)).to_contain_text("mine = 1")


@pytest.mark.long
def test_example_in_place_of_an_example_is_no_loss(playground: PlaygroundPage, desk: Desk) -> None:
    desk.open_gallery()
    desk.example("Broadcasting").click()
    expect(playground.card("table")).to_be_visible()
    expect(desk.offer).to_have_count(0)


def test_gallery_is_used_by_keyboard(playground: PlaygroundPage, desk: Desk) -> None:
    opener = playground.page.get_by_role("button", name="Examples", exact=True)
    opener.press("Enter")
    expect(desk.dialog("Examples")).to_be_visible()
    playground.page.keyboard.press("Escape")
    expect(desk.dialog("Examples")).to_have_count(0)
    expect(opener).to_be_focused()
    opener.press("Enter")
    expect(desk.dialog("Examples")).to_be_visible()
    playground.page.keyboard.press("Tab")
    playground.page.keyboard.press("Tab")
    expect(desk.example("An empty program")).to_be_focused()
    playground.page.keyboard.press("Enter")
    expect(playground.page.locator("tp-cell")).to_have_count(1)
    expect(opener).to_be_focused()


@pytest.mark.long
@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.long), "dark"])
def test_gallery_is_accessible_and_fits_a_phone(playground: PlaygroundPage, desk: Desk, scheme: str) -> None:
    playground.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    playground.page.set_viewport_size({"width": 375, "height": 700})
    desk.open_gallery()
    expect(desk.example("Train a small network")).to_be_visible()
    assert playground.accessibility_violations() == []
    width: int = playground.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 375
