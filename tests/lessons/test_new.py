"""A lesson begins with a template that is sound, or with the cells of a notebook or script."""

import json
from pathlib import Path

import httpx
import pytest
from tensorpad.commands.main import main
from tensorpad.lessons.course import load
from tensorpad.texts import Lang

from tests.lessons.conftest import Checker
from tests.support.service import TENSORPAD, running_service


def test_template_is_a_sound_lesson_in_both_languages(tmp_path: Path, checked: Checker) -> None:
    folder = tmp_path / "course" / "01-first"
    assert main(["lessons", "new", str(folder)]) == 0
    assert main(["lessons", "new", str(folder), "--lang", "zh-CN"]) == 0
    assert list(map(str, checked(tmp_path / "course"))) == []


@pytest.mark.parametrize(("lang", "heading"), [("en", "## Example: Sums"), ("zh-CN", "## 示例：Sums")])
def test_notebook_becomes_cells(lang: Lang, heading: str, tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Sums\n", "of *rows*\n", "```\n", "# no heading\n", "```\n", "## More"]},
        {"cell_type": "code", "source": "%matplotlib inline\nimport torch"},
        {"cell_type": "raw", "source": "left out"},
        {"cell_type": "code", "source": 'print("""\n```\n""")'},
    ]
    notebook = tmp_path / "sums.ipynb"
    notebook.write_text(json.dumps({"cells": cells, "nbformat": 4}))
    folder = tmp_path / "course" / "03-sums"
    assert main(["lessons", "new", str(folder), "--from", str(notebook), "--lang", lang]) == 0
    lesson = load(tmp_path / "course").lessons[0][lang]
    assert lesson.problems == ()
    assert (lesson.heading.title, lesson.heading.number) == ("Sums", 3)
    assert [cell.code for cell in lesson.cells] == ["# %matplotlib inline\nimport torch", 'print("""\n```\n""")']
    text = lesson.path.read_text()
    assert heading in text
    assert "of *rows*\n```\n# no heading\n```\n### More\n" in text


def test_script_becomes_cells(tmp_path: Path) -> None:
    script = tmp_path / "a.py"
    script.write_text("import torch\n# %% [markdown]\n# Some *text*.\n# %%\nx = torch.ones(2)\n")
    assert main(["lessons", "new", str(tmp_path / "01-my-sums"), "--from", str(script)]) == 0
    lesson = load(tmp_path).lessons[0]["en"]
    assert lesson.heading.title == "My sums"
    assert [cell.code for cell in lesson.cells] == ["import torch", "x = torch.ones(2)"]
    assert "Some *text*." in lesson.path.read_text()


def test_lesson_that_is_there_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "01-first"
    folder.mkdir()
    (folder / "lesson.en.md").write_text("mine")
    assert main(["lessons", "new", str(folder)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (folder / "lesson.en.md").read_text() == "mine"


def test_folder_needs_a_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lessons", "new", str(tmp_path / "views")]) == 2
    assert "NN-slug" in capsys.readouterr().err
    assert main(["lessons", "new", str(tmp_path / "01-report")]) == 2
    assert "/learn/report is the operator's report" in capsys.readouterr().err


def test_preview_serves_the_course_and_reads_changes(tmp_path: Path) -> None:
    folder = tmp_path / "course" / "01-first"
    assert main(["lessons", "new", str(folder)]) == 0
    with running_service(tmp_path / "log", command=(TENSORPAD, "lessons", "preview", str(folder))) as url:
        lesson = httpx.get(f"{url}/api/v1/lessons/first").raise_for_status().json()
        assert (lesson["course"], lesson["title"]) == ("course", "The title of the lesson")
        path = folder / "lesson.en.md"
        path.write_text(path.read_text().replace("The title of the lesson", "Views"))
        assert httpx.get(f"{url}/api/v1/lessons/first").raise_for_status().json()["title"] == "Views"
