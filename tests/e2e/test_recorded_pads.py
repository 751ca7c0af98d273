"""`<tensor-pad src="…">`: a recording in a page of another site, played from files that any web server can have."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tensorpad.recordings.page import PLAYER
from tensorpad.recordings.recording import MEDIA_TYPE

from tests.e2e.support.pads import PadsPage
from tests.e2e.support.site import Resource
from tests.support.documents import of_kind

KEPT = Path(__file__).parents[1] / "recordings" / "version-1.tpad"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".txt": "text/plain"}


@pytest.fixture
def recorded(pads: PadsPage) -> PadsPage:
    """Pads of a site that has nothing but the script and the player."""
    for file in PLAYER.rglob("*.*"):
        path = f"/player/{file.relative_to(PLAYER)}"
        pads.service.pages[path] = Resource("", TYPES[file.suffix], {"Access-Control-Allow-Origin": "*"}, file.read_bytes())
    del pads.service.pages["/embed"], pads.service.pages["/api/v1/graph.svg"]
    # Some browsers ask for it, and complain if there is none.
    pads.host.pages["/favicon.ico"] = Resource("", "image/x-icon")
    pads.host.pages["/run.tpad"] = Resource("", MEDIA_TYPE, data=KEPT.read_bytes())
    return pads


def test_recording_is_played_with_its_events_under_a_strict_policy(recorded: PadsPage) -> None:
    [lines] = of_kind("policy", "docs/recordings.md")
    policy = "; ".join(("default-src 'self'", *lines.text.strip().splitlines()))
    recorded.show(
        '<tensor-pad src="run.tpad" view="steps" step="4" lang="en"></tensor-pad>',
        policy=policy.replace("https://pad.example.org", recorded.service.url),
    )
    frame = recorded.pad().frame_locator("iframe")
    expect(frame.locator("tp-tensor-card").first).to_be_visible()
    assert recorded.frame().get_attribute("sandbox") == "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    recorded.wait_heard("run", 1)
    pad = recorded.pad()
    assert pad.evaluate("pad => pad.step") == 4
    pad.evaluate("pad => { pad.step = null; }")
    recorded.wait_heard("step", 2)
    assert recorded.heard("step")[-1]["step"] == recorded.heard("step")[-1]["of"]
    pad.evaluate("pad => pad.setAttribute('view', 'derivation')")
    expect(frame.locator(".katex").first).to_be_visible()
    pad.evaluate("pad => pad.setAttribute('lang', 'zh-CN')")
    expect(frame.get_by_role("tab", name="推导")).to_be_visible()
    expect(frame.get_by_role("link", name="编辑并运行")).to_have_count(0)
    # Nothing was asked of the service but files.
    assert all(address == "/embed.js" or address.startswith("/player/") for address in recorded.service.asked)
    assert recorded.complaints == []


def test_recording_is_loaded_when_it_is_asked_for(recorded: PadsPage) -> None:
    recorded.show('<tensor-pad src="run.tpad" loading="click" lang="en"><p>A picture of ours.</p></tensor-pad>')
    expect(recorded.pad().get_by_text("A picture of ours.")).to_be_visible()
    expect(recorded.frame()).to_have_count(0)
    assert "/run.tpad" not in recorded.host.asked
    recorded.pad().get_by_role("button", name="Run it").click()
    expect(recorded.pad().frame_locator("iframe").locator("tp-graph [data-node]").first).to_be_attached()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "could not be read"),
        (b"no recording", "This file is no recording of Tensorpad"),
    ],
)
def test_file_that_cannot_be_played_is_named_in_words(recorded: PadsPage, data: bytes | None, said: str) -> None:
    recorded.host.pages.pop("/run.tpad")
    if data is not None:
        recorded.host.pages["/run.tpad"] = Resource("", MEDIA_TYPE, data=data)
    recorded.show('<tensor-pad src="run.tpad" lang="en"></tensor-pad>')
    recorded.wait_heard("error", 1)
    assert said in recorded.heard("error")[0]["message"]
    where = recorded.pad() if data is None else recorded.pad().frame_locator("iframe").locator("tp-player")
    expect(where).to_contain_text(said)


def test_page_that_was_opened_from_a_file_is_told_what_to_do(page: Page, recorded: PadsPage, tmp_path: Path) -> None:
    (tmp_path / "run.tpad").write_bytes(KEPT.read_bytes())
    file = tmp_path / "course.html"
    pad = '<tensor-pad src="run.tpad" lang="en"></tensor-pad>'
    file.write_text(f'<!doctype html><script async src="{recorded.service.url}/embed.js"></script>{pad}')
    page.goto(file.as_uri())
    expect(page.locator("tensor-pad")).to_contain_text("cannot read another file")
