"""Lessons are ordinary MyST notebooks: Jupytext loses nothing of them, and Sphinx builds a book of them."""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from tensorpad.lessons.course import file_of, load, ours
from tensorpad.lessons.lesson import CardsBlock, CellBlock, ExerciseBlock, Lesson, ParsonsBlock, ProseBlock
from tensorpad.lessons.reading import TITLES
from tensorpad.texts import Lang

from tests.support.books import PATIENCE_S, PYTHON, ROOT, Book, Build

COURSE = load(ours())
SOUND = Path(__file__).parents[1] / "lessons" / "course"
_PLAIN, _MORE = (
    re.sub("^    ", "", block, flags=re.MULTILINE)
    for block in re.findall(r"(?:^    .+\n)+", (ROOT / "docs" / "lessons.md").read_text(encoding="utf-8"), re.MULTILINE)
    if block.startswith("    extensions ")
)
"""The settings of a book as docs/lessons.md has them: without our extension, and what is added for it."""
_BUILD = 'exclude_patterns = ["_build"]\n'
_WITH_EXTENSION = _PLAIN + _BUILD + 'extensions += ["tensorpad.sphinx"]\n'
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


def words(lesson: Lesson) -> list[str]:
    """What a reader of a lesson must find, as HTML: headings, looks, programs, tables, and the texts of exercises."""
    found = [lesson.heading.title, *(section.title for section in lesson.sections), *(look.text for look in lesson.looks)]
    found = [escape(text) for text in (*found, *(line for cell in lesson.cells for line in cell.code.split("\n")))]
    for section in lesson.sections:
        for block in section.blocks:
            match block:
                case ProseBlock(html=html) | ExerciseBlock(html=html) | ParsonsBlock(html=html):
                    found.append(html)
                case CardsBlock(rows=rows):
                    found += [cell for row in rows for cell in row.cells]
                case CellBlock():
                    pass
    return found


def shown(html: str) -> str:
    """The letters of HTML without formulas, which each tool writes in its own way, and without blanks and quotes."""
    without = re.sub(r'<(span|div) class="math[^>]*>.*?</\1>', "", html, flags=re.DOTALL)
    return re.sub(r"[\s\"'“”‘’.…–-]+", "", unescape(re.sub(r"<[^>]*>", "", without)))


def built(folder: Path, lessons: Sequence[Mapping[Lang, Lesson]], settings: str) -> Build:
    for lesson in lessons:
        for lang, own in lesson.items():
            target = file_of(folder / own.path.parent.name, lang)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(own.path, target)
    return Book(folder, {"index.md": _INDEX}, settings).build("html", "-W", "--keep-going", "-j", "2")


_SAMPLE = [
    lesson for lesson in COURSE.lessons if next(iter(lesson.values())).heading.slug in ("creation-table", "chain-rule")
]


of_all = pytest.mark.parametrize(
    "lessons", [pytest.param(_SAMPLE, id="two"), pytest.param(COURSE.lessons, id="all", marks=pytest.mark.long)]
)


@of_all
def test_plain_myst_nb_builds_lessons_without_a_warning_and_loses_no_word(
    lessons: Sequence[Mapping[Lang, Lesson]], tmp_path: Path
) -> None:
    book = built(tmp_path, lessons, _PLAIN + _BUILD)
    assert (book.status, book.warnings) == (0, "")
    for lesson in lessons:
        for lang, own in lesson.items():
            page = shown(book.read(f"{own.path.parent.name}/lesson.{lang}.html"))
            assert [text for text in words(own) if shown(text) not in page] == []
            assert shown(TITLES[lang]) in page


@of_all
def test_lessons_are_a_book_without_a_warning(lessons: Sequence[Mapping[Lang, Lesson]], tmp_path: Path) -> None:
    book = built(tmp_path, lessons, _WITH_EXTENSION)
    assert (book.status, book.warnings) == (0, "")
    assert len(list(book.folder.glob("*/lesson.*.html"))) == sum(map(len, lessons))


def test_book_shows_tasks_and_no_solutions(tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path, dirs_exist_ok=True)
    made = Book(tmp_path, {"index.md": _INDEX}, _WITH_EXTENSION).build("text", "-W")
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
    made = Book(tmp_path, {"index.md": _INDEX}, _PLAIN + _BUILD + _MORE).build("html", "-W")
    assert (made.status, made.warnings) == (0, "")
    assert 'href="https://pad.example.org/learn/views"' in made.read("01-views/lesson.en.html")
