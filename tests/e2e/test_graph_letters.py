"""What a person can read of a graph as it opens, and which view and graph that is."""

import pytest
from playwright.sync_api import expect

from tests.e2e.support.desk import Desk
from tests.e2e.support.page import PlaygroundPage
from tests.support.short_form import shortened

LEAST_PX = 10
WIDTHS = ((1280, 800), (375, 700))
LETTERS = """stage => [...stage.querySelectorAll("svg text")].map(
  (text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
"""The height of each text of a graph, in CSS pixels of the screen."""
SEEN = """stage => {
  const { left, top, right, bottom } = stage.getBoundingClientRect();
  const boxes = [...stage.querySelectorAll("[data-node]")].map((node) => node.getBoundingClientRect());
  return boxes.filter((box) => box.left < right && box.right > left && box.top < bottom && box.bottom > top).length;
}"""
"""How many nodes of a graph are on its stage."""
TRAINING = """
import torch
x = torch.linspace(-1, 1, 16).reshape(16, 1)
data, target = torch.cat([x, x ** 2], 1), torch.sin(3 * x)
model = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(5):
    optimiser.zero_grad()
    loss = torch.nn.functional.mse_loss(model(data), target)
    loss.backward()
    optimiser.step()
"""
DEEP = """
import torch
layers = [layer for _ in range(20) for layer in (torch.nn.Linear(8, 8), torch.nn.Tanh())]
loss = torch.nn.Sequential(*layers)(torch.randn(4, 8)).pow(2).mean()
loss.backward()
"""
TRANSFORMER = """
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, size=16, heads=2):
        super().__init__()
        self.norm1, self.norm2, self.heads = nn.LayerNorm(size), nn.LayerNorm(size), heads
        self.q, self.k, self.v, self.out = (nn.Linear(size, size) for _ in range(4))
        self.up, self.down = nn.Linear(size, 4 * size), nn.Linear(4 * size, size)

    def forward(self, x):
        b, t, d = x.shape
        q, k, v = (m(self.norm1(x)).view(b, t, self.heads, -1).transpose(1, 2) for m in (self.q, self.k, self.v))
        a = (q @ k.transpose(-2, -1) / (d / self.heads) ** 0.5).softmax(-1) @ v
        x = x + self.out(a.transpose(1, 2).reshape(b, t, d))
        return x + self.down(nn.functional.gelu(self.up(self.norm2(x))))

loss = nn.Sequential(Block(), Block())(torch.randn(2, 5, 16)).pow(2).mean()
loss.backward()
"""
RECURRENT = """
import torch
W = torch.randn(4, 4, requires_grad=True)
U = torch.randn(3, 4, requires_grad=True)
h = torch.zeros(1, 4)
xs = torch.randn(30, 1, 3)
for t in range(30):
    h = torch.tanh(xs[t] @ U + h @ W)
loss = h.pow(2).sum()
loss.backward()
"""
BY_HAND = """
import torch
w = torch.tensor(2.0, requires_grad=True)
for step in range(100):
    loss = (w - 1) ** 2
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
"""
PROGRAMS = {"training": TRAINING, "deep": DEEP, "transformer": TRANSFORMER, "recurrent": RECURRENT, "by hand": BY_HAND}


def letters(playground: PlaygroundPage) -> float:
    """The height of the smallest text of the graph that is shown, in CSS pixels. Every graph has text."""
    sizes: list[float] = playground.page.locator("tp-graph .stage").evaluate(LETTERS)
    return min(sizes)


def settled(playground: PlaygroundPage) -> None:
    """Wait until the stage has fitted its picture to a new size."""
    playground.page.evaluate("() => new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))")


@pytest.mark.parametrize("program", shortened(PROGRAMS))
def test_letters_of_a_graph_can_be_read_as_it_opens(playground: PlaygroundPage, program: str) -> None:
    playground.run(PROGRAMS[program])
    expect(playground.graph("loss").locator("svg")).to_be_visible()
    for width, height in WIDTHS:
        playground.page.set_viewport_size({"width": width, "height": height})
        settled(playground)
        assert letters(playground) >= LEAST_PX
        # Something of the graph is there to be read, however large it is.
        playground.page.locator("tp-graph .stage").scroll_into_view_if_needed()
        assert playground.page.locator("tp-graph .stage").evaluate(SEEN) > 0


@pytest.mark.long
@pytest.mark.parametrize("size", WIDTHS)
def test_letters_of_every_graph_of_the_gallery_can_be_read(playground: PlaygroundPage, size: tuple[int, int]) -> None:
    playground.page.set_viewport_size({"width": size[0], "height": size[1]})
    desk = Desk(playground.page)
    desk.open_gallery()
    cards = playground.page.locator("tp-gallery li button")
    expect(cards.first).to_be_visible()
    # An empty program and a file come first.
    seen = 0
    for place in range(2, cards.count()):
        with playground.page.expect_response(lambda response: response.url.endswith("/api/v1/runs")):
            cards.nth(place).click()
        expect(playground.page.locator("section.results")).to_have_attribute("aria-busy", "false")
        settled(playground)
        if playground.page.locator("tp-graph .stage").count():
            assert letters(playground) >= LEAST_PX
            seen += 1
        desk.open_gallery()
    assert seen >= 8


def test_a_page_opens_on_what_was_differentiated_last_and_without_autograd_on_values_or_memory(
    playground: PlaygroundPage,
) -> None:
    playground.run("import torch\nx = torch.ones(2, requires_grad=True)\nout = x.exp().sum()\nout.backward()\nafter = x * 2")
    expect(playground.graph("out")).to_be_visible()
    expect(playground.graph_tabs).to_have_text(["out", "after"])
    playground.run("import torch\na = torch.arange(3)\nb = a[1:]")
    selected = playground.views.get_by_role("tab", selected=True)
    expect(selected).to_have_text("Memory")
    playground.page.set_viewport_size({"width": 800, "height": 700})
    expect(selected).to_have_text("Values")
    expect(playground.card("b")).to_be_visible()
    playground.run("import torch\nx = torch.ones(2, requires_grad=True)\nout = x.exp()")
    expect(playground.graph("out")).to_be_visible()


@pytest.mark.long
def test_a_large_graph_has_an_overview_and_the_whole_screen(playground: PlaygroundPage) -> None:
    playground.run(RECURRENT)
    folded = playground.page.locator("tp-graph .node.folded")
    folded.press("Enter")
    expect(folded).to_have_count(0)
    overview, stage = playground.page.locator("tp-overview"), playground.page.locator("tp-graph .stage")
    expect(overview).to_be_hidden()
    before = stage.bounding_box()
    playground.page.get_by_role("button", name="Full screen").click()
    expect(playground.page.locator("tp-graph:fullscreen")).to_have_count(1)
    expect(overview).to_be_visible()
    expect(playground.node("loss")).not_to_be_in_viewport()
    # A press on the overview brings what is there.
    place = overview.locator("rect.node").last.bounding_box()
    assert place is not None
    playground.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect(playground.node("loss")).to_be_in_viewport()
    assert playground.accessibility_violations() == []
    playground.page.get_by_role("button", name="Full screen").click()
    expect(playground.page.locator("tp-graph:fullscreen")).to_have_count(0)
    assert stage.bounding_box() == before
