"""A course of several lessons, exported: read from the disk without a network from first to last, and taken in an LMS."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect
from tensorpad.lessons.course import ours

from tests.e2e.support.exported import LMS, unpacked

CP = {"cp": "http://www.imsproject.org/xsd/imscp_rootv1p1p2"}
WHOLE_S = 3600.0
"""Every program of a course is run, and asked about, once."""


@pytest.fixture(
    scope="module",
    params=["two lessons", *(pytest.param(lang, marks=pytest.mark.long) for lang in ("en", "zh-CN"))],
)
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A package as an LMS unpacks it, which is a site as well; and the titles of its lessons."""
    if request.param == "two lessons":
        site, count = request.getfixturevalue("exported"), 2
    else:
        site = unpacked(ours(), request.param, tmp_path_factory.mktemp("course"), WHOLE_S)
        count = len([path for path in ours().iterdir() if path.is_dir()])
    root = ElementTree.parse(site / "imsmanifest.xml").getroot()
    titles = [title.text or "" for title in root.findall(".//cp:item/cp:title", CP)]
    assert len(titles) == count
    return site, titles


def answer(form: Locator, text: str | None) -> None:
    """Answer a gate; None: by the first thing that comes to mind."""
    radios = form.locator("input[type=radio]")
    if radios.count():
        values = radios.evaluate_all("all => all.map(one => one.value)")
        radios.nth(0 if text is None else values.index(text)).check()
    else:
        form.locator("input[name=answer]").fill("1" if text is None else text)
    form.locator("button").click()


def test_course_is_read_from_the_disk_from_first_to_last(course: tuple[Path, list[str]], offline: Page) -> None:
    site, titles = course
    offline.goto((site / "index.html").as_uri())
    assert offline.locator("ol a").all_inner_texts() == titles
    offline.locator("ol a").first.click()
    for number, title in enumerate(titles):
        expect(offline.get_by_role("heading", level=1)).to_have_text(title)
        # The example asks nothing, and is there to be stepped through. What comes then is asked before it is seen.
        expect(offline.frame_locator("#cell-1 iframe").locator("tp-timeline")).to_be_visible()
        form = offline.locator(".program form").first
        asking = offline.locator(".program").filter(has=offline.locator("form")).first
        name = asking.get_attribute("id")
        answer(form, None)
        expect(offline.locator(f"#{name} .reveal")).to_have_count(1)
        assert offline.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(offline.get_by_text("data-tex")).to_have_count(0)
        assert offline.locator(".math").count() == 0
        for rel, place in (("prev", number - 1), ("next", number + 1)):
            expect(offline.locator(f"nav a[rel={rel}]")).to_have_text(titles[place : place + 1] if place >= 0 else [])
        if number + 1 < len(titles):
            offline.locator("nav a[rel=next]").click()
    offline.locator("nav a").first.click()
    expect(offline.locator("ol a")).to_have_count(len(titles))


def test_lms_records_score_and_completion_of_each_lesson(course: tuple[Path, list[str]], offline: Page) -> None:
    site, titles = course
    root = ElementTree.parse(site / "imsmanifest.xml").getroot()
    activities = {resource.get("identifier"): resource.get("href", "") for resource in root.findall(".//cp:resource", CP)}
    started = [activities[item.get("identifierref")] for item in root.findall(".//cp:item", CP)]
    assert len(set(started)) == len(titles)
    offline.add_init_script(LMS.read_text(encoding="utf-8"))
    offline.add_init_script("window.API = new Scorm12API({ autocommit: false, logLevel: 5 });")

    def told(element: str) -> Any:
        return offline.evaluate("element => window.API.LMSGetValue(element)", element)

    for at, page in enumerate(started):
        offline.goto((site / page).as_uri())
        assert told("cmi.core.lesson_status") == "incomplete"
        # One lesson is taken with its first answer wrong.
        missed = at == 0
        count = 0
        for program in offline.locator(".program").all():
            for gate in json.loads(program.get_attribute("data-gates") or "[]"):
                right = next((option["text"] for option in gate["options"] if option["right"]), gate["answer"])
                wrong = next((option["text"] for option in gate["options"] if not option["right"]), "never")
                radios = program.locator("form input[type=radio]").evaluate_all("all => all.map(one => one.value)")
                other = next((value for value in radios if value != right), wrong)
                answer(program.locator("form"), other if missed and count == 0 else right)
                count += 1
        assert told("cmi.core.lesson_status") == "completed"
        assert told("cmi.core.score.raw") == str(round(100 * (count - missed) / count))
