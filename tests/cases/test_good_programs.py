"""Programs that are right get no notice."""

import pytest

from tests.support.explanations import explained
from tests.support.good_programs import PROGRAMS


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_is_said_of_a_program_that_is_right(name: str) -> None:
    program = explained(PROGRAMS[name].lstrip("\n"))
    assert not program.failed, program.facts.message
    assert [(one.rule, one.text) for one in program.notices()] == []
