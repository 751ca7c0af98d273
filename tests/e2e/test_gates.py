"""Questions in a program's comments: asked before its results are shown, on the playground page and in embedded views."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.support.page import AXE, PlaygroundPage
from tests.support.short_form import shortened

PROGRAM = """import torch
x = torch.arange(6.)
y = x.view(2, 3)
#? shape y
#? ~ (3, 2) -- The first number is the rows.
#? because view(2, 3) cuts the line into 2 rows of 3.
#? shares x y
#? because A view has no memory of its own.
x[0] = 7
#? which Why did y change, too?
#? = y is a view of x -- Yes.
#? ~ torch copies on write -- Nothing was copied.
#? ~ x was made anew -- Its memory is the same.
#? if x.data_ptr() == y.data_ptr()
#? because Both read one storage.
print(y)
"""


def gates(page: Page) -> Locator:
    """What the program asks."""
    return page.get_by_role("group", name="Predict first")


def answer(page: Page, text: str) -> None:
    """Write an answer, and send it."""
    gates(page).get_by_role("textbox").fill(text)
    gates(page).get_by_role("button", name="Check against the run").click()


def choose(page: Page, text: str) -> None:
    """Pick an answer, and send it."""
    gates(page).get_by_role("radio", name=text).check()
    gates(page).get_by_role("button", name="Check against the run").click()


@pytest.fixture
def asking(playground: PlaygroundPage) -> PlaygroundPage:
    """The playground with a program that asks, run."""
    playground.write(PROGRAM)
    playground.run()
    expect(gates(playground.page)).to_contain_text("Question 1 of 3")
    return playground


def test_results_are_covered_until_each_question_was_answered(asking: PlaygroundPage) -> None:
    page = asking.page
    results = page.locator("tp-results")
    printed = page.locator("tp-output").get_by_text("tensor(")
    for left, line, give in (
        (2, 3, lambda: answer(page, "2 x 3")),
        (1, 3, lambda: choose(page, "Yes, they do")),
        (0, 9, lambda: choose(page, "y is a view of x")),
    ):
        # The line of a statement, and not of the comments between.
        expect(gates(page).get_by_text(f"after line {line}", exact=True)).to_be_visible()
        expect(results.get_by_role("tabpanel")).to_have_count(0)
        expect(results.locator("tp-tensor-card")).to_have_count(0)
        expect(printed).to_have_count(0)
        give()
        expect(gates(page)).to_contain_text("Right.")
        expect(results.get_by_role("tabpanel").first).to_be_visible()
        # What is printed at the end would tell what is asked next, and so would what is noticed in a line.
        expect(printed).to_have_count(0 if left else 1)
        expect(page.locator(".tp-notice-button")).to_have_count(0 if left else 1)
        gates(page).get_by_role("button", name="Next question").or_(
            gates(page).get_by_role("button", name="See all results")
        ).click()
    expect(gates(page)).to_contain_text("3 of 3 predicted")
    expect(printed).to_have_count(1)


def test_an_error_is_not_shown_while_something_is_asked(playground: PlaygroundPage) -> None:
    page = playground.page
    playground.write("x = torch.zeros(3)\n#? shape x\n#? raises\nx + torch.zeros(4)")
    playground.run()
    answer(page, "(3,)")
    expect(gates(page)).to_contain_text("Right.")
    expect(page.locator("tp-results").get_by_role("tabpanel").first).to_be_visible()
    expect(page.locator("tp-error")).to_have_count(0)
    expect(page.locator("article.error")).to_have_count(0)
    expect(page.locator("tp-run-bar")).not_to_contain_text("error")
    gates(page).get_by_role("button", name="Next question").click()
    choose(page, "RuntimeError")
    expect(page.locator("tp-error")).to_have_count(1)
    expect(page.locator("tp-run-bar")).to_contain_text("error")


def test_a_miss_is_shown_beside_the_run_with_what_was_wrong_and_can_be_got_then(asking: PlaygroundPage) -> None:
    page = asking.page
    answer(page, "(3, 2)")
    told = gates(page)
    expect(told).to_contain_text("Not quite.")
    expect(told.get_by_role("definition").nth(0)).to_have_text("(3, 2)")
    expect(told.get_by_role("definition").nth(1)).to_have_text("(2, 3)")
    expect(told).to_contain_text("The first number is the rows.")
    expect(told).to_contain_text("2 rows of 3")
    told.get_by_role("button", name="Show me the step").click()
    expect(asking.said).to_contain_text("y")
    expect(asking.lit_source).to_have_text(["x.view(2, 3)"])
    told.get_by_role("button", name="Try again").click()
    expect(page.locator("tp-results").get_by_role("tabpanel")).to_have_count(0)
    answer(page, "(2, 3)")
    expect(told).to_contain_text("Right.")


@pytest.mark.long
def test_what_was_answered_is_asked_again_only_where_the_code_before_it_has_changed(asking: PlaygroundPage) -> None:
    page = asking.page
    answer(page, "(2, 3)")
    asking.run()
    expect(gates(page)).to_contain_text("Question 2 of 3")
    asking.run(PROGRAM.replace("arange(6.)", "arange(6)"))
    expect(gates(page)).to_contain_text("Question 1 of 3")


@pytest.mark.long
def test_questions_can_be_passed_over_and_are_not_asked_of_who_types(asking: PlaygroundPage) -> None:
    page = asking.page
    gates(page).get_by_role("button", name="Show the results without predicting").click()
    expect(page.locator("tp-output").get_by_text("tensor(")).to_have_count(1)
    told = gates(page)
    told.get_by_text("The 3 questions and their answers").click()
    expect(told.get_by_role("definition")).to_have_text(["(2, 3)", "Yes, they do", "y is a view of x"])
    expect(told).to_contain_text("2 rows of 3")
    expect(told).not_to_contain_text("Not quite.")
    page.get_by_role("switch", name="Live").click()
    asking.write(PROGRAM.replace("x[0] = 7", "x[0] = 8"))
    expect(page.locator("tp-output").get_by_text("[8.")).to_have_count(1)
    expect(gates(page)).to_have_count(0)


def test_the_code_does_not_give_the_answers_away(asking: PlaygroundPage) -> None:
    code = asking.editor(1)
    expect(code).to_contain_text("? question")
    expect(code).not_to_contain_text("one storage")
    # Whoever writes them sees them.
    code.get_by_text("? question").first.click()
    expect(code).to_contain_text("The first number is the rows.")
    expect(code).not_to_contain_text("one storage")


def test_questions_are_answered_by_keyboard_and_break_no_rule_of_accessibility(asking: PlaygroundPage) -> None:
    page = asking.page
    assert asking.accessibility_violations() == []
    gates(page).get_by_role("textbox").focus()
    page.keyboard.type("(2, 3)")
    page.keyboard.press("Enter")
    expect(gates(page)).to_contain_text("Right.")
    assert asking.accessibility_violations() == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(gates(page).get_by_role("button", name="Next question")).to_be_focused()
    page.keyboard.press("Enter")
    expect(gates(page).get_by_role("radio", name="Yes, they do")).to_be_focused()


@pytest.mark.parametrize("mode", shortened(["read", "edit"]))
def test_an_embedded_view_asks_first(page: Page, server_url: str, mode: str) -> None:
    page.goto(f"{server_url}/embed?{urlencode({'code': PROGRAM, 'lang': 'en', 'view': 'values', 'mode': mode})}")
    expect(gates(page)).to_contain_text("Question 1 of 3")
    expect(page.locator("tp-tensor-card")).to_have_count(0)
    expect(page.get_by_text("? question")).to_have_count(2)
    answer(page, "(2, 3)")
    expect(page.locator("tp-tensor-card").first).to_be_visible()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))") == []
