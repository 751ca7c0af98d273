"""The editor in a real browser: cells, hints, values in the code, errors and fixes, completion, live mode, keys."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.support.page import PlaygroundPage
from tests.support.short_form import shortened

MISMATCH = "import torch\nx = torch.ones(2, 3)\ny = x @ x\n'after'"
FIXED = "import torch\nx = torch.ones(2, 3)\ny = x @ x.T\n'after'"


def test_a_deleted_cell_is_brought_back(playground: PlaygroundPage) -> None:
    playground.write("first", "second", "third")
    playground.tool(2, "Delete the cell").click()
    expect(playground.page.locator("tp-cell")).to_have_count(2)
    undo = playground.page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(playground.editor(2)).to_have_text("second")
    expect(playground.editor(2)).to_be_focused()
    expect(undo).to_have_count(0)


@pytest.mark.long
def test_moving_a_cell_keeps_its_history_and_the_focus(playground: PlaygroundPage) -> None:
    playground.write("first", "second")
    playground.editor(1).press("End")
    playground.editor(1).press_sequentially(" more")
    down = playground.tool(1, "Move the cell down")
    down.focus()
    down.press("Enter")
    expect(playground.editor(2)).to_have_text("first more")
    expect(playground.tool(2, "Move the cell up")).to_be_focused()
    playground.editor(2).press("Control+z")
    expect(playground.editor(2)).not_to_contain_text("more")


def test_a_cell_is_run_after_those_before_it(playground: PlaygroundPage) -> None:
    playground.write("a = 1", "a + 1", "a + 2")
    playground.tool(2, "Run up to this cell").click()
    expect(playground.result(2)).to_contain_text("2")
    expect(playground.result(3)).to_have_count(0)
    expect(playground.news).to_have_text("The run has ended: 1 variables.")


@pytest.mark.long
def test_shift_enter_runs_a_cell_and_goes_on(playground: PlaygroundPage) -> None:
    playground.write("a = 1\na", "a + 1")
    playground.editor(1).press("Shift+Enter")
    expect(playground.editor(2)).to_be_focused()
    expect(playground.result(1)).to_contain_text("1")
    playground.editor(2).press("Shift+Enter")
    expect(playground.result(2)).to_contain_text("2")
    expect(playground.editor(3)).to_be_focused()


def test_each_line_tells_what_it_made(playground: PlaygroundPage) -> None:
    expect(playground.hints(1)).to_have_text(["x (2, 2) float32 ∇", "y (2, 2) float32 ∇"])
    expect(playground.hints(3)).to_have_text(["x.grad (2, 2) float32"])
    playground.run("x = torch.zeros(3)\nfor i in range(4):\n    x.add_(1)")
    expect(playground.hints(1)).to_have_text(["x (3,) float32", "i 3×4", "x (3,) float32 in place×4"])


@pytest.mark.long
def test_a_hint_moves_with_its_line_and_goes_when_the_line_is_edited(playground: PlaygroundPage) -> None:
    playground.run("a = 1\nb = 2")
    expect(playground.hints(1)).to_have_text(["a 1", "b 2"])
    playground.editor(1).press("Control+Home")
    playground.editor(1).press_sequentially("\n\n")
    expect(playground.hints(1)).to_have_text(["a 1", "b 2"])
    playground.editor(1).press("Control+End")
    playground.editor(1).press_sequentially("5")
    expect(playground.hints(1)).to_have_text(["a 1"])


@pytest.mark.long
def test_what_is_typed_over_a_program_has_nothing_of_its_hints(playground: PlaygroundPage) -> None:
    page, written = playground.page, playground.page.locator("tp-editor").first
    # The session's parameters have no types.
    method: Any = page.context.new_cdp_session(page)

    def compose() -> None:
        """What an input method does: letters of a syllable, then what they stand for."""
        method.send("Input.imeSetComposition", {"text": "zhang", "selectionStart": 5, "selectionEnd": 5})
        expect(written).to_have_js_property("code", "zhang")
        method.send("Input.insertText", {"text": "张"})

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    program = "import torch\nx = torch.ones(3)\ny = x * 2\nz = y.sum()"
    for act, code in ((lambda: page.keyboard.type("x"), "x"), (compose, "张")):
        playground.write(program)
        page.route("**/api/v1/runs", hold, times=1)
        with page.expect_request("**/api/v1/runs"):
            playground.run_button.click()
        playground.editor(1).press("ControlOrMeta+A")
        # The hints come into what is selected already.
        held.pop().continue_()
        expect(playground.hints(1)).to_have_count(3)
        act()
        expect(written).to_have_js_property("code", code)
    playground.editor(1).press("ControlOrMeta+Z")
    expect(written).to_have_js_property("code", program)


def test_pointing_at_code_shows_its_value_and_lights_its_card(playground: PlaygroundPage) -> None:
    playground.run("x = torch.full((2,), 2.0, requires_grad=True)\ny = x * x + 1")
    playground.point_at(1, "*")
    expect(playground.peek).to_contain_text("x * x")
    expect(playground.peek.locator("[role=gridcell]")).to_have_text(["4.", "4."])
    playground.point_at(1, "y")
    expect(playground.peek.locator("[role=gridcell]")).to_have_text(["5.", "5."])
    expect(playground.card("y")).to_have_class("lit")
    playground.run_button.hover()
    expect(playground.peek).to_have_count(0)


@pytest.mark.long
def test_selecting_code_by_keyboard_shows_its_value_as_of_then(playground: PlaygroundPage) -> None:
    playground.run("x = torch.zeros(2)\nx.add_(3)\nx.mul_(2)")
    # The first name of a line, as it was before that line.
    for line, value in ((2, "0."), (3, "3.")):
        playground.editor(1).press("Control+Home")
        for _ in range(line - 1):
            playground.editor(1).press("ArrowDown")
        playground.editor(1).press("Shift+ArrowRight")
        expect(playground.peek.locator("[role=gridcell]")).to_have_text([value, value])
    playground.editor(1).press("Shift+End")
    expect(playground.peek.locator("[role=gridcell]")).to_have_text(["6.", "6."])
    playground.editor(1).press("ArrowRight")
    expect(playground.peek).to_have_count(0)


@pytest.mark.long
def test_the_gradient_is_shown_where_the_code_names_it(playground: PlaygroundPage) -> None:
    playground.run("x = torch.ones(2, requires_grad=True)\nx.grad\n(3 * x).sum().backward()\nx.grad")
    playground.editor(1).press("Control+Home")
    playground.editor(1).press("ArrowDown")
    playground.editor(1).press("Shift+End")
    expect(playground.peek).to_contain_text("None")
    playground.editor(1).press("Control+End")
    playground.editor(1).press("Shift+Home")
    expect(playground.peek.locator("[role=gridcell]")).to_have_text(["3.", "3."])


def test_an_error_is_explained_under_its_line(playground: PlaygroundPage) -> None:
    playground.run(MISMATCH)
    expect(playground.cell(1).locator(".tp-error")).to_have_text("x @ x")
    expect(playground.error(1)).to_contain_text("mat1 and mat2 shapes cannot be multiplied")
    expect(playground.error(1)).to_contain_text("The inner sizes of the matrix product differ")
    expect(playground.error(1)).to_contain_text("(2 × 3) @ (2 × 3)")
    line = playground.cell(1).locator(".cm-line").nth(2).bounding_box()
    below = playground.cell(1).locator(".cm-line").nth(3).bounding_box()
    block = playground.error(1).bounding_box()
    assert line
    assert below
    assert block
    assert line["y"] + line["height"] <= block["y"] + 1
    assert block["y"] + block["height"] <= below["y"] + 1


def test_a_fix_is_shown_applied_and_taken_back(playground: PlaygroundPage) -> None:
    playground.run(MISMATCH)
    fix = playground.error(1).get_by_role("group", name="A fix")
    expect(fix.locator("del")).to_have_text("−y = x @ x")
    expect(fix.locator("ins")).to_have_text("+y = x @ x.T")
    fix.get_by_role("button", name="Apply").click()
    assert playground.code(1) == FIXED
    expect(playground.editor(1)).to_be_focused()
    expect(playground.cell(1).locator(".tp-error")).to_have_count(0)
    playground.editor(1).press("Control+z")
    assert playground.code(1) == MISMATCH
    playground.editor(1).press("Control+y")
    playground.run()
    expect(playground.error(1)).to_have_count(0)
    expect(playground.result(1)).to_contain_text("after")


@pytest.mark.long
def test_a_fix_in_another_cell_is_applied_there(playground: PlaygroundPage) -> None:
    playground.run("import torch\nx = torch.ones(2)", "(x * 2).sum().backward()")
    playground.error(2).get_by_role("button", name="Apply").click()
    assert playground.code(1) == "import torch\nx = torch.ones(2, requires_grad=True)"
    expect(playground.editor(1)).to_be_focused()


@pytest.mark.long
def test_a_fix_for_code_that_was_edited_is_not_applied(playground: PlaygroundPage) -> None:
    playground.run(MISMATCH)
    playground.editor(1).press("Control+Home")
    playground.editor(1).press("ArrowDown")
    playground.editor(1).press("ArrowDown")
    playground.editor(1).press("End")
    playground.editor(1).press_sequentially("1")
    expect(playground.error(1)).to_contain_text("edited since the run")
    playground.error(1).get_by_role("button", name="Apply").click()
    assert playground.code(1) == MISMATCH.replace("x @ x", "x @ x1")
    expect(playground.news).to_contain_text("The code has changed since the run")


def test_what_is_worth_knowing_is_said_quietly_and_told_on_request(playground: PlaygroundPage) -> None:
    playground.run("x = torch.ones(2, requires_grad=True)\nfor _ in range(2):\n    (x * x).sum().backward()")
    button = playground.cell(1).get_by_role("button", name="Gradients have been added up")
    expect(playground.cell(1).locator(".tp-notice")).to_have_text("(x * x).sum().backward()")
    expect(playground.cell(1).locator("tp-explanation")).to_have_count(0)
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_focused()
    playground.cell(1).locator("tp-explanation").get_by_role("button", name="Apply").click()
    assert "x.grad = None" in playground.code(1)


def test_names_are_completed_with_their_live_shapes(playground: PlaygroundPage) -> None:
    playground.run("weights = torch.ones(2, 3, requires_grad=True)", "")
    playground.editor(2).press_sequentially("wei")
    option = playground.completions.filter(has_text="weights")
    expect(option).to_contain_text("(2, 3) float32 ∇")
    option.click()
    assert playground.code(2) == "weights"
    playground.editor(2).press_sequentially(".requires_gr")
    expect(playground.completions.first).to_contain_text("requires_grad")


@pytest.mark.long
def test_members_of_torch_are_completed_with_what_their_documentation_says(playground: PlaygroundPage) -> None:
    playground.write("import torch.nn.functional as F\n")
    playground.editor(1).press("Control+End")
    playground.editor(1).press_sequentially("F.leaky_re")
    expect(playground.completions.first).to_contain_text("leaky_relu")
    expect(playground.page.locator(".cm-completionInfo")).to_contain_text("input")
    playground.completions.first.click()
    assert playground.code(1).endswith("F.leaky_relu")


@pytest.mark.long
def test_completion_does_not_open_in_an_editor_that_was_left_meanwhile(playground: PlaygroundPage) -> None:
    for number in (1, 2):
        playground.editor(number).press("Control+End")
        playground.page.keyboard.type("\nx.gr")
    offered = playground.page.get_by_role("listbox", name="Completions")
    expect(playground.cell(2).get_by_role("listbox", name="Completions")).to_be_visible()
    expect(offered).to_have_count(1)


@pytest.mark.long
def test_escape_then_tab_leaves_while_names_are_offered(playground: PlaygroundPage) -> None:
    playground.write("tor")
    playground.editor(1).press_sequentially("c")
    expect(playground.completions.first).to_be_visible()
    playground.editor(1).press("Escape")
    expect(playground.completions).to_have_count(0)
    playground.page.keyboard.press("Tab")
    expect(playground.editor(1)).not_to_be_focused()


def test_live_mode_runs_what_is_typed_and_is_remembered(playground: PlaygroundPage) -> None:
    playground.write("a = torch.tensor(2)", "b = a * 2")
    playground.live.click()
    expect(playground.live).to_be_checked()
    expect(playground.card("b").locator("td")).to_have_text("4")
    playground.editor(1).press("Control+End")
    playground.editor(1).press("ArrowLeft")
    playground.editor(1).press_sequentially("1")
    expect(playground.card("b").locator("td")).to_have_text("42")
    playground.page.reload()
    expect(playground.live).to_be_checked()
    playground.live.click()
    expect(playground.live).not_to_be_checked()


# When the last key was pressed, and when an error was first there.
_WATCH = """() => {
  const there = root => [...root.querySelectorAll("*")].some(
    element => element.localName === "tp-error" || (element.shadowRoot !== null && there(element.shadowRoot)));
  const look = () => there(document) ? (window.shown = performance.now()) : requestAnimationFrame(look);
  addEventListener("keydown", event => { window.pressed = event.timeStamp; }, true);
  look();
}"""


@pytest.mark.long
def test_live_mode_keeps_half_a_word_to_itself_until_typing_rests(playground: PlaygroundPage) -> None:
    playground.write("a = torch.ones(2)")
    playground.live.click()
    expect(playground.hints(1)).to_have_text(["a (2,) float32"])
    playground.editor(1).press("Control+End")
    playground.page.evaluate(_WATCH)
    playground.editor(1).press_sequentially("\nb = tor")
    expect(playground.error(1)).to_contain_text("NameError")
    # By the page's own clock: this process may have been kept waiting.
    assert playground.page.evaluate("window.shown - window.pressed") > 900


@pytest.mark.long
def test_an_answer_that_is_overtaken_is_dropped(playground: PlaygroundPage) -> None:
    playground.write("a = 1")
    playground.live.click()
    expect(playground.hints(1)).to_have_text(["a 1"])
    # The first run is never answered; the second is not kept waiting by it.
    with playground.hold_next_run():
        playground.editor(1).fill("a = 222")
    with playground.page.expect_event("requestfailed", lambda request: request.url.endswith("/api/v1/runs")):
        playground.editor(1).fill("a = 333")
    expect(playground.hints(1)).to_have_text(["a 333"])
    expect(playground.notice).to_have_count(0)


def test_tab_goes_on_through_the_page_until_something_is_typed(playground: PlaygroundPage) -> None:
    playground.tool(1, "Delete the cell").focus()
    playground.page.keyboard.press("Tab")
    expect(playground.editor(1)).to_be_focused()
    playground.page.keyboard.press("Tab")
    expect(playground.editor(1)).not_to_be_focused()
    playground.page.keyboard.press("Shift+Tab")
    expect(playground.editor(1)).to_be_focused()
    before = playground.code(1)
    playground.page.keyboard.press("Control+End")
    playground.page.keyboard.type("\n")
    playground.page.keyboard.press("Tab")
    assert playground.code(1) == f"{before}\n    "
    playground.page.keyboard.press("Escape")
    playground.page.keyboard.press("Tab")
    expect(playground.editor(1)).not_to_be_focused()


@pytest.mark.long
def test_the_keys_are_told_and_tab_can_be_left_to_the_browser(playground: PlaygroundPage) -> None:
    playground.page.get_by_role("button", name="Keys in the editor").click()
    expect(playground.page.get_by_text("Leave the editor")).to_be_visible()
    playground.page.get_by_label("Tab never indents").check()
    playground.page.keyboard.press("Escape")
    playground.editor(1).click()
    playground.page.keyboard.type("a")
    playground.page.keyboard.press("Escape")
    playground.page.keyboard.press("Tab")
    expect(playground.editor(1)).not_to_be_focused()
    playground.page.reload()
    playground.editor(1).click()
    playground.page.keyboard.press("Tab")
    expect(playground.editor(1)).not_to_be_focused()


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_errors_fixes_hints_and_completion_have_no_accessibility_violations(
    page: Page, server_url: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    playground = PlaygroundPage(page, server_url)
    playground.open()
    playground.run("x = torch.ones(2, requires_grad=True)\nfor _ in range(2):\n    (x * x).sum().backward()\nx.grad")
    playground.cell(1).get_by_role("button", name="Gradients have been added up").click()
    assert playground.accessibility_violations() == []
    playground.editor(1).press("Control+End")
    playground.editor(1).press("Shift+Home")
    expect(playground.peek).to_be_visible()
    assert playground.accessibility_violations() == []
    playground.run(MISMATCH)
    playground.editor(1).press("Control+End")
    playground.editor(1).press_sequentially("\ntorch.on")
    expect(playground.completions.first).to_be_visible()
    assert playground.accessibility_violations() == []
    playground.editor(1).press("Escape")
    playground.tool(1, "Delete the cell").click()
    playground.page.get_by_role("button", name="Keys in the editor").click()
    assert playground.accessibility_violations() == []


@pytest.mark.long
@pytest.mark.parametrize("width", shortened([375, 1440]))
def test_errors_and_fixes_fit_the_width(page: Page, server_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    playground = PlaygroundPage(page, server_url)
    playground.open()
    playground.run(MISMATCH)
    expect(playground.error(1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
