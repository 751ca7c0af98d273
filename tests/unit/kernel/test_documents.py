"""Every line of Python in docs/scripts.md and docs/notebooks.md does what is said there."""

from pathlib import Path

import pytest

from tests.support.documents import Fence, costly_cases, of_kind
from tests.support.kernels import started
from tests.support.plugin import pytest_of
from tests.support.scripts import run_script


def test_the_scripts_of_the_document_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    script = run_script(tmp_path, "\n".join(fence.text for fence in of_kind("script")))
    assert script.error is None
    assert (tmp_path / "step.html").read_text().startswith("<!doctype html>")
    assert 'lang="zh-CN"' in (tmp_path / "steps.html").read_text()
    (shown,) = tmp_path.glob("tensorpad-*.html")
    assert "<title>loss</title>" in shown.read_text()


@pytest.mark.parametrize("fence", costly_cases(of_kind("test")))
def test_the_test_of_the_document_passes(tmp_path: Path, fence: Fence) -> None:
    status, output = pytest_of(tmp_path, fence.text)
    assert status == 0, output
    assert "1 passed" in output


def test_the_cells_of_the_document_run() -> None:
    cells = [fence.text for fence in of_kind("cell")]
    assert len(cells) > 1
    with started() as kernel:
        for cell in cells:
            answer = kernel.run(cell)
            assert answer.status == "ok", answer.outputs
            assert len(answer.of("display_data")) == cell.startswith("%%"), cell
