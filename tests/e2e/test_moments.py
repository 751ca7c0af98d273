"""Cards, hints and graphs show what was so at the step that is shown, and nothing of what is still to come."""

import contextlib
import io
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.support.page import PlaygroundPage
from tests.support.client import Client

FLAGS = "import torch\nx = torch.ones(2)\nx.requires_grad_()\ny = x * 2\ny.sum().backward()\nx.grad = None"
TRAINING = """\
import torch
torch.manual_seed(0)
x = torch.linspace(-1, 1, 4)
w = torch.tensor([0.5], requires_grad=True)
for round in range(20):
    loss = ((w * x - 3 * x) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.4 * w.grad
    w.grad.zero_()"""
ROUND = 17


def badges(playground: PlaygroundPage, name: str) -> Locator:
    return playground.card(name).locator(".badge")


def plain(statements: int) -> dict[str, Any]:
    """The names of the training program after so many statements of the last round, in plain torch."""
    lines = TRAINING.replace("range(20)", f"range({ROUND - 1})")
    rest = [line.removeprefix("    ") for line in TRAINING.splitlines()[5:]]
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(lines, names)
        exec("\n".join(rest[:statements]), names)
    return names


def test_a_card_tells_what_autograd_made_of_its_tensor_at_the_step(playground: PlaygroundPage) -> None:
    playground.run(FLAGS)
    playground.go_to_source("torch.ones(2)")
    expect(badges(playground, "x")).to_have_count(0)
    playground.go_to_source("x.requires_grad_()")
    expect(badges(playground, "x")).to_have_text(["leaf", "requires_grad"])
    expect(playground.card("y")).to_have_count(0)


def test_a_gradient_is_there_between_its_pass_and_its_clearing(playground: PlaygroundPage) -> None:
    playground.run(FLAGS)
    playground.go_to_source("x * 2")
    expect(playground.gradient("x")).to_have_count(0)
    playground.go_to_source("x.grad = None")
    expect(playground.gradient("x")).to_have_count(0)
    playground.step_button("One step back").click()
    expect(playground.gradient("x")).to_have_text(["2.", "2."])


@pytest.mark.long
def test_a_parameter_has_the_name_of_the_module_that_has_it(playground: PlaygroundPage) -> None:
    layers = "net = torch.nn.Linear(1, 1, bias=False)\nn = 1\nnet = torch.nn.Linear(2, 1, bias=False)\nm = 2"
    playground.run("import torch\n" + layers)
    playground.go_to_source("n = 1")
    expect(playground.card("net.weight")).to_contain_text("(1, 1)")
    playground.go_to_source("m = 2")
    expect(playground.card("net.weight")).to_have_count(1)
    expect(playground.card("net.weight")).to_contain_text("(1, 2)")


def test_graph_and_card_of_a_weight_agree_in_the_middle_of_a_training_loop(
    playground: PlaygroundPage, client: Client
) -> None:
    playground.run(TRAINING)
    line = TRAINING.splitlines().index("        w -= 0.4 * w.grad") + 1
    steps = client.run(TRAINING, include=["steps"])["steps"]
    writes = [at for at, step in enumerate(steps) if step["kind"] == "statement" and step["span"]["line"] == line]
    playground.go_to_step(writes[ROUND - 1])
    names = plain(4)
    weight = playground.elements("w").first
    expect(weight).to_have_text(f"{names['w'].item():.4f}")
    expect(playground.graph_tabs.and_(playground.page.locator("[aria-selected=true]"))).to_have_text(f"loss #{ROUND}")
    node = playground.node("w")
    expect(node.locator("g.value tspan").first).to_have_text(weight.inner_text())
    expect(node.locator("g.gradient tspan").first).to_have_text(playground.gradient("w").first.inner_text())
    expect(playground.node("loss").locator("g.value tspan").first).to_have_text(
        playground.elements("loss").first.inner_text()
    )


@pytest.mark.long
def test_a_node_that_is_still_to_come_shows_no_value(playground: PlaygroundPage) -> None:
    playground.run(FLAGS)
    playground.go_to_source("torch.ones(2)")
    node = playground.page.get_by_role("tabpanel").locator("[data-node].ahead").first
    expect(node).to_be_visible()
    expect(node.locator("tspan[x]")).to_have_count(0)


def test_a_step_whose_graph_was_left_out_says_so(playground: PlaygroundPage) -> None:
    playground.run(TRAINING)
    playground.go_to_source("w * x")
    expect(playground.page.get_by_text("The graph of this step was left out")).to_be_visible()
    playground.step_button("The end").click()
    expect(playground.page.get_by_text("The graph of this step was left out")).to_have_count(0)
