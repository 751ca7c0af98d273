"""The course notebook and the examples of the page get the notices that they are about, and no other."""

from pathlib import Path

import pytest
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.explainer import surprises
from tensorpad.explain.program.sources import Sources

from tests.notebook.sources import our_cells
from tests.support.comparison import run
from tests.truth.comparison import examples

# What each piece of source shows on purpose: memory that is shared, copies, values that nobody set, gradients that add up.
COURSE = {("uninitialised", "torch.empty(4, 2)"), ("changed_view", "t += 1"), ("constructor", "torch.Tensor(2, 3)")}
EXAMPLES = {
    ("changed_view", "row[0]"),
    ("copied", "turned.reshape(12)"),
    ("shared_array", "t.add_(1)"),
    ("shared_array", "b[0] = 50."),
    ("accumulated", "loss.backward()"),
}


def told(cells: list[str]) -> set[tuple[str, str]]:
    """The notices of a program: their rules, and the source that each marks."""
    course = run(*cells)
    failed = next((cell for cell in course.cells if cell.error is not None), None)
    index, error = (failed.index, failed.error) if failed is not None else (None, None)
    facts = Facts(Sources(tuple(cells)), course.trace, index, error, (course.printed,))
    return {(one.rule, facts.sources.text(one.span)) for one in surprises(facts, "en")}


def test_the_course_gets_the_notices_that_it_is_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # It saves its drawings.
    assert told(our_cells()) == COURSE


def test_the_examples_get_the_notices_that_they_are_about() -> None:
    found = [told(list(cells)) for cells in examples()]
    assert len(found) >= 10
    assert set().union(*found) == EXAMPLES
