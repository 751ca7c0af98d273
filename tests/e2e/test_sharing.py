"""The dialog that shares: links, short links, pictures for other pages, and files."""

import ast
import base64
import io
import json
import random
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.e2e.support.desk import Desk
from tests.e2e.support.page import PlaygroundPage
from tests.support.service import running_service
from tests.support.short_form import shortened


@pytest.fixture
def desk(playground: PlaygroundPage) -> Desk:
    return Desk(playground.page)


@pytest.fixture
def stored(playground: PlaygroundPage) -> list[Request]:
    """The requests that store a program."""
    found: list[Request] = []
    playground.page.on("request", lambda request: found.append(request) if "/snippets" in request.url else None)
    return found


def visited(context: BrowserContext, url: str, address: str) -> PlaygroundPage:
    """The page at a link, as somebody else finds it."""
    page = context.new_page()
    page.add_init_script("for (const key of ['tensorpad.draft', 'tensorpad.earlier']) localStorage.removeItem(key)")
    page.goto(address)
    return PlaygroundPage(page, url)


def test_link_that_was_copied_opens_the_same_program(
    playground: PlaygroundPage, desk: Desk, context: BrowserContext, stored: list[Request]
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    playground.run("名 = '😀'", "print(名 * 3)")
    desk.open_share()
    expect(desk.field("Link")).to_have_value(re.compile(r"/#code/[\w-]+$"))
    desk.sharing.get_by_role("button", name="Copy").first.click()
    expect(desk.sharing.get_by_role("button", name="Copied")).to_be_visible()
    link: str = playground.page.evaluate("navigator.clipboard.readText()")
    assert link == desk.field("Link").input_value()
    found = visited(context, playground.url, link)
    expect(found.printed(2)).to_contain_text("😀😀😀")
    assert stored == []


@pytest.mark.long
def test_link_leads_to_the_step_and_the_language_on_request(
    playground: PlaygroundPage, desk: Desk, context: BrowserContext
) -> None:
    playground.page.get_by_role("slider").fill("4")
    desk.open_share()
    place = desk.sharing.get_by_role("checkbox", name="Open where I am now")
    expect(place).to_be_checked()
    with_place = desk.field("Link").input_value()
    desk.sharing.get_by_role("checkbox", name="Open in English").check()
    expect(desk.field("Link")).not_to_have_value(with_place)
    with_both = desk.field("Link").input_value()
    place.uncheck()
    expect(desk.field("Link")).not_to_have_value(with_both)
    found = visited(context, playground.url, with_both)
    expect(found.page.get_by_role("slider")).to_have_attribute("aria-valuetext", re.compile(r"\b5 of \d+"))


@pytest.mark.long
def test_link_leads_to_the_graph_that_is_shown(playground: PlaygroundPage, desk: Desk, context: BrowserContext) -> None:
    playground.run("import torch\nx = torch.ones(2, requires_grad=True)\nfirst = x.sum()\nsecond = x.mean()")
    playground.graph_tabs.get_by_text("first", exact=True).click()
    expect(playground.graph("first")).to_be_visible()
    desk.open_share()
    expect(desk.field("Link")).to_have_value(re.compile("#code/"))
    expect(visited(context, playground.url, desk.field("Link").input_value()).graph("first")).to_be_visible()


@pytest.mark.long
def test_language_of_a_link_wins_over_the_browsers(playground: PlaygroundPage, desk: Desk, context: BrowserContext) -> None:
    playground.page.get_by_role("combobox", name="Language").select_option("简体中文")
    playground.page.get_by_role("button", name="分享", exact=True).click()
    field = desk.field("链接")
    expect(field).to_have_value(re.compile("#code/"))
    without = field.input_value()
    desk.sharing.get_by_role("checkbox", name="以中文打开").check()
    expect(field).not_to_have_value(without)
    visit = visited(context, playground.url, field.input_value())
    expect(visit.page.get_by_role("button", name="运行", exact=True)).to_be_visible()


def test_without_a_clipboard_the_link_is_selected(playground: PlaygroundPage, desk: Desk) -> None:
    playground.page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    desk.open_share()
    desk.sharing.get_by_role("button", name="Copy").first.click()
    expect(desk.sharing.get_by_text("Selected; copy it with the keyboard")).to_be_visible()
    expect(desk.field("Link")).to_be_focused()


def test_program_is_stored_only_on_request_and_opens_by_its_short_link(
    playground: PlaygroundPage, desk: Desk, context: BrowserContext, stored: list[Request]
) -> None:
    playground.run("a = 6", "print(a * 7)")
    desk.open_share()
    expect(desk.field("Link")).to_have_value(re.compile("#code/"))
    assert stored == []
    desk.sharing.get_by_role("button", name="Store and get a short link").click()
    expect(desk.field("Short link")).to_have_value(re.compile(rf"^{playground.url}/s/[\w-]{{20}}$"))
    assert [request.method for request in stored] == ["POST"]
    short = desk.field("Short link").input_value()
    found = visited(context, playground.url, short)
    expect(found.printed(2)).to_contain_text("42")
    assert found.page.url == short
    found.editor(1).press("End")
    found.page.keyboard.type("0")
    expect(found.page).to_have_url(re.compile(r"/#code/"))
    assert found.problems == []


def test_short_link_to_nothing_says_so_and_opens_the_example(page: Page, server_url: str) -> None:
    playground = PlaygroundPage(page, server_url)
    playground.open("/s/AAAAAAAAAAAAAAAAAAAA")
    expect(Desk(page).offer).to_contain_text("No program is stored under this link.")


@pytest.mark.long
def test_refusal_to_store_is_told_in_the_services_words(playground: PlaygroundPage, desk: Desk) -> None:
    playground.write(f"text = '{'x' * 70_000}'")
    desk.open_share()
    desk.sharing.get_by_role("button", name="Store and get a short link").click()
    expect(desk.sharing.get_by_role("alert")).to_contain_text("above the limit of 65536")


@pytest.mark.long
def test_service_without_a_store_offers_no_short_link(page: Page, tmp_path: Path) -> None:
    with running_service(tmp_path / "log", settings={"TENSORPAD_SNIPPETS": "off"}) as url:
        playground = PlaygroundPage(page, url)
        playground.open()
        desk = Desk(page)
        desk.open_share()
        expect(desk.sharing).to_contain_text("This server stores no programs")
        expect(desk.sharing.get_by_role("button", name="Store and get a short link")).to_have_count(0)


def test_picture_for_another_page_is_shown_as_readers_will_see_it(
    playground: PlaygroundPage, desk: Desk, context: BrowserContext
) -> None:
    desk.open_share("Embed")
    expect(desk.preview).to_have_js_property("complete", value=True)
    width: int = desk.preview.evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert width > 100
    desk.sharing.get_by_role("combobox", name="Colours").select_option("Dark")
    expect(desk.field("HTML")).to_have_value(re.compile(r"&amp;theme=dark"))
    page = context.new_page()
    page.set_content(desk.field("HTML").input_value())
    picture = page.get_by_role("link").get_by_role("img", name="Computation graph of out")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    page.get_by_role("link").click()
    expect(PlaygroundPage(page, playground.url).card("out")).to_be_visible()
    assert playground.problems == []


@pytest.mark.long
def test_picture_is_of_the_graph_that_is_chosen(playground: PlaygroundPage, desk: Desk) -> None:
    playground.run("import torch\nx = torch.ones(2, requires_grad=True)\nfirst = x.sum()\nsecond = x.mean()")
    desk.open_share("Embed")
    desk.sharing.get_by_role("combobox", name="Graph").select_option("first")
    expect(desk.field("HTML")).to_have_value(re.compile(r"&amp;of=first&amp;lang=en\""))
    expect(desk.preview).to_have_attribute("alt", "Computation graph of first")


@pytest.mark.long
def test_stored_program_gives_its_picture_a_short_address(playground: PlaygroundPage, desk: Desk) -> None:
    desk.open_share()
    desk.sharing.get_by_role("button", name="Store and get a short link").click()
    expect(desk.field("Short link")).to_be_visible()
    desk.sharing.get_by_role("tab", name="Embed").click()
    expect(desk.field("HTML")).to_have_value(re.compile(r"graph\.svg\?snippet=[\w-]{20}&amp;of=out"))
    assert desk.preview.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100


@pytest.mark.long
def test_picture_of_a_program_that_fails_says_why(playground: PlaygroundPage, desk: Desk) -> None:
    playground.run("import torch\nx = torch.ones(2, requires_grad=True)\nout = x.sum()\nraise ValueError('by design')")
    desk.open_share("Embed")
    expect(desk.sharing.get_by_role("alert")).to_contain_text("ValueError: by design (line 4)")


@pytest.mark.long
def test_program_that_is_too_long_for_an_address_is_stored_on_request_and_has_a_short_one(
    playground: PlaygroundPage, desk: Desk, stored: list[Request]
) -> None:
    noise = random.Random(1).randbytes(6000).hex()
    playground.run(f"import torch\nx = torch.ones(2, requires_grad=True)\nout = x.sum()\nlong = '{noise}'")
    desk.open_share("Embed")
    for form in ("A picture", "Live, in a frame"):
        desk.sharing.get_by_role("combobox", name="As").select_option(form)
        expect(desk.sharing).to_contain_text("too long for an address")
        expect(desk.field("HTML")).to_have_count(0)
    assert stored == []
    desk.sharing.get_by_role("button", name="Store it and use its short name").click()
    expect(desk.field("HTML")).to_have_value(re.compile(r'/embed\?snippet=[\w-]{20}&amp;of=out&amp;lang=en"'))
    desk.sharing.get_by_role("combobox", name="As").select_option("A picture")
    expect(desk.field("HTML")).to_have_value(re.compile(r"graph\.svg\?snippet=[\w-]{20}&amp;of=out&amp;lang=en\""))
    assert [request.method for request in stored if request.method == "POST"] == ["POST"]


def test_element_holds_a_program_however_long_it_is(playground: PlaygroundPage, desk: Desk) -> None:
    playground.write(f"long = '{'<x>' * 4000}'")
    desk.open_share("Embed")
    desk.sharing.get_by_role("combobox", name="As").select_option("Live, with a script")
    expect(desk.field("HTML")).to_have_value(re.compile("(<x>){4000}"))


@pytest.mark.parametrize("form", shortened(["Live, with a script", "Live, in a frame"]))
def test_live_view_for_another_page_is_what_the_dialog_shows(
    playground: PlaygroundPage, desk: Desk, context: BrowserContext, form: str
) -> None:
    playground.see("Memory")
    playground.page.get_by_role("slider").fill("4")
    desk.open_share("Embed")
    desk.sharing.get_by_role("combobox", name="As").select_option(form)
    desk.sharing.get_by_role("combobox", name="Colours").select_option("Dark")
    html = desk.field("HTML")
    expect(html).to_have_value(re.compile(r"\btheme=\"?dark\b"))
    page = context.new_page()
    page.set_content(html.input_value())
    shown, preview = page.locator("iframe"), desk.sharing.get_by_role("figure", name="Preview").locator("iframe")
    expect(shown).to_have_attribute("src", re.compile("/embed"))
    found, promised = (urlsplit(frame.get_attribute("src") or "") for frame in (shown, preview))
    assert (found.path, found.fragment) == (promised.path, promised.fragment)
    asked = dict(parse_qsl(promised.query))
    assert asked["view"] == "memory"
    assert asked["theme"] == "dark"
    assert asked["lang"] == "en"
    assert asked["step"].isdigit()
    assert dict(parse_qsl(found.query)) | asked == dict(parse_qsl(found.query))
    assert playground.problems == []


def test_graph_is_saved_as_a_picture_and_as_source(playground: PlaygroundPage, desk: Desk, tmp_path: Path) -> None:
    desk.open_share("Download")
    svg = ElementTree.fromstring(desk.download(".svg", tmp_path))
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert desk.download(".dot", tmp_path).startswith(b"digraph")
    png = desk.download(".png", tmp_path)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    box = [float(part) for part in svg.attrib["viewBox"].split()]
    size = [int.from_bytes(png[at : at + 4]) for at in (16, 20)]
    assert size == pytest.approx([2 * box[2], 2 * box[3]], abs=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.dot", "out.png", "out.svg"]


@pytest.mark.long
def test_picture_that_is_saved_has_the_graph_on_white_paper(playground: PlaygroundPage, desk: Desk, tmp_path: Path) -> None:
    playground.page.emulate_media(color_scheme="dark")
    desk.open_share("Download")
    png = base64.b64encode(desk.download(".png", tmp_path)).decode()
    colours: dict[str, int] = playground.page.evaluate(
        """async png => {
          const bytes = Uint8Array.from(atob(png), character => character.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes]));
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
          context.drawImage(bitmap, 0, 0);
          const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
          const found = {};
          for (let at = 0; at < data.length; at += 4) {
            const colour = data.slice(at, at + 4).join();
            found[colour] = (found[colour] ?? 0) + 1;
          }
          return found;
        }""",
        png,
    )
    assert max(colours, key=lambda colour: colours[colour]) == "255,255,255,255"
    assert len(colours) > 20
    assert all(colour.endswith(",255") for colour in colours)


def test_program_and_answer_are_saved(playground: PlaygroundPage, desk: Desk, tmp_path: Path) -> None:
    playground.run("import torch", "x = torch.ones(2)\nprint('名')")
    desk.open_share("Download")
    source = desk.download(".py", tmp_path).decode()
    assert [line for line in source.splitlines() if line.startswith("# %%")] == ["# %%"] * 2
    assert len(ast.parse(source).body) == 3
    notebook: Any = json.load(io.BytesIO(desk.download(".ipynb", tmp_path)))
    assert ["".join(cell["source"]) for cell in notebook["cells"]] == ["import torch", "x = torch.ones(2)\nprint('名')"]
    answer = json.loads(desk.download(".json", tmp_path))
    assert answer["cells"][1]["stdout"] == "名\n"
    assert answer["tensors"][0]["layout"]["shape"] == [2]
    expect(desk.sharing).to_contain_text("This run has no graph.")


def test_dialog_gives_the_focus_back(playground: PlaygroundPage, desk: Desk) -> None:
    opener = playground.page.get_by_role("button", name="Share", exact=True)
    opener.press("Enter")
    expect(desk.dialog("Share")).to_be_visible()
    playground.page.keyboard.press("Escape")
    expect(desk.dialog("Share")).to_have_count(0)
    expect(opener).to_be_focused()
    opener.press("Enter")
    expect(desk.dialog("Share")).to_be_visible()
    playground.page.mouse.click(5, 400)
    expect(desk.dialog("Share")).to_have_count(0)


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_way_is_accessible_and_fits_a_phone(playground: PlaygroundPage, desk: Desk, scheme: str) -> None:
    page = playground.page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": 375, "height": 700})
    desk.open_share()
    desk.sharing.get_by_role("button", name="Store and get a short link").click()
    expect(desk.field("Short link")).to_be_visible()
    for way in ("Link", "Embed", "Download"):
        desk.sharing.get_by_role("tab", name=way).click()
        expect(desk.sharing.get_by_role("tabpanel", name=way)).to_be_visible()
        assert playground.accessibility_violations() == []
        widths: list[int] = desk.dialog("Share").evaluate("dialog => [dialog.scrollWidth, dialog.clientWidth]")
        assert widths[0] <= widths[1] <= 375
