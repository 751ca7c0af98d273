"""The computation graph on the page: walked through, followed step by step, folded and opened, by behaviour."""

import contextlib
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.e2e.support.desk import Desk
from tests.e2e.support.page import PlaygroundPage
from tests.e2e.support.tasks import task_times

LOOP = "import torch\nx = torch.ones(2, requires_grad=True)\ny = x\nfor i in range(500):\n    y = y * 1.01\n    y = y + 0.1"
NETWORK = (
    "import torch\n"
    "net = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Tanh(), torch.nn.Linear(2, 1))\n"
    "loss = net(torch.ones(3, 2)).sum()\n"
    "loss.backward()"
)
ROUNDS = (
    "import torch\n"
    "w = torch.tensor(2.5, requires_grad=True)\n"
    "for step in range(3):\n"
    "    loss = (w - 1) ** 2\n"
    "    loss.backward()\n"
    "    print(f'{loss.item():.4g}')\n"
    "    with torch.no_grad():\n"
    "        w -= 0.1 * w.grad"
)
USE = """async () => {
  const results = document.querySelector("tp-app").shadowRoot.querySelector("tp-results").shadowRoot;
  const stage = results.querySelector("tp-graphs").shadowRoot.querySelector("tp-graph").shadowRoot.querySelector(".stage");
  const { x, y, width, height } = stage.getBoundingClientRect();
  const svg = stage.querySelector("svg");
  const frame = () => new Promise(requestAnimationFrame);
  const at = (by) => ({ clientX: x + width / 2 + by, clientY: y + height / 2 + by, bubbles: true, view: window, button: 0 });
  stage.focus();
  for (let turn = 0; turn < 20; turn++) {
    svg.dispatchEvent(new WheelEvent("wheel", { ...at(0), deltaY: turn < 10 ? -120 : 120, cancelable: true }));
    await frame();
  }
  svg.dispatchEvent(new MouseEvent("mousedown", at(0)));
  for (let by = 0; by < 200; by += 10) {
    window.dispatchEvent(new MouseEvent("mousemove", at(by)));
    await frame();
  }
  window.dispatchEvent(new MouseEvent("mouseup", at(200)));
  for (const node of [...svg.querySelectorAll("[data-node]")].slice(0, 60)) {
    node.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, composed: true, pointerType: "mouse" }));
    await frame();
  }
}"""


def losses() -> list[str]:
    """What plain torch prints for the rounds."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(ROUNDS, {})
    return printed.getvalue().split()


def test_nodes_are_walked_through_by_arrow_keys(playground: PlaygroundPage) -> None:
    playground.graph("out").press("Enter")
    expect(playground.node("x")).to_be_focused()
    playground.page.keyboard.press("ArrowDown")
    expect(playground.node("y")).to_be_focused()
    expect(playground.lit_source).to_have_text("x + 2")
    playground.page.keyboard.press("ArrowDown")
    playground.page.keyboard.press("ArrowDown")
    expect(playground.node("z")).to_be_focused()
    playground.page.keyboard.press("ArrowUp")
    expect(playground.node("y * y")).to_be_focused()
    playground.page.keyboard.press("Enter")
    playground.page.keyboard.press("Escape")
    expect(playground.graph("out")).to_be_focused()
    expect(playground.lit_source).to_have_text("y * y")


def test_a_clicked_node_shows_its_card_and_a_card_its_node(playground: PlaygroundPage) -> None:
    lines = "\n".join(f"v{n} = torch.full((3, 3), {n}.0)" for n in range(20))
    playground.run(f"import torch\nx = torch.ones(2, requires_grad=True)\nout = x.exp()\n{lines}\nlast = out * 2")
    playground.graph_tabs.last.click()
    expect(playground.card("last")).not_to_be_in_viewport()
    playground.node("last").click()
    expect(playground.card("last")).to_be_in_viewport()
    for _ in range(12):
        playground.page.get_by_role("button", name="Zoom in").click()
    expect(playground.node("x")).not_to_be_in_viewport()
    playground.show("x").click()
    expect(playground.node("x")).to_be_in_viewport()


def test_nodes_are_told_in_a_table(playground: PlaygroundPage) -> None:
    playground.page.get_by_text("Nodes as a table").click()
    table = playground.page.get_by_role("table", name="Nodes of the graph of out")
    row = table.get_by_role("row").filter(has_text="MeanBackward0")
    expect(row.get_by_role("cell")).to_have_text(
        [
            *("result", "torch.Tensor.mean", "MeanBackward0 · backward step 1", "()", "27", "1 passed through, not kept"),
            "z.mean() cell 2, line 2",
        ]
    )
    row.get_by_role("button").press("Enter")
    expect(row.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    expect(playground.lit_source).to_have_text("z.mean()")
    assert playground.accessibility_violations() == []


def test_what_a_step_has_not_reached_is_dimmed_and_gradients_come_with_the_pass(playground: PlaygroundPage) -> None:
    gradient = playground.node("y").locator(".gradient")
    expect(gradient).to_have_css("opacity", "1")
    playground.step_to("y * y made")
    expect(playground.ahead("z")).to_have_count(1)
    expect(playground.ahead("y * y")).to_have_count(0)
    expect(gradient).to_have_css("opacity", "0")
    playground.step_to("The engine ran AddBackward0")
    expect(playground.ahead("z")).to_have_count(0)
    expect(gradient).to_have_css("opacity", "1")
    expect(playground.node("x").locator(".gradient")).to_have_css("opacity", "0")


def test_gradients_run_along_the_edges_of_the_step_with_their_values(playground: PlaygroundPage) -> None:
    playground.step_to("The engine ran MulBackward0, the way back through y * y.")
    expect(playground.page.get_by_role("tabpanel").locator(".flowing")).to_have_count(2)
    expect(playground.page.get_by_role("tabpanel").locator(".sent text")).to_have_text(["2.25", "2.25"])


def test_one_way_through_the_graph_is_brought_out(playground: PlaygroundPage) -> None:
    node = playground.node("y")
    playground.page.get_by_text("Forward", exact=True).click()
    expect(node.locator(".gradient")).to_have_css("opacity", "0.13")
    expect(node.locator(".value")).to_have_css("opacity", "1")
    playground.page.get_by_text("Backward", exact=True).click()
    expect(node.locator(".value")).to_have_css("opacity", "0.13")
    expect(node.locator(".gradient")).to_have_css("opacity", "1")


@pytest.mark.long
def test_a_step_shows_the_graph_that_it_is_in(playground: PlaygroundPage) -> None:
    playground.run("import torch\nx = torch.ones(2, requires_grad=True)\na = x * 2\nb = x.exp()")
    playground.step_to("x.exp()")
    expect(playground.graph("b")).to_be_visible()
    playground.step_to("x * 2")
    expect(playground.graph("a")).to_be_visible()


def test_a_layer_is_one_box_that_a_click_or_a_key_opens_and_its_title_folds(playground: PlaygroundPage) -> None:
    playground.run(NETWORK)
    modules = playground.page.locator("tp-graphs .cluster.module")
    folded = playground.page.locator("tp-graphs .node.folded")
    expect(folded).to_have_count(2)
    expect(folded.first).to_contain_text("Linear 2 → 2")
    expect(folded.first).to_contain_text("weight 2×2")
    expect(playground.node("TBackward0")).to_have_count(0)
    # Its step, and what the engine ran inside it, light it up.
    playground.step_to("The engine ran AddmmBackward0")
    expect(folded.last.locator(".halo")).to_have_count(1)
    folded.last.click()
    expect(folded).to_have_count(1)
    expect(playground.node("TBackward0")).to_be_visible()
    folded.press("Enter")
    expect(folded).to_have_count(0)
    expect(modules).to_have_count(3)
    playground.node("linear").click()
    playground.page.get_by_role("button", name="Fold net.2").click()
    expect(modules).to_have_count(2)
    expect(folded).to_have_count(1)


@pytest.mark.long
def test_repetition_is_opened_as_far_as_can_be_drawn(playground: PlaygroundPage) -> None:
    playground.run(LOOP)
    folded = playground.page.locator("tp-graphs .node.folded")
    expect(folded).to_have_count(1)
    folded.click()
    expect(folded).to_have_count(0)
    assert playground.page.locator("tp-graphs [data-node]").count() == 400


def test_a_round_of_a_loop_is_drawn_when_it_is_looked_at(playground: PlaygroundPage) -> None:
    playground.run(ROUNDS)
    expect(playground.graph_tabs).to_have_text(["loss #1", "loss #2", "loss #3"])
    printed = losses()
    result = playground.page.get_by_role("tabpanel").locator(".node.result .value")
    expect(result).to_contain_text(printed[-1])

    def hold(route: Route) -> None:
        expect(playground.page.get_by_text("Drawing this graph.")).to_be_visible()
        route.continue_()

    playground.page.route("**/api/v1/graph", hold, times=1)
    with playground.page.expect_response("**/api/v1/graph"):
        playground.graph_tabs.first.click()
    expect(result).to_contain_text(printed[0])
    playground.page.get_by_text("Nodes as a table").click()
    row = playground.page.get_by_role("table").get_by_role("row").filter(has_text="PowBackward0")
    expect(row).to_contain_text(printed[0])
    playground.graph_tabs.last.click()
    expect(result).to_contain_text(printed[-1])
    playground.graph_tabs.first.click()
    expect(result).to_contain_text(printed[0])
    assert playground.problems == []


@pytest.mark.long
def test_a_round_that_could_not_be_drawn_is_tried_again(playground: PlaygroundPage) -> None:
    playground.run(ROUNDS)
    playground.page.route("**/api/v1/graph", lambda route: route.abort(), times=1)
    playground.graph_tabs.first.click()
    expect(playground.page.get_by_text("This graph could not be drawn now.")).to_be_visible()
    playground.page.get_by_role("button", name="Draw it again").click()
    expect(playground.graph("loss").locator("svg")).to_be_visible()


@pytest.mark.long
def test_a_link_leads_to_a_round_of_a_loop_and_a_file_holds_it(playground: PlaygroundPage, tmp_path: Path) -> None:
    playground.run(ROUNDS + "\nraise ValueError")
    expect(playground.page).to_have_url(re.compile("#code/"))
    link = playground.page.url
    playground.graph_tabs.first.click()
    expect(playground.page).not_to_have_url(link)
    playground.page.reload()
    result = playground.page.get_by_role("tabpanel").locator(".node.result .value")
    expect(result).to_contain_text(losses()[0])
    desk = Desk(playground.page)
    playground.see("Memory")
    desk.open_share("Download")
    assert b"id='g1-" in desk.download(".svg", tmp_path)


@pytest.mark.long
def test_a_large_graph_moves_zooms_and_lights_up_without_a_long_task(browser: Browser, playground: PlaygroundPage) -> None:
    playground.run(LOOP)
    folded = playground.page.locator("tp-graphs .node.folded")

    def unfold() -> None:
        folded.click()
        expect(folded).to_have_count(0)

    shown = task_times(browser, playground.page, unfold)
    used = task_times(browser, playground.page, lambda: playground.page.evaluate(USE))
    # Nothing that is done with the graph takes nearly as long as showing it anew.
    assert max(used) < max(shown) / 3
    assert playground.problems == []
