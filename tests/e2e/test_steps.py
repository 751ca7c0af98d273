"""Going through the steps of a program, forward and backward, by behaviour."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.e2e.support.page import PlaygroundPage
from tests.e2e.support.tasks import task_times

TWICE = (
    "import torch\nx = torch.ones(2, requires_grad=True)\nfor _ in range(2):\n    (x * 3).sum().backward()\nx.grad = None"
)


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
    expect(playground.said).to_contain_text(
        "A gradient of 0.25 in every element came in, 0.75 in every element went on to y * y."
    )
    expect(playground.details).to_contain_text("gradient in")
    expect(playground.details.locator("tp-preview-grid").first).to_contain_text("0.25")
    expect(playground.details.locator("tp-preview-grid").last).to_contain_text("0.75")
    playground.step_to("x.grad")
    expect(playground.said).to_have_text("x.grad was empty and received 4.5 in every element.")
    expect(playground.card("x").locator(".gradient td").last).to_have_text("4.5")


def test_each_edge_shows_gradient_in_times_local_derivative(playground: PlaygroundPage) -> None:
    playground.step_to("The engine ran MulBackward0")
    product = playground.details.get_by_role("group", name="To y * y: gradient in 0.25 × local derivative 3 = 0.75")
    expect(product.locator("tp-preview")).to_have_count(3)
    expect(product.locator("tp-preview").nth(0)).to_contain_text("0.25")
    expect(product.locator("tp-preview").nth(1)).to_contain_text("local derivative")
    expect(product.locator("tp-preview").nth(2)).to_contain_text("0.75")
    playground.step_button("One step forward").click()
    expect(playground.details.get_by_role("group", name="To y: gradient in 0.75 × local derivative 3 = 2.25")).to_have_count(
        2
    )


@pytest.mark.long
def test_a_formula_is_printed_and_torch_is_quoted(playground: PlaygroundPage) -> None:
    playground.step_to("The engine ran MulBackward0")
    formula = playground.details.locator("tp-math")
    expect(formula.locator(".katex")).to_be_visible()
    expect(formula.get_by_role("math", name="mul_tensor_backward(grad, other")).to_be_visible()


@pytest.mark.long
def test_other_local_derivatives_are_explained(playground: PlaygroundPage) -> None:
    playground.run(
        "import torch\nW = torch.ones(2, 3, requires_grad=True)\nb = torch.arange(3., requires_grad=True)\n"
        "v = (W * b) @ torch.ones(3)\nloss = v.sum()\nloss.backward()"
    )
    playground.step_to("The engine ran SumBackward0")
    expect(playground.details).to_contain_text("The result is one number")
    playground.step_to("The engine ran MvBackward0")
    expect(playground.details).to_contain_text("a row of the matrix for each")
    playground.step_to("The engine ran MulBackward0")
    expect(playground.details.get_by_role("group", name="To b: gradient in 1 × local derivative 1 = 2")).to_be_visible()
    expect(playground.details).to_contain_text("summed over what was stretched")


@pytest.mark.long
def test_what_no_derivation_tells_is_shown_by_its_formula(playground: PlaygroundPage) -> None:
    playground.run(
        "import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 3\n"
        "torch.autograd.backward([(y * 2).sum(), y.sum()])\n"
        "z = torch.ones(600, requires_grad=True)\n(z * 3).sum().backward()"
    )
    playground.step_to("The engine ran MulBackward0")
    expect(playground.details.locator("tp-math")).to_be_visible()
    expect(playground.details).not_to_contain_text("local derivative")
    playground.step_to("the way back through z * 3")
    expect(playground.details).to_contain_text("more steps or elements than can be written out")
    expect(playground.details).to_contain_text("other")


@pytest.mark.long
def test_a_gradient_that_a_hook_changed_is_not_told_as_a_product_that_it_is_not(playground: PlaygroundPage) -> None:
    playground.run(
        "import torch\nx = torch.ones(2, requires_grad=True)\nloss = (x * 3).sum()\n"
        "loss.grad_fn.next_functions[0][0].register_hook(lambda sent, came: (sent[0] * 10, None))\nloss.backward()"
    )
    with playground.page.expect_response("**/api/v1/derivation"):
        playground.step_to("MulBackward0")
    expect(playground.details).not_to_contain_text("Working out")
    expect(playground.details).to_contain_text("30.")
    expect(playground.details.get_by_role("group", name="× local derivative")).to_have_count(0)


@pytest.mark.long
def test_local_derivatives_are_asked_for_once_and_again_where_that_failed(playground: PlaygroundPage) -> None:
    asked: list[str] = []
    playground.page.on("request", lambda request: asked.append(request.url))

    def fail(route: Route) -> None:
        route.abort()

    playground.page.route("**/api/v1/derivation", fail, times=1)
    playground.step_to("The engine ran MulBackward0")
    expect(playground.details).to_contain_text("could not be asked for")
    playground.details.get_by_role("button", name="Ask again").click()
    product = playground.details.get_by_role("group", name="× local derivative")
    expect(product).to_be_visible()
    playground.step_to("The engine ran MulBackward0")
    playground.step_button("Hide the details of this step").click()
    playground.step_button("Show the details of this step").click()
    expect(product).to_be_visible()
    assert len([url for url in asked if url.endswith("/derivation")]) == 2


@pytest.mark.long
def test_gradients_accumulate_and_are_cleared_step_by_step(playground: PlaygroundPage) -> None:
    playground.run(TWICE)
    playground.step_to("x.grad was [3, 3]")
    expect(playground.said).to_have_text("x.grad was [3, 3], received [3, 3], and is now [6, 6].")
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


@pytest.mark.long
def test_hooks_and_the_function_that_runs_are_told(playground: PlaygroundPage) -> None:
    playground.run(
        "import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 2\n"
        "y.register_hook(lambda g: g * 10)\ny.sum().backward()"
    )
    playground.step_to("The hook <lambda>")
    expect(playground.said).to_contain_text("changed the gradient from [1, 1] to [10, 10].")
    expect(playground.details).to_contain_text("after the hook")


@pytest.mark.long
def test_a_step_within_a_function_shows_its_names(playground: PlaygroundPage) -> None:
    playground.run("import torch\ndef double(t):\n    r = t * 2\n    return r\nx = torch.ones(2)\ny = double(x)")
    playground.step_to("The call of double")
    expect(playground.said).to_contain_text("Its t is a tensor (2,), also called x.")
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


@pytest.mark.long
@pytest.mark.parametrize("text", ["MulBackward0", "torch", "y * y", "begins the way back", "x.grad"])
def test_steps_of_every_kind_have_no_accessibility_violation(playground: PlaygroundPage, text: str) -> None:
    playground.step_to(text)
    expect(playground.details).to_be_visible()
    if text == "MulBackward0":
        expect(playground.details.get_by_role("group", name="× local derivative").first).to_be_visible()
    assert playground.accessibility_violations() == []


@pytest.mark.long
def test_going_to_a_step_costs_the_same_among_a_thousand_as_among_few(browser: Browser, playground: PlaygroundPage) -> None:
    go = """async () => {
      const results = document.querySelector("tp-app").shadowRoot.querySelector("tp-results").shadowRoot;
      const slider = results.querySelector("tp-timeline").shadowRoot.querySelector("input");
      for (let stop = 0; stop < 60; stop++) {
        slider.value = String(Math.round(Number(slider.max) * stop / 60));
        slider.dispatchEvent(new Event("input"));
        await new Promise(requestAnimationFrame);
      }
    }"""

    def times(rounds: int) -> list[float]:
        playground.run(f"import torch\nx = torch.ones(2)\nfor i in range({rounds}):\n    x = x * 1.001\n    x += 1")
        expect(playground.slider).to_have_attribute("max", str(3 * rounds + 2))
        return task_times(browser, playground.page, lambda: playground.page.evaluate(go))

    few, many = times(100), times(400)
    assert sum(many) < 2.5 * sum(few)
    # No step holds the page up: none takes as much as a tenth of all of them.
    assert max(many) < sum(many) / 10
