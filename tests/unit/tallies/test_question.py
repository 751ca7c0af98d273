"""What is counted of a lesson's gates, and when a count belongs to another question."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from tensorpad.lessons.course import load
from tensorpad.lessons.lesson import Lesson
from tensorpad.tallies.question import Question, Questions, questions
from tensorpad.texts import Lang

from tests.lessons.conftest import COURSE


def languages(folder: Path = COURSE) -> Mapping[Lang, Lesson]:
    [lesson] = load(folder).lessons
    return lesson


def test_each_gate_of_a_plain_cell_is_a_question_in_all_languages() -> None:
    found = questions(languages())
    assert [(question.cell, question.gates["en"].kind) for question in found] == [
        (2, "shape"),
        (2, "shares"),
        (3, "which"),
        (3, "value"),
        (4, "raises"),
        (5, "value"),
    ]
    assert all(set(question.gates) == {"en", "zh-CN"} for question in found)
    assert len({question.name for question in found}) == len(found)


def test_what_is_counted_are_the_right_answer_those_that_the_lesson_names_and_the_rest() -> None:
    shape, shares, which, *_ = questions(languages())
    assert shape.choices == ("right", "1", "other")
    assert shares.choices == ("right", "other")
    assert which.choices == ("right", "1", "2")


CHANGES = {
    "the question": ("#? which Why does x change, too?", "#? which Why?", {2}),
    "a wrong answer": ("#? ~ (2, 3) --", "#? ~ (6,) --", {0}),
    "the program before": ("y[1] = 5.0", "y[1] = 6.0", {0, 1, 2, 3, 4, 5}),
    "the program between": ("z[0, 0] = 7.0", "z[0, 0] = 8.0", {2, 3, 4, 5}),
    "an explanation": ("#? because view makes a tensor of the shape that you name.", "#? because so.", set[int]()),
    "a comment": ("y[1] = 5.0", "# a write\ny[1] = 5.0", set[int]()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_counts_begin_anew_where_another_thing_is_asked(change: str, course: Path) -> None:
    before, after, renamed = CHANGES[change]
    for lang in ("en", "zh-CN"):
        path = course / "01-views" / f"lesson.{lang}.md"
        path.write_text(path.read_text().replace(before, after))
    pairs = zip(questions(languages()), questions(languages(course)), strict=True)
    assert {place for place, (old, new) in enumerate(pairs) if old.name != new.name} == renamed


def test_the_same_gate_twice_is_two_questions(course: Path) -> None:
    (course / "01-views" / "lesson.zh-CN.md").unlink()
    path = course / "01-views" / "lesson.en.md"
    path.write_text(path.read_text().replace("#? shape z\n", "#? shape z\n#? ~ (2, 3) -- no\n\n#? shape z\n"))
    first, second = questions(languages(course))[:2]
    assert first.gates["en"].target == second.gates["en"].target
    assert first.name != second.name


def test_a_language_whose_gates_are_others_has_no_part_in_a_question(course: Path) -> None:
    path = course / "01-views" / "lesson.zh-CN.md"
    path.write_text(path.read_text().replace("#? shape z\n", "#? dtype z\n"))
    by_cell: dict[int, set[str]] = {}
    found: tuple[Question, ...] = questions(languages(course))
    for question in found:
        by_cell.setdefault(question.cell, set()).update(question.gates)
    assert by_cell == {2: {"en"}, 3: {"en", "zh-CN"}, 4: {"en", "zh-CN"}, 5: {"en", "zh-CN"}}


def test_questions_are_found_anew_when_the_lesson_was_read_anew(course: Path) -> None:
    known, first = Questions(), languages(course)
    assert known.of(first) is known.of(first)
    assert known.of(languages(COURSE)) == questions(languages(COURSE))
    path = course / "01-views" / "lesson.en.md"
    path.write_text(path.read_text().replace("#? which Why does x change, too?", "#? which Why?"))
    assert [question.gates["en"].target for question in known.of(languages(course))][2] == "Why?"
