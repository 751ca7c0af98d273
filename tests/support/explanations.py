"""A program run in this process, and what is explained of it."""

from dataclasses import dataclass

import torch
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.explainer import explain_error, surprises
from tensorpad.explain.program.sources import Sources
from tensorpad.explain.words.findings import Explanation, Fix
from tensorpad.texts import Lang

from tests.support.comparison import Course, run

IMPORTS = "import math\nimport numpy as np\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"
"""What stands before each program; its lines are not counted by the tests."""
ABOVE = IMPORTS.count("\n")


@dataclass(frozen=True)
class Explained:
    """A program that has run, and the facts of it."""

    source: str
    course: Course
    facts: Facts

    @property
    def failed(self) -> bool:
        return self.course.cell.error is not None

    def error(self, lang: Lang = "en") -> Explanation:
        """Why it failed."""
        explanation = explain_error(self.facts, lang)
        assert explanation is not None, self.facts.message
        return explanation

    def notices(self, lang: Lang = "en") -> list[Explanation]:
        """What surprises there are."""
        return surprises(self.facts, lang)

    def names(self, explanation: Explanation) -> set[str]:
        """The names of the tensors concerned, those without a name left out."""
        return {name for item in explanation.tensors for name in self.facts.tensors[item].names[:1]}

    def text(self, explanation: Explanation) -> str:
        """The source that the explanation points at."""
        return self.facts.sources.text(explanation.span)


def explained(program: str, *, seeded: bool = True, imports: str = IMPORTS) -> Explained:
    """Run a program of one cell."""
    source = imports + program
    # A program may leave recording off, which a process of its own would take with it.
    with torch.enable_grad():
        course = run(source, seed=0 if seeded else None)
    cell = course.cell
    index = cell.index if cell.error is not None else None
    return Explained(source, course, Facts(Sources((source,)), course.trace, index, cell.error, (course.printed,), seeded))


def fixed(source: str, fix: Fix) -> str:
    """The source after a fix."""
    lines = source.splitlines(keepends=True) or [""]
    span = fix.span
    while len(lines) < span.end_line:
        lines.append("")
    before = "".join(lines[: span.line - 1]) + lines[span.line - 1][: span.column]
    after = lines[span.end_line - 1][span.end_column :] + "".join(lines[span.end_line :])
    return before + fix.replacement + after
