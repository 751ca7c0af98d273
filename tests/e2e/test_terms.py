"""Words of the glossary, explained where they stand."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.support.lesson import EN, ZH, LessonPage, Words
from tests.e2e.support.page import PlaygroundPage
from tests.support.client import Client
from tests.support.short_form import shortened


@pytest.mark.parametrize(
    ("words", "term", "means"), shortened([(EN, "stride", "how many elements further"), (ZH, "步幅", "往后走几个元素")])
)
def test_a_term_of_a_lesson_is_explained_by_a_program_that_runs(
    page: Page, client: Client, server_url: str, words: Words, term: str, means: str
) -> None:
    read = LessonPage(page, client, server_url, "view-reshape-strides", words)
    read.open()
    card = page.locator("tp-term-card").get_by_role("dialog")
    word = page.locator("tp-passage").get_by_role("button", name=term, exact=True).first
    word.hover()
    expect(card).to_contain_text(means)
    expect(card).to_contain_text("(3, 1)")
    expect(card).to_be_in_viewport(ratio=1)
    page.mouse.move(2, 2)
    expect(card).to_have_count(0)
    word.focus()
    expect(card).to_contain_text(means)
    assert read.accessibility_violations() == []
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


@pytest.mark.long
def test_a_term_of_an_explanation_is_explained(playground: PlaygroundPage) -> None:
    page = playground.page
    playground.run("import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 2\ny.backward()")
    word = page.locator("tp-explanation tp-term").first
    word.hover()
    expect(page.locator("tp-term-card").get_by_role("dialog")).to_be_visible()
    assert playground.accessibility_violations() == []
