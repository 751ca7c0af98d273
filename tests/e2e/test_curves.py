"""The numbers of a loop as curves: over all rounds, with a mark at the step that is shown."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.e2e.support.page import PlaygroundPage

ROUNDS = 400
TRAINING = f"""\
import torch
w = torch.tensor([4.0], requires_grad=True)
for number in range({ROUNDS}):
    loss = (w - 1).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
        w.grad = None"""


def losses() -> list[float]:
    names: dict[str, Any] = {"kept": []}
    exec(TRAINING.replace("    loss.backward()", "    kept.append(loss.item())\n    loss.backward()"), names)
    return names["kept"]


def test_a_loss_is_a_curve_over_all_rounds_which_leads_to_its_steps(playground: PlaygroundPage) -> None:
    kept = losses()
    playground.run(TRAINING)
    figure = playground.page.locator("tp-curves figure").first
    picture = figure.get_by_role("img")
    # The timeline is full long before the last round, and the curve is not.
    expect(picture).to_have_attribute("aria-label", re.compile(rf"Curve of loss over {ROUNDS} rounds, from 9 to "))
    expect(figure).to_contain_text(f"in round {ROUNDS}")
    assert playground.accessibility_violations() == []

    # Pointing at it tells another round, and a click goes to the step of that.
    box = picture.bounding_box()
    assert box is not None
    picture.hover(position={"x": box["width"] * 0.25, "y": box["height"] / 2})
    expect(figure).to_contain_text(re.compile(r"in round (9[5-9]|10[0-5])\b"))
    picture.click(position={"x": box["width"] * 0.1, "y": box["height"] / 2})
    round_text = re.search(r"in round (\d+)", figure.inner_text())
    assert round_text is not None
    number = int(round_text[1])
    playground.said.hover()
    expect(figure).to_contain_text(f"in round {number}")
    expect(playground.said).to_contain_text("loss")
    (shown,) = playground.elements("loss").all_inner_texts()
    assert abs(float(shown) - kept[number - 1]) <= 1e-3 * kept[number - 1]


def test_a_program_without_loops_has_no_curves(playground: PlaygroundPage) -> None:
    playground.run("import torch\nx = torch.ones(2)")
    expect(playground.card("x")).to_be_visible()
    expect(playground.page.locator("tp-curves")).to_have_count(0)
