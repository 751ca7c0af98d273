"""`tensorpad lessons report`: which gates are missed, from the counts of a service."""

import argparse
import asyncio
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from tensorpad.commands.configuration import settings
from tensorpad.commands.exits import CommandError, Exit
from tensorpad.commands.files import write
from tensorpad.commands.terminal import harmless

if TYPE_CHECKING:
    from tensorpad.tallies.report import GateReport, Report
    from tensorpad.tallies.store import Counts
    from tensorpad.texts import Lang
    from tensorpad.texts.catalogue import TallyWords

_COLUMNS = ("lesson", "cell", "line", "kind", "target", "choice", "text", "count", "share")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the report."""
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="?", help="a course (the lessons that the service serves)")
    parser.add_argument("--tallies", metavar="FILE", help="the file of the counts (TENSORPAD_TALLIES)")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="what to print (text)")
    parser.add_argument("--lang", choices=("en", "zh-CN"), default="en", help="language of the lessons (en)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there instead of standard output")
    parser.set_defaults(command=_report)


def _report(options: argparse.Namespace) -> int:
    import msgspec

    from tensorpad.lessons.library import Library, library
    from tensorpad.tallies.report import report
    from tensorpad.texts import CATALOGUES

    chosen = settings(tallies=options.tallies)
    path = chosen.tallies_path
    if path is None:
        raise CommandError(
            "no answers are counted: TENSORPAD_TALLIES, or --tallies, names the file of the counts", Exit.USAGE
        )
    if not path.is_file():
        raise CommandError(f"{path} is not there: nothing has been counted", Exit.USAGE)
    counts = asyncio.run(_counts(path))
    folder: Path | None = options.folder
    if folder is not None and not folder.is_dir():
        raise CommandError(f"{folder} is no folder", Exit.USAGE)
    courses = library(chosen.lessons_path) if folder is None else Library({folder.resolve().name: folder})
    lang: Lang = options.lang
    told = report([entry.languages for entry in courses.entries().values()], counts, lang)
    if options.format == "json":
        text = msgspec.json.format(msgspec.json.encode(told)).decode() + "\n"
    elif options.format == "csv":
        text = _table(told)
    else:
        text = harmless(_text(told, CATALOGUES[lang].tallies))
    write(text.encode(), options.output)
    return Exit.OK


async def _counts(path: Path) -> "Counts":
    from tensorpad.tallies.store import TalliesUnavailable, TallyStore

    store = TallyStore(path)
    try:
        await store.open()
        return await store.counts()
    except TalliesUnavailable as error:
        raise CommandError(f"{path} cannot be read: {error}", Exit.USAGE) from None
    finally:
        await store.close()


def _table(told: "Report") -> str:
    """A line for each answer that may be given."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(_COLUMNS)
    for gate in told.gates:
        for choice in gate.choices:
            row = (gate.lesson, gate.cell, gate.line, gate.kind, gate.target)
            table.writerow((*row, choice.choice, choice.text or "", choice.count, f"{choice.share:.4f}"))
    return written.getvalue()


def _text(told: "Report", words: "TallyWords") -> str:
    blocks = [_block(gate, words) for gate in told.gates]
    end = [words.total.format(answers=told.answers, gates=len(told.gates), unanswered=told.unanswered)]
    if told.outdated:
        end.append(words.outdated.format(count=told.outdated))
    return "\n".join([*blocks, "\n".join(end)]) + "\n"


def _block(gate: "GateReport", words: "TallyWords") -> str:
    lines = [
        words.missed.format(share=f"{gate.share:.0%}", missed=gate.missed, answers=gate.answers),
        f"{words.place.format(title=gate.title, cell=gate.cell, line=gate.line)} ({gate.lesson})",
        gate.question,
    ]
    for choice in gate.choices:
        mark = "=" if choice.choice == "right" else "~"
        named = choice.text or (words.right if choice.choice == "right" else words.other)
        lines.append(f"  {choice.count:>5} {choice.share:>5.0%}  {mark} {named}")
    return "\n".join(lines) + "\n"
