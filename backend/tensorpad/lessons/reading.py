"""Reads a lesson from its file. Whatever is wrong is a problem of the lesson, and the rest of it is read all the same."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

from markdown_it.token import Token

from tensorpad.lessons.cells import CELL, cell_of, explained, options_of, parsons_lines, part_of
from tensorpad.lessons.lesson import (
    Block,
    CardRow,
    CardsBlock,
    CellBlock,
    ExerciseBlock,
    Lesson,
    ParsonsBlock,
    Problem,
    ProseBlock,
    Section,
    SourceCell,
    Stage,
    WrongSolution,
)
from tensorpad.lessons.markup import Context, Markup, attributes, directive
from tensorpad.lessons.matter import heading_of, lines_of
from tensorpad.texts import Lang

PREFIXES: dict[Lang, dict[str, Stage]] = {
    "en": {
        "Example": "example",
        "Predict": "predict",
        "Investigate": "investigate",
        "Modify": "modify",
        "Make": "make",
        "Mistake": "mistake",
        "Quiz": "quiz",
        "Summary": "summary",
    },
    "zh-CN": {
        "示例": "example",
        "预测": "predict",
        "探究": "investigate",
        "修改": "modify",
        "创作": "make",
        "常见错误": "mistake",
        "小测": "quiz",
        "小结": "summary",
    },
}
"""The first word of a section's heading, and the stage that it names."""
TITLES: dict[Lang, str] = {"en": "Exercise", "zh-CN": "练习"}
"""The title of an exercise, which tools show that know no lessons."""
_HEADING = re.compile(r"([^:：]+?)\s*(?:[:：]\s*(.*))?")
_MARKUP = Markup()

_Draft = Block | tuple[str, str, str]
"""A block, or an exercise whose cells are still to come: its kind, its label, and its text as HTML."""
_KINDS = ("exercise", "parsons")


def read(path: Path, slug: str, number: int, lang: Lang) -> Lesson:
    """The lesson in a file."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = Problem(path, line, "the file is not UTF-8; save it as UTF-8")
        return Lesson(path, lang, heading_of("{}", slug, number)[0], problems=(problem,))
    return _Reader(path, slug, number, lang).lesson(text.replace("\r\n", "\n"))


class _Reader:
    def __init__(self, path: Path, slug: str, number: int, lang: Lang) -> None:
        self._path, self._slug, self._number = path, slug, number
        self._lang: Lang = lang
        self._context = Context()
        self._problems: list[Problem] = []
        self._prose: list[Token] = []
        self._blocks: list[_Draft] = []
        self._sections: list[tuple[Stage | None, str, list[_Draft]]] = [(None, "", self._blocks)]
        self._cells: list[SourceCell] = []
        self._parts: dict[str, SourceCell] = {}
        self._lines: dict[str, int] = {}
        self._headings: list[int] = []
        self._title: str | None = None
        self._directives: dict[str, Callable[[Token, str], None]] = {
            CELL: self._code_cell,
            "admonition": self._exercise,
        }

    def lesson(self, text: str) -> Lesson:
        tokens = _MARKUP.tokens(text)
        matter = tokens[0].content if tokens and tokens[0].type == "front_matter" else ""
        heading, faults = heading_of(matter, self._slug, self._number)
        for line, fault in faults:
            self._report(line, fault)
        self._lines.update(lines_of(matter))
        self._walk([token for token in tokens if token.type != "front_matter"])
        self._flush()
        if self._title != heading.title:
            self._report(self._lines.get("h1", 1), f"the first heading must be the title: # {heading.title}")
        sections = tuple(
            Section(stage, title, tuple(map(self._finished, drafts)))
            for place, (stage, title, drafts) in enumerate(self._sections)
            if place or drafts
        )
        # In front of the first heading there may be nothing.
        first = len(sections) - len(self._headings)
        self._lines.update({f"section {first + place}": line for place, line in enumerate(self._headings)})
        self._unclaimed()
        for line, fault in self._context.faults:
            self._report(line, fault)
        problems = tuple(sorted(self._problems, key=lambda problem: problem.line))
        return Lesson(
            self._path,
            self._lang,
            heading,
            sections,
            tuple(self._context.looks),
            tuple(self._cells),
            self._parts,
            tuple(self._context.links),
            self._lines,
            problems,
        )

    def _report(self, line: int, text: str) -> None:
        self._problems.append(Problem(self._path, line, text))

    def _walk(self, tokens: list[Token]) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "heading_open" and token.tag in ("h1", "h2"):
                self._flush()
                self._headed(token, tokens[index + 1].content)
                index += 3
                continue
            if token.type == "table_open" and (given := attributes(token)):
                self._flush()
                end = index + [later.type for later in tokens[index:]].index("table_close") + 1
                self._cards(tokens[index:end], given)
                index = end
                continue
            found = directive(token)
            handler = self._directives.get(found[0]) if found else None
            if found is not None and handler is not None:
                self._flush()
                handler(token, found[1])
            else:
                self._prose.append(token)
            index += 1

    def _flush(self) -> None:
        """The prose up to here is a block."""
        html = _MARKUP.html(self._prose, self._context)
        self._prose = []
        if html:
            self._blocks.append(ProseBlock(html))

    def _headed(self, token: Token, text: str) -> None:
        line = _line(token)
        if token.tag == "h1":
            if self._title is not None:
                self._report(line, "a lesson has one heading with a single #")
            else:
                self._title = text.strip()
                self._lines["h1"] = line
            return
        match = _HEADING.fullmatch(text.strip())
        prefixes = PREFIXES[self._lang]
        stage = prefixes.get(match[1]) if match else None
        if stage is None:
            self._report(
                line,
                f"a section begins with its stage, such as ## {next(iter(prefixes))}: …; there are {', '.join(prefixes)}",
            )
        title = (match[2] or "").strip() if match and stage else text.strip()
        self._blocks = []
        self._sections.append((stage, title, self._blocks))
        self._headings.append(line)

    def _code_cell(self, token: Token, argument: str) -> None:
        line = _line(token)
        cell, faults = cell_of(token.content, line)
        if argument not in ("ipython3", "python", "python3", ""):
            faults.append(f"a cell is of ipython3, and not of {argument}")
        for fault in faults:
            self._report(line, fault)
        part = part_of(cell.label)
        if part is None:
            if "remove-cell" in cell.tags:
                self._report(line, "a cell with remove-cell belongs to an exercise, by a label such as ex1-check")
            self._cells.append(cell)
            self._context.cell = len(self._cells)
            self._blocks.append(CellBlock(len(self._cells), cell.label, cell.code, cell.raises))
            return
        if cell.label in self._parts:
            self._report(line, f"there are two cells {cell.label}")
        if part[1] != "start" and "remove-cell" not in cell.tags:
            self._report(line, f"{cell.label} needs :tags: [remove-cell], so that no book shows it")
        self._parts[cell.label] = cell

    def _exercise(self, token: Token, title: str) -> None:
        line = _line(token)
        options, text, used = options_of(token.content)
        kind, label = options.get("class", "").strip(), options.get("name", "").strip()
        if title != TITLES[self._lang]:
            self._report(line, f"the title of an exercise is {TITLES[self._lang]}, and is {title or 'missing'}")
        if kind not in _KINDS:
            self._report(line, f"an admonition of a lesson has :class: {' or '.join(_KINDS)}, and this one {kind or 'none'}")
            kind = _KINDS[0]
        if unknown := [name for name in options if name not in ("class", "name")]:
            self._report(line, f"an exercise has no option {unknown[0]}; there are class, name")
        if not re.fullmatch(r"[a-z][a-z0-9]*", label):
            self._report(line, "an exercise has a name of letters and digits: write :name: ex1")
            label = "ex"
        if f"exercise {label}" in self._lines:
            self._report(line, f"there are two exercises {label}")
        self._lines[f"exercise {label}"] = line
        self._blocks.append((kind, label, _MARKUP.inner(text, line + 1 + used, self._context)))

    def _cards(self, table: list[Token], given: dict[str, str]) -> None:
        """A table of live programs."""
        line = _line(table[0])
        if given.get("class") != "cards" or given.keys() - {"class", "setup"}:
            return self._report(line, 'a table with braces above it is one of programs: {.cards setup="import torch"}')
        rows = [(_line(token), _row(table, place)) for place, token in enumerate(table) if token.type == "tr_open"]
        number = 1 + sum(isinstance(block, CardsBlock) for _, _, drafts in self._sections for block in drafts)
        cards: list[CardRow] = []
        for at, row in rows[1:]:
            code = next((child.content for child in row[0].children or () if child.type == "code_inline"), None)
            if code is None:
                self._report(at, "the first cell of a row of {.cards} is a program between backticks")
                continue
            self._lines[f"cards {number} {len(cards)}"] = at
            cards.append(CardRow(code, tuple(_MARKUP.html([cell], self._context) for cell in row)))
        if not cards:
            self._report(line, "a table of programs has at least one row")
        self._lines[f"cards {number}"] = line
        head = tuple(_MARKUP.html([cell], self._context) for cell in rows[0][1])
        self._blocks.append(CardsBlock(head, tuple(cards), given.get("setup", "import torch")))

    def _finished(self, draft: _Draft) -> Block:
        """A block with the cells of its exercise."""
        if not isinstance(draft, tuple):
            return draft
        kind, label, html = draft
        line = self._lines[f"exercise {label}"]
        wanted = ("check", "solution") if kind == "parsons" else ("start", "check", "solution")
        for name in wanted:
            if f"{label}-{name}" not in self._parts:
                self._report(line, f"the exercise {label} needs a cell with :label: {label}-{name}")
        code = {name: cell.code for name in ("start", "check", "solution") if (cell := self._parts.get(f"{label}-{name}"))}
        if kind == "parsons":
            return ParsonsBlock(label, html, parsons_lines(code.get("solution", "")), code.get("check", ""))
        wrong = [cell for name, cell in self._parts.items() if name.startswith(f"{label}-wrong-")]
        return ExerciseBlock(
            label,
            html,
            code.get("start", ""),
            code.get("check", ""),
            code.get("solution", ""),
            tuple(WrongSolution(*explained(cell)) for cell in wrong),
        )

    def _unclaimed(self) -> None:
        for label, cell in self._parts.items():
            exercise = cast("tuple[str, str]", part_of(label))[0]
            if f"exercise {exercise}" not in self._lines:
                self._report(cell.line, f"{label} belongs to no exercise; write an exercise with :name: {exercise} above it")


def _line(token: Token) -> int:
    return (token.map or [0])[0] + 1


def _row(tokens: list[Token], start: int) -> list[Token]:
    """The inline tokens of the cells of a row of a table."""
    row: list[Token] = []
    for token in tokens[start:]:
        if token.type == "tr_close":
            break
        if token.type == "inline":
            row.append(token)
    return row
