"""The cards of tensors and arrays: their elements, where those came from, and what a step changed."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.support.page import PlaygroundPage
from tests.e2e.support.tasks import task_times

LARGE = (
    "import torch\n"
    "x = torch.arange(1_000_000.).reshape(1000, 1000)\n"
    "y = x * 2\n"
    "deep = torch.arange(2 * 60 * 60.).reshape(2, 60, 60)\n"
    "x.neg_()"
)


def reading(playground: PlaygroundPage, name: str) -> Locator:
    return playground.card(name).locator("output").last


def open_heat_map(playground: PlaygroundPage, name: str) -> Locator:
    """Bring a heat map into view, and wait until its overview is there."""
    found = playground.heat_map(name)
    found.scroll_into_view_if_needed()
    found.hover(position={"x": 60, "y": 30})
    expect(reading(playground, name)).to_contain_text("mean")
    return found


# Where an element came from


def test_an_element_lights_those_that_it_came_from(playground: PlaygroundPage) -> None:
    playground.elements("y").nth(1).click()
    lens = playground.page.get_by_role("group", name="Where y[0, 1] came from")
    expect(lens).to_contain_text("y[0, 1] = 3 came from one input element.")
    expect(lens.get_by_role("listitem")).to_have_text("x[0, 1] = 1, local derivative 1")
    expect(playground.elements("y").nth(1)).to_have_class("asked")
    expect(playground.elements("x").nth(1)).to_have_class("source")
    expect(playground.elements("x").nth(1)).to_have_text("1.∂ 1")
    expect(playground.page.locator("td.source")).to_have_count(1)
    lens.get_by_role("button", name="Close").click()
    expect(playground.page.locator("td.source, td.asked")).to_have_count(0)


@pytest.mark.long
def test_what_an_element_came_from_is_shown_even_if_it_has_no_name(playground: PlaygroundPage) -> None:
    playground.run("import torch\ny = torch.tensor([2.0, 5.0], requires_grad=True)\nz = y * y * 3")
    playground.elements("z").last.click()
    unnamed = playground.card("unnamed").locator("td.source")
    expect(unnamed).to_have_text("25.∂ 3")


@pytest.mark.long
def test_what_decided_is_told_from_what_went_in(playground: PlaygroundPage) -> None:
    playground.run("import torch\na = torch.tensor([5.0, 7.0, 9.0])\ni = torch.tensor([2, 0])\nb = a[i]")
    playground.elements("b").first.click()
    expect(playground.elements("a").last).to_have_class("source")
    expect(playground.elements("a").last).to_have_text("9.∂ 1")
    expect(playground.elements("i").first).to_have_class("source index")


@pytest.mark.long
def test_an_element_in_a_gap_comes_into_view(playground: PlaygroundPage) -> None:
    playground.run("import torch\na = torch.arange(500.0)\nb = a[250:252] * 4")
    playground.elements("b").last.click()
    expect(playground.card("unnamed").locator("td.source")).to_have_text("251.∂ 4")
    playground.card("unnamed").filter(has_text="251").locator("td.source").last.click()
    expect(playground.elements("a").and_(playground.page.locator(".source"))).to_have_text("251.∂ 1")


def test_the_origin_is_that_of_the_present_step(playground: PlaygroundPage) -> None:
    playground.run("import torch\na = torch.tensor([1.0])\nb = torch.tensor([2.0])\nb.mul_(a + 4)")
    playground.elements("b").click()
    expect(playground.page.get_by_role("group", name="Where b[0] came from")).to_contain_text("b.mul_(a + 4)")


def test_cells_are_reached_and_asked_by_keyboard(playground: PlaygroundPage) -> None:
    cells = playground.elements("y")
    cells.first.focus()
    playground.page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    playground.page.keyboard.press("ArrowDown")
    expect(cells.nth(3)).to_be_focused()
    playground.page.keyboard.press("Control+Home")
    expect(cells.first).to_be_focused()
    playground.page.keyboard.press("End")
    playground.page.keyboard.press("Enter")
    expect(playground.elements("x").nth(1)).to_have_class("source")
    playground.page.keyboard.press("Escape")
    expect(playground.page.locator("td.source")).to_have_count(0)
    expect(cells.nth(1)).to_be_focused()


@pytest.mark.long
def test_a_tensor_that_no_operation_made_says_so(playground: PlaygroundPage) -> None:
    playground.run("import torch\nimport numpy as np\na = torch.from_numpy(np.ones(2))\nx = torch.tensor([3.0])")
    playground.elements("x").click()
    expect(playground.page.get_by_role("group", name="Where x[0] came from")).to_contain_text("no input element")


# What is shown


def test_a_gradient_stands_beside_its_value_cell_by_cell(playground: PlaygroundPage) -> None:
    value, gradient = playground.elements("x").nth(2), playground.gradient("x").nth(2)
    boxes = value.bounding_box(), gradient.bounding_box()
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert abs(boxes[0]["width"] - boxes[1]["width"]) < 1
    assert boxes[0]["y"] == boxes[1]["y"] or boxes[0]["x"] == boxes[1]["x"]
    value.hover()
    expect(gradient).to_have_class("peer")
    expect(playground.page.locator("td.peer")).to_have_count(1)


def test_dimensions_are_named_and_chosen_from(playground: PlaygroundPage) -> None:
    playground.run("import torch\nd = torch.arange(240.).reshape(2, 5, 4, 6)")
    card = playground.card("d")
    expect(card.locator(".dimensions")).to_have_text(re.compile(r"↓ dim 2 · 4\s+→ dim 3 · 6"))
    card.get_by_label("Index of dimension 0").fill("1")
    card.get_by_label("Index of dimension 1").press("ArrowRight")
    expect(card.get_by_role("group", name="Which slice is shown")).to_contain_text("[1, 1, :, :]")
    expect(playground.elements("d").first).to_have_text("144.")


@pytest.mark.long
def test_a_dimension_of_one_leaves_nothing_to_choose(playground: PlaygroundPage) -> None:
    playground.run("import torch\nd = torch.zeros(4, 1, 3, 3)")
    slices = playground.card("d").get_by_role("group", name="Which slice is shown")
    expect(slices).to_contain_text("[0, 0, :, :]")
    expect(slices.get_by_role("slider")).to_have_count(1)


def test_integers_of_any_size_are_exact(playground: PlaygroundPage) -> None:
    playground.run("import torch\nn = torch.tensor([2**63 - 1, -2**63, 2**53 + 1, 7])")
    expect(playground.elements("n")).to_have_text([str(2**63 - 1), str(-(2**63)), str(2**53 + 1), "7"])


def test_an_array_has_a_card_and_shows_the_memory_that_it_shares(playground: PlaygroundPage) -> None:
    playground.run("import torch\nt = torch.zeros(2, 2)\nn = t.numpy()\nn[1, 0] = 8")
    expect(playground.card("n")).to_contain_text("NumPy array")
    expect(playground.elements("n")).to_have_text(["0.", "0.", "8.", "0."])
    expect(playground.card("n")).to_contain_text("shares memory with t")
    expect(playground.card("t")).to_contain_text("shares memory with n")


# What a step changed


def test_a_step_marks_the_cells_that_it_changed(playground: PlaygroundPage) -> None:
    playground.run("import torch\na = torch.zeros(2, 2)\nb = a[1]\nb[0] = 7")
    changed = playground.page.locator("td.changed")
    expect(changed).to_have_count(0)
    playground.page.get_by_role("slider").press("ArrowLeft")
    expect(playground.card("a").locator("td.changed")).to_have_text("7.")
    expect(playground.card("b").locator("td.changed")).to_have_text("7.")
    expect(playground.card("a").locator("header")).to_have_class("changed")


@pytest.mark.long
def test_the_mark_does_not_move_where_motion_is_unwelcome(browser: Browser, server_url: str) -> None:
    context = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    try:
        playground = PlaygroundPage(context.new_page(), server_url)
        playground.open()
        playground.run("import torch\na = torch.zeros(2)\na[1] = 7")
        playground.page.get_by_role("slider").press("ArrowLeft")
        cell = playground.card("a").locator("td.changed")
        expect(cell).to_have_text("7.")
        expect(cell).to_have_css("animation-name", "none")
        corner = cell.evaluate("cell => getComputedStyle(cell, '::after').borderTopWidth")
        assert corner == "4px"
    finally:
        context.close()


# Large tensors


def test_a_large_tensor_is_a_picture_that_comes_nearer(playground: PlaygroundPage) -> None:
    playground.run(LARGE)
    picture = open_heat_map(playground, "y")
    expect(playground.card("y")).to_contain_text("1000000")
    expect(playground.card("y").get_by_role("img", name="Histogram")).to_be_visible()
    near = playground.card("y").get_by_role("button", name="Zoom in")
    while near.is_enabled():
        near.click()
    picture.evaluate("frame => frame.scrollTo(0, 0)")
    picture.hover(position={"x": 44 + 10, "y": 17 + 22 + 5})
    expect(reading(playground, "y")).to_have_text("[1, 0] = 2000")
    picture.evaluate("frame => frame.scrollTo(frame.scrollWidth, frame.scrollHeight)")
    box = picture.bounding_box()
    assert box is not None
    picture.hover(position={"x": box["width"] - 40, "y": box["height"] - 40})
    expect(reading(playground, "y")).to_have_text(re.compile(r"\[99[89], 999\] = 199"))


@pytest.mark.long
def test_a_large_tensor_shows_what_it_was_at_a_step(playground: PlaygroundPage) -> None:
    playground.run(LARGE)
    picture = open_heat_map(playground, "x")
    expect(reading(playground, "x")).to_contain_text("mean -")
    slider = playground.page.get_by_role("slider", name="Timeline")
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    expect(playground.card("x").get_by_text("999999", exact=True).first).to_be_visible()
    picture.hover(position={"x": 61, "y": 31})
    expect(reading(playground, "x")).to_have_text(re.compile(r"mean \d"))


@pytest.mark.long
def test_a_large_tensor_is_walked_and_asked_by_keyboard(playground: PlaygroundPage) -> None:
    playground.run(LARGE)
    picture = open_heat_map(playground, "y")
    playground.page.mouse.move(5, 5)
    picture.focus()
    picture.press("Control+Home")
    for _ in range(8):
        picture.press("+")
    picture.press("ArrowDown")
    picture.press("End")
    expect(reading(playground, "y")).to_have_text("[1, 999] = 3998")
    picture.press("Enter")
    lens = playground.page.get_by_role("group", name="Where y[1, 999] came from")
    expect(lens).to_contain_text("x[1, 999] = 1999, local derivative 2")
    picture.press("0")
    expect(playground.card("y").get_by_role("button", name="Show the whole matrix")).to_be_disabled()


@pytest.mark.long
def test_a_slice_of_a_large_tensor_is_chosen(playground: PlaygroundPage) -> None:
    playground.run(LARGE)
    picture = playground.heat_map("deep")
    playground.card("deep").get_by_label("Index of dimension 0").fill("1")
    picture.hover(position={"x": 46, "y": 19})
    expect(reading(playground, "deep")).to_have_text("[1, 0, 0] = 3600")


@pytest.mark.long
def test_what_has_been_scrolled_past_is_no_longer_asked_for(playground: PlaygroundPage) -> None:
    playground.run(LARGE)
    picture = open_heat_map(playground, "y")
    cancelled: list[str] = []
    playground.page.on("requestfailed", lambda request: cancelled.append(request.url))
    # Never answered, so that only the page can end it.
    playground.page.route("**/api/v1/values", lambda route: None)
    near = playground.card("y").get_by_role("button", name="Zoom in")
    with playground.page.expect_request("**/api/v1/values"):
        while near.is_enabled():
            near.click()
    with playground.page.expect_event("requestfailed"):
        picture.evaluate("frame => frame.scrollTo(0, 0)")
    assert all(url.endswith("/api/v1/values") for url in cancelled)
    playground.page.unroute("**/api/v1/values")


@pytest.mark.long
def test_scrolling_and_zooming_costs_the_same_in_a_tensor_four_times_as_large(
    browser: Browser, playground: PlaygroundPage
) -> None:
    go = """async (frame) => {
        const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        const [away, near] = frame.getRootNode().querySelectorAll("button");
        for (let zoom = 0; zoom < 8; zoom++) {
            near.click();
            for (let part = 0; part <= 12; part++) {
                frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) * part / 12;
                frame.scrollTop = (frame.scrollHeight - frame.clientHeight) * part / 12;
                await painted();
            }
        }
        for (let zoom = 0; zoom < 8; zoom++) { away.click(); await painted(); }
        await painted();
    }"""

    def times(size: int) -> list[float]:
        playground.run(f"import torch\nx = torch.randn({size}, {size})")
        open_heat_map(playground, "x")
        return task_times(browser, playground.page, lambda: playground.heat_map("x").evaluate(go))

    small, large = times(1000), times(2000)
    assert sum(large) < 2.5 * sum(small)
    # Nothing holds the page up: no task takes as much as a tenth of all of them.
    assert max(large) < sum(large) / 10


# For everyone


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_cards_can_be_used_by_everyone(playground: PlaygroundPage, theme: Any) -> None:
    playground.page.emulate_media(color_scheme=theme)
    playground.run(
        LARGE + "\nd = torch.arange(-60.0, 60).reshape(4, 5, 6)\nn = torch.eye(3).numpy()\nt = torch.from_numpy(n)"
    )
    open_heat_map(playground, "y")
    playground.elements("d").last.click()
    expect(playground.page.get_by_role("group", name="Where d[0, 4, 5] came from")).to_contain_text("d[0, 4, 5]")
    assert playground.accessibility_violations() == []


@pytest.mark.long
def test_cards_fit_a_phone(playground: PlaygroundPage) -> None:
    playground.page.set_viewport_size({"width": 375, "height": 700})
    playground.page.get_by_role("tab", name="Values").click()
    playground.run(LARGE + "\nd = torch.randn(3, 20, 30)")
    open_heat_map(playground, "y")
    assert playground.page.evaluate("document.documentElement.scrollWidth") == 375
