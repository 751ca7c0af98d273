"""The page of a lesson: what it asks, shows and keeps."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, Page, Route, expect

from tests.e2e.support.lesson import EN, ZH, LessonPage, click
from tests.support.client import Client, until
from tests.support.short_form import shortened


def below(lower: Locator, upper: Locator) -> None:
    """Wait until one is wholly below the other."""
    until(lambda: _box(lower)["y"] >= _box(upper)["y"] + _box(upper)["height"] - 1, "it is below")


def _box(place: Locator) -> FloatRect:
    box = place.bounding_box()
    assert box is not None
    return box


@pytest.mark.long
def test_lines_hold_60_to_70_characters(page: Page, client: Client, server_url: str) -> None:
    read = LessonPage(page, client, server_url, "view-reshape-strides")
    read.open()
    expect(page.locator("tp-passage p").first).to_be_visible()
    characters = page.locator("tp-passage .prose").first.evaluate(
        """prose => {
          const text = "The rule is the stride: one row further is three numbers further in memory. ".repeat(8);
          const ruler = document.createElement("span");
          ruler.style.whiteSpace = "nowrap";
          ruler.textContent = text;
          prose.append(ruler);
          const each = ruler.getBoundingClientRect().width / text.length;
          ruler.remove();
          return prose.getBoundingClientRect().width / each;
        }"""
    )
    assert 55 <= characters <= 70


def test_progress_answers_and_edits_are_there_after_a_reload(page: Page, client: Client, server_url: str) -> None:
    read = LessonPage(page, client, server_url, "view-reshape-strides")
    read.open(2)
    read.predict(2, click)
    editor = read.bench(2).locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nmine = 1")
    expect(read.bench(2).get_by_role("button", name="Put the original code back")).to_be_visible()
    # The bare address resumes where the person was.
    page.goto(read.address)
    expect(page.locator(".contents .count")).to_have_text(f"Part 2 of {len(read.sections)}")
    expect(read.gates(2)).to_contain_text("3 of 3 predicted")
    expect(editor).to_contain_text("mine = 1")
    page.goto(f"{server_url}/learn?lang=en")
    page.get_by_role("link", name="Go on with lesson 8").click()
    expect(page.locator(".contents .count")).to_have_text(f"Part 2 of {len(read.sections)}")


def test_progress_goes_through_a_file(page: Page, client: Client, server_url: str, tmp_path: Path) -> None:
    read = LessonPage(page, client, server_url, "view-reshape-strides")
    read.open(3)
    page.goto(f"{server_url}/learn?lang=en")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "progress.json"
    saved.value.save_as(file)
    assert json.loads(file.read_text())["lessons"]["view-reshape-strides"]["at"] == 2
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget all progress").click()
    expect(page.get_by_role("link", name="Start with lesson 1")).to_be_visible()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("link", name="Go on with lesson 8")).to_be_visible()
    page.locator("input[type=file]").set_input_files({"name": "x.json", "mimeType": "text/plain", "buffer": b"{}"})
    expect(page.get_by_text("This file has no progress of Tensorpad.")).to_be_visible()


def test_a_missed_gate_shows_both_answers_and_is_got_then(page: Page, client: Client, server_url: str) -> None:
    read = LessonPage(page, client, server_url, "view-reshape-strides")
    read.open(2)
    asked = read.gates(2)
    # What follows tells of the results.
    expect(page.locator(".rest")).to_be_hidden()
    asked.get_by_role("textbox").fill("(15, 5)")
    asked.get_by_role("button", name="Check against the run").click()
    expect(asked).to_contain_text("Not quite.")
    expect(asked.get_by_role("definition")).to_have_text(["(15, 5)", "(3, 5)"])
    expect(asked).to_contain_text("The number of elements stays 15.")
    asked.get_by_role("button", name="Try again").click()
    read.predict(2, click)
    expect(page.locator(".rest")).to_be_visible()


def test_a_link_of_the_text_opens_its_view_at_its_step(page: Page, client: Client, server_url: str) -> None:
    read = LessonPage(page, client, server_url, "view-reshape-strides")
    read.open()
    for words, line in (("It reads the six numbers", "x.view(2, 3)"), ("One write shows", "m[0, 1]")):
        page.get_by_role("link", name=words).click()
        bench = read.bench(1)
        expect(bench.get_by_role("tab", name="Memory")).to_have_attribute("aria-selected", "true")
        expect(bench.locator("tp-storage").first).to_be_visible()
        expect(bench.locator(".tp-lit")).to_have_text([line])


@pytest.mark.long
@pytest.mark.parametrize("size", [pytest.param((1280, 800), marks=pytest.mark.long), (375, 700)])
def test_what_a_link_of_the_text_leads_to_is_in_sight(
    page: Page, client: Client, server_url: str, size: tuple[int, int]
) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    read = LessonPage(page, client, server_url, "indexing-shares-memory")
    read.open()
    link = page.get_by_role("link", name="The result is a copy")
    bench = read.bench(1)
    picked = bench.get_by_role("article", name="Storage s2")
    # Whoever follows a link before the run has ended is led there then.
    runs: list[Route] = []

    def hold(route: Route) -> None:
        runs.append(route)

    page.route("**/api/v1/runs", hold, times=1)
    with page.expect_request("**/api/v1/runs"):
        page.reload()
    link.click()
    runs.pop().continue_()
    for _ in range(2):
        expect(picked).to_be_in_viewport(ratio=1)
        expect(picked).to_contain_text("picked")
        # The timeline, which sticks to the top, is not before it.
        below(picked, bench.locator("tp-timeline"))
        link.scroll_into_view_if_needed()
        link.click()


@pytest.mark.long
def test_the_details_of_a_broadcast_have_the_room_that_they_need(page: Page, client: Client, server_url: str) -> None:
    read = LessonPage(page, client, server_url, "broadcasting")
    read.open()
    page.get_by_role("link", name="Stretching means").click()
    grids = read.bench(1).locator("tp-broadcast tp-broadcast-grid")
    expect(grids.first).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="The elements of").click()
    expect(grids.first).not_to_be_in_viewport(ratio=1)


@pytest.mark.long
def test_keys_go_to_the_program_that_was_used_last(page: Page, client: Client, server_url: str) -> None:
    read = LessonPage(page, client, server_url, "broadcasting")
    read.open(2)
    for number in (2, 3):
        read.predict(number, click)
    sliders = {number: read.bench(number).get_by_role("slider", name="Timeline") for number in (2, 3)}
    ends = {number: int(slider.input_value()) for number, slider in sliders.items()}
    for used, other in ((2, 3), (3, 2)):
        read.bench(used).locator("tp-run-bar .state").click()
        page.keyboard.press("ArrowLeft")
        expect(sliders[used]).to_have_value(str(ends[used] - 1))
        expect(sliders[other]).to_have_value(str(ends[other]))
        page.keyboard.press("ArrowRight")
        expect(sliders[used]).to_have_value(str(ends[used]))


def test_an_exercise_says_what_is_missing(page: Page, client: Client, server_url: str) -> None:
    read = LessonPage(page, client, server_url, "view-reshape-strides")
    part = next(at for at, section in enumerate(read.sections, 1) if section["stage"] == "make")
    read.open(part)
    exercise = page.locator("tp-exercise")
    read.check_button(exercise).click()
    verdict = exercise.locator("tp-verdict")
    expect(verdict).to_contain_text("image[0] must hold the red values")
    # The author has foreseen it.
    expect(verdict).to_contain_text("The colours alternate in the line.")
    exercise.locator(".cm-content").fill("image = 1 / 0")
    read.check_button(exercise).click()
    expect(verdict).to_contain_text("ZeroDivisionError")


@pytest.mark.long
def test_a_lesson_is_read_where_the_browser_keeps_nothing(page: Page, client: Client, server_url: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } });"
    )
    read = LessonPage(page, client, server_url, "view-reshape-strides")
    read.open(2)
    read.predict(2, click)
    read.turn_button.click()
    expect(page.locator(".contents .count")).to_contain_text("Part 3")
    page.get_by_role("link", name="All lessons").click()
    expect(page.get_by_role("link", name="Broadcasting", exact=True)).to_be_visible()
    assert read.problems == []


def test_a_lesson_that_is_not_there_is_said(page: Page, server_url: str) -> None:
    page.goto(f"{server_url}/learn/no-such-lesson?lang=en")
    expect(page.get_by_role("alert")).to_contain_text("There is no lesson here.")


@pytest.mark.parametrize("lang", shortened(["zh-CN", "en"]))
def test_a_lesson_is_printed_as_a_whole(page: Page, client: Client, server_url: str, lang: str) -> None:
    read = LessonPage(page, client, server_url, "view-reshape-strides", EN if lang == "en" else ZH)
    read.open(2)
    page.emulate_media(media="print")
    expect(page.locator("tp-lesson .section")).to_have_count(len(read.sections))
    expect(page.locator("tp-lesson tp-listing").first).to_contain_text("torch.arange(6)")
