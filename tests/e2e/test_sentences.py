"""What steps say of gradients, and how the page tells a gradient that is kept from one that passed through."""

import pytest
from playwright.sync_api import expect

from tests.e2e.support.page import PlaygroundPage

LARGE = "import torch\nA = torch.randn(8, 8, requires_grad=True)\nB = torch.randn(8, 8)\n((A @ B) * B).sum().backward()"
STRETCHED = "import torch\na = torch.ones(2, 3, requires_grad=True)\nb = torch.ones(3, requires_grad=True)\nc = a + b"
LEFT = (
    "import torch\nx = torch.ones(3, requires_grad=True)\ny = x * 2\nd = y.detach()\n"
    "with torch.no_grad():\n    w = x * 3\nraw = x.data"
)
QUOTIENT = (
    "import torch\nprice = torch.tensor(6., requires_grad=True)\npeople = torch.tensor(3.)\n"
    "share = price / people\nshare.backward()"
)


def test_a_sum_of_gradients_says_its_terms(playground: PlaygroundPage) -> None:
    playground.step_to("The engine ran AddBackward0")
    expect(playground.said).to_contain_text("A gradient of 4.5 in every element came in")
    expect(playground.said).to_contain_text("4.5 = 2.25 + 2.25: it came along two ways from y * y.")


@pytest.mark.long
def test_a_shape_is_said_to_be_a_shape(playground: PlaygroundPage) -> None:
    playground.run(LARGE)
    playground.step_to("The engine ran MmBackward0")
    expect(playground.said).to_contain_text("A gradient of shape (8, 8) came in, a gradient of shape (8, 8) went on to A.")
    playground.step_to("A.grad")
    expect(playground.said).to_contain_text("A.grad was empty and received a gradient of shape (8, 8).")


@pytest.mark.long
def test_a_formula_names_its_operands_as_the_program_does(playground: PlaygroundPage) -> None:
    playground.run(QUOTIENT)
    playground.step_to("The engine ran DivBackward0")
    expect(playground.details.locator(".legend")).to_have_text("other = people")


@pytest.mark.long
def test_broadcasting_says_what_follows_for_gradients(playground: PlaygroundPage) -> None:
    playground.run(STRETCHED)
    playground.step_to("a + b made")
    expect(playground.said.first).to_contain_text("On the way back the gradient of b is summed over dim 0.")


@pytest.mark.long
def test_leaving_the_graph_says_what_follows(playground: PlaygroundPage) -> None:
    playground.run(LEFT)
    playground.step_to("y.detach() made")
    expect(playground.said).to_contain_text("It shares the memory of y, but no gradient flows back through it.")
    playground.step_to("x * 3 made")
    expect(playground.said).to_contain_text("Recording was off, so no gradient will flow back through it.")
    playground.step_to("x.data made")
    expect(playground.said).to_contain_text("autograd does not notice writes to it")


@pytest.mark.long
def test_a_freed_function_says_what_that_means(playground: PlaygroundPage) -> None:
    playground.step_to("The engine ran MulBackward0")
    expect(playground.details).to_contain_text("Another backward() through here would fail; retain_graph=True keeps them.")


@pytest.mark.long
def test_an_operation_is_described_in_the_language_of_the_page(playground: PlaygroundPage) -> None:
    playground.run("import torch\nx = torch.arange(4.)\ny = x[1:]\nz = x ** 2\nf = torch.fft.fft(x)")
    playground.step_to("x[1:] made")
    expect(playground.details.get_by_role("heading")).to_contain_text("x[…]")
    expect(playground.details.locator(".doc")).to_have_text(
        "Picks elements by index: a view for slices and numbers, a copy for lists and masks."
    )
    playground.step_to("x ** 2 made")
    expect(playground.details.get_by_role("heading")).to_contain_text("**")
    playground.step_to("torch.fft.fft(x) made")
    expect(playground.details.locator(".doc")).to_contain_text("From PyTorch's documentation:")
    expect(playground.details.locator(".doc [lang=en]")).to_contain_text("Fourier")
    playground.page.get_by_role("combobox", name="Language").select_option("简体中文")
    described = playground.page.locator("tp-operation-step .doc")
    expect(described).to_contain_text("PyTorch 文档原文")
    playground.page.get_by_role("slider", name="时间线", exact=True).press("ArrowLeft")
    expect(described).to_have_text("逐元素求幂。")


def test_a_gradient_in_passing_looks_and_reads_unlike_one_that_is_kept(playground: PlaygroundPage) -> None:
    kept, passing = playground.card("x").locator("section.gradient"), playground.card("y").locator("section.gradient")
    expect(kept.locator(".title")).to_have_text("∇ .grad")
    expect(passing.locator(".title")).to_have_text("∇ passed through, not kept")
    expect(kept).to_have_css("border-top-style", "none")
    expect(passing).to_have_css("border-top-style", "dashed")
    expect(playground.node("x").locator("g.gradient")).to_contain_text("∇ .grad")
    expect(playground.node("y").locator("g.gradient.passing")).to_contain_text("∇ passed through")
    expect(playground.node("x").locator("g.gradient.passing")).to_have_count(0)


def test_pointing_at_grad_of_a_non_leaf_says_that_it_was_not_kept(playground: PlaygroundPage) -> None:
    playground.run(
        "import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 2\ny.sum().backward()",
        "print(y.grad)\nz = torch.ones(2, requires_grad=True)\nprint(z.grad)",
    )
    playground.point_at(2, "y.grad")
    expect(playground.peek).to_contain_text("None: its gradient passed through and was not kept.")
    playground.point_at(2, "z.grad")
    expect(playground.peek).to_contain_text("no backward pass has reached it yet")


def test_arrows_point_the_way_that_gradients_go_when_the_way_back_is_brought_out(playground: PlaygroundPage) -> None:
    graph = playground.graph("out")
    forward = graph.locator(".edge > polygon:not(.turned)").first
    expect(forward).to_be_visible()
    playground.page.get_by_title("Bring out gradients and backward functions").click()
    expect(forward).to_be_hidden()
    tips: list[bool] = graph.evaluate(
        """graph => [...graph.querySelectorAll(".edge")].map(edge => {
          const path = edge.querySelector("path"), head = edge.querySelector(".turned");
          const { e, f } = head.transform.baseVal.consolidate().matrix;
          const start = path.getPointAtLength(0);
          return getComputedStyle(head).display !== "none" && Math.hypot(e - start.x, f - start.y) < 0.01;
        })"""
    )
    assert tips
    assert all(tips)
    playground.page.get_by_title("Bring out values and operations").click()
    expect(graph.locator(".turned").first).to_be_hidden()
    expect(forward).to_be_visible()


@pytest.mark.long
def test_the_first_of_two_passes_keeps_its_local_derivatives(playground: PlaygroundPage) -> None:
    playground.run(
        "import torch\nx = torch.tensor(3., requires_grad=True)\n"
        "for factor in (2., 5.):\n    loss = x * x * factor\n    loss.backward()"
    )
    playground.step_to("The engine ran MulBackward0")
    product = playground.details.get_by_role("group", name="gradient in 1 × local derivative 2")
    expect(product).to_be_visible()
