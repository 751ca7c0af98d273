"""What a lesson must have besides programs that run: its stages in order, enough gates and looks, something to do."""

import ast
from collections.abc import Iterator

from tensorpad.gates.answers import sentence
from tensorpad.gates.gate import WrittenGate
from tensorpad.gates.parsing import gates_of
from tensorpad.lessons.course import Course
from tensorpad.lessons.lesson import (
    STAGES,
    CardsBlock,
    CellBlock,
    ExerciseBlock,
    Lesson,
    ParsonsBlock,
    Problem,
    ProseBlock,
    SourceCell,
)
from tensorpad.lessons.matter import PLACEHOLDER
from tensorpad.lessons.reading import PREFIXES

_CELLS = (4, 8)
_LINES = 12
_GATES, _LOOKS, _POINTS, _PARSONS_LINES, _WRONG_OPTIONS = 3, 2, 3, 3, 2


def broken_rules(lesson: Lesson) -> Iterator[Problem]:
    """What a lesson lacks, as far as its file tells."""
    for line, text in (*_unwritten(lesson), *_stages(lesson), *_counts(lesson), *_questions(lesson), *_exercises(lesson)):
        yield Problem(lesson.path, line, text)
    for line, text in _lengths(lesson):
        yield Problem(lesson.path, line, text, advice=True)


def unknown_lessons(lesson: Lesson, course: Course) -> Iterator[Problem]:
    """Lessons that this one names, and that its course does not have in front of it."""
    numbers = {heading.slug: heading.number for known in course.lessons for heading in [next(iter(known.values())).heading]}
    line = lesson.lines.get("needs", 1)
    for slug in lesson.heading.needs:
        if slug not in numbers:
            yield Problem(lesson.path, line, f"the course has no lesson {slug}, which this one needs", advice=True)
        elif numbers[slug] >= lesson.heading.number:
            yield Problem(lesson.path, line, f"{slug}, which this lesson needs, does not come before it")
    for at, slug in lesson.links:
        if slug not in numbers:
            yield Problem(lesson.path, at, f"the course has no lesson {slug}, which is linked here", advice=True)


def _unwritten(lesson: Lesson) -> Iterator[tuple[int, str]]:
    """What a new lesson leaves to its author."""
    for key, texts in (("question", (lesson.heading.question,)), ("goals", lesson.heading.goals)):
        if PLACEHOLDER in texts:
            yield lesson.lines.get(key, 1), f"{key}: write yours in place of {PLACEHOLDER}"


def _stages(lesson: Lesson) -> Iterator[tuple[int, str]]:
    names = {stage: name for name, stage in PREFIXES[lesson.lang].items()}
    latest = 0
    for number, section in enumerate(lesson.sections):
        line = lesson.section_line(number)
        if section.stage is None:
            continue
        place = STAGES.index(section.stage)
        if place < latest:
            yield line, f"{names[section.stage]} comes before {names[STAGES[latest]]}"
        latest = max(latest, place)
    found = {section.stage for section in lesson.sections}
    for stage in STAGES:
        if stage not in found:
            yield 1, f"the lesson has no section ## {names[stage]}" + ("" if stage == "summary" else ": …")


def _counts(lesson: Lesson) -> Iterator[tuple[int, str]]:
    if len(lesson.looks) < _LOOKS:
        yield 1, f"the lesson has {len(lesson.looks)} of the {_LOOKS} looks that it needs"
    gates = [gate for cell in lesson.cells for gate in gates_of(cell.code)]
    if len(gates) < _GATES:
        yield 1, f"the lesson has {len(gates)} of the {_GATES} gates that it needs"
    if all(gate.kind != "which" for gate in gates):
        yield 1, "the lesson asks no which; write a gate #? which …"
    if not any(isinstance(block, ExerciseBlock | ParsonsBlock) for section in lesson.sections for block in section.blocks):
        yield 1, "the lesson has no exercise; write an admonition with :class: exercise or :class: parsons"
    for number, section in enumerate(lesson.sections):
        line = lesson.section_line(number)
        asked = any(gates_of(block.code) for block in section.blocks if isinstance(block, CellBlock))
        if section.stage == "example" and asked:
            yield line, "an example has no questions; ask them in the sections after it"
        if section.stage == "summary":
            points = sum(block.html.count("<li>") for block in section.blocks if isinstance(block, ProseBlock))
            if points != _POINTS:
                yield line, f"a summary is a list of {_POINTS} items, and this one has {points}"
    for stage in ("predict", "quiz"):
        numbers = [number for number, section in enumerate(lesson.sections) if section.stage == stage]
        blocks = [block for number in numbers for block in lesson.sections[number].blocks]
        if numbers and not any(gates_of(block.code) for block in blocks if isinstance(block, CellBlock)):
            yield lesson.section_line(numbers[0]), "nothing is asked here; put a gate (#? …) into a cell"


def _lengths(lesson: Lesson) -> Iterator[tuple[int, str]]:
    least, most = _CELLS
    if not least <= len(lesson.cells) <= most:
        yield 1, f"the lesson has {len(lesson.cells)} cells; {least} to {most} are a good length"
    for cell in lesson.cells:
        count = sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in cell.code.split("\n"))
        if count > _LINES:
            yield cell.line, f"the program has {count} lines; a reader takes in {_LINES}"


def _questions(lesson: Lesson) -> Iterator[tuple[int, str]]:
    for cell in lesson.cells:
        for gate in gates_of(cell.code):
            for line, text in _question(gate):
                yield cell.line + line - 1, text


def _question(gate: WrittenGate) -> Iterator[tuple[int, str]]:
    for fault in gate.faults:
        yield fault.line, sentence(fault, "en")
    if gate.faults:
        return
    if not gate.because:
        yield gate.line, "the gate has no reason; end it with #? because …"
    for text, because in (
        *((option.text, option.because) for option in gate.options),
        *((miss.answer, miss.because) for miss in gate.misses),
    ):
        if not because:
            yield gate.line, f"the answer “{text}” has no text for who gives it; write it after --"
    if gate.kind == "which":
        wrong = sum(not option.right for option in gate.options)
        if wrong < _WRONG_OPTIONS:
            yield gate.line, f"a which needs {_WRONG_OPTIONS} wrong options (#? ~ …) at least, and has {wrong}"
        if gate.proof is None:
            yield gate.line, "the right option is not proved; write #? if and an expression that is true here"


def _exercises(lesson: Lesson) -> Iterator[tuple[int, str]]:
    for section in lesson.sections:
        for block in section.blocks:
            match block:
                case ExerciseBlock(label=label, explanations=wrong):
                    if not wrong:
                        yield lesson.lines[f"exercise {label}"], f"{label} has no wrong solution; write {label}-wrong-a"
                case ParsonsBlock(label=label, lines=lines):
                    if len(lines) < _PARSONS_LINES:
                        yield lesson.lines[f"exercise {label}"], f"{label} has {len(lines)} lines, too few to put in order"
                case CardsBlock() | CellBlock() | ProseBlock():
                    pass
    for label, cell in lesson.parts.items():
        if label.endswith("-check"):
            yield from _check(label, cell)
        if "-wrong-" in label and not cell.code.startswith("#? because "):
            yield cell.line, f"{label} begins with #? because, and what is wrong with it"


def _check(label: str, cell: SourceCell) -> Iterator[tuple[int, str]]:
    try:
        tree = ast.parse(cell.code)
    except SyntaxError:
        return  # its run tells
    asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    if not asserts:
        yield cell.line, f"{label} asserts nothing"
    for node in asserts:
        if node.msg is None:
            yield cell.line + node.lineno - 1, "the assertion has no message that says what is missing"
