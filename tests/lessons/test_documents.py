"""docs/lessons.md: its command checks a course, and each piece of a lesson that it shows has its place in a sound one."""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.lessons.conftest import Checker
from tests.support.documents import Fence, cases, costly_cases, of_kind
from tests.support.patience import PATIENCE_S
from tests.support.service import TENSORPAD, running_service

PLACES = {
    "---": r"\A---\n.*?^# [^\n]*\n",
    ":::{admonition} Exercise\n:class: exercise": r"^:::\{admonition\} Exercise\n:class: exercise.*?^:::\n",
    "{.cards": r"^\{\.cards[^\n]*\}\n(\|[^\n]*\n)+",
    "```{code-cell}": r"^```\{code-cell\} ipython3\n:tags: \[raises-exception\]\n.*?^```\n",
}
"""What a piece takes the place of, by its beginning."""


def carry_out(fence: Fence, folder: Path) -> str:
    """What the commands print."""
    paths = f"{Path(TENSORPAD).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euc", fence.text],
        cwd=folder,
        env={**os.environ, "PATH": paths},
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("fence", costly_cases(of_kind("lessons")))
def test_the_command_finds_nothing_wrong_with_a_sound_course(fence: Fence, course: Path) -> None:
    assert carry_out(fence, course.parent).splitlines() == ["01-views (en, zh-CN): right", "2 files: no problem"]


@pytest.mark.parametrize("fence", costly_cases(of_kind("export")))
def test_a_course_is_written_in_every_form(fence: Fence, course: Path) -> None:
    said = carry_out(fence, course.parent).splitlines()
    assert [line.partition(":")[0] for line in said] == ["site/index.html", "course.zip", "notebooks"]
    for place in re.findall(r" -o (\S+)", fence.text):
        made = course.parent / place
        assert any(made.iterdir()) if made.is_dir() else made.stat().st_size > 0
    assert (course.parent / "site" / "index.html").is_file()


@pytest.mark.parametrize("fence", costly_cases(of_kind("beginning of a course")))
def test_a_course_begins_and_is_served_as_the_commands_say(
    fence: Fence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cells = [{"cell_type": "code", "source": "import torch"}]
    (tmp_path / "notebook.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    *new, preview = [shlex.split(line, comments=True) for line in fence.text.splitlines()]
    for command in new:
        assert command[:3] == ["tensorpad", "lessons", "new"]
        subprocess.run([TENSORPAD, *command[1:]], check=True, stdout=subprocess.DEVNULL)
    with running_service(tmp_path / "log", command=(TENSORPAD, *preview[1:])) as url:
        lessons = httpx.get(f"{url}/api/v1/lessons").raise_for_status().json()["lessons"]
    begun = [Path(command[3]).name for command in new]
    assert [f"{lesson['number']:02d}-{lesson['slug']}" for lesson in lessons if lesson["course"] == "course"] == begun


@pytest.mark.parametrize("fence", cases(of_kind("piece of a lesson")))
def test_a_piece_of_a_lesson_is_right_in_its_place(fence: Fence, course: Path, checked: Checker) -> None:
    # In one language, so that it need not be translated.
    (lesson,) = course.glob("*/lesson.en.md")
    for other in course.glob("*/lesson.zh-CN.md"):
        other.unlink()
    before = {problem.text for problem in checked(course)}
    (pattern,) = [pattern for beginning, pattern in PLACES.items() if fence.text.startswith(beginning)]
    # The lesson that it needs is not in this course.
    piece = re.sub(r"^needs: \[.*\]$", "needs: []", fence.text, flags=re.MULTILINE)
    text, count = re.subn(
        pattern, lambda _: piece, lesson.read_text(encoding="utf-8"), count=1, flags=re.DOTALL | re.MULTILINE
    )
    assert count == 1
    lesson.write_text(text, encoding="utf-8")
    assert {problem.text for problem in checked(course)} - before == set()
