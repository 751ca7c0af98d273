"""The report against counts made by hand."""

import pytest
from tensorpad.lessons.course import load
from tensorpad.tallies.question import questions
from tensorpad.tallies.report import report

from tests.lessons.conftest import COURSE

LESSONS = load(COURSE).lessons
SHAPE, SHARES, WHICH, VALUE, *_ = questions(LESSONS[0])
COUNTS = {
    ("views", SHAPE.name, "right"): 6,
    ("views", SHAPE.name, "1"): 3,
    ("views", SHAPE.name, "other"): 1,
    ("views", SHARES.name, "right"): 2,
    ("views", WHICH.name, "right"): 2,
    ("views", WHICH.name, "1"): 1,
    ("views", WHICH.name, "2"): 5,
    ("views", VALUE.name, "other"): 2,
    ("views", "of a question that was changed", "right"): 7,
    ("gone", SHAPE.name, "right"): 1,
}


def test_gates_are_sorted_by_how_many_missed_them_and_those_with_few_answers_come_last() -> None:
    told = report(LESSONS, COUNTS, "en")
    assert [(gate.kind, gate.answers, gate.missed) for gate in told.gates] == [
        ("which", 8, 6),
        ("shape", 10, 4),
        ("value", 2, 2),
        ("shares", 2, 0),
    ]
    assert [gate.share for gate in told.gates] == [6 / 8, 4 / 10, 1.0, 0.0]
    assert (told.answers, told.unanswered, told.outdated) == (22, 2, 8)


def test_each_answer_has_its_count_and_the_most_common_miss_is_named() -> None:
    which, shape, *_ = report(LESSONS, COUNTS, "en").gates
    assert [(choice.text, choice.count, choice.share) for choice in which.choices] == [
        ("z is a view of x", 2, 2 / 8),
        ("torch writes twice", 5, 5 / 8),
        ("z is a copy of x", 1, 1 / 8),
    ]
    assert [(choice.choice, choice.text, choice.count) for choice in shape.choices] == [
        ("right", None, 6),
        ("1", "(2, 3)", 3),
        ("other", None, 1),
    ]
    assert which.worst == which.choices[1]
    assert (which.cell, which.line, which.lesson, which.title) == (3, 2, "views", "Views share memory")


def test_the_words_are_those_of_the_language() -> None:
    which = report(LESSONS, COUNTS, "zh-CN").gates[0]
    assert which.title == "视图共享内存"
    assert which.worst is not None
    assert which.worst.count == 5
    assert which.worst.text != "torch writes twice"


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_without_counts_there_is_nothing_to_tell(lang: str) -> None:
    told = report(LESSONS, {}, "zh-CN" if lang == "zh-CN" else "en")
    assert (told.gates, told.answers, told.unanswered, told.outdated) == ((), 0, 6, 0)
