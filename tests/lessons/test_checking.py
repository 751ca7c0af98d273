"""`tensorpad lessons check` finds each fault of a lesson at its line."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tensorpad.lessons.checking import verdict
from tensorpad.lessons.course import load

from tests.lessons.conftest import COURSE, Checker
from tests.support.short_form import sampled

EN, ZH = ("01-views/lesson.en.md", "01-views/lesson.zh-CN.md")


@dataclass(frozen=True)
class Planted:
    """A fault: a text of the sound lesson and what is there instead; the line that is named has `at` then."""

    name: str
    before: str
    after: str
    at: str
    says: str
    file: str = EN
    both: bool = False


PLANTED = [
    Planted("a cell that fails", "y = x[0]\n", "y = x[7]\n", "y = x[7]", "the cell fails: IndexError: index 7", both=True),
    Planted("a cell that does not fail", "x.t().view(6)", "x.t().reshape(6)", "#? raises", "does not fail", both=True),
    Planted("a gate about no variable", "#? shape z", "#? shape w", "#? shape w", "There is no variable `w`", both=True),
    Planted(
        "a miss that is right", "#? ~ (2, 3) --", "#? ~ (3, 2) --", "#? shape z", "(3, 2) is the right answer", both=True
    ),
    Planted(
        "a gate of no kind", "#? shares z x", "#? share z x", "#? share z x", "`share` is no kind of question", both=True
    ),
    Planted("an option without a text", "torch writes twice -- It does not.", "torch writes twice", "#? which", "no text"),
    Planted("a proof that is false", "z.data_ptr() ==", "z.data_ptr() !=", "#? if", "does not prove", both=True),
    Planted(
        "a proof that raises", "z.data_ptr() ==", "z.pointer() ==", "#? if", "proves nothing: AttributeError", both=True
    ),
    Planted("a solution that fails", "x[0].clone()", "x.clone()", "assert copy.shape == (3,)", "ex1-solution does not pass"),
    Planted(
        "a wrong solution that passes",
        "gives a view.\ncopy = x[0]",
        "gives a view.\ncopy = x[0] + 0",
        "#? because An index",
        "ex1-wrong-a passes the check",
    ),
    Planted(
        "a start that passes",
        "```{code-cell} ipython3\n:label: ex1-start\ncopy = x[0]",
        "```{code-cell} ipython3\n:label: ex1-start\ncopy = x[0] + 0",
        "copy = x[0] + 0",
        "nothing is left to do",
    ),
    Planted(
        "an assertion without a message",
        'assert total == x.sum(), "total must be the sum of x"',
        "assert total == x.sum()",
        "assert total",
        "no message",
    ),
    Planted(
        "a look at a line without a step",
        "of=y line=5",
        "of=y line=2",
        "After the write",
        "no step of cell 1 is on its line 2",
        both=True,
    ),
    Planted("a look at a step that is not there", "step=5 cell=1", "step=99 cell=1", "Here are", "has no step 99"),
    Planted(
        "a look at a graph without the tensor",
        "view=memory of=y line=5",
        "view=graph of=y line=5",
        "After the write",
        "no graph has y at this step",
        both=True,
    ),
    Planted(
        "a distractor that does no harm",
        "#~ total = row\n",
        "#~ row = row + 0\n",
        "#~ row",
        "passes with this line",
        both=True,
    ),
    Planted("a look at no view", "view=values", "view=value", "Here are", "a look needs a view"),
    Planted("a row that fails", "`torch.ones(2)`", "`torch.one(2)`", "`torch.one(2)`", "the program of the row fails"),
    Planted(
        "a program of one language",
        "b += 1",
        "b += 2",
        "b += 2",
        "the program of cell 5 is not that of lesson.en.md",
        file=ZH,
    ),
    Planted("a stage that is none", "## Quiz: a slice", "## Test: a slice", "## Test", "a section begins with its stage"),
    Planted("a summary of two lines", "- clone copies.\n", "", "## Summary", "a list of 3 items, and this one has 2"),
    Planted(
        "a header that tools misread",
        "file_format: mystnb",
        "file_format: myst",
        "file_format: myst",
        "file_format must have",
    ),
    Planted("a table without programs", "{.cards setup", "{.card setup", "| program |", "is one of programs"),
    Planted(
        "a question that nobody wrote", "If you write into a row, does the matrix change?", "'?'", "question:", "write yours"
    ),
    Planted("an exercise of no kind", ":class: exercise", ":class: task", ":::{admonition} Exercise", "and this one task"),
    Planted(
        "an exercise without a title",
        ":::{admonition} Exercise\n:class: exercise",
        ":::{admonition}\n:class: exercise",
        ":::{admonition}",
        "is missing",
    ),
    Planted(
        "a part without its exercise",
        ":name: ex2",
        ":name: ex3",
        "total = torch.tensor(0.0)",
        "belongs to no exercise",
    ),
]


def test_sound_course_has_no_problem(checked: Checker) -> None:
    assert list(map(str, checked(COURSE))) == []


@pytest.mark.parametrize("fault", sampled(PLANTED, every=2), ids=lambda fault: fault.name)
def test_planted_fault_is_found_at_its_line(fault: Planted, course: Path, checked: Checker) -> None:
    for file in (EN, ZH) if fault.both else (fault.file,):
        path = course / file
        before = path.read_text()
        changed = before.replace(fault.before, fault.after)
        path.write_text(changed)
    path = course / fault.file
    text = path.read_text()
    assert text != (COURSE / fault.file).read_text(), "the fault was not planted"
    line = next(number for number, content in enumerate(text.split("\n"), 1) if fault.at in content)
    found = checked(course)
    assert any(problem.path == path and problem.line == line and fault.says in problem.text for problem in found), (
        line,
        list(map(str, found)),
    )


def test_course_may_have_one_language(course: Path, checked: Checker) -> None:
    (course / ZH).unlink()
    assert checked(course) == []


def test_language_that_there_is_not_is_reported(course: Path, checked: Checker) -> None:
    path = (course / ZH).rename(course / "01-views/lesson.fr.md")
    (problem,) = checked(course)
    assert str(problem) == f"{path}:1: this is no language of lessons; there are en, zh-CN"


def test_name_of_another_page_is_reported(course: Path, checked: Checker) -> None:
    (course / "01-views").rename(course / "02-report")
    assert [(problem.path.name, problem.text) for problem in checked(course)] == [
        ("02-report", "/learn/report is the operator's report; give the lesson another name than report")
    ]


def test_folder_without_a_number_is_reported(course: Path, checked: Checker) -> None:
    path = (course / "01-views").rename(course / "views")
    (problem,) = checked(course)
    assert (problem.path, problem.text) == (path, "the folder of a lesson is called NN-slug, such as 07-views")


def test_each_lesson_has_a_line_that_says_what_became_of_it(course: Path) -> None:
    shutil.copytree(course / "01-views", course / "02-more")
    for file, fault in ((EN, "## Predict: the shape"), (ZH, "## 预测：形状"), (ZH, "## 小结")):
        (course / file).write_text((course / file).read_text().replace(fault, "## ?"))
    first, second = load(course).lessons
    problems = [problem for lesson in first.values() for problem in lesson.problems]
    advice = replace(problems[0], advice=True)
    assert verdict(first, problems) == "01-views (en, zh-CN): 3 problems"
    assert verdict(first, [problems[0], advice]) == "01-views (en, zh-CN): 1 problem, 1 piece of advice"
    assert verdict(first, [advice, advice]) == "01-views (en, zh-CN): 2 pieces of advice"
    assert verdict(first, [replace(advice, path=course / "01-views" / "lesson.fr.md")]).endswith("1 piece of advice")
    assert verdict(second, problems) == "02-more (en, zh-CN): right"
