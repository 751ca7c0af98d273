"""Whole lessons, by mouse, by keyboard alone, and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.support.lesson import EN, ZH, LessonPage, click, key
from tests.support.client import Client


@pytest.mark.long
def test_a_whole_lesson_by_mouse_in_chinese(page: Page, client: Client, server_url: str) -> None:
    read = LessonPage(page, client, server_url, "broadcasting", ZH)
    read.open()
    for number, section in enumerate(read.sections, 1):
        expect(page.locator(".contents .count")).to_contain_text(f"第 {number} 节")
        read.read_section(section, click)
        assert read.accessibility_violations() == []
        if section["stage"] != "summary":
            read.turn_button.click()
    expect(page.locator(".end")).to_contain_text("第一次就猜对")
    following = read.lesson["next"]
    page.locator(".end a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(following["title"])
    page.get_by_role("link", name="全部课程").click()
    expect(page.get_by_role("listitem").filter(has_text=read.lesson["question"])).to_contain_text("已学完")
    assert read.accessibility_violations() == []
    assert read.problems == []


@pytest.mark.long
def test_a_whole_lesson_by_keyboard_alone_in_english(page: Page, client: Client, server_url: str) -> None:
    read = LessonPage(page, client, server_url, "repeat-cat-stack", EN)
    read.open()
    for number, section in enumerate(read.sections, 1):
        expect(page.locator(".contents .count")).to_contain_text(f"Part {number} of")
        if number > 1:
            # Whoever turns the page hears where they are.
            expect(page.locator(".section > h2")).to_be_focused()
        read.read_section(section, key)
        if section["stage"] != "summary":
            key(read.turn_button)
    expect(page.locator(".end")).to_contain_text("at the first try")
    assert read.problems == []


@pytest.mark.long
def test_a_lesson_fits_a_phone(page: Page, client: Client, server_url: str) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    read = LessonPage(page, client, server_url, "view-reshape-strides", ZH)
    read.open()
    for section in read.sections:
        for block in section["blocks"]:
            if block["kind"] == "cell":
                read.predict(block["number"], click)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
        assert read.accessibility_violations() == []
        if section["stage"] != "summary":
            read.turn_button.click()
