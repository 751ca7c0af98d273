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
from tensorpad.lessons.course import load
from tensorpad.lessons.lesson import Problem
from tensorpad.settings import Settings

from tests.support.patience import PATIENCE_S
from tests.support.service import START_S

Checker = Callable[[Path], list[Problem]]
COURSE = Path(__file__).with_name("course")


@pytest.fixture(scope="session")
def checked() -> Iterator[Checker]:
    """What is wrong with the course in a folder."""
    settings = Settings()
    patient = settings.model_copy(update={"limits": replace(settings.limits, start_s=START_S, timeout_s=PATIENCE_S)})
    with asyncio.Runner() as loop:
        stack = AsyncExitStack()
        run = loop.run(stack.enter_async_context(runner(patient)))
        try:
            yield lambda folder: loop.run(check(load(folder), run))
        finally:
            loop.run(stack.aclose())


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the sound course of these tests."""
    return Path(shutil.copytree(COURSE, tmp_path / "course"))
