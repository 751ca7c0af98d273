"""Going through a program by statements, calls, rounds, backward passes and changes, in a real browser."""

import re

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.e2e.support.page import PlaygroundPage

RUNNING = ("/api/v1/runs", "/derivation", "/opening", "/lens")
"""What is asked of the service to run the program, and to run it with a question."""
TRAINING = """\
import torch
def error(w):
    gap = w - 3
    return gap * gap
w = torch.zeros(1, requires_grad=True)
for round in range(5):
    loss = error(w).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad = None
after = w + 1"""


def choose(playground: PlaygroundPage, pace: str) -> None:
    """Choose how far to go at a time."""
    playground.page.get_by_role("combobox", name="How far to go at a time").select_option(pace)


def press(playground: PlaygroundPage, keys: str, times: int = 1) -> None:
    """Press a key on the slider, each time once the page shows the step before."""
    for _ in range(times):
        before = playground.slider.input_value()
        playground.slider.press(keys)
        expect(playground.slider).not_to_have_value(before)


def drag(page: Page, slider: Locator, *shares: float) -> None:
    """Drag the slider through these shares of its length."""
    box = slider.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 8 + (box["width"] - 16) * shares[0], y)
    page.mouse.down()
    for share in shares[1:]:
        page.mouse.move(box["x"] + 8 + (box["width"] - 16) * share, y)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    page.mouse.up()


@pytest.fixture
def trained(playground: PlaygroundPage) -> PlaygroundPage:
    """The page with the answer to the program, at its first step."""
    playground.run(TRAINING)
    playground.slider.press("Home")
    expect(playground.said).to_contain_text("torch")
    return playground


def test_a_loop_is_gone_through_round_by_round_and_pass_by_pass(trained: PlaygroundPage) -> None:
    choose(trained, "by round")
    trained.step_button("Forward by round").click()
    expect(trained.said).to_have_text("round is 0.")
    press(trained, "ArrowRight", 3)
    expect(trained.said).to_have_text("round is 3.")
    expect(trained.count).to_have_text("round 4 / 5")
    choose(trained, "by backward pass")
    trained.step_button("Back by backward pass").click()
    expect(trained.said).to_contain_text("begins the way back at loss")
    expect(trained.count).not_to_contain_text("round")
    expect(trained.count).to_have_attribute("title", re.compile("· round 3 of 5$"))
    assert trained.accessibility_violations() == []


def test_calls_are_gone_over_into_and_out_of(trained: PlaygroundPage) -> None:
    choose(trained, "by statement")
    press(trained, "ArrowRight", 4)
    expect(trained.said).to_contain_text("error(w).sum() made")
    press(trained, "Shift+ArrowLeft")
    expect(trained.said).to_have_text("round is 0.")
    press(trained, "Shift+ArrowDown")
    expect(trained.said).to_contain_text("The call of error begins.")
    press(trained, "Shift+ArrowRight", 2)
    expect(trained.lit_source).to_have_text("gap * gap")
    press(trained, "Shift+ArrowUp")
    expect(trained.said).to_contain_text("error(w).sum() made")
    choose(trained, "by call")
    press(trained, "ArrowLeft")
    expect(trained.said).to_contain_text("The call of error begins.")


def test_the_changes_of_a_tensor_that_was_clicked_are_gone_through(trained: PlaygroundPage) -> None:
    trained.slider.press("End")
    option = trained.page.get_by_role("option", name="by change of a tensor (click one first)")
    expect(option).to_be_disabled()
    trained.show("w").click()
    choose(trained, "by change of w")
    said: list[str] = []
    for _ in range(3):
        press(trained, "ArrowLeft")
        said.append(trained.said.inner_text())
    expect(trained.said).to_contain_text("w.grad was empty and received")
    trained.slider.press("ArrowRight")
    expect(trained.said).to_contain_text("w -= 0.1 * w.grad wrote 1 element")
    trained.slider.press("ArrowRight")
    expect(trained.said).to_contain_text("w.grad was cleared")


def test_the_slider_rests_where_rounds_begin_and_scrubbing_asks_for_no_run(trained: PlaygroundPage) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith(RUNNING):
            asked.append(request.url)

    choose(trained, "by round")
    expect(trained.details).to_be_visible()
    trained.page.on("request", note)
    shares = [share / 40 for share in range(41)]
    drag(trained.page, trained.slider, *shares[:26])
    expect(trained.said).to_have_text(re.compile(r"round is [23]\."))
    expect(trained.page.locator("tp-marks output")).to_contain_text(re.compile(r"^Step \d+ of \d+ · round \d of 5"))
    # By steps every backward function is passed, with its details open.
    choose(trained, "by step")
    drag(trained.page, trained.slider, *shares, *reversed(shares))
    expect(trained.slider).to_have_value("0")
    assert asked == []


def test_what_a_program_has_no_use_for_says_why_and_steps_are_gone_by(trained: PlaygroundPage) -> None:
    choose(trained, "by round")
    expect(trained.step_button("Forward by round")).to_be_visible()
    trained.run("import torch\nx = torch.ones(2)\ny = x + 1")
    expect(trained.page.get_by_role("option", name="by round (no loop that repeats)")).to_be_disabled()
    expect(trained.step_button("One step forward")).to_be_visible()
