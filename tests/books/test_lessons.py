"""Lessons are ordinary MyST notebooks: Jupytext loses nothing of them, and Sphinx builds a book of them."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tensorpad.lessons.course import LANGS, file_of, load, ours
from tensorpad.lessons.lesson import Lesson, ParsonsBlock

from tests.support.books import PATIENCE_S, PYTHON, Book, Build

COURSE = load(ours())
SOUND = Path(__file__).parents[1] / "lessons" / "course"
_SETTINGS = """
extensions = ["myst_nb", "tensorpad.sphinx"]
nb_execution_mode = "off"
myst_enable_extensions = ["colon_fence", "dollarmath"]
exclude_patterns = ["_build"]
"""
_ROUND = """\
import sys, jupytext, nbformat
for path in sys.argv[1:]:
    notebook = jupytext.read(path)
    nbformat.validate(notebook)
    nbformat.write(notebook, path + ".ipynb")
    with open(path, "w", encoding="utf-8") as file:
        file.write(jupytext.writes(nbformat.read(path + ".ipynb", as_version=4), fmt="md:myst"))
"""
_INDEX = "# Lessons\n\n```{toctree}\n:glob:\n\n*/lesson.en\n*/lesson.zh-CN\n```\n"


def content(lesson: Lesson) -> dict[str, Any]:
    """All that a lesson says, without where its file says it."""
    return {
        "heading": lesson.heading,
        "sections": lesson.sections,
        "looks": [(look.text, look.where) for look in lesson.looks],
        "cells": [(cell.label, set(cell.tags), cell.code) for cell in lesson.cells],
        "parts": {label: (set(cell.tags), cell.code) for label, cell in lesson.parts.items()},
        "problems": [problem.text for problem in lesson.problems],
    }


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course after its way through a notebook and back."""
    folder = tmp_path_factory.mktemp("round")
    for lesson in COURSE.lessons:
        source = next(iter(lesson.values())).path.parent
        shutil.copytree(source, folder / source.name)
    files = [str(path) for path in sorted(folder.glob("*/lesson.*.md"))]
    subprocess.run([str(PYTHON), "-c", _ROUND, *files], check=True, timeout=PATIENCE_S)
    return folder


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: next(iter(lesson.values())).path.parent.name)
def test_notebook_of_a_lesson_has_all_of_it(lesson: dict[Any, Lesson], copied: Path) -> None:
    (back,) = load(copied, next(iter(lesson.values())).path.parent.name).lessons
    assert back.keys() == lesson.keys()
    for lang, own in lesson.items():
        assert content(back[lang]) == content(own)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("book")
    for lesson in COURSE.lessons:
        for lang, own in lesson.items():
            target = file_of(folder / own.path.parent.name, lang)
            target.parent.mkdir(exist_ok=True)
            shutil.copy(own.path, target)
    return Book(folder, {"index.md": _INDEX}, _SETTINGS).build("html", "-W", "--keep-going", "-j", "2")


def test_lessons_are_a_book_without_a_warning(book: Build) -> None:
    assert (book.status, book.warnings) == (0, "")
    assert {path.name for path in book.folder.glob("*/lesson.*.html")} == {f"lesson.{lang}.html" for lang in LANGS}
    assert len(list(book.folder.glob("*/lesson.*.html"))) == sum(map(len, COURSE.lessons))


def test_book_shows_tasks_and_no_solutions(tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    made = Book(tmp_path, {"index.md": _INDEX}, _SETTINGS).build("text", "-W")
    assert (made.status, made.warnings) == (0, "")
    text = made.read("01-views/lesson.en.txt")
    (lesson,) = load(SOUND).lessons
    blocks = (block for section in lesson["en"].sections for block in section.blocks)
    lines = next(block.lines for block in blocks if isinstance(block, ParsonsBlock))
    shown = text.partition("Put these lines in order")[2].partition("Mistake")[0]
    assert all(line.text in shown for line in lines)
    assert "Exercise" in text
    assert "After the write the memory of y is that of" in text
    assert "clone()" not in text
    assert "练习" in made.read("01-views/lesson.zh-CN.txt")


def test_looks_lead_to_a_server(tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    settings = _SETTINGS + 'tensorpad_server = "https://pad.example.org/"\n'
    made = Book(tmp_path, {"index.md": _INDEX}, settings).build("html", "-W")
    assert (made.status, made.warnings) == (0, "")
    assert 'href="https://pad.example.org/learn/views"' in made.read("01-views/lesson.en.html")
