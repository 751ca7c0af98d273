"""The playground page in a real browser against a real service, by behaviour."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.support.page import PlaygroundPage
from tests.support.short_form import shortened


def test_opens_on_an_example_that_has_run(playground: PlaygroundPage) -> None:
    expect(playground.result(3)).to_contain_text("4.5000")
    expect(playground.printed(2)).to_contain_text("MeanBackward0")
    expect(playground.card("x").locator(".gradient td")).to_have_text(["", "4.5", "4.5", "4.5", "4.5"])
    expect(playground.graph("out").locator("svg")).to_be_visible()
    expect(playground.news).to_have_text("The run has ended: 4 variables.")
    assert playground.problems == []


@pytest.mark.parametrize("keys", shortened(["Control+Enter", "Shift+Enter"]))
def test_runs_by_keyboard(playground: PlaygroundPage, keys: str) -> None:
    playground.write("6 * 7")
    playground.editor(1).press(keys)
    expect(playground.result(1)).to_contain_text("42")


def test_cells_share_one_namespace(playground: PlaygroundPage) -> None:
    playground.run("a = 20", "b = a + 1", "2 * b")
    expect(playground.result(3)).to_contain_text("42")


def test_cells_are_added_moved_and_deleted(playground: PlaygroundPage) -> None:
    playground.write("first", "second")
    playground.cell(1).get_by_role("button", name="Move the cell down").click()
    expect(playground.editor(1)).to_have_text("second")
    playground.cell(1).get_by_role("button", name="Add a cell below").click()
    expect(playground.editor(2)).to_be_focused()
    playground.cell(1).get_by_role("button", name="Delete the cell").click()
    expect(playground.editor(2)).to_have_text("first")


@pytest.mark.long
def test_tab_indents_and_escape_then_tab_leaves(playground: PlaygroundPage) -> None:
    playground.write("")
    playground.editor(1).press("Tab")
    playground.editor(1).press_sequentially("x")
    expect(playground.editor(1)).to_have_text("    x")
    playground.editor(1).press("Escape")
    playground.editor(1).press("Tab")
    expect(playground.editor(1)).not_to_be_focused()


def test_an_error_marks_its_source_and_stops_the_cells_after_it(playground: PlaygroundPage) -> None:
    playground.run("import torch\nx = torch.ones(2, 3)", "名 = '😀'; y = x @ x", "x")
    expect(playground.cell(2).locator(".tp-error")).to_have_text("x @ x")
    expect(playground.cell(2)).to_contain_text("mat1 and mat2 shapes cannot be multiplied")
    expect(playground.cell(3)).to_contain_text("Not run: what comes before did not end.")
    playground.cell(2).get_by_text("Traceback", exact=True).click()
    expect(playground.cell(2).locator("details pre")).to_contain_text("RuntimeError")
    expect(playground.news).to_have_text("The run ended in cell 2 with RuntimeError.")
    playground.editor(2).press_sequentially("#")
    expect(playground.cell(2).locator(".tp-error")).to_have_count(0)


def test_output_shows_while_the_program_runs_and_cancel_ends_it(playground: PlaygroundPage) -> None:
    playground.write("print('hello', flush=True)\nwhile True: pass")
    playground.run_button.click()
    expect(playground.printed(1)).to_contain_text("hello")
    playground.cancel_button.click()
    expect(playground.notice).to_contain_text("Cancelled")
    playground.run("1 + 1")
    expect(playground.result(1)).to_contain_text("2")
    expect(playground.notice).to_have_count(0)


@pytest.mark.long
def test_a_new_run_replaces_the_one_that_goes_on(playground: PlaygroundPage) -> None:
    playground.write("print('old', flush=True)\nwhile True: pass")
    playground.run_button.click()
    expect(playground.printed(1)).to_contain_text("old")
    playground.editor(1).fill("'new'")
    playground.editor(1).press("Control+Enter")
    expect(playground.result(1)).to_contain_text("new")
    expect(playground.printed(1)).to_have_count(0)


@pytest.mark.long
def test_a_node_lights_its_source_and_its_card(playground: PlaygroundPage) -> None:
    playground.node("z").hover()
    expect(playground.lit_source).to_have_text("y * y * 3")
    expect(playground.card("z")).to_have_class("lit")
    playground.run_button.hover()
    expect(playground.lit_source).to_have_count(0)


@pytest.mark.long
def test_a_card_lights_its_node_and_its_source(playground: PlaygroundPage) -> None:
    playground.show("y").click()
    expect(playground.rings).to_have_count(1)
    expect(playground.lit_source).to_have_text("x + 2")


@pytest.mark.long
def test_cards_tell_whose_memory_they_share(playground: PlaygroundPage) -> None:
    playground.run("import torch\na = torch.zeros(4)\nb = a.view(2, 2)\nb[0, 0] = 7")
    expect(playground.card("b")).to_contain_text("view of a")
    expect(playground.card("a")).to_contain_text("shares memory with b")
    expect(playground.card("a").locator("td").first).to_have_text("7.")
    playground.card("b").get_by_role("button", name="a", exact=True).click()
    expect(playground.card("a")).to_have_class("lit")


def test_values_of_every_kind_are_shown(playground: PlaygroundPage) -> None:
    playground.run(
        "import torch\n"
        "odd = torch.tensor([float('nan'), float('-inf'), -2.5])\n"
        "flags = torch.tensor([True, False])\n"
        "waves = torch.tensor([1 + 2j])\n"
        "none = torch.empty(0, 3)\n"
        "deep = torch.arange(120).reshape(5, 4, 6)\n"
        "large = torch.ones(100, 100)\n"
        "rate = 0.1"
    )
    expect(playground.card("odd").locator("td")).to_have_text(["nan", "-inf", "-2.5"])
    expect(playground.card("flags").locator("td")).to_have_text(["True", "False"])
    expect(playground.card("waves").locator("td")).to_have_text(["1.+2.j"])
    expect(playground.card("none")).to_contain_text("no elements")
    playground.card("deep").get_by_label("Index of dimension 0").fill("2")
    expect(playground.card("deep").locator("tbody td").first).to_have_text("48")
    expect(playground.card("large")).to_contain_text("10000")
    expect(playground.card("large").get_by_role("img")).to_have_count(1)
    expect(playground.page.get_by_role("row").filter(has_text="rate")).to_contain_text("0.1")


@pytest.mark.long
def test_invisible_characters_are_named_and_terminal_colours_removed(playground: PlaygroundPage) -> None:
    playground.run(r"print('\x1b[31mred\x1b[0m \u202eback')")
    expect(playground.printed(1).locator("pre")).to_have_text("red ⟨U+202E⟩back")


def test_a_graph_that_the_program_draws_is_shown_under_its_cell(playground: PlaygroundPage) -> None:
    playground.run(
        "import torch\nfrom torchviz import make_dot\nx = torch.ones(2, requires_grad=True)\nmake_dot((x * 2).sum())"
    )
    expect(playground.cell(1).locator("figure .stage svg")).to_contain_text("SumBackward0")


def test_graphs_are_chosen_by_tab(playground: PlaygroundPage) -> None:
    playground.run("import torch\nx = torch.ones(2, requires_grad=True)\na = x * 2\nb = x.exp()")
    tabs = playground.graph_tabs
    expect(tabs).to_have_count(2)
    tabs.filter(has_text="a").click()
    expect(playground.graph("a")).to_be_visible()
    tabs.filter(has_text="a").press("ArrowRight")
    expect(playground.graph("b")).to_be_visible()
    expect(tabs.filter(has_text="b")).to_be_focused()


@pytest.mark.long
def test_the_graphs_of_a_loop_are_one_row_told_apart_and_the_last_is_shown(playground: PlaygroundPage) -> None:
    playground.run(
        "import torch\nx = torch.ones(2, requires_grad=True)\nfor n in range(12):\n    y = x.sum()\n    y.backward()"
    )
    tabs = playground.graph_tabs
    expect(tabs).to_have_text([f"y #{n}" for n in range(1, 13)])
    expect(tabs.last).to_have_attribute("aria-selected", "true")
    expect(tabs.last).to_be_in_viewport()
    assert len({box["y"] for box in map(Locator.bounding_box, tabs.all()) if box}) == 1


@pytest.mark.long
def test_on_paper_are_the_program_its_graph_and_its_values_and_nothing_to_press(playground: PlaygroundPage) -> None:
    playground.page.set_viewport_size({"width": 794, "height": 1123})
    expect(playground.card("x")).to_have_count(0)
    playground.page.emulate_media(media="print")
    for part in (playground.editor(1), playground.graph("out"), playground.card("x"), playground.card("out")):
        expect(part).to_be_visible()
    expect(playground.run_button).to_have_count(0)
    for name in ("Share", "Delete the cell", "Zoom in", "One step forward"):
        expect(playground.page.get_by_role("button", name=name)).to_have_count(0)


def test_a_graph_zooms_and_moves_by_button_and_key_and_fits_again(playground: PlaygroundPage) -> None:
    content = playground.graph("out").locator("svg > g")
    fitted = content.get_attribute("transform") or ""
    assert fitted
    for act in (
        lambda: playground.page.get_by_role("button", name="Zoom in").click(),
        lambda: playground.graph("out").press("ArrowLeft"),
        lambda: playground.graph("out").press("-"),
    ):
        act()
        expect(content).not_to_have_attribute("transform", fitted)
        playground.graph("out").press("0")
        expect(content).to_have_attribute("transform", fitted)


@pytest.mark.long
def test_the_wheel_zooms_a_graph_only_with_control_or_focus(playground: PlaygroundPage) -> None:
    content = playground.graph("out").locator("svg > g")
    fitted = content.get_attribute("transform") or ""
    playground.graph("out").hover()
    playground.page.mouse.wheel(0, -200)
    playground.page.evaluate("new Promise(requestAnimationFrame)")
    expect(content).to_have_attribute("transform", fitted)
    playground.page.keyboard.down("Control")
    playground.page.mouse.wheel(0, -200)
    playground.page.keyboard.up("Control")
    expect(content).not_to_have_attribute("transform", fitted)


@pytest.mark.parametrize(("kind", "start"), shortened([("SVG", "<svg"), ("DOT", "digraph")]))
def test_a_graph_is_downloaded(playground: PlaygroundPage, kind: str, start: str) -> None:
    with playground.page.expect_download() as download:
        playground.page.get_by_role("button", name=f"Download as {kind}").click()
    assert download.value.suggested_filename == f"out.{kind.lower()}"
    assert start in Path(download.value.path()).read_text(encoding="utf-8")[:200]


def test_a_program_that_takes_too_long_says_so_and_keeps_what_it_did(playground: PlaygroundPage) -> None:
    playground.limit_time(0.5)
    playground.run("print('before')", "while True: pass")
    expect(playground.notice).to_contain_text("Time limit")
    expect(playground.printed(1)).to_contain_text("before")


@pytest.mark.long
def test_a_program_that_prints_too_much_says_so(playground: PlaygroundPage) -> None:
    playground.run("while True: print('x' * 1000)")
    expect(playground.notice).to_contain_text("Output limit")


def test_a_service_that_does_not_answer_is_told_from_one_that_is_busy(playground: PlaygroundPage) -> None:
    playground.page.route("**/api/v1/runs", lambda route: route.abort())
    playground.run_button.click()
    expect(playground.notice).to_contain_text("The service does not answer")
    expect(playground.notice).to_contain_text("The results shown are those of the run before.")
    playground.page.unroute("**/api/v1/runs")
    problem = {
        "type": "/problems/overloaded",
        "title": "Overloaded",
        "status": 503,
        "detail": "Too many runs.",
        "request_id": "q",
    }
    headers = {"Content-Type": "application/problem+json", "Retry-After": "2"}
    playground.answer_runs(503, headers, json.dumps(problem))
    playground.run_button.click()
    again = playground.notice.get_by_role("button", name="Run again")
    expect(playground.notice).to_contain_text("Try again in")
    expect(again).to_be_disabled()
    expect(again).to_be_enabled()
    playground.page.unroute("**/api/v1/runs")
    again.click()
    expect(playground.notice).to_have_count(0)


@pytest.mark.long
def test_an_answer_that_breaks_off_says_so(playground: PlaygroundPage) -> None:
    queued = 'event: queued\ndata: {"id":"r","ahead":0}\n\n'
    playground.answer_runs(200, {"Content-Type": "text/event-stream"}, queued)
    playground.run_button.click()
    expect(playground.notice).to_contain_text("The answer broke off")


def test_a_refused_run_tells_why(playground: PlaygroundPage) -> None:
    playground.run("1" * 300_000)
    expect(playground.notice).to_contain_text("The run was refused")


@pytest.mark.long
def test_hostile_output_stays_text(playground: PlaygroundPage) -> None:
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    playground.run(f"print({attack!r})\n{attack!r}")
    expect(playground.printed(1)).to_contain_text(attack)
    expect(playground.page.locator("tp-output img, tp-output script")).to_have_count(0)
    assert playground.problems == []


def test_the_language_is_switched_and_stays_in_the_link(playground: PlaygroundPage) -> None:
    playground.page.get_by_label("Language").select_option("简体中文")
    expect(playground.page.get_by_role("button", name="运行", exact=True)).to_be_visible()
    expect(playground.page).to_have_url(f"{playground.url}/?lang=zh-CN")
    expect(playground.page.locator("html")).to_have_attribute("lang", "zh-CN")
    playground.page.reload()
    expect(playground.page.get_by_role("heading", name="计算图")).to_be_visible()


def test_the_theme_is_switched_and_remembered(playground: PlaygroundPage) -> None:
    html = playground.page.locator("html")
    switch = playground.page.get_by_role("button", name="Theme:")
    switch.click()
    expect(html).to_have_attribute("data-theme", "light")
    switch.click()
    expect(html).to_have_attribute("data-theme", "dark")
    expect(playground.graph("out").locator("svg")).to_have_attribute("data-theme", "dark")
    playground.page.reload()
    expect(html).to_have_attribute("data-theme", "dark")


def test_the_isolation_of_the_service_is_told_layer_by_layer(playground: PlaygroundPage) -> None:
    playground.page.get_by_role("button", name="About this service").click()
    expect(playground.page.get_by_text("seccomp")).to_be_visible()
    expect(playground.page.get_by_text("holds").first).to_be_visible()
    playground.page.keyboard.press("Escape")
    expect(playground.page.get_by_text("seccomp")).to_be_hidden()


def test_fits_a_phone(page: Page, server_url: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    playground = PlaygroundPage(page, server_url)
    playground.open()
    for view in playground.views.get_by_role("tab").all():
        view.click()
        assert page.evaluate("document.documentElement.scrollWidth") == 375, view
    expect(playground.run_button).to_be_in_viewport()


@pytest.mark.parametrize(("scheme", "width"), shortened([("light", 1440), ("dark", 375)]))
def test_has_no_accessibility_violations(page: Page, server_url: str, scheme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    playground = PlaygroundPage(page, server_url)
    playground.open()
    for view in playground.views.get_by_role("tab").all():
        view.click()
        assert playground.accessibility_violations() == [], view
    playground.run("import torch\nx = torch.randn(3, 4)\nprint('printed')", "x @ x", "x")
    assert playground.accessibility_violations() == []


@pytest.mark.long
def test_the_documentation_of_the_api_is_served_from_here(page: Page, server_url: str) -> None:
    playground = PlaygroundPage(page, server_url)
    page.goto(f"{playground.url}/docs")
    expect(page.get_by_text("/api/v1/runs", exact=True)).to_be_visible()
    assert playground.problems == []
