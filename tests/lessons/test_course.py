"""Every lesson of our course, in both languages, does what it says: cells, gates, proofs, looks, exercises and tables."""

from pathlib import Path

import pytest
from tensorpad.gates.parsing import gates_of
from tensorpad.lessons.course import LANGS, load, ours

from tests.lessons.conftest import Checker
from tests.support.short_form import sampled

COURSE = load(ours())
FOLDERS = [next(iter(lesson.values())).path.parent for lesson in COURSE.lessons]


@pytest.mark.parametrize("folder", sampled(FOLDERS, every=3), ids=lambda folder: folder.name)
def test_lesson_does_what_it_says(folder: Path, checked_lesson: Checker) -> None:
    assert list(map(str, checked_lesson(folder))) == []


def test_course_has_every_lesson_in_every_language() -> None:
    assert list(map(str, COURSE.problems)) == []
    assert [lesson.keys() for lesson in COURSE.lessons] == [set(LANGS)] * len(COURSE.lessons)
    assert [lesson["en"].heading.number for lesson in COURSE.lessons] == list(range(1, len(COURSE.lessons) + 1))
    assert len(COURSE.lessons) >= 24


def test_lessons_need_and_link_to_lessons_that_there_are() -> None:
    slugs = [lesson["en"].heading.slug for lesson in COURSE.lessons]
    for place, lesson in enumerate(COURSE.lessons):
        for own in lesson.values():
            assert set(own.heading.needs) <= set(slugs[:place]), own.path
            assert {slug for _, slug in own.links} <= set(slugs), own.path


def test_course_asks_every_kind_of_question() -> None:
    asked = {gate.kind for lesson in COURSE.lessons for cell in lesson["en"].cells for gate in gates_of(cell.code)}
    assert asked == {"shape", "dtype", "value", "grad", "shares", "raises", "which"}
