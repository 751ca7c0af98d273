"""The whole tutorial by keyboard alone: no pointer is used, and nothing is focused but by keys."""

from playwright.sync_api import Page, expect

from tests.e2e.support.page import PlaygroundPage

_MOST_TABS = 120
_FOCUSED = """() => {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return ["aria-label", "data-tab", "role"].map((name) => focused?.getAttribute(name) ?? "").join(" ");
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus has this in its name, its role, or the id of its tab."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        focused: str = page.evaluate(_FOCUSED)
        if name in focused:
            return
    raise AssertionError(f"{_MOST_TABS} times Tab did not lead to {name}")


def test_the_tutorial_is_changed_run_stepped_through_and_asked(page: Page, server_url: str) -> None:
    playground = PlaygroundPage(page, server_url)
    playground.open()
    tab_to(page, "Code of cell 3")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\ny.grad_fn.name()")
    page.keyboard.press("Control+Enter")
    expect(playground.result(3)).to_contain_text("AddBackward0")
    expect(playground.news).to_contain_text("The run has ended")

    page.keyboard.press("Escape")
    tab_to(page, "graph")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("tp-derivation")).to_contain_text("Multiply along each path")
    page.keyboard.press("Home")
    tab_to(page, "Computation graph of out")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(playground.lit_source).to_have_text("x + 2")
    page.keyboard.press("Escape")

    tab_to(page, "gridcell")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Where x")).to_be_visible()
    page.keyboard.press("Escape")
    tab_to(page, "Timeline")
    page.keyboard.press("Home")
    expect(playground.said).to_contain_text("torch")
    page.keyboard.press("ArrowRight")
    expect(playground.said).to_contain_text("torch.ones")
    page.keyboard.press("ArrowRight")
    expect(playground.said).to_contain_text("x + 2")
    page.keyboard.press("End")
    expect(playground.said).to_contain_text("The end")
    assert playground.problems == []
