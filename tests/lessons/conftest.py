"""One pool for all lessons, from code that is not asynchronous."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from tensorpad.commands.lessons import runner
from tensorpad.lessons.checking import check
from tensorpad.lessons.course import Course, load
from tensorpad.lessons.lesson import Problem
from tensorpad.settings import Settings

from tests.support.patience import PATIENCE_S
from tests.support.service import START_S

CourseChecker = Callable[[Course, bool], list[Problem]]
Checker = Callable[[Path], list[Problem]]
COURSE = Path(__file__).with_name("course")


@pytest.fixture(scope="session")
def check_course() -> Iterator[CourseChecker]:
    """What is wrong with a course that has been read."""
    settings = Settings()
    patient = settings.model_copy(update={"limits": replace(settings.limits, start_s=START_S, timeout_s=PATIENCE_S)})
    with asyncio.Runner() as loop:
        stack = AsyncExitStack()
        run = loop.run(stack.enter_async_context(runner(patient)))
        try:
            yield lambda course, whole: loop.run(check(course, run, whole=whole))
        finally:
            loop.run(stack.aclose())


@pytest.fixture
def checked(check_course: CourseChecker) -> Checker:
    """What is wrong with the course in a folder."""
    return lambda folder: check_course(load(folder), True)


@pytest.fixture
def checked_lesson(check_course: CourseChecker) -> Checker:
    """What is wrong with the lesson in a folder."""
    return lambda folder: check_course(load(folder.parent, folder.name), False)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the sound course of these tests."""
    return Path(shutil.copytree(COURSE, tmp_path / "course"))
