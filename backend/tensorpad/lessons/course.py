"""A course: a folder with a folder for each lesson, `NN-slug`, and in it a file for each language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tensorpad.lessons.lesson import Lesson, Problem
from tensorpad.lessons.names import FOLDER, taken
from tensorpad.lessons.reading import read
from tensorpad.texts import Lang

LANGS: Final[tuple[Lang, ...]] = ("en", "zh-CN")
PACKAGE: Final = Path(__file__).parents[1]
_OTHER_FILES = re.compile(r"lesson\..*\.md")


@dataclass(frozen=True, slots=True)
class Course:
    """The lessons of a folder, in order: of each its languages."""

    folder: Path
    lessons: tuple[Mapping[Lang, Lesson], ...]
    problems: tuple[Problem, ...] = ()
    """What is wrong with the folder itself."""


def file_of(folder: Path, lang: Lang) -> Path:
    """The file of a lesson in a language."""
    return folder / f"lesson.{lang}.md"


def load(folder: Path, only: str | None = None) -> Course:
    """The course in a folder, or the one lesson of it whose folder is named. Raises OSError."""
    lessons: list[Mapping[Lang, Lesson]] = []
    problems: list[Problem] = []
    seen: dict[str, Path] = {}
    for inner in sorted(folder.iterdir()):
        match = FOLDER.fullmatch(inner.name)
        if not inner.is_dir() or (only is not None and inner.name != only):
            continue
        if match is None:
            if any(inner.glob("lesson.*.md")):
                problems.append(Problem(inner, 1, "the folder of a lesson is called NN-slug, such as 07-views"))
            continue
        number, slug = int(match[1]), match[2]
        if (why := taken(slug)) is not None:
            problems.append(Problem(inner, 1, why))
            continue
        for key in (match[1], slug):
            if key in seen:
                problems.append(Problem(inner, 1, f"{seen[key].name} has the same {'number' if key.isdigit() else 'name'}"))
            seen[key] = inner
        lesson: dict[Lang, Lesson] = {
            lang: read(path, slug, number, lang) for lang in LANGS if (path := file_of(inner, lang)).is_file()
        }
        for path in sorted(inner.iterdir()):
            if _OTHER_FILES.fullmatch(path.name) and path not in {file_of(inner, lang) for lang in LANGS}:
                problems.append(Problem(path, 1, f"this is no language of lessons; there are {', '.join(LANGS)}"))
        if lesson:
            lessons.append(lesson)
        else:
            problems.append(Problem(inner, 1, f"the lesson has no file: write lesson.{LANGS[0]}.md"))
    return Course(folder, tuple(lessons), tuple(problems))


def ours(package: Path = PACKAGE) -> Path:
    """The folder of Tensorpad's own course: inside the package, or in the working tree that it runs from."""
    packed = package / "course"
    return packed if packed.is_dir() else package.parents[1] / "lessons"
