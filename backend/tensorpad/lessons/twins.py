"""Whether the languages of a lesson are the same lesson: programs, gates, looks and exercises; only words may differ."""

import ast
from collections import Counter
from collections.abc import Iterator

from tensorpad.gates.gate import WrittenGate
from tensorpad.gates.parsing import gates_of
from tensorpad.lessons.lesson import CardsBlock, Lesson, Problem, SourceCell


def differences(first: Lesson, second: Lesson) -> Iterator[Problem]:
    """What is not in the second lesson as it is in the first."""
    other = f"{first.path.name}"
    for line, text in _differences(first, second, other):
        yield Problem(second.path, line, text)


def _differences(first: Lesson, second: Lesson, other: str) -> Iterator[tuple[int, str]]:
    for key in ("minutes", "needs"):
        if getattr(first.heading, key) != getattr(second.heading, key):
            yield second.lines.get(key, 1), f"{key} is not as in {other}"
    stages = [[section.stage for section in lesson.sections] for lesson in (first, second)]
    if stages[0] != stages[1]:
        place = next((place for place, pair in enumerate(zip(*stages, strict=False)) if pair[0] != pair[1]), -1)
        yield second.section_line(place), f"the sections are not those of {other}"
    if len(first.cells) != len(second.cells):
        yield 1, f"there are {len(second.cells)} cells, and {len(first.cells)} in {other}"
    for number, pair in enumerate(zip(first.cells, second.cells, strict=False), 1):
        yield from _of_cells(f"cell {number}", *pair, other)
    for label in sorted(first.parts.keys() | second.parts.keys()):
        mine, yours = first.parts.get(label), second.parts.get(label)
        if mine is None or yours is None:
            yield (yours.line if yours else 1), f"{label} is in one of {other} and {second.path.name} alone"
        else:
            yield from _of_cells(label, mine, yours, other)
    yield from _of_looks(first, second, other)
    cards = [
        [
            (block.setup, *(row.code for row in block.rows))
            for section in lesson.sections
            for block in section.blocks
            if isinstance(block, CardsBlock)
        ]
        for lesson in (first, second)
    ]
    if cards[0] != cards[1]:
        place = next((place for place, pair in enumerate(zip(*cards, strict=False)) if pair[0] != pair[1]), 0)
        yield second.lines.get(f"cards {place + 1}", 1), f"the programs of the table are not those of {other}"


def _of_cells(name: str, first: SourceCell, second: SourceCell, other: str) -> Iterator[tuple[int, str]]:
    if (first.label, first.tags) != (second.label, second.tags):
        yield second.line, f"the label or the tags of {name} are not as in {other}"
    place = _parting(first.code, second.code)
    if place is not None:
        line = second.line + place - 1
        yield line, f"the program of {name} is not that of {other}; only comments and texts of asserts may differ"
    if "-wrong-" in second.label:
        return  # its first line is the text for who writes it
    mine, yours = gates_of(first.code), gates_of(second.code)
    if len(mine) != len(yours):
        yield second.line, f"{name} has {len(yours)} gates, and {len(mine)} in {other}"
        return
    for gate, its in zip(mine, yours, strict=True):
        if _asked(gate) != _asked(its):
            yield second.line + its.line - 1, f"this gate is not the one of {other}"


def _asked(gate: WrittenGate) -> object:
    """What a gate asks, without its words."""
    return (
        gate.kind,
        None if gate.kind == "which" else gate.target,
        [option.right for option in gate.options],
        [miss.answer for miss in gate.misses],
        gate.proof.expression if gate.proof else None,
    )


def _of_looks(first: Lesson, second: Lesson, other: str) -> Iterator[tuple[int, str]]:
    here, there = (Counter(look.where for look in lesson.looks) for lesson in (second, first))
    for look in second.looks:
        if here[look.where] > there[look.where]:
            yield look.line, f"{other} has no such look"
            here[look.where] -= 1
    for where, count in there.items():
        if count > here[where]:
            shown = " ".join(str(part) for part in where if part is not None)
            yield 1, f"a look of {other} is missing here: {shown}"


def _parting(first: str, second: str) -> int | None:
    """The line of the second program at which it is another program than the first; None if it is the same."""
    trees = [_tree(source) for source in (first, second)]
    if None in trees:
        return None if first == second else 1
    statements = [tree.body for tree in trees if tree is not None]
    for mine, its in zip(*statements, strict=False):
        if ast.dump(mine) != ast.dump(its):
            return its.lineno
    shorter, longer = sorted(map(len, statements))
    if shorter == longer:
        return None
    return statements[1][shorter].lineno if len(statements[1]) == longer else len(second.split("\n"))


def _tree(source: str) -> ast.Module | None:
    """A program without the messages of its asserts; distractors of a Parsons problem count as lines."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            node.msg = None
    return tree
