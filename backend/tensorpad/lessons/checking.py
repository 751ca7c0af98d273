"""Everything that is wrong with a course, by file and line."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from tensorpad.lessons.course import LANGS, Course, file_of
from tensorpad.lessons.lesson import Lesson, Problem
from tensorpad.lessons.rules import broken_rules, unknown_lessons
from tensorpad.lessons.trials import Run, Trials
from tensorpad.lessons.twins import differences
from tensorpad.texts import Lang

_AT_ONCE = 2
"""Lessons that are tried at the same time."""


async def check(course: Course, run: Run, *, whole: bool = True, done: Callable[[str], object] = str) -> list[Problem]:
    """The problems of a course, by file and line. `done` is called with the name of each file after its check.

    Without `whole` only a part of the course was loaded, and what names other lessons is not looked at.
    """
    problems = list(course.problems)
    present = {lang for lesson in course.lessons for lang in lesson}
    gate = asyncio.Semaphore(_AT_ONCE)

    async def tried(lesson: Lesson) -> list[Problem]:
        async with gate:
            found = [Problem(lesson.path, line, text) async for line, text in Trials(lesson, run).faults()]
            done(str(lesson.path))
            return found

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(tried(lesson)) for known in course.lessons for lesson in known.values()]
    for known in course.lessons:
        for lesson in known.values():
            problems += lesson.problems
            problems += broken_rules(lesson)
            problems += unknown_lessons(lesson, course) if whole else ()
        first = next(iter(known.values()))
        problems += [
            Problem(file_of(first.path.parent, lang), 1, "other lessons have this language, and this one does not")
            for lang in LANGS
            if lang in present and lang not in known
        ]
        for lesson in list(known.values())[1:]:
            problems += differences(first, lesson)
    problems += [problem for task in tasks for problem in task.result()]
    return sorted(set(problems), key=lambda problem: (str(problem.path), problem.line, problem.text))


def counted(problems: Iterable[Problem]) -> str:
    """How many problems there are, and how many of them are advice: `1 problem, 2 pieces of advice`; empty if none."""
    advice = [problem.advice for problem in problems]
    numbers = ((advice.count(False), "problem", "problems"), (advice.count(True), "piece of advice", "pieces of advice"))
    return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in numbers if number)


def verdict(lesson: Mapping[Lang, Lesson], problems: Iterable[Problem]) -> str:
    """What became of one lesson of a course with these problems, in a line."""
    first = next(iter(lesson.values()))
    heading, folder = first.heading, first.path.parent
    found = counted(problem for problem in problems if problem.path.is_relative_to(folder))
    return f"{heading.number:02}-{heading.slug} ({', '.join(lesson)}): {found or 'right'}"
