"""Going through the steps of a program, forward and backward, by behaviour."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.support.page import PlaygroundPage
from tests.e2e.support.tasks import longest_task_ms

TWICE = (
    "import torch\nx = torch.ones(2, requires_grad=True)\nfor _ in range(2):\n    (x * 3).sum().backward()\nx.grad = None"
)


@pytest.fixture
def playground(page: Page, server_url: str) -> PlaygroundPage:
    found = PlaygroundPage(page, server_url)
    found.open()
    return found


def test_a_step_says_what_it_did_and_lights_source_node_and_card(playground: PlaygroundPage) -> None:
    playground.step_to("y * y made")
    expect(playground.said).to_have_text("y * y made a tensor (2, 2) in new memory.")
    expect(playground.lit_source).to_have_text("y * y")
    expect(playground.rings).to_have_count(1)
    expect(playground.card("y")).to_be_visible()
    expect(playground.card("z")).to_have_count(0)
    playground.step_button("One step forward").click()
    expect(playground.card("z")).to_have_class("lit")


def test_the_backward_pass_is_stepped_through_to_the_gradient(playground: PlaygroundPage) -> None:
    playground.step_to("The engine ran MulBackward0")
    expect(playground.said).to_contain_text("A gradient of 0.25 came in, 0.75 went on to y * y.")
    expect(playground.details).to_contain_text("gradient in")
    expect(playground.details.locator("tp-grid").first).to_contain_text("0.25")
    expect(playground.details.locator("tp-grid").last).to_contain_text("0.75")
    playground.step_to("x.grad")
    expect(playground.said).to_have_text("x.grad was empty and received 4.5.")
    expect(playground.card("x").locator(".gradient td").last).to_have_text("4.5")


def test_gradients_accumulate_and_are_cleared_step_by_step(playground: PlaygroundPage) -> None:
    playground.run(TWICE)
    playground.step_to("x.grad was 3")
    expect(playground.said).to_have_text("x.grad was 3, received 3, and is now 6.")
    expect(playground.details).to_contain_text("before")
    playground.step_to("None")
    expect(playground.said).to_have_text("x.grad was cleared: it is None.")
    expect(playground.card("x").locator(".gradient")).to_have_count(0)


def test_a_write_in_place_names_all_that_see_it(playground: PlaygroundPage) -> None:
    playground.run("import torch\na = torch.zeros(4)\nb = a.view(2, 2)\nb += 1\nn = a.numpy()\nn[0] = 5")
    playground.step_to("a.view(2, 2) made")
    expect(playground.said).to_contain_text("a view of the memory of a: nothing was copied.")
    expect(playground.details).to_contain_text("a view of a")
    playground.step_to("b += 1")
    expect(playground.said).to_contain_text("wrote 4 elements of the memory of b in place.")
    expect(playground.said).to_contain_text("a and b both see it: they share this memory.")
    expect(playground.said).to_contain_text("from 0 to 1")
    expect(playground.details).to_contain_text("in place")
    expect(playground.card("a").locator("td").first).to_have_text("1.")
    playground.step_to("past autograd")
    expect(playground.said).to_contain_text("a, b and n see it.")


def test_hooks_and_the_function_that_runs_are_told(playground: PlaygroundPage) -> None:
    playground.run(
        "import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 2\n"
        "y.register_hook(lambda g: g * 10)\ny.sum().backward()"
    )
    playground.step_to("The hook <lambda>")
    expect(playground.said).to_contain_text("changed the gradient from 1 to 10.")
    expect(playground.details).to_contain_text("after the hook")


def test_a_step_within_a_function_shows_its_names(playground: PlaygroundPage) -> None:
    playground.run("import torch\ndef double(t):\n    r = t * 2\n    return r\nx = torch.ones(2)\ny = double(x)")
    playground.step_to("The call of double")
    expect(playground.said).to_contain_text("Its t is a tensor (2,).")
    playground.step_button("One step forward").click()
    expect(playground.details).to_contain_text("double")
    expect(playground.card("r")).to_be_visible()
    playground.step_button("The end").click()
    expect(playground.card("r")).to_have_count(0)


def test_arrow_keys_step_where_nothing_else_takes_them(playground: PlaygroundPage) -> None:
    end = playground.slider.input_value()
    playground.run_button.press("ArrowLeft")
    expect(playground.slider).to_have_value(str(int(end) - 1))
    playground.run_button.press("ArrowRight")
    expect(playground.slider).to_have_value(end)
    playground.editor(1).press("ArrowLeft")
    playground.graph_tabs.first.press("ArrowLeft")
    expect(playground.slider).to_have_value(end)
    playground.slider.press("Home")
    expect(playground.slider).to_have_value("0")
    playground.slider.press("ArrowRight")
    expect(playground.slider).to_have_value("1")


def test_steps_play_to_the_end_and_pause(playground: PlaygroundPage) -> None:
    playground.page.get_by_role("combobox", name="Speed").select_option("8×")
    end = playground.slider.get_attribute("max") or ""
    playground.step_button("Play the steps").click()
    expect(playground.slider).to_have_value(end)
    expect(playground.step_button("Play the steps")).to_be_visible()
    playground.page.get_by_role("combobox", name="Speed").select_option("0.5×")
    playground.step_button("Play the steps").click()
    expect(playground.slider).to_have_value("0")
    playground.step_button("Pause").click()
    expect(playground.step_button("Play the steps")).to_be_visible()
    expect(playground.slider).to_have_value("0")


def test_details_are_hidden_and_shown(playground: PlaygroundPage) -> None:
    playground.step_button("First step").click()
    expect(playground.details).to_be_visible()
    playground.step_button("Hide the details of this step").click()
    expect(playground.details).to_have_count(0)
    playground.step_button("Show the details of this step").click()
    expect(playground.details).to_be_visible()


def test_the_page_can_be_told_where_to_be(playground: PlaygroundPage) -> None:
    place = playground.page.evaluate(
        "() => { const app = document.querySelector('tp-app'); app.place = { ...app.place, step: 3 }; return app.place; }"
    )
    expect(playground.said).to_contain_text("x + 2 made")
    assert place["view"] == "graph"


def test_steps_of_every_kind_have_no_accessibility_violation(playground: PlaygroundPage) -> None:
    for text in ("torch", "y * y", "begins the way back", "MulBackward0", "x.grad"):
        playground.step_to(text)
        expect(playground.details).to_be_visible()
        assert playground.accessibility_violations() == []


def test_a_thousand_steps_are_gone_through_without_a_long_task(browser: Browser, playground: PlaygroundPage) -> None:
    playground.run("import torch\nx = torch.ones(2)\nfor i in range(400):\n    x = x * 1.001\n    x += 1")
    assert int(playground.slider.get_attribute("max") or 0) >= 1000
    go = """async () => {
      const app = document.querySelector("tp-app").shadowRoot;
      const slider = app.querySelector("tp-timeline").shadowRoot.querySelector("input");
      for (let stop = 0; stop < Number(slider.max); stop += 12) {
        slider.value = String(stop);
        slider.dispatchEvent(new Event("input"));
        await new Promise(requestAnimationFrame);
      }
    }"""
    assert longest_task_ms(browser, playground.page, go) < 100
