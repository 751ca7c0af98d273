"""The course notebook runs as written, in one run of cells, and every output is what plain Python gives."""

import ast
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.notebook import plain, sources

Cells = list[dict[str, Any]]

# Stand-ins for programs that a plain machine may lack: `dot` draws by the same library, a viewer shows nothing.
DOT = f"""#!{sys.executable}
import sys
from pathlib import Path
from pygraphviz import AGraph
kind = next(one[2:] for one in sys.argv if one.startswith("-T"))
source = next((one for one in sys.argv[1:] if not one.startswith("-")), None)
graph = AGraph(string=Path(source).read_text() if source else sys.stdin.read())
picture = graph.draw(format=kind, prog="dot")
if source:
    Path(f"{{source}}.{{kind}}").write_bytes(picture)
else:
    sys.stdout.buffer.write(picture)
"""
VIEWER = "#!/bin/sh\nexit 0\n"


@dataclass(frozen=True)
class Notebook:
    cells: list[str]
    ours: Cells
    plain: list[tuple[str, str | None]]

    def of(self, mark: str) -> dict[str, Any]:
        """The last cell whose source contains `mark`."""
        return next(cell for source, cell in reversed(list(zip(self.cells, self.ours, strict=True))) if mark in source)


def available() -> list[Callable[[], list[str]]]:
    return [sources.our_cells, *([sources.notebook_cells] if sources.NOTEBOOK.exists() else [])]


@pytest.fixture(scope="module", params=available(), ids=lambda source: source.__name__)
def notebook(request: pytest.FixtureRequest, server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Notebook:
    cells = request.param()
    reply = httpx.post(f"{server_url}/api/v1/runs", json={"cells": cells, "seed": 0}, timeout=60)
    assert reply.status_code == 200, reply.text
    body = reply.json()
    assert body["status"] == "ok", [cell["error"] for cell in body["cells"] if cell["error"]]
    return Notebook(cells, body["cells"], run_plainly(cells, tmp_path_factory.mktemp("plain")))


def run_plainly(cells: list[str], directory: Path) -> list[tuple[str, str | None]]:
    programs = directory / "bin"
    programs.mkdir()
    for name, text in (("dot", DOT), ("xdg-open", VIEWER)):
        path = programs / name
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, plain.__file__],
        input=json.dumps(cells),
        capture_output=True,
        text=True,
        cwd=directory,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # The program's own output is redirected; what is left is the answer, after anything that a library printed.
    return [tuple(cell) for cell in json.loads(done.stdout.splitlines()[-1])]


def comparable(text: str | None, source: str) -> str | None:
    """Text without what differs from one process to the next: addresses, and the numbers of uninitialised memory.

    A notebook shows an object that has no representation of its own a little shorter than `repr` does.
    """
    if text is None:
        return None
    text = re.sub(r"( object)? at 0x[0-9a-f]+", " at 0x…", text)
    if uninitialised(source):
        text = re.sub(r"-?\d+(\.\d*)?(e[+-]\d+)?|-?\b(nan|inf)\b|[\s.]", "", text)
    return text


def uninitialised(source: str) -> bool:
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)}
    return "torch.Tensor" in calls or ("torch.empty" in calls and "torch.add" not in calls)


def test_every_cell_prints_and_shows_what_plain_python_does(notebook: Notebook) -> None:
    for source, ours, (stdout, result) in zip(notebook.cells, notebook.ours, notebook.plain, strict=True):
        assert comparable(ours["stdout"], source) == comparable(stdout, source), source
        shown = ours["result"] and ours["result"]["text"]
        assert comparable(shown, source) == comparable(result, source), source
        assert ours["stderr"] == ""


def test_there_is_one_cell_of_ours_for_each_of_the_notebooks() -> None:
    if sources.NOTEBOOK.exists():
        assert len(sources.our_cells()) == len(sources.notebook_cells())


def test_numbers_that_the_course_works_out_by_hand_come_out(notebook: Notebook) -> None:
    printed = "".join(cell["stdout"] for cell in notebook.ours)

    assert "54.0" in printed
    assert "tensor([ 4.,  6.,  8., 10.])" in printed
    assert "94.5" in printed
    assert "tensor([[ 6.0000,  7.5000],\n        [ 9.0000, 10.5000]])" in printed
    assert "tensor([[4.5000, 4.5000],\n        [4.5000, 4.5000]])" in printed
    assert "tensor([2., 2., 2., 2.])\n" in notebook.of("register_hook")["stdout"]
    assert "tensor([ 4.,  8., 12., 16.])\n" in notebook.of("register_hook")["stdout"]


def test_identity_is_kept_by_writing_in_place_and_not_by_a_sum(notebook: Notebook) -> None:
    answers = [
        cell["stdout"].strip()
        for source, cell in zip(notebook.cells, notebook.ours, strict=True)
        if "id(" in source and "==" in source
    ]
    assert answers == ["False", "True", "True"]


def test_pictures_become_displays_and_paths(notebook: Notebook) -> None:
    pictures = [
        (source, cell)
        for source, cell in zip(notebook.cells, notebook.ours, strict=True)
        if "render(" in source or "view()" in source
    ]
    drawn = [(source, cell) for source, cell in pictures if ".render(" in source or "dot.view()" in source]

    assert len(drawn) == 3
    for source, cell in drawn:
        assert len(cell["displays"]) == source.count(".render(") + source.count(".view()")
        for display in cell["displays"]:
            assert display["kind"] == "graph"
            assert display["svg"].lstrip().startswith("<svg")
            assert "MeanBackward0" in display["svg"]
            assert "AccumulateGrad" in display["dot"]
