"""The courses that a service serves. They are read when they are first asked for, and again when a file has changed."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tensorpad.lessons.course import Course, load, ours
from tensorpad.lessons.lesson import Lesson
from tensorpad.texts import Lang

OURS = "tensorpad"
"""What our own course is called."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A lesson of a library: its course's name, its languages, and its neighbours in the course by their slugs."""

    course: str
    languages: Mapping[Lang, Lesson]
    previous: str | None
    next: str | None

    def in_language(self, lang: Lang) -> Lesson:
        """The lesson in this language, or else in one that it has."""
        return self.languages.get(lang) or next(iter(self.languages.values()))


_Signature = tuple[tuple[str, int, int], ...]
"""The files of a course, each with its time and size."""


class Library:
    """Courses by name, in order. A slug that two courses have is the lesson of the later one, which an operator added."""

    def __init__(self, courses: Mapping[str, Path]) -> None:
        self._folders = dict(courses)
        self._read: dict[str, tuple[_Signature, Course]] = {}
        self._lock = threading.Lock()

    def entries(self) -> Mapping[str, Entry]:
        """All lessons by slug, in the order of the courses. It reads files, so it is called beside an event loop."""
        with self._lock:
            found: dict[str, Entry] = {}
            for name, folder in self._folders.items():
                lessons = self._course(name, folder).lessons
                slugs = [_slug(lesson) for lesson in lessons]
                for place, lesson in enumerate(lessons):
                    before, after = _neighbours(slugs, place)
                    found[slugs[place]] = Entry(name, lesson, before, after)
            return found

    def _course(self, name: str, folder: Path) -> Course:
        signature = _signature(folder)
        known = self._read.get(name)
        if known is None or known[0] != signature:
            course = load(folder) if folder.is_dir() else Course(folder, ())
            known = self._read[name] = (signature, course)
        return known[1]


def library(folder: Path | None = None) -> Library:
    """Our course, and the one in a folder if there is one, under the folder's name."""
    courses = {OURS: ours()}
    if folder is not None:
        courses[folder.resolve().name if folder.resolve().name != OURS else f"{OURS}-2"] = folder
    return Library(courses)


def _slug(lesson: Mapping[Lang, Lesson]) -> str:
    return next(iter(lesson.values())).heading.slug


def _neighbours(slugs: Sequence[str], place: int) -> tuple[str | None, str | None]:
    return (slugs[place - 1] if place else None), (slugs[place + 1] if place + 1 < len(slugs) else None)


def _signature(folder: Path) -> _Signature:
    files = sorted(folder.glob("*/lesson.*.md"))
    return tuple((str(file), status.st_mtime_ns, status.st_size) for file in files for status in [file.stat()])
