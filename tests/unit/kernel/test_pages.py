"""A trace as a file, in the browser, and as what a notebook shows."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tensorpad
import torch
from tensorpad.kernel import pages
from tensorpad.kernel.errors import TraceError
from tensorpad.kernel.tracing import Trace
from tensorpad.recordings.recording import decode

from tests.support.comparison import run
from tests.support.scripts import run_block


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    return run_block(
        tmp_path_factory.mktemp("script"),
        "y = x + 2\nz = y * y * 3\nprint('here')\nout = z.mean()\nout.backward()",
        "x = torch.ones(2, 2, requires_grad=True)",
    ).trace


def answer_of(data: bytes) -> Any:
    return msgspec.json.decode(decode(data).answer)


def test_a_recording_has_the_answer_that_the_service_would_give(trace: Trace, tmp_path: Path) -> None:
    trace.save(tmp_path / "step.tpad")
    answer = answer_of((tmp_path / "step.tpad").read_bytes())
    assert answer["status"] == "ok"
    assert answer["cells"][0]["stdout"] == "here\n"
    assert "4.5" in answer["graphs"][-1]["svg"]
    (x,) = [tensor for tensor in answer["tensors"] if tensor["names"] == ["x"]]
    plain = torch.ones(2, 2, requires_grad=True)
    ((plain + 2) ** 2 * 3).mean().backward()  # pyright: ignore[reportUnknownMemberType]
    assert plain.grad is not None
    assert torch.equal(torch.tensor(x["grad"]["data"]), plain.grad)
    assert answer["environment"]["isolation"] == "none"


def test_a_page_is_written_with_the_view_and_title_that_are_asked_for(trace: Trace, tmp_path: Path) -> None:
    trace.save(tmp_path / "step.html", view="steps", title="One <step>")
    page = (tmp_path / "step.html").read_text()
    assert "<title>One &lt;step&gt;</title>" in page
    assert '"view":"steps"' in page


def test_another_suffix_is_refused(trace: Trace, tmp_path: Path) -> None:
    with pytest.raises(TraceError, match=r"\.html, a page, or \.tpad"):
        trace.save(tmp_path / "step.pdf")


def test_a_notebook_gets_a_page_a_picture_and_a_text(trace: Trace) -> None:
    bundle = trace._repr_mimebundle_()  # pyright: ignore[reportPrivateUsage]
    assert set(bundle) == {"text/html", "image/svg+xml", "text/plain"}
    assert bundle["text/html"].startswith("<iframe ")
    assert bundle["image/svg+xml"].startswith("<svg")


def test_a_warning_names_its_line_in_the_block(tmp_path: Path) -> None:
    before = "import sys, warnings; sys.stderr.write(warnings.formatwarning('before', UserWarning, __file__, 2))"
    block = "x = torch.ones(2)\nsys.stderr.write(warnings.formatwarning('odd', UserWarning, __file__, 5))"
    script = run_block(tmp_path, block, before)
    assert script.traced.cells[-1].stderr.startswith("<cell 1>:2: UserWarning: odd\n")


def test_an_error_is_recorded_with_what_it_means(tmp_path: Path) -> None:
    source = "a = torch.ones(2, 3)\nb = torch.ones(2, 3)\nc = a @ b"
    script = run_block(tmp_path, source)
    script.trace.save(tmp_path / "error.tpad")
    answer = answer_of((tmp_path / "error.tpad").read_bytes())
    error = answer["cells"][0]["error"]
    assert (answer["status"], error["line"], error["type"]) == ("error", 3, "RuntimeError")
    assert error["explanation"]["rule"]
    assert error["message"] == getattr(run(f"import torch\n{source}").cell.error, "message", None)


def test_definitions_that_ran_are_cells_before_the_block(tmp_path: Path) -> None:
    before = "def unused(x):\n    return x\n\ndef twice(x):\n    y = x * 2\n    return y\n"
    script = run_block(tmp_path, "z = twice(torch.ones(2))", before)
    assert script.traced.sources == ("def twice(x):\n    y = x * 2\n    return y\n", "z = twice(torch.ones(2))\n")
    spans = [step.span for step in script.traced.trace.steps if step.kind == "operation"]
    assert [(span.cell, span.line) for span in spans if span is not None] == [(1, 1), (0, 2)]


def test_show_writes_a_page_and_says_where_without_a_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pages.tempfile, "tempdir", str(tmp_path))
    weight = torch.ones(2, requires_grad=True)
    loss = (weight * 3).sum()
    tensorpad.show(loss)
    (page,) = tmp_path.glob("*.html")
    assert capsys.readouterr().out == f"Open {page.as_uri()} in a browser.\n"
    assert "<title>loss</title>" in page.read_text()


def test_show_opens_a_browser_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(pages.tempfile, "tempdir", str(tmp_path))

    def opens(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr(pages.webbrowser, "open", opens)
    tensorpad.show(torch.ones(2))
    (page,) = tmp_path.glob("*.html")
    assert opened == [page.as_uri()]
    assert '"view":"values"' in page.read_text()


def test_a_shown_graph_has_the_names_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    recordings: list[Any] = []

    def present(recording: Any, **_: Any) -> None:
        recordings.append(recording)

    monkeypatch.setattr("tensorpad.kernel.showing.present", present)
    weight, other = torch.ones(2, requires_grad=True), torch.zeros(2)
    model = torch.nn.Linear(2, 1)
    tensorpad.show(model(weight * 2).sum() + 1)
    answer = msgspec.json.decode(recordings[0].answer)
    assert other is not None
    named = {name for tensor in answer["tensors"] for name in tensor["names"]}
    assert named == {"weight", "model.weight", "model.bias"}
    (graph,) = answer["graphs"]
    assert graph["root_name"] == "model(weight * 2).sum() + 1"
    with pytest.raises(TraceError, match="a tensor or a trace"):
        tensorpad.show(3)


def test_importing_tensorpad_loads_neither_torch_nor_what_makes_answers() -> None:
    program = (
        "import sys, tensorpad\nassert callable(tensorpad.trace)\n"
        "print(sorted({'torch', 'fastapi', 'msgspec'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout == "[]\n"
