"""A course page on another site, made of the examples of docs/embedding.md: with a strict policy, sandboxed, as a file."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, Request, expect

from tests.e2e.support.course import CoursePage, course
from tests.e2e.support.site import Resource, site
from tests.support.short_form import shortened

FITS = """() => {
  const content = document.querySelector("tp-embed").getBoundingClientRect().height;
  return content > 100 && Math.abs(content - innerHeight) <= 1 && document.documentElement.scrollHeight <= innerHeight;
}"""


def wait_until_fitting(views: list[Frame]) -> None:
    for view in views:
        # A browser neither draws nor lays out a frame that is out of sight.
        view.frame_element().scroll_into_view_if_needed()
        view.wait_for_function(FITS, polling=50)


@pytest.mark.parametrize("place", shortened(["file", "site", "sandbox"]))
def test_course_page_shows_every_example_and_stays_the_readers(
    context: BrowserContext, server_url: str, tmp_path: Path, place: str
) -> None:
    reader = CoursePage(context)
    with course(place, server_url, tmp_path) as address:
        reader.open(address)
        notes = reader.frame.get_by_label("Notes")
        notes.focus()
        reader.scroll_past()
        expect(reader.frame.locator("tensor-pad").nth(1).get_by_role("button", name="Run it")).to_be_visible()
        reader.start(reader.pads.nth(1))
        for number in range(3):
            expect(reader.pads.nth(number).locator("iframe")).to_be_visible()
        expect(reader.frame.locator("body > iframe")).to_be_visible()
        assert len(reader.views) == 4
        wait_until_fitting(reader.views)
        for number in range(2):
            picture = reader.frame.locator("body img").nth(number)
            assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
        reader.pads.nth(0).evaluate("pad => pad.setAttribute('view', 'values')")
        wait_until_fitting(reader.views)
        expect(reader.pads.nth(1)).to_have_attribute("data-ended", "ok")
        expect(notes).to_be_focused()
    assert reader.complaints == []


def test_pad_loads_little_before_it_is_live(
    context: BrowserContext, server_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = CoursePage(context)
    loaded: list[Request] = []
    reader.page.on("requestfinished", lambda request: loaded.append(request) if request.url.startswith(server_url) else None)
    with site("localhost") as host:
        host.pages["/course.html"] = Resource(ONE_PAD.replace("SERVER", server_url))
        reader.page.goto(f"{host.url}/course.html")
        picture = reader.frame.get_by_role("img", name="Computation graph of out")
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
        paths = sorted(request.url.removeprefix(server_url).partition("?")[0] for request in loaded)
        assert paths == ["/api/v1/graph.svg", "/embed.js"]
        sizes = [request.sizes() for request in loaded]
        before = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
        seconds = reader.start(reader.pads.first)
    with capsys.disabled():
        print(f"\na pad: {before / 1000:.1f} KB before it is live; live {seconds:.2f} s after a click")
    assert before < 60_000


ONE_PAD = """<!doctype html><html lang="en"><script async src="SERVER/embed.js"></script>
<tensor-pad loading="click" of="out" code="x = torch.ones(2, 2, requires_grad=True)
out = ((x + 2) * 3).mean()
out.backward()"></tensor-pad></html>"""
