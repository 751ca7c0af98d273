"""A recording in a page of its own, printed to PDF: paper has all that matters in every view, and nothing to press."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageStat
from playwright.sync_api import Browser, expect
from tensorpad.recordings.page import page
from tensorpad.recordings.recording import Recording

from tests.e2e.support.player import SHOWN, VIEWS, PlayerPage
from tests.support.paper import Sheet, printed
from tests.support.recordings import recorded
from tests.support.short_form import shortened

WIDE = """import torch

torch.manual_seed(0)
X = torch.randn(16, 9)
w = torch.randn(9, requires_grad=True)
y = X @ w
loss = (y - 1).pow(2).mean()
loss.backward()

# The source is long enough to be folded, and what is printed to scroll.







for at in range(60):
    print(f"<{at}>")
"""
"""Its elements, the row of its derivation and its storages are wider than half a sheet, and some than a whole one."""
WANTED = ", ".join(
    (
        "tp-listing .line",
        "tp-variables td[role=gridcell]",
        "tp-graph [data-node] text",
        "tp-storage h3",
        "tp-storage header .facts",
        "tp-derivation h3",
        "tp-derivation .arrived",
        "tp-math .mtable .mord",
    )
)
CUT = """() => {
  const cut = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) visit(element.shadowRoot);
      if (!(element instanceof HTMLElement) || element.classList.contains("unseen")) continue;
      const clips = getComputedStyle(element).overflow !== "visible";
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && clips) cut.push(element.outerHTML);
      const { right, width } = element.getBoundingClientRect();
      if (width > 1 && right > innerWidth + 1) cut.push(element.outerHTML);
    }
  };
  visit(document);
  return cut.map((html) => html.slice(0, 200));
}"""
CONTROLS = "button.tool, button.link, button.check, select, input, [role=tab][aria-selected=false], .bar"
SHEET_PX = {"A4": 702, "Letter": 725}
"""Within its margins."""


@pytest.fixture(scope="module")
def recording() -> Recording:
    return recorded({"wide": WIDE})["wide"]


@pytest.fixture
def player(browser: Browser) -> Iterator[PlayerPage]:
    """On a wide screen, on which more is beside each other than on paper."""
    context = browser.new_context(locale="en-US", viewport={"width": 1500, "height": 900})
    player = PlayerPage(context)
    yield player
    assert player.complaints == []
    context.close()


def squeezed(sheets: list[Sheet]) -> str:
    """The text of all sheets without spaces, which PDF does not keep as they were."""
    return re.sub(r"\s+", "", "".join(sheet.text for sheet in sheets))


@pytest.mark.parametrize(("lang", "size"), shortened([("zh-CN", "A4"), ("en", "Letter")]))
def test_every_view_of_a_dark_page_is_whole_on_white_paper(
    player: PlayerPage, recording: Recording, tmp_path: Path, lang: Any, size: str
) -> None:
    player.open(page(recording, lang=lang, theme="dark"), tmp_path)
    for view, shown in zip(VIEWS[lang], SHOWN, strict=True):
        player.view(view)
        expect(player.page.locator(shown).first).to_be_visible()
        wanted = player.page.locator(WANTED).all_text_contents()
        sheets = printed(player.page, tmp_path, size)
        text = squeezed(sheets)
        missing = [part for part in wanted if re.sub(r"\s+", "", part) not in text]
        assert len(wanted) > 7
        assert missing == [], view
        assert all(sheet.text.strip() for sheet in sheets), f"a sheet of {view} has nothing on it"
        assert all(sheet.rightmost < 0.97 for sheet in sheets)
        assert all(ImageStat.Stat(sheet.picture.convert("L")).mean[0] > 220 for sheet in sheets), f"{view} is dark"
        for other in (name for name in VIEWS[lang] if name != view):
            assert not re.search(rf"^{other}$", "\n".join(sheet.text for sheet in sheets), re.M)


@pytest.mark.parametrize("width", shortened(SHEET_PX.values()), ids=SHEET_PX)
def test_nothing_is_cut_off_at_the_edge_of_its_card_and_nothing_can_be_pressed(
    player: PlayerPage, recording: Recording, tmp_path: Path, width: int
) -> None:
    player.open(page(recording), tmp_path)
    for view, shown in zip(VIEWS["en"], SHOWN, strict=True):
        player.view(view)
        expect(player.page.locator(shown).first).to_be_visible()
        # What is shown first may have parts that come with the next frame.
        player.page.evaluate("() => new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))")
        player.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        player.page.emulate_media(media="print")
        player.page.set_viewport_size({"width": width, "height": 1000})
        assert player.page.evaluate(CUT) == [], view
        assert player.page.locator(CONTROLS).filter(visible=True).all_inner_texts() == []
        player.page.set_viewport_size({"width": 1500, "height": 900})
        player.page.emulate_media(media="screen")
        player.page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_a_folded_program_and_all_that_it_printed_are_on_paper_and_folded_again_after_that(
    player: PlayerPage, recording: Recording, tmp_path: Path
) -> None:
    player.open(page(recording), tmp_path)
    code = player.page.locator("tp-listing")
    expect(code).to_have_count(0)
    text = squeezed(printed(player.page, tmp_path))
    assert "X=torch.randn(16,9)" in text
    assert all(f"<{at}>" in text for at in range(60))
    expect(code).to_have_count(0)


def test_a_picture_that_was_enlarged_is_whole_on_paper_and_as_it_was_after_that(
    player: PlayerPage, recording: Recording, tmp_path: Path
) -> None:
    player.open(page(recording), tmp_path)
    nodes = player.page.locator("tp-graph [data-node]")
    expect(nodes.first).to_be_visible()
    for _ in range(4):
        player.page.get_by_role("button", name="Zoom in").click()
    content = player.page.locator("tp-graph .stage svg > g").last
    before = content.get_attribute("transform")
    sheets = printed(player.page, tmp_path)
    named = [name for name in player.page.locator("tp-graph [data-node] text").all_text_contents() if name.strip()]
    assert [name for name in named if re.sub(r"\s+", "", name) not in squeezed(sheets)] == []
    assert len(named) > nodes.count() > 4
    assert content.get_attribute("transform") == before
