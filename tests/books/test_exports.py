"""The package for an LMS names all that it has, and notebooks lose nothing."""

import io
import json
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tensorpad.commands.main import main
from tensorpad.exports.notebook import notebook
from tensorpad.exports.scorm import package
from tensorpad.lessons.course import load, ours
from tensorpad.recordings.recorder import Recorder
from tensorpad.settings import Settings

from tests.support.books import PATIENCE_S, PYTHON

COURSE = Path(__file__).parents[1] / "lessons" / "course"
NAMESPACE = {"cp": "http://www.imsproject.org/xsd/imscp_rootv1p1p2"}


@pytest.fixture(scope="module")
def packed() -> bytes:
    with Recorder(Settings()) as recorder:
        return package([lesson["en"] for lesson in load(COURSE).lessons], recorder, "A course")


@pytest.mark.long
def test_package_names_its_lessons_and_files(packed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        root = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        names = set(archive.namelist())
    assert [title.text for title in root.findall(".//cp:item/cp:title", NAMESPACE)] == ["Views share memory"]
    (resource,) = root.findall(".//cp:resource", NAMESPACE)
    assert resource.get("href") == "01-views.en.html"
    assert {file.get("href") for file in resource.findall("cp:file", NAMESPACE)} == names - {"imsmanifest.xml", "index.html"}


def test_notebooks_are_those_that_jupytext_makes(tmp_path: Path) -> None:
    lessons = [lesson for known in load(ours()).lessons for lesson in known.values()]
    program = (
        "import sys, json, jupytext, nbformat\n"
        "made = [jupytext.read(path) for path in sys.argv[1:]]\n"
        "print(json.dumps([[(c.cell_type, c.source, dict(c.metadata)) for c in one.cells] for one in made]))"
    )
    paths = [str(lesson.path) for lesson in lessons]
    done = subprocess.run([str(PYTHON), "-c", program, *paths], capture_output=True, check=True, timeout=PATIENCE_S)
    for lesson, cells in zip(lessons, json.loads(done.stdout), strict=True):
        own = json.loads(notebook(lesson))["cells"]
        assert [(c["cell_type"], "".join(c["source"]), c["metadata"]) for c in own] == [tuple(c) for c in cells], lesson.path


def test_command_writes_notebooks(tmp_path: Path) -> None:
    assert main(["lessons", "export", str(COURSE), "--ipynb", "-o", str(tmp_path / "out"), "--lang", "zh-CN"]) == 0
    made = json.loads((tmp_path / "out" / "01-views.zh-CN.ipynb").read_text())
    assert made["metadata"]["title"] == "视图共享内存"
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
