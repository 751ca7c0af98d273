"""What is said of a notebook's lines, and of names in a cell that Python refused."""

import pytest
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.explainer import explain_error, surprises
from tensorpad.explain.program.sources import Sources
from tensorpad.texts import Lang

from tests.support.comparison import run

LANGS: tuple[Lang, ...] = ("en", "zh-CN")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("line", "rule", "holds"),
    [
        ("%matplotlib inline", "line_ignored", "`%matplotlib inline`"),
        ("!pip install numpy", "line_ignored", "`!pip install numpy`"),
        ("%pip install -q nosuchpackage==1.0", "line_uninstalled", "`nosuchpackage`"),
        ("!ls -l ../data", "line_skipped", "`os.listdir()`"),
        ("%cd ..", "line_skipped", "`os.chdir(…)`"),
        ("!wget https://example.com/x.csv", "line_skipped", "`tensorpad.data`"),
        ("%run other.py", "line_skipped", "`%run`"),
        ("!nvidia-smi", "line_skipped", "`torch.cuda.is_available()`"),
        ("%env A=1", "line_skipped", "`os.environ`"),
        ("!make", "line_skipped", "`!make`"),
        ("%who", "line_skipped", "`%who`"),
        ("%time x = 1", "line_timed", "`%time x = 1`"),
    ],
)
def test_one_notice_says_what_became_of_the_line(line: str, rule: str, holds: str, lang: Lang) -> None:
    source = f"x = 1\n{line}"
    (notice,) = surprises(Facts(Sources((source,)), run(source).trace, None, None), lang)
    assert (notice.rule, notice.fix) == (rule, None)
    assert holds in notice.text
    assert notice.span is not None
    assert (notice.span.line, notice.span.column, notice.span.end_column) == (2, 0, len(line))


@pytest.mark.parametrize("lang", LANGS)
def test_a_name_of_a_cell_that_python_refused_leads_there(lang: Lang) -> None:
    cells = ("qwertz = (1", "y = 2", "qwertz + y")
    course = run(*cells)
    error = course.cells[-1].error
    for refused, rule in (((0,), "name_of_refused"), ((), "unknown_name")):
        explanation = explain_error(Facts(Sources(cells), course.trace, 2, error, refused=refused), lang)
        assert explanation is not None
        assert explanation.rule == rule
        assert ("1" in explanation.text) == (rule == "name_of_refused")
