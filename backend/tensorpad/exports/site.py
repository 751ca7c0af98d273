"""Lessons as a site that opens from the disk: each program with its gates and its recorded run."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final, cast, get_args

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from tensorpad.exports.formulas import with_formulas
from tensorpad.exports.notebook import name_of
from tensorpad.exports.tasks import exercise, order
from tensorpad.gates.parsing import gates_of
from tensorpad.lessons.lesson import (
    Block,
    CardsBlock,
    CellBlock,
    ExerciseBlock,
    Lesson,
    ParsonsBlock,
    ProseBlock,
)
from tensorpad.lessons.reading import PREFIXES
from tensorpad.recordings.page import PLAYER, View, page
from tensorpad.recordings.recorder import Recorder
from tensorpad.recordings.recording import Recording, RecordingError
from tensorpad.texts import CATALOGUES

BUILT: Final = Path(__file__).parents[1] / "static" / "handout"
"""Where `make frontend` puts the script and the style of the pages."""
_LOOK = re.compile(
    r'<a class="look" data-cell="(\d+)" data-view="(\w+)"(?: data-of="([^"]*)")?(?: data-step="(\d+)")?'
    r'(?: data-line="(\d+)")? href="[^"]*">'
)
_LESSON = re.compile(r'<a class="lesson" href="([^"]*)">')
Files = Iterator[tuple[str, bytes]]
"""Names and contents of files."""


def site(lessons: Sequence[Lesson], recorder: Recorder) -> Files:
    """The files of a site with lessons of one language. Raises RecordingError."""
    if not lessons:
        return
    for name in ("lesson.js", "lesson.css"):
        try:
            yield name, (BUILT / name).read_bytes()
        except FileNotFoundError:
            raise RecordingError("the page of exported lessons has not been built; run `make frontend`") from None
    for script in sorted(PLAYER.glob("*.js")):
        yield f"runs/player/{script.name}", script.read_bytes()
    yield "index.html", _index(lessons).encode()
    for place, lesson in enumerate(lessons):
        yield from _Page(lesson, lessons, place, recorder).files()


def page_name(lesson: Lesson) -> str:
    """The file of a lesson's page."""
    return f"{name_of(lesson)}.html"


def _index(lessons: Sequence[Lesson]) -> str:
    items = "".join(
        f'<li value="{lesson.heading.number}"><a href="{page_name(lesson)}">{escape(lesson.heading.title)}</a> '
        f'<span class="question">{escape(lesson.heading.question)}</span></li>'
        for lesson in lessons
    )
    title = CATALOGUES[lessons[0].lang].learning["title"]
    return _document(lessons[0], title, f"<h1>{escape(title)}</h1><ol>{items}</ol>", script=False)


def _document(lesson: Lesson, title: str, body: str, *, script: bool = True) -> str:
    loaded = '<script defer src="lesson.js"></script>' if script else ""
    return (
        f'<!doctype html>\n<html lang="{lesson.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="lesson.css">{loaded}</head>'
        f"<body><main>{body}</main></body></html>\n"
    )


class _Page:
    """The page of one lesson, and the recorded runs that it shows."""

    def __init__(self, lesson: Lesson, lessons: Sequence[Lesson], place: int, recorder: Recorder) -> None:
        self._lesson, self._lessons, self._place, self._recorder = lesson, lessons, place, recorder
        self._words = CATALOGUES[lesson.lang].handout
        self._recordings: dict[int, Recording] = {}
        self._gates: dict[int, list[Any]] = {}
        self._runs: dict[str, bytes] = {}

    def files(self) -> Files:
        """The page, and then its runs."""
        heading = self._lesson.heading
        names = {stage: prefix for prefix, stage in PREFIXES[self._lesson.lang].items()}
        parts = [f"<h1>{escape(heading.title)}</h1>", f'<p class="question">{escape(heading.question)}</p>']
        for section in self._lesson.sections:
            if section.stage is not None:
                stage = f'<span class="stage">{escape(names[section.stage])}</span>'
                parts.append(f"<h2>{stage} {escape(section.title)}</h2>")
            parts += map(self._block, section.blocks)
        parts.append(self._neighbours())
        yield page_name(self._lesson), _document(self._lesson, heading.title, "".join(parts)).encode()
        yield from self._runs.items()

    def _block(self, block: Block) -> str:
        match block:
            case ProseBlock(html=html):
                return self._prose(html)
            case CellBlock():
                return self._program(block)
            case ExerciseBlock():
                return exercise(block, self._prose(block.html), self._lesson.lang)
            case ParsonsBlock():
                return order(block, self._prose(block.html), self._lesson.lang)
            case CardsBlock():
                head = "".join(f"<th>{self._prose(cell)}</th>" for cell in block.head)
                rows = "".join(
                    f"<tr>{''.join(f'<td>{self._prose(cell)}</td>' for cell in row.cells)}</tr>" for row in block.rows
                )
                return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _prose(self, html: str) -> str:
        """Text whose links lead to files of the site."""
        pages = {lesson.heading.slug: page_name(lesson) for lesson in self._lessons}
        html = _LESSON.sub(lambda link: f'<a class="lesson" href="{pages.get(link[1], "index.html")}">', html)
        return _LOOK.sub(self._look, with_formulas(html))

    def _look(self, found: re.Match[str]) -> str:
        number, view, of = int(found[1]), found[2], found[3]
        if number > len(self._lesson.cells):
            return "<a>"
        recording = self._recording(number)
        step = int(found[4]) - 1 if found[4] else self._step_of(recording, number, int(found[5])) if found[5] else None
        shown = cast("View", view if view in get_args(View) else "steps")
        key = re.sub(r"\W+", "-", f"{number} {view} {of or ''} {'' if step is None else step}").strip("-")
        address = self._shown(key, recording, of=of, view=shown, step=step)
        return f'<a class="look" href="{address}" target="cell-{number}-run">'

    def _step_of(self, recording: Recording, number: int, line: int) -> int | None:
        """The last step of a line of a cell."""
        cell = len(self._lesson.before(number))
        spans = [step.get("span") for step in json.loads(bytes(recording.answer))["steps"]]
        at = [
            place
            for place, span in enumerate(spans)
            if span and span["cell"] == cell and span["line"] <= line <= span["end_line"]
        ]
        return at[-1] if at else None

    def _program(self, block: CellBlock) -> str:
        recording = self._recording(block.number)
        answer: Mapping[str, Any] = json.loads(bytes(recording.answer))
        last = len(recording.program.cells) - 1
        gates = [gate for gate in self._gates[block.number] if gate["cell"] == last and gate["problem"] is None]
        asked = {line for gate in gates_of(block.code) for line in gate.lines}
        code = "\n".join(line for number, line in enumerate(block.code.split("\n"), 1) if number not in asked)
        view: View = "graph" if answer["graphs"] else "values"
        address = self._shown(f"{block.number}", recording, view=view, step=None)
        title = escape(self._words["run"].format(number=block.number))
        data, goes_on = escape(json.dumps(gates, ensure_ascii=False)), escape(self._words["goes_on"])
        return (
            f'<section class="program" id="cell-{block.number}" data-gates="{data}" data-on="{goes_on}">'
            f'<p class="name">{escape(self._words["program"].format(number=block.number))}</p>'
            f'<pre><code class="language-python">{escape(code)}</code></pre><div class="gates"></div>'
            f'<iframe hidden name="cell-{block.number}-run" data-src="{address}" title="{title}"></iframe>'
            f'<noscript><a href="{address}">{title}</a></noscript></section>'
        )

    def _recording(self, number: int) -> Recording:
        """The run of a plain cell. The page asks its gates, and the view of the run does not ask them again."""
        if number not in self._recordings:
            cells = {at: cell for at, cell in enumerate(self._lesson.cells[:number], 1) if at == number or not cell.raises}
            recording = self._recorder.record(
                [cell.code for cell in cells.values()],
                lang=self._lesson.lang,
                titles=[self._words["program"].format(number=at) for at in cells],
            )
            answer: dict[str, Any] = json.loads(bytes(recording.answer))
            self._gates[number] = answer.pop("gates")
            self._recordings[number] = replace(recording, answer=Raw(msgspec.json.encode(answer)))
        return self._recordings[number]

    def _shown(self, key: str, recording: Recording, **look: Any) -> str:
        """The address of a page with a recorded run."""
        name = f"runs/{name_of(self._lesson)}-{key}.html"
        if name not in self._runs:
            setup = len(recording.program.cells) - 1
            title = self._lesson.heading.title
            self._runs[name] = page(recording, player="player/", title=title, setup=setup, **look).encode()
        return name

    def _neighbours(self) -> str:
        links = [f'<a href="index.html">{escape(self._words["contents"])}</a>']
        for place, rel in ((self._place - 1, "prev"), (self._place + 1, "next")):
            if 0 <= place < len(self._lessons):
                lesson = self._lessons[place]
                links.append(f'<a rel="{rel}" href="{page_name(lesson)}">{escape(lesson.heading.title)}</a>')
        return f"<nav>{' · '.join(links)}</nav>"
