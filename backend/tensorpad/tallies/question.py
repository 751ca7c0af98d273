"""The gates of a lesson as their answers are counted: in all languages of the lesson at once."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tensorpad.gates.gate import WrittenGate
from tensorpad.gates.parsing import gates_of
from tensorpad.lessons.lesson import Lesson, SourceCell
from tensorpad.texts import Lang

RIGHT: Final = "right"
OTHER: Final = "other"
"""A wrong answer that the lesson does not name."""
_NAME_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Question:
    """A gate in a plain cell (from 1), with its text in each language.

    The name is a hash of what is asked and of the program before it, so that counts never pass to another question: who
    changes a question, begins to count anew.
    """

    name: str
    cell: int
    gates: Mapping[Lang, WrittenGate]

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be counted: `right`, each wrong answer that the lesson names by its number from 1, and `other`."""
        first = next(iter(self.gates.values()))
        numbers = [str(number) for number, _ in enumerate(wrong_answers(first), 1)]
        return (RIGHT, *numbers, *(() if first.kind == "which" else (OTHER,)))


def wrong_answers(gate: WrittenGate) -> tuple[str, ...]:
    """The wrong answers that a gate names: the wrong options of a `which`, or else its misses."""
    if gate.kind == "which":
        return tuple(option.text for option in gate.options if not option.right)
    return tuple(miss.answer for miss in gate.misses)


def questions(languages: Mapping[Lang, Lesson]) -> tuple[Question, ...]:
    """The questions of a lesson, in order. A language whose gates are not those of the first one has no part in them."""
    first = next(iter(languages.values()))
    found: list[Question] = []
    seen: Counter[str] = Counter()
    for number, cell in enumerate(first.cells, 1):
        own = _asked(cell)
        forms = [_form(gate) for gate in own]
        known: dict[Lang, list[WrittenGate]] = {}
        for lang, lesson in languages.items():
            gates = _asked(lesson.cells[number - 1]) if len(lesson.cells) >= number else []
            if [_form(gate) for gate in gates] == forms:
                known[lang] = gates
        for place, gate in enumerate(own):
            digest = _digest(first, number, gate)
            seen[digest] += 1
            name = hashlib.sha256(f"{digest} {seen[digest]}".encode()).hexdigest()[:_NAME_DIGITS]
            in_languages: dict[Lang, WrittenGate] = {lang: gates[place] for lang, gates in known.items()}
            found.append(Question(name, number, in_languages))
    return tuple(found)


class Questions:
    """The questions of lessons, found once as long as the lessons are not read anew: to find them takes a while."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Mapping[Lang, Lesson], tuple[Question, ...]]] = {}

    def of(self, languages: Mapping[Lang, Lesson]) -> tuple[Question, ...]:
        """The questions of a lesson, in order."""
        slug = next(iter(languages.values())).heading.slug
        known = self._known.get(slug)
        if known is None or known[0] is not languages:
            known = self._known[slug] = (languages, questions(languages))
        return known[1]


def _asked(cell: SourceCell) -> list[WrittenGate]:
    return [gate for gate in gates_of(cell.code) if gate.kind is not None and not gate.faults]


def _form(gate: WrittenGate) -> object:
    """What is the same in all languages."""
    target = None if gate.kind == "which" else gate.target
    return gate.kind, target, [option.right for option in gate.options], [miss.answer for miss in gate.misses]


def _digest(lesson: Lesson, number: int, gate: WrittenGate) -> str:
    cell = lesson.cells[number - 1]
    before = [*(other.code for other in lesson.before(number)), "\n".join(cell.code.split("\n")[: gate.line - 1])]
    program = [line.strip() for code in before for line in code.split("\n")]
    said = [line for line in program if line and not line.startswith("#")]
    answers = [[option.text, option.right] for option in gate.options], [miss.answer for miss in gate.misses]
    return json.dumps([said, gate.kind, gate.target, answers], ensure_ascii=False)
