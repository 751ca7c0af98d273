"""What a program prints, shows and raises, at the step at which it does."""

import pytest
from playwright.sync_api import expect

from tests.e2e.support.page import PlaygroundPage

LOUD = "for i in range(3):\n    print('round', i)\ndef f():\n    print('inside')\nf()"
TWO = "import torch\nx = torch.tensor([1.5], requires_grad=True)\ny = x * x\ny.backward()\nx.grad"


def test_printed_text_grows_with_the_steps(playground: PlaygroundPage) -> None:
    playground.run(LOUD, "print('second cell')")
    expect(playground.printed(1).locator("pre")).to_have_text("round 0\nround 1\nround 2\ninside")
    playground.step_to("This step printed round 1.")
    expect(playground.printed(1).locator("pre")).to_have_text("round 0\nround 1")
    expect(playground.printed(2)).to_have_count(0)
    playground.step_to("This step printed inside.")
    expect(playground.printed(1).locator("pre")).to_have_text("round 0\nround 1\nround 2\ninside")
    playground.step_to("This step printed second cell.")
    expect(playground.printed(2).locator("pre")).to_have_text("second cell")


def test_a_bar_that_is_drawn_over_itself_shows_how_far_it_was(playground: PlaygroundPage) -> None:
    playground.run("import sys\nfor i in range(3):\n    sys.stderr.write(f'\\r{i + 1}/3')\nprint('done')")
    playground.step_to("This step wrote 2/3 to standard error.")
    expect(playground.cell(1).get_by_role("group", name="Warnings and errors printed").locator("pre")).to_have_text("2/3")


def test_the_last_expression_says_what_the_cell_shows(playground: PlaygroundPage) -> None:
    playground.run(TWO)
    playground.step_button("One step back").click()
    expect(playground.said).to_contain_text("The cell shows x.grad: tensor([3.]).")
    expect(playground.details.locator("tp-preview")).to_contain_text("x.grad")
    expect(playground.details.locator("tp-preview-grid")).to_contain_text("3")
    expect(playground.result(1).locator("pre")).to_have_text("tensor([3.])")
    playground.step_button("One step back").click()
    expect(playground.result(1)).to_have_count(0)


def test_an_error_is_the_last_step_and_has_the_values_of_then(playground: PlaygroundPage) -> None:
    playground.run("def f(v):\n    w = v + 1\n    return w / 0", "a = 1", "a = 2\nf(a)\na = 3")
    expect(playground.said).to_contain_text("ZeroDivisionError in line 3 of cell 1: division by zero.")
    expect(playground.said).to_contain_text("The program stopped here.")
    expect(playground.lit_source).to_have_text("w / 0")
    expect(playground.step_button("The end")).to_be_disabled()
    expect(playground.cell(3)).to_contain_text("line 3 of cell 1")
    expect(playground.cell(3)).to_contain_text("division by zero")


def test_a_cell_that_python_refuses_says_that_nothing_of_it_ran(playground: PlaygroundPage) -> None:
    playground.run("a = 1", "b = 2\nc = (")
    expect(playground.said).to_contain_text("SyntaxError in line 2 of cell 2: '(' was never closed.")
    expect(playground.said).to_contain_text("Nothing of this cell ran.")


@pytest.mark.parametrize(
    ("program", "line"),
    [
        (
            "n = 0\nwhile True:\n    n += 1\n    if n == 3:\n        print('three')\n        __import__('time').sleep(99)",
            6,
        ),
        pytest.param("n = 1\nprint('three')\nm = 3 ** (3 ** (3 ** 3))", 3, marks=pytest.mark.long),
    ],
    ids=["in Python", "in one call"],
)
def test_a_time_limit_shows_the_steps_until_then_and_says_so_once(
    playground: PlaygroundPage, program: str, line: int
) -> None:
    playground.limit_time(1)
    playground.run(program)
    expect(playground.said).to_have_text(f"The time limit was reached in line {line}, and the program was stopped.")
    expect(playground.page.get_by_text("time limit of 1 s")).to_have_count(1)
    expect(playground.error(1)).to_contain_text(f"line {line}")
    expect(playground.printed(1).locator("pre")).to_have_text("three")
    playground.step_to("This step printed three.")


@pytest.mark.long
def test_a_flood_of_output_shows_the_steps_until_then(playground: PlaygroundPage) -> None:
    playground.run("i = 0\nwhile True:\n    i += 1\n    print(str(i) * 2000)")
    expect(playground.said).to_contain_text("The limit of output was reached in line 4, and the program was stopped.")
    playground.step_button("First step").click()
    expect(playground.printed(1)).to_have_count(0)
    playground.step_to("This step printed 222")
    expect(playground.printed(1)).to_contain_text("222")


@pytest.mark.long
def test_a_program_that_ended_is_as_it_was_left_at_the_end(playground: PlaygroundPage) -> None:
    playground.run("a = 1\nprint(a)")
    expect(playground.said).to_have_text("The end: everything is as the program left it.")
