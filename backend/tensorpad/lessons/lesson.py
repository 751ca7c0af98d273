"""What a lesson is, once it has been read: sections of blocks, and where in its file each thing stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, get_args

from msgspec import Struct

from tensorpad.protocol.records import Count
from tensorpad.texts import Lang

Stage = Literal["example", "predict", "investigate", "modify", "make", "mistake", "quiz", "summary"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
LookView = Literal["graph", "values", "memory", "steps", "derivation", "broadcast"]
VIEWS: Final[tuple[LookView, ...]] = get_args(LookView)


class ProseBlock(Struct, frozen=True, tag_field="kind", tag="prose"):
    """Text. Formulas are `<span class="math" data-tex>`, and looks `<a class="look" data-cell data-view …>`."""

    html: str
    """The text, as HTML that the service made."""


class CellBlock(Struct, frozen=True, tag_field="kind", tag="cell"):
    """A program. It runs after all cells before it that raise nothing."""

    number: Count
    """Its number among the cells of the lesson, from 1."""
    label: str
    """Its name; empty if it has none."""
    code: str
    """Its source, with its gates."""
    raises: bool
    """Whether it is meant to fail."""


class WrongSolution(Struct, frozen=True):
    """A solution that people write, and that the check refuses."""

    code: str
    """Its source."""
    because: str
    """What is wrong with it."""


class ExerciseBlock(Struct, frozen=True, tag_field="kind", tag="exercise"):
    """A program that the student finishes. The check runs after it, and its assertions say what is missing."""

    label: str
    """Its name."""
    html: str
    """What to do, as HTML that the service made."""
    start: str
    """The source that the student begins with."""
    check: str
    """The source that runs after the student's."""
    solution: str
    """A source that passes."""
    explanations: tuple[WrongSolution, ...]
    """Sources that do not pass, and why."""


class ParsonsLine(Struct, frozen=True):
    """A line of a program that the student puts in order."""

    text: str
    """The line without its indentation."""
    indent: Count
    """Its indentation, in levels."""
    distractor: bool
    """Whether it belongs to no solution."""


class ParsonsBlock(Struct, frozen=True, tag_field="kind", tag="parsons"):
    """A program whose lines the student puts in order. Lines are in the order of the solution."""

    label: str
    """Its name."""
    html: str
    """What to do, as HTML that the service made."""
    lines: tuple[ParsonsLine, ...]
    """The lines."""
    check: str
    """The source that runs after the student's."""


class CardRow(Struct, frozen=True):
    """A row of a table whose first cell is a program."""

    code: str
    """The program."""
    cells: tuple[str, ...]
    """The cells, as HTML that the service made."""


class CardsBlock(Struct, frozen=True, tag_field="kind", tag="cards"):
    """A table of small programs."""

    head: tuple[str, ...]
    """The cells of its head, as HTML."""
    rows: tuple[CardRow, ...]
    """Its rows."""
    setup: str
    """The source that runs before each program."""


Block = ProseBlock | CellBlock | ExerciseBlock | ParsonsBlock | CardsBlock


class Section(Struct, frozen=True):
    """One thing to do. `stage` is null in front of the first heading."""

    stage: Stage | None
    """What it is in the lesson."""
    title: str
    """Its heading without the name of the stage."""
    blocks: tuple[Block, ...]
    """What is in it."""


class Heading(Struct, frozen=True, kw_only=True):
    """What is said of a lesson in lists."""

    slug: str
    """Its name in addresses."""
    number: Count
    """Its place in the course, from 1."""
    title: str
    """Its title."""
    question: str
    """The question that it answers."""
    goals: tuple[str, ...]
    """What one can do after it."""
    minutes: Count
    """Minutes that it takes."""
    needs: tuple[str, ...]
    """Names of the lessons that come before it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file of a course, at which line (from 1), and what to do. An `advice` makes no check fail."""

    path: Path
    line: int
    text: str
    advice: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {'advice: ' if self.advice else ''}{self.text}"


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A code cell of the file. `line` is that of the first line of its code."""

    line: int
    label: str
    tags: tuple[str, ...]
    code: str

    @property
    def raises(self) -> bool:
        """Whether it is meant to fail."""
        return "raises-exception" in self.tags


@dataclass(frozen=True, slots=True)
class Look:
    """A link that opens a view of a cell's run, at a step (from 1) or at the last step of a line."""

    line: int
    text: str
    view: str
    of: str | None
    cell: int
    step: int | None
    at_line: int | None

    @property
    def where(self) -> tuple[str, str | None, int, int | None, int | None]:
        """What it opens, without its words."""
        return self.view, self.of, self.cell, self.step, self.at_line


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson in one language, and the places of its parts in its file."""

    path: Path
    lang: Lang
    heading: Heading
    sections: tuple[Section, ...] = ()
    looks: tuple[Look, ...] = ()
    cells: tuple[SourceCell, ...] = ()
    """The plain cells, those of exercises left out."""
    parts: Mapping[str, SourceCell] = field(default_factory=dict[str, SourceCell])
    """The cells of exercises, by label."""
    links: tuple[tuple[int, str], ...] = ()
    """Lessons that the text links to, each with its line."""
    lines: Mapping[str, int] = field(default_factory=dict[str, int])
    """Lines of front matter keys, of exercises and tables (`exercise ex1`, `cards 1`), and of sections (`section 1`)."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with how it is written."""

    def section_line(self, place: int) -> int:
        """The line of the heading of a section (from 0, `-1` the last)."""
        return self.lines.get(f"section {range(len(self.sections))[place]}", 1) if self.sections else 1

    def before(self, number: int) -> tuple[SourceCell, ...]:
        """The cells that run before the plain cell with a number (from 1)."""
        return tuple(cell for cell in self.cells[: number - 1] if not cell.raises)
