"""What the counts say: which gates are missed, and by which wrong answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec import Struct

from tensorpad.gates.gate import GateKind, WrittenGate
from tensorpad.lessons.lesson import Lesson
from tensorpad.tallies.question import OTHER, RIGHT, Question, Questions, wrong_answers
from tensorpad.tallies.store import Counts
from tensorpad.texts import CATALOGUES, Lang

FEW = 5
"""Gates with fewer answers come after the others: a share of so few says little."""


class ChoiceReport(Struct, frozen=True):
    """How often one answer to a gate was given."""

    choice: str
    """`right`, the number of a wrong answer from 1, or `other`."""
    text: str | None
    """The answer in the lesson's words; null where it has none: the right one comes from the run."""
    count: int
    """How often it was given."""
    share: float
    """The same as a part of all answers to the gate, from 0 to 1."""


class GateReport(Struct, frozen=True):
    """The answers to one gate."""

    lesson: str
    """The slug of the lesson."""
    title: str
    """The title of the lesson."""
    cell: int
    """The number of the cell, from 1."""
    line: int
    """The line of the gate in the cell, from 1."""
    kind: GateKind
    """What is asked for."""
    target: str
    """What is asked about."""
    question: str
    """What is asked, as the page asks it; code is between backticks."""
    answers: int
    """How many answers were counted."""
    missed: int
    """How many of them were wrong."""
    share: float
    """The same as a part of all answers, from 0 to 1; 0 where there are none."""
    choices: tuple[ChoiceReport, ...]
    """All that may be answered, the right answer first, then what was given most often."""

    @property
    def worst(self) -> ChoiceReport | None:
        """The wrong answer that was given most often; None where nobody gave one."""
        wrong = [choice for choice in self.choices if choice.choice != RIGHT and choice.count]
        return wrong[0] if wrong else None


class Report(Struct, frozen=True):
    """The answers to all gates that were answered: what is missed most first, gates with few answers last."""

    gates: tuple[GateReport, ...]
    """The gates with answers."""
    answers: int
    """Answers to them."""
    unanswered: int
    """Gates that nobody has answered."""
    outdated: int
    """Answers to gates that are not in the lessons any more, or ask something else now."""


@dataclass(frozen=True, slots=True)
class _Counted:
    question: Question
    counts: Mapping[str, int]


def report(lessons: Iterable[Mapping[Lang, Lesson]], counts: Counts, lang: Lang, asked: Questions | None = None) -> Report:
    """What the counts say of lessons, in a language (or one that the lesson has)."""
    asked = asked or Questions()
    gates: list[GateReport] = []
    unanswered = known = 0
    for languages in lessons:
        slug = next(iter(languages.values())).heading.slug
        for question in asked.of(languages):
            own = {choice: counts.get((slug, question.name, choice), 0) for choice in question.choices}
            answers = sum(own.values())
            known += answers
            if answers:
                gates.append(_gate(languages, _Counted(question, own), lang))
            else:
                unanswered += 1
    # The sort is stable: what is equal stays in the order of the course.
    gates.sort(key=lambda gate: (gate.answers < FEW, -gate.share, -gate.missed))
    return Report(tuple(gates), known, unanswered, sum(counts.values()) - known)


def _gate(languages: Mapping[Lang, Lesson], counted: _Counted, lang: Lang) -> GateReport:
    gates, counts = counted.question.gates, counted.counts
    # A language may have the lesson, and other questions in it.
    heading = languages.get(lang, next(iter(languages.values()))).heading
    gate = gates.get(lang, next(iter(gates.values())))
    assert gate.kind is not None
    answers = sum(counts.values())
    right = next((option.text for option in gate.options if option.right), None)
    texts = {RIGHT: right, OTHER: None} | {str(number): text for number, text in enumerate(wrong_answers(gate), 1)}
    choices = [ChoiceReport(choice, texts[choice], count, count / answers) for choice, count in counts.items()]
    choices.sort(key=lambda choice: (choice.choice != RIGHT, -choice.count))
    missed = answers - counts[RIGHT]
    return GateReport(
        lesson=heading.slug,
        title=heading.title,
        cell=counted.question.cell,
        line=gate.line,
        kind=gate.kind,
        target=gate.target,
        question=_question(gate, lang),
        answers=answers,
        missed=missed,
        share=missed / answers,
        choices=tuple(choices),
    )


def _question(gate: WrittenGate, lang: Lang) -> str:
    if gate.kind is None or gate.kind == "which":
        return gate.target
    return CATALOGUES[lang].tallies.asks[gate.kind].format(*gate.target.split(maxsplit=1 if gate.kind == "shares" else 0))
