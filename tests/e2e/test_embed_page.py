"""The page that other pages frame."""

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.e2e.support import profile as profiles
from tests.e2e.support.page import AXE
from tests.e2e.support.profile import Profile
from tests.support.client import until
from tests.support.host_pages import hosted

PROGRAM = """import torch
x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
"""
WRITTEN = """import torch
x = torch.arange(3.)
x += 10
w = torch.ones(3, requires_grad=True)
out = (x * w).mean()
out.backward()
"""
# Also what is said of an element must have what is seen of it: the rule is off by default.
AXE_RUN = """new Promise(requestAnimationFrame)
  .then(() => axe.run({ rules: { "label-content-name-mismatch": { enabled: true } } }))
  .then(({ violations }) => violations)"""
VIEWS = ("steps", "graph", "values", "memory", "derivation")
SHOWN = {
    "steps": "tp-tensor-card",
    "graph": "tp-graph [data-node]",
    "values": "tp-tensor-card",
    "memory": "tp-storage",
    "derivation": "tp-derivation tp-math",
}
"""What is in each view once it shows something."""
# What a page has to do for a frame: follow its height, and keep what it is told.
FOLLOWS = """
  window.told = [];
  addEventListener("message", ({ data, source }) => {
    if (data?.source !== "tensorpad") return;
    told.push(data);
    for (const frame of document.querySelectorAll("iframe"))
      if (data.type === "height" && frame.contentWindow === source) frame.style.height = `${data.height}px`;
  });
"""


@pytest.fixture(scope="module")
def profile(browser: Browser, server_url: str) -> Iterator[Profile]:
    """That of a reader who has never been on our pages."""
    with profiles.profile(browser, server_url, width=800, height=600) as profile:
        yield profile


@pytest.fixture(autouse=True)
def problems(page: Page) -> Iterator[list[str]]:
    """What the browser complains of. A test that expects some takes them out."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    yield found
    assert found == []


def address(server_url: str, **parameters: str) -> str:
    return f"{server_url}/embed?{urlencode({'code': PROGRAM, 'lang': 'en', **parameters})}"


def host(framed: str, attributes: str = "") -> str:
    """A page of a course with a text that is longer than the window, and the view in the middle of it."""
    text = "<p>Some text of the course.</p>" * 20
    frame = f'<iframe title="View" {attributes} style="width:100%; border:0" src="{html.escape(framed)}"></iframe>'
    return f"<!doctype html><title>Course</title><script>{FOLLOWS}</script>{text}{frame}{text}"


def view(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def told(page: Page, kind: str) -> list[dict[str, Any]]:
    """What the page around was told of this kind, once it was told something."""
    page.wait_for_function("kind => told.some(({ type }) => type === kind)", arg=kind)
    found: list[dict[str, Any]] = page.evaluate("kind => told.filter(({ type }) => type === kind)", kind)
    return found


@pytest.mark.parametrize("attributes", ["", 'sandbox="allow-scripts"'])
def test_view_within_a_page_of_another_origin_follows_its_content_and_leaves_scrolling_and_focus_alone(
    page: Page, server_url: str, attributes: str
) -> None:
    with hosted(host(address(server_url, loading="eager"), attributes)) as course:
        page.goto(course)
        expect(view(page).locator(SHOWN["graph"]).first).to_be_attached()
        # No more than its content, and no less: nothing in the frame is left to scroll.
        page.wait_for_function("""() => {
          const { clientHeight } = document.querySelector("iframe");
          return clientHeight > 400 && clientHeight === told.findLast(({ type }) => type === "height").height;
        }""")
        root = view(page).locator("html")
        assert root.evaluate("page => page.scrollHeight - page.clientHeight") == 0
        assert page.evaluate("scrollY") == 0
        assert page.evaluate("document.activeElement === document.body")
        page.evaluate("document.querySelector('iframe').scrollIntoView()")
        box = view(page).locator(".stage").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 20, box["y"] + 20)
        before = page.evaluate("scrollY")

        def turn() -> bool:
            # Again where it was lost, as over a frame that has just begun to live.
            page.mouse.wheel(0, 120)
            return bool(page.evaluate("before => new Promise(requestAnimationFrame).then(() => scrollY > before)", before))

        until(turn, "the page scrolls over the graph")
        assert page.evaluate("document.activeElement === document.body")


def test_frame_follows_its_content_although_the_script_comes_after_its_height(page: Page, server_url: str) -> None:
    script = "window.told = []; addEventListener('message', ({ data }) => { told.push(data); });"
    frame = f'<iframe title="View" src="{html.escape(address(server_url, loading="eager"))}"></iframe>'
    icon = "<link rel=icon href=data:,>"
    with hosted(f"<!doctype html><title>Course</title>{icon}<script>{script}</script>{frame}") as course:
        page.goto(course)
        expect(view(page).locator(SHOWN["graph"]).first).to_be_attached()
        page.wait_for_function("told.some(({ type, height }) => type === 'height' && height > 400)")
        assert page.evaluate("document.querySelector('iframe').clientHeight") == 150
        page.add_script_tag(url=f"{server_url}/embed.js")
        page.wait_for_function("""() => {
          const { clientHeight } = document.querySelector("iframe");
          return clientHeight > 400 && clientHeight === told.findLast(({ type }) => type === "height").height;
        }""")


def test_id_of_a_program_leads_to_no_other_address_of_the_service(page: Page, server_url: str, problems: list[str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server_url}/embed?{urlencode({'snippet': '../graph.json?code=1', 'lang': 'en'})}")
    expect(page.get_by_role("alert")).to_contain_text("../graph.json?code=1")
    assert [url for url in asked if "/api/" in url] == [f"{server_url}/api/v1/snippets/..%2Fgraph.json%3Fcode%3D1"]
    # The browser says of a 404 that it is one.
    assert [problem for problem in problems if "404" not in problem] == []
    problems.clear()


def test_going_through_the_steps_does_not_scroll_the_page_around(page: Page, server_url: str) -> None:
    for name in ("steps", "memory"):
        with hosted(host(address(server_url, view=name, loading="eager"))) as course:
            page.goto(course)
            expect(view(page).locator(SHOWN[name]).first).to_be_attached()
            for step in range(5):
                page.evaluate("step => frames[0].postMessage({ target: 'tensorpad', type: 'goto', step }, '*')", step)
            page.wait_for_function("told.some(({ type, detail }) => type === 'step' && detail.step === 4)")
            page.evaluate("new Promise(requestAnimationFrame)")
            assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize(("asked", "shown"), [({}, "Values"), ({"view": "graph"}, "Graph")])
def test_program_without_a_graph_shows_its_values_unless_the_graph_is_asked_for(
    page: Page, server_url: str, asked: dict[str, str], shown: str
) -> None:
    page.goto(address(server_url, code="total = 0\nfor i in range(5):\n    total += i\ntotal", **asked))
    expect(page.locator("tp-timeline .said")).to_be_visible()
    expect(page.get_by_role("tab", selected=True)).to_have_text(shown)
    expect(
        page.locator("tp-variables td.text").first if shown == "Values" else page.locator("tp-graphs .none")
    ).to_be_visible()


@pytest.mark.long
def test_what_leads_through_the_steps_stays_under_the_pointer(page: Page, server_url: str) -> None:
    with hosted(host(address(server_url, view="steps", loading="eager", step="0"))) as course:
        page.goto(course)
        forward = view(page).get_by_role("button", name="One step forward")
        slider = view(page).get_by_role("slider", name="Timeline")
        expect(slider).to_have_value("0")
        # From the top of the view: the page around may scroll to it.
        place = "button => button.getBoundingClientRect().top"
        places = [forward.evaluate(place)]
        heights: set[int] = set()
        for stop in range(1, int(slider.get_attribute("max") or "0")):
            forward.click()
            expect(slider).to_have_value(str(stop))
            places.append(forward.evaluate(place))
            heights |= {message["height"] for message in told(page, "height")}
        assert len(heights) > 1
        assert places == places[:1] * len(places)


def test_view_works_in_a_page_that_was_opened_from_a_file(page: Page, server_url: str, tmp_path: Path) -> None:
    file = tmp_path / "course.html"
    file.write_text(host(address(server_url, loading="eager"), 'sandbox="allow-scripts"'))
    page.goto(file.as_uri())
    expect(view(page).locator(SHOWN["graph"]).first).to_be_attached()
    assert told(page, "height")[-1]["height"] > 100


def test_view_that_nobody_has_come_to_does_not_run(page: Page, server_url: str) -> None:
    runs: list[str] = []
    page.on("request", lambda request: runs.append(request.url) if request.url.endswith("/runs") else None)
    with hosted(host(address(server_url))) as course:
        page.goto(course)
        # The frame is below the window, and has said how high it is: it has had its chance.
        told(page, "height")
        assert runs == []
        page.locator("iframe").scroll_into_view_if_needed()
        expect(view(page).locator(SHOWN["graph"]).first).to_be_attached()
        assert len(runs) == 1


def test_page_around_is_told_of_runs_and_steps_and_can_ask_for_them(page: Page, server_url: str) -> None:
    with hosted(host(address(server_url, view="steps", autoplay="0"))) as course:
        page.goto(course)
        expect(view(page).get_by_role("button", name="Run").last).to_be_attached()
        page.evaluate("""
          window.ask = wish => frames[0].postMessage({ target: "tensorpad", ...wish }, "*");
          ask({ type: "nonsense" }); ask({ type: "goto", step: "x" }); ask({ type: "run" });""")
        [run] = told(page, "run")
        assert run["detail"]["status"] == "ok"
        assert run["detail"]["seconds"] > 0
        page.evaluate("ask({ type: 'goto', step: 2 })")
        page.evaluate("ask({ type: 'view', view: 'memory' }), ask({ type: 'theme', theme: 'dark' })")
        expect(view(page).locator("tp-storage").first).to_be_attached()
        expect(view(page).locator("html")).to_have_attribute("data-theme", "dark")
        step = told(page, "step")[-1]["detail"]
        said = view(page).locator("tp-timeline .said p")
        assert step["line"] == 2
        expect(said).to_have_text(step["sentence"].replace("`", ""))
        page.evaluate("ask({ type: 'lang', lang: 'zh-CN' })")
        expect(view(page).get_by_role("tab", name="计算图")).to_be_attached()
        verbs = {answer["detail"]["verb"]["id"] for answer in told(page, "answer")}
        assert verbs == {"http://adlnet.gov/expapi/verbs/experienced"}


def test_program_that_fails_shows_its_error_with_the_fix_and_says_so_around(page: Page, server_url: str) -> None:
    failing = "import torch\na = torch.ones(2, 3)\na @ a\n"
    with hosted(host(address(server_url, code=failing, loading="eager"))) as course:
        page.goto(course)
        error = view(page).get_by_role("group", name="Error", exact=True)
        expect(error).to_contain_text("mat1 and mat2 shapes cannot be multiplied")
        expect(error.locator("ins")).to_contain_text(".T")
        expect(error.get_by_role("button", name="Apply")).to_be_hidden()
        [detail] = [message["detail"] for message in told(page, "error")]
        assert (detail["type"], detail["line"]) == ("RuntimeError", 3)


def test_what_is_wrong_in_the_address_is_said_and_the_rest_works(page: Page, server_url: str, problems: list[str]) -> None:
    page.goto(address(server_url, view="grpah", step="900", of="lost", theme="dark"))
    notes = page.get_by_role("note")
    expect(notes).to_have_count(3)
    expect(notes.nth(0)).to_contain_text("view=grpah")
    expect(notes.nth(1)).to_contain_text("step=900")
    expect(notes.nth(2)).to_contain_text("lost")
    expect(page.locator(SHOWN["graph"]).first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    for path, said in (
        ("/embed?lang=en", "has no program"),
        ("/embed?lang=en#code/????", "cannot be read"),
        ("/embed?lang=en&snippet=nothing", "No program is stored under nothing"),
    ):
        page.goto(server_url + path)
        expect(page.get_by_role("alert")).to_contain_text(said)
    # The browser speaks of the snippet that is not there by itself.
    assert [text for text in problems if "404" in text] == problems
    problems.clear()


def test_service_that_does_not_answer_is_named_and_can_be_tried_again(
    page: Page, server_url: str, problems: list[str]
) -> None:
    page.route("**/api/v1/runs", lambda route: route.abort(), times=1)
    page.goto(address(server_url))
    expect(page.get_by_role("alert")).to_contain_text("The service does not answer")
    page.get_by_role("button", name="Run again").click()
    expect(page.locator(SHOWN["graph"]).first).to_be_visible()
    problems.clear()


def test_graph_and_step_are_those_that_the_address_names(page: Page, server_url: str) -> None:
    two = "import torch\na = torch.ones(2, requires_grad=True)\nb = a * 2\nb.sum().backward()\nc = (a * 3).sum()\n"
    two += "c.backward()\n"
    page.goto(address(server_url, code=two, of="c", step="3", view="graph"))
    expect(page.get_by_role("tablist", name="Computation graph").get_by_role("tab", selected=True)).to_have_text("c")
    page.goto(address(server_url, view="steps", step="2"))
    expect(page.locator("tp-listing mark")).to_have_text("torch.ones(2, 2, requires_grad=True)")


def test_link_says_where_it_leads_if_the_page_around_lets_nothing_open(
    page: Page, server_url: str, problems: list[str]
) -> None:
    with hosted(host(address(server_url), 'sandbox="allow-scripts"')) as course:
        page.goto(course)
        view(page).get_by_role("link", name="Open in Tensorpad").click()
        field = view(page).get_by_role("textbox", name="Address")
        expect(field).to_be_visible()
        assert field.input_value().startswith(f"{server_url}/#code/")
    problems.clear()


def test_program_can_be_changed_and_run_where_the_address_lets_a_reader_edit(page: Page, server_url: str) -> None:
    page.goto(address(server_url, code="import torch\nx = torch.ones(2)", mode="edit", view="values"))
    expect(page.locator("tp-tensor-card")).to_have_count(1)
    editor = page.get_by_role("textbox", name="Code of cell 1")
    editor.fill("import torch\nx = torch.ones(2)\nw = x + 1")
    editor.press("Control+Enter")
    expect(page.get_by_role("article", name="w", exact=True)).to_be_visible()
    assert page.evaluate("JSON.stringify(localStorage)") == json.dumps({})


def test_an_answer_that_was_had_before_is_shown_and_nothing_is_asked_for(page: Page, server_url: str) -> None:
    page.goto(address(server_url, view="graph", loading="eager"))
    expect(page.locator(SHOWN["graph"]).first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/v1/runs" in request.url else None)
    # A second view, which is given what the first has.
    page.evaluate(
        """code => {
      const embed = document.querySelector("tp-embed").shadowRoot;
      const { response } = embed.querySelector("tp-viewer").shadowRoot.querySelector("tp-timeline").timeline;
      const viewer = document.createElement("tp-viewer");
      Object.assign(viewer, { id: "recorded", view: "steps", start: { view: "graph", step: 2, graph: null } });
      viewer.answer = { cells: [{ key: 1, code }], response };
      document.body.append(viewer);
    }""",
        PROGRAM,
    )
    recorded = page.locator("#recorded")
    said = recorded.locator("tp-timeline .said p")
    expect(recorded.locator("tp-listing mark")).to_have_text("torch.ones(2, 2, requires_grad=True)")
    expect(said).to_contain_text("torch.ones(2, 2, requires_grad=True) made a tensor (2, 2)")
    recorded.get_by_role("button", name="One step forward").click()
    expect(said).to_contain_text("x + 2 made a tensor (2, 2)")
    recorded.get_by_role("tab", name="Graph").click()
    expect(recorded.locator("tp-graph [data-node]").first).to_be_visible()
    assert asked == []
    # It runs the program only when somebody wishes it.
    recorded.get_by_role("button", name="Run").first.click()
    expect(recorded.locator("tp-timeline .said p")).to_contain_text("The end")
    assert len(asked) == 1


def test_part_that_cannot_be_loaded_is_named_and_can_be_tried_again(
    page: Page, server_url: str, problems: list[str]
) -> None:
    page.goto(address(server_url, view="graph", loading="eager"))
    expect(page.locator(SHOWN["graph"]).first).to_be_visible()
    page.route("**/assets/*.js", lambda route: route.abort("internetdisconnected"))
    page.get_by_role("tab", name="Memory").click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("A part of this page could not be loaded.")
    page.unroute_all()
    notice.get_by_role("button", name="Try again").click()
    expect(page.locator(SHOWN["memory"]).first).to_be_visible()
    expect(notice).to_have_count(0)
    # The browser speaks of the files by itself.
    assert [text for text in problems if "ERR_INTERNET_DISCONNECTED" in text] == problems
    problems.clear()


def test_tabs_of_the_views_fit_on_a_narrow_screen(page: Page, server_url: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for lang in ("en", "zh-CN"):
        page.goto(address(server_url, lang=lang))
        tabs = page.locator("tp-viewer .bar").get_by_role("tab")
        expect(tabs).to_have_count(len(VIEWS))
        boxes: list[list[float]] = tabs.evaluate_all(
            "tabs => tabs.map(tab => { const { left, right } = tab.getBoundingClientRect(); return [left, right]; })"
        )
        row = page.locator("tp-viewer .bar tp-tabs [role=tablist]")
        assert row.evaluate("row => row.scrollWidth - row.clientWidth") == 0
        assert all(left >= 0 and right <= 320 for left, right in boxes)


@pytest.mark.parametrize(("theme", "lang"), [pytest.param("light", "zh-CN", marks=pytest.mark.long), ("dark", "en")])
def test_axe_finds_nothing_in_any_view_whatever_the_width(page: Page, server_url: str, theme: str, lang: str) -> None:
    # What has just changed is lit up for a moment, which is no colour to measure.
    page.emulate_media(reduced_motion="reduce")
    for name in VIEWS:
        page.set_viewport_size({"width": 800, "height": 600})
        # At this step elements of the memory have just been written.
        page.goto(address(server_url, code=WRITTEN, view=name, theme=theme, lang=lang, step="4"))
        expect(page.locator(SHOWN[name]).first).to_be_visible()
        if name == "memory":
            expect(page.locator("tp-strip td.changed").first).to_be_visible()
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for width in (800, 320):
            page.set_viewport_size({"width": width, "height": 600})
            found: list[dict[str, Any]] = page.evaluate(AXE_RUN)
            assert [(name, width, rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found] == []
