"""Which lines of a cell are a notebook's."""

import ast
from pathlib import Path

import pytest
import torch
from tensorpad.dialect.lines import notebook_lines, plain

FOUND = {
    "%matplotlib inline": [("magic", "matplotlib", "inline")],
    "x = 1\n%time y = x\n": [("magic", "time", "y = x")],
    "!pip install a \\\n  b\nx = 1": [("shell", "pip", "install a \\\n  b")],
    "for i in x:\n    !ls -l": [("shell", "ls", "-l")],
    "torch.ones?": [("help", "torch.ones", "?")],
    "??f\nf??": [("help", "f", "??"), ("help", "f", "??")],
    "%%time\nx = 1": [("cell", "time", "")],
    "%%bash\necho 'it": [("cell", "bash", "")],
    "files = !ls *.py": [("assigned", "ls", "*.py")],
    "a, b = %who": [("assigned", "who", "")],
    "x = 'it\n%cd ..": [("magic", "cd", "..")],
}
NONE = [
    "x = (7\n % 3)",
    "x = 7 \\\n % 3",
    "t = '''\n%time x\n!ls\ny?\n'''",
    'f = f"{a!r}"\nprint(f"{b:%d}")',
    "x = [\n  # ( '''\n  1]\ny = {'%': 1,\n '!': 2}",
    "# what is this?\nx = 1  # is it?",
    "t = 'a \\\n%b'",
    "x != y\nx %= 2",
    "x = 1\n#%%time\n# %%\n",
    "r'\\'; '%d' % 3",
]


@pytest.mark.parametrize("source", FOUND)
def test_lines_that_only_a_notebook_understands_are_found(source: str) -> None:
    assert [(line.kind, line.name, line.text) for line in notebook_lines(source)] == FOUND[source]


@pytest.mark.parametrize("source", NONE)
def test_python_has_none(source: str) -> None:
    assert notebook_lines(source) == ()
    assert plain(source, ()) == source


def test_no_module_of_a_large_library_has_any() -> None:
    files = sorted(Path(torch.__file__).parent.glob("nn/**/*.py"))[:120]
    assert len(files) > 100
    for file in files:
        source = file.read_text(encoding="utf-8")
        ast.parse(source)
        assert notebook_lines(source) == (), file


def test_all_other_lines_stay_where_they_are() -> None:
    source = "%matplotlib inline\nif x:\n\t!ls \\\n -l\ny = 1"
    assert plain(source, notebook_lines(source)) == "pass\nif x:\n\tpass\n\ny = 1"
