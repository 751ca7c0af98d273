"""`tensorpad lessons`: what the author of a course needs."""

import argparse
import asyncio
import sys
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tensorpad.commands import report
from tensorpad.commands.configuration import add_profile, settings
from tensorpad.commands.exits import CommandError, Exit
from tensorpad.commands.files import write
from tensorpad.commands.terminal import Progress, harmless

if TYPE_CHECKING:
    from tensorpad.lessons.course import Course
    from tensorpad.lessons.lesson import Problem
    from tensorpad.lessons.trials import Run
    from tensorpad.protocol.outcomes import Outcome
    from tensorpad.settings import Settings

HELP = "begin, check, preview and export a course of lessons"

_AT_ONCE = 2
"""Programs that run at the same time."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with lessons, and the options of each."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    checking = actions.add_parser("check", help="run everything in a course, and say what is wrong by file and line")
    checking.add_argument("folder", metavar="DIR", type=Path, help="a course, or the folder of one lesson")
    checking.add_argument("--strict", action="store_true", help="fail for what is mere advice, too")
    add_profile(checking)
    checking.set_defaults(command=_check)
    new = actions.add_parser("new", help="begin a lesson, from a template or from a notebook or script")
    new.add_argument("folder", metavar="DIR", type=Path, help="the folder of the lesson, such as course/07-views")
    new.add_argument("--from", dest="source", metavar="FILE", help="a notebook (.ipynb) or script (.py) whose cells it gets")
    new.add_argument("--lang", choices=("en", "zh-CN"), default="en", help="its language (en)")
    new.set_defaults(command=_new)
    previewing = actions.add_parser("preview", help="serve a course beside Tensorpad's own, and read changed files again")
    previewing.add_argument("folder", metavar="DIR", type=Path, help="a course, or the folder of one lesson")
    previewing.add_argument("--port", type=int, help="port to listen on, 0 for any (TENSORPAD_PORT; 8000)")
    add_profile(previewing)
    exporting = actions.add_parser("export", help="write lessons as a site, a package for an LMS, or notebooks")
    exporting.add_argument("folder", metavar="DIR", type=Path, help="a course, or the folder of one lesson")
    forms = exporting.add_mutually_exclusive_group(required=True)
    for form, text in (
        ("html", "a site with recorded runs, which opens from the disk"),
        ("scorm", "a zip for an LMS (SCORM 1.2), which gets score and completion"),
        ("ipynb", "notebooks"),
    ):
        forms.add_argument(f"--{form}", dest="form", action="store_const", const=form, help=text)
    exporting.add_argument(
        "-o", "--output", metavar="PATH", type=Path, required=True, help="the folder, or the zip, to write"
    )
    exporting.add_argument("--lang", choices=("en", "zh-CN"), default="en", help="language of the lessons (en)")
    add_profile(exporting)
    exporting.set_defaults(command=_export)
    previewing.set_defaults(command=_preview)
    report.add_options(actions.add_parser("report", help="say which gates are missed, from the counts of a service"))


def _check(options: argparse.Namespace) -> int:
    from tensorpad.lessons.checking import counted, verdict
    from tensorpad.protocol.errors import TensorpadError

    course, whole = loaded(options.folder)
    progress = Progress()
    count = sum(map(len, course.lessons))
    progress.say(f"starting, to check {count} files")
    tried: list[str] = []

    def done(name: str) -> None:
        tried.append(name)
        progress.say(f"{len(tried)} of {count} files checked")

    try:
        problems = asyncio.run(_checked(course, settings(profile=options.profile), whole, done))
    except TensorpadError as error:
        raise CommandError(str(error), Exit.SERVICE) from None
    finally:
        progress.end()
    for problem in problems:
        print(harmless(str(problem)))
    for lesson in course.lessons:
        print(harmless(verdict(lesson, problems)))
    print(f"{count} file{'s' if count != 1 else ''}: {counted(problems) or 'no problem'}")
    return Exit.PROGRAM if any(options.strict or not problem.advice for problem in problems) else Exit.OK


def _export(options: argparse.Namespace) -> int:
    from tensorpad.exports.notebook import name_of, notebook
    from tensorpad.exports.scorm import package
    from tensorpad.exports.site import site
    from tensorpad.recordings.recorder import Recorder
    from tensorpad.recordings.recording import RecordingError

    course, _ = loaded(options.folder)
    lessons = [lesson[options.lang] for lesson in course.lessons if options.lang in lesson]
    if not lessons:
        raise CommandError(f"{options.folder} has no lesson in {options.lang}", Exit.USAGE)
    output: Path = options.output
    if options.form == "ipynb":
        _write_all(output, ((f"{name_of(lesson)}.ipynb", notebook(lesson)) for lesson in lessons))
        return _said(f"{output}: {len(lessons)} notebooks")
    progress = Progress()
    progress.say(f"recording the programs of {len(lessons)} lessons")
    try:
        with Recorder(settings(profile=options.profile)) as recorder:
            if options.form == "html":
                _write_all(output, site(lessons, recorder))
                return _said(f"{output / 'index.html'}: {len(lessons)} lessons, to be opened in a browser")
            write(package(lessons, recorder, course.folder.resolve().name), str(output))
            return _said(f"{output}: {len(lessons)} lessons, to be uploaded to an LMS as SCORM 1.2")
    except RecordingError as error:
        raise CommandError(str(error), Exit.SERVICE if error.service else Exit.USAGE) from None
    finally:
        progress.end()


def _said(text: str) -> int:
    print(harmless(text))
    return Exit.OK


def _write_all(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files into a folder. Raises CommandError."""
    for name, data in files:
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{folder} cannot be made: {error.strerror}", Exit.USAGE) from None
        write(data, str(folder / name))


def _new(options: argparse.Namespace) -> int:
    from tensorpad.commands import programs
    from tensorpad.lessons.course import file_of
    from tensorpad.lessons.drafting import draft, template
    from tensorpad.lessons.names import slug_of, taken

    folder: Path = options.folder
    slug = slug_of(folder.resolve().name)
    if slug is None:
        raise CommandError(f"the folder of a lesson is called NN-slug, such as {folder / '01-views'}", Exit.USAGE)
    if (why := taken(slug)) is not None:
        raise CommandError(why, Exit.USAGE)
    path = file_of(folder, options.lang)
    text = template(options.lang)
    if options.source is not None:
        text = draft(programs.parts(options.source), slug.replace("-", " ").capitalize(), options.lang)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise CommandError(f"{path} is there already", Exit.USAGE) from None
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}", Exit.USAGE) from None
    print(f"{path}: edit it, and see it with: tensorpad lessons preview {folder}")
    return Exit.OK


def _preview(options: argparse.Namespace) -> int:
    from tensorpad.commands.serve import served

    course, whole = loaded(options.folder)
    folder = course.folder if whole else course.folder.resolve()
    print("the lessons are at /learn; a changed file is read again", file=sys.stderr)
    return served(settings(lessons=str(folder), port=options.port, profile=options.profile))


def loaded(folder: Path) -> "tuple[Course, bool]":
    """The course in a folder, or the lesson; and whether it is the whole course. Raises CommandError."""
    from tensorpad.lessons.course import load

    one = any(folder.glob("lesson.*.md"))
    try:
        course = load(folder.resolve().parent, folder.resolve().name) if one else load(folder)
    except OSError as error:
        raise CommandError(f"{folder} cannot be read: {error.strerror}", Exit.USAGE) from None
    if not course.lessons and not course.problems:
        raise CommandError(f"{folder} has no lessons: each is a folder such as 01-tensors with a lesson.en.md", Exit.USAGE)
    return course, not one


async def _checked(course: "Course", chosen: "Settings", whole: bool, done: Callable[[str], None]) -> "list[Problem]":
    from tensorpad.lessons.checking import check

    async with runner(chosen) as run:
        return await check(course, run, whole=whole, done=done)


@asynccontextmanager
async def runner(chosen: "Settings") -> "AsyncGenerator[Run]":
    """What runs the programs of a course, in a pool of its own. Raises TensorpadError."""
    from tensorpad.pool.local_pool import LocalPool
    from tensorpad.protocol.messages import RunRequest

    limits = replace(chosen.limits, parked=_AT_ONCE, concurrency=_AT_ONCE, queue=1_000, queue_s=600.0)
    pool = LocalPool(limits, chosen.profile)

    async def run(cells: tuple[str, ...], trace: bool) -> "Outcome":
        return await pool.run(RunRequest(cells=cells, trace=trace, timeout_s=limits.timeout_s))

    await pool.start()
    try:
        yield run
    finally:
        await pool.close()
