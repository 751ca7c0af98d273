"""Opening an operation at its step, to see what torch did inside."""

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.support.page import PlaygroundPage

LOSS = (
    "import torch\nscores = torch.tensor([[1., 2., 3.]])\nright = torch.tensor([2])\n"
    "loss = torch.nn.functional.cross_entropy(scores, right)"
)


def inside(playground: PlaygroundPage) -> Locator:
    return playground.details.get_by_role("region", name="What torch did inside")


def test_an_operation_opens_into_its_steps_with_shapes_and_values(playground: PlaygroundPage) -> None:
    playground.run(LOSS)
    playground.step_to("cross_entropy(scores, right) made")
    playground.details.get_by_role("button", name="Open").click()
    expect(inside(playground)).to_contain_text("log_softmax")
    expect(inside(playground)).to_contain_text("nll_loss")
    softmax = inside(playground).get_by_role("listitem").filter(has_text="log_softmax").first
    expect(softmax).to_contain_text("self=scores")
    expect(softmax.locator("tp-preview").first).to_contain_text("-0.4076")
    expect(softmax.locator("tp-preview").first).to_contain_text("(1, 3)")
    assert playground.accessibility_violations() == []
    playground.step_button("One step back").click()
    expect(inside(playground)).to_have_count(0)


@pytest.mark.long
def test_an_operation_that_is_one_step_says_so(playground: PlaygroundPage) -> None:
    playground.step_to("y * y made")
    playground.details.get_by_role("button", name="Open").click()
    expect(inside(playground).locator("p")).not_to_have_text("Looking inside…")
    expect(inside(playground).get_by_role("list")).to_have_count(0)
    playground.details.get_by_role("button", name="Close").click()
    expect(inside(playground)).to_have_count(0)


@pytest.mark.long
def test_a_service_that_does_not_answer_is_told(playground: PlaygroundPage) -> None:
    def fail(route: Route) -> None:
        route.abort()

    playground.page.route("**/api/v1/opening", fail)
    playground.step_to("y * y made")
    playground.details.get_by_role("button", name="Open").click()
    expect(inside(playground)).to_contain_text("could not be opened")
