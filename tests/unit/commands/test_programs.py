"""Programs from files: which cells a file has."""

import json
from pathlib import Path

import pytest
from tensorpad.commands import programs
from tensorpad.commands.exits import CommandError


def cells(folder: Path, name: str, content: str | bytes) -> list[str]:
    """What is read of a file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return programs.read(str(path))


def notebook(*sources: str | list[str], kind: str = "code") -> str:
    """A notebook of cells of one kind."""
    return json.dumps(
        {"nbformat": 4, "metadata": {}, "cells": [{"cell_type": kind, "source": source} for source in sources]}
    )


def test_script_is_one_cell(tmp_path: Path) -> None:
    assert cells(tmp_path, "a.py", "x = 1\nx\n") == ["x = 1\nx\n"]


def test_mark_and_line_ends_of_windows_are_no_part_of_the_program(tmp_path: Path) -> None:
    assert cells(tmp_path, "a.py", b"\xef\xbb\xbfx = 1\r\nx") == ["x = 1\nx"]


def test_lines_with_percent_signs_begin_cells(tmp_path: Path) -> None:
    script = "import torch\n# %% first\nx = 1\n#%%\nx\n# %%\n\n# %% [markdown]\n# words\n# %%\ny = '# %%'\n"
    assert cells(tmp_path, "a.py", script) == ["import torch\n", "x = 1\n", "x\n", "y = '# %%'\n"]


def test_empty_file_is_an_empty_program(tmp_path: Path) -> None:
    assert cells(tmp_path, "a.py", "") == [""]
    assert cells(tmp_path, "a.ipynb", notebook()) == [""]


def test_notebook_gives_its_cells_of_code(tmp_path: Path) -> None:
    assert cells(tmp_path, "a.ipynb", notebook(["x = 1\n", "x"], "", "y = 2")) == ["x = 1\nx", "y = 2"]
    assert cells(tmp_path, "b.ipynb", notebook("# Title", kind="markdown")) == [""]


def test_lines_that_only_jupyter_knows_become_comments_and_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = "%matplotlib inline\nx = 7\n  \nif x:\n    !pip list\n    y = x % 4"
    assert cells(tmp_path, "a.ipynb", notebook("z = 1", source)) == [
        "z = 1",
        "# %matplotlib inline\nx = 7\n  \nif x:\n    # !pip list\n    y = x % 4",
    ]
    assert "left out the lines that only Jupyter knows (% or !) of code cell 2" in capsys.readouterr().err


def test_lines_that_python_understands_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = "text = '''\n%d\n'''\nx = (7\n% 4)"
    assert cells(tmp_path, "a.ipynb", notebook(source)) == [source]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("content", ["", "{}", '{"cells": [{"cell_type": "code"}]}', "[" * 100_000])
def test_what_is_no_notebook_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(CommandError, match="is no notebook"):
        cells(tmp_path, "a.ipynb", content)


def test_file_that_no_program_can_be_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "a.py").open("wb") as file:
        file.truncate(1 << 36)
    with pytest.raises(CommandError, match="is larger than 64 MiB"):
        programs.read(str(tmp_path / "a.py"))
