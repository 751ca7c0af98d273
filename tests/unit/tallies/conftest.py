"""The course of these tests."""

import shutil
from pathlib import Path

import pytest

from tests.lessons.conftest import COURSE


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of a sound course."""
    return Path(shutil.copytree(COURSE, tmp_path / "course"))
