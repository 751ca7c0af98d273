"""At every step the page shows what plain PyTorch has after that statement. `make truth` compares many more programs."""

from tests.truth.comparison import compare, examples
from tests.truth.generator import program

PROGRAMS = 40


def test_each_shown_value_flag_and_gradient_is_that_of_plain_torch() -> None:
    report = compare([[program(seed)] for seed in range(PROGRAMS)])
    assert report.differences == []
    assert report.programs == PROGRAMS
    assert report.steps > 500


def test_the_examples_of_the_page_show_what_plain_torch_has() -> None:
    report = compare(examples())
    assert report.differences == []
    assert report.programs > 10
