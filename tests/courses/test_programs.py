"""Programs of courses do in Tensorpad what they do in plain Python, and all of their loops' numbers are there."""

from pathlib import Path

import pytest

from tests.courses.comparison import differences, incomplete, lost, told
from tests.courses.programs import PROGRAMS
from tests.courses.running import plainly, traced
from tests.support.short_form import shortened

BRIEF = (
    "types of elements",
    "a table of houses",
    "slopes and tangents",
    "gradients through control flow",
    "a polynomial with autograd",
    "softmax regression from scratch",
    "blocks of one's own",
    "a recurrent network by hand",
)
"""Those that every run of the tests has: of each kind one."""


def test_there_are_forty() -> None:
    assert len(PROGRAMS) >= 40


ALL = sorted(PROGRAMS, key=lambda name: name not in BRIEF)
SOME_ROUNDS = 3
TRAINING = ("a recurrent network by hand",)
"""The program of which every run of the tests records some rounds."""


@pytest.mark.parametrize("name", shortened(ALL, len(BRIEF)))
def test_a_program_of_a_course_runs_and_is_recorded(name: str, tmp_path: Path) -> None:
    compare(name, tmp_path, None)


@pytest.mark.parametrize("name", shortened(sorted(ALL, key=lambda name: name not in TRAINING), len(TRAINING)))
def test_nothing_is_wrong_where_some_rounds_of_it_are_recorded(name: str, tmp_path: Path) -> None:
    compare(name, tmp_path, SOME_ROUNDS)


def compare(name: str, tmp_path: Path, rounds: int | None) -> None:
    """Fail where a program differs from plain Python, lacks a number or a part of its trace, or gets a notice too many."""
    program = PROGRAMS[name]
    (tmp_path / "plain").mkdir()
    (tmp_path / "traced").mkdir()
    plain = plainly(program.cells, tmp_path / "plain")
    course = traced(program.cells, tmp_path / "traced", rounds)
    assert [*differences(course, plain)] == []
    assert [*lost(course.trace)] == []
    assert [*incomplete(course.trace, plain)] == []
    notices = told(program.cells, course)
    assert notices.keys() == program.notices.keys(), notices
    assert sum(map(len, course.displays)) == program.displays
