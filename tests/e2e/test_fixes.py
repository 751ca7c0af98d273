"""Applying what an explanation offers: once, with its result at once, and nothing that was typed is ever lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.support.page import PlaygroundPage

NOT_KEPT = "import torch\nx = torch.ones(2, requires_grad=True)\ny = x * 2\ny.sum().backward()\nprint(y.grad + 1)"


def test_applying_a_fix_runs_the_program_and_shows_its_result(playground: PlaygroundPage) -> None:
    playground.run(NOT_KEPT)
    expect(playground.error(1)).to_be_visible()
    with playground.page.expect_response(lambda response: response.url.endswith("/api/v1/runs")):
        playground.error(1).get_by_role("button", name="Apply").click()
    expect(playground.error(1)).to_have_count(0)
    expect(playground.printed(1)).to_contain_text("tensor([2., 2.])")
    assert playground.code(1).count("y.retain_grad()") == 1


def test_a_fix_that_adds_a_line_cannot_be_applied_twice(playground: PlaygroundPage) -> None:
    playground.run(NOT_KEPT)
    apply = playground.error(1).get_by_role("button", name="Apply")
    with playground.hold_next_run():
        apply.dblclick()
    # The answer of before is still shown, and what it offers has been done.
    expect(playground.error(1)).to_be_visible()
    apply.click()
    assert playground.code(1).count("y.retain_grad()") == 1
    expect(playground.news).to_contain_text("The code has changed since the run")
    playground.cancel_button.click()


@pytest.mark.long
def test_a_fix_that_was_taken_back_can_be_applied_again(playground: PlaygroundPage) -> None:
    playground.run(NOT_KEPT)
    with playground.hold_next_run():
        playground.error(1).get_by_role("button", name="Apply").click()
    playground.cancel_button.click()
    playground.editor(1).press("Control+z")
    assert playground.code(1) == NOT_KEPT
    playground.error(1).get_by_role("button", name="Apply").click()
    assert playground.code(1).count("y.retain_grad()") == 1
    expect(playground.printed(1)).to_contain_text("tensor([2., 2.])")


@pytest.mark.long
def test_the_message_after_replacing_a_program_leaves_by_itself(page: Page, server_url: str) -> None:
    page.clock.install()
    playground = PlaygroundPage(page, server_url)
    playground.open()
    playground.editor(1).press_sequentially("# mine\n")
    page.get_by_role("button", name="Clear").click()
    undo = page.get_by_role("button", name="Undo", exact=True)
    undo.hover()
    page.clock.fast_forward(60_000)
    expect(undo).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.fast_forward(11_000)
    expect(undo).to_have_count(0)


@pytest.mark.long
def test_what_was_typed_after_a_replacement_survives_its_undo(playground: PlaygroundPage) -> None:
    playground.editor(1).press("Control+Home")
    playground.editor(1).press_sequentially("# first\n")
    page = playground.page
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("tp-cell")).to_have_count(1)
    playground.editor(1).press_sequentially("later = 1")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("tp-cell")).to_have_count(3)
    assert "# first" in playground.code(1)
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(page.locator("tp-cell")).to_have_count(1)
    assert playground.code(1) == "later = 1"
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(page.locator("tp-cell")).to_have_count(3)
    assert "# first" in playground.code(1)
