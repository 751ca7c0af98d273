"""A notebook with `%%tensorpad`, executed by Jupyter in a real kernel, and opened again with no kernel and no network.

`make notebooks` runs these with JupyterLab in an environment of its own; the kernel is this environment's.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from tests.e2e.conftest import FLAGS, installed_chromium
from tests.support.patience import PATIENCE_S

JUPYTER = Path(__file__).parents[2] / ".venv-notebooks" / "bin" / "jupyter"
CELLS = (
    "%load_ext tensorpad\nimport torch",
    "%%tensorpad --view steps --name shown\nx = torch.ones(2, 2, requires_grad=True)\nout = ((x + 2) ** 2 * 3).mean()\n"
    "out.backward()",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=1000 * PATIENCE_S)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the notebook as it was executed, saved and trusted, and with its page."""
    folder = tmp_path_factory.mktemp("notebooks")
    kernel = folder / "kernels" / "tensorpad"
    kernel.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Tensorpad", "language": "python"}))
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "id": f"c{index}", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
        for index, source in enumerate(CELLS)
    ]
    spec = {"name": "tensorpad", "display_name": "Tensorpad", "language": "python"}
    notebook: dict[str, Any] = {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "step.ipynb").write_text(json.dumps(notebook))
    for command in (
        ["nbconvert", "--to", "notebook", "--execute", "--inplace", "step.ipynb"],
        ["trust", "step.ipynb"],
        ["nbconvert", "--to", "html", "step.ipynb"],
    ):
        subprocess.run([JUPYTER, *command], cwd=folder, env=environment(folder), check=True)
    return folder


def environment(folder: Path) -> dict[str, str]:
    """Where Jupyter finds the kernel, and keeps what is its own."""
    own = {"JUPYTER_PATH": folder, "JUPYTER_DATA_DIR": folder / "data", "JUPYTER_CONFIG_DIR": folder / "config"}
    return {**os.environ, "JUPYTER_ALLOW_INSECURE_WRITES": "1", **{name: str(value) for name, value in own.items()}}


@contextmanager
def laboratory(folder: Path, kernel: str = "none") -> Generator[str]:
    """JupyterLab over the folder, with this kernel, or with none that it could start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    options = [
        "--no-browser",
        "--allow-root",
        f"--ServerApp.port={port}",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={folder}",
        "--KernelSpecManager.ensure_native_kernel=False",
        f"--KernelSpecManager.allowed_kernelspecs={{'{kernel}'}}",
    ]
    command = [JUPYTER, "lab", *options]
    with subprocess.Popen(command, cwd=folder, env=environment(folder), stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            assert any("is running at" in line for line in server.stderr), "it ended before it served anything"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def goes_through_a_backward_pass(shown: FrameLocator) -> None:
    """The view in a frame goes step by step from the first to the end, where the gradient of the leaf is."""
    slider = shown.get_by_role("slider")
    expect(slider).to_be_visible()
    last = int(slider.get_attribute("max") or 0)
    shown.get_by_role("button", name="First step").click()
    expect(shown.get_by_text("4.5").first).to_be_hidden()
    for step in range(1, last + 1):
        shown.get_by_role("button", name="One step forward").click()
        expect(slider).to_have_js_property("value", str(step))
    expect(shown.get_by_role("button", name="One step forward")).to_be_disabled()
    expect(shown.get_by_text("4.5").first).to_be_visible()


def test_the_saved_notebook_has_a_page_a_picture_and_a_text(folder: Path) -> None:
    notebook: Any = json.loads((folder / "step.ipynb").read_text())
    (output,) = notebook["cells"][1]["outputs"]
    assert output["output_type"] == "display_data"
    assert set(output["data"]) == {"text/html", "image/svg+xml", "text/plain"}


def test_the_page_of_the_notebook_steps_through_a_backward_pass_without_a_network(folder: Path, browser: Browser) -> None:
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto((folder / "step.html").as_uri(), wait_until="commit")
        goes_through_a_backward_pass(page.frame_locator("iframe[srcdoc]"))


def test_the_notebook_opened_without_a_kernel_steps_through_a_backward_pass(folder: Path, browser: Browser) -> None:
    with laboratory(folder) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/lab/tree/step.ipynb", wait_until="commit")
        choice = page.locator(".jp-Dialog")
        expect(choice).to_contain_text("Select Kernel", timeout=4000 * PATIENCE_S)  # JupyterLab is large
        choice.get_by_role("button", name="No Kernel").click()
        goes_through_a_backward_pass(page.frame_locator("iframe[srcdoc]"))


def test_what_is_looked_at_and_what_the_kernel_knows_are_one(folder: Path, browser: Browser) -> None:
    with laboratory(folder, "tensorpad") as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/lab/tree/step.ipynb", wait_until="commit")
        cells = page.locator(".jp-CodeCell")
        expect(cells).to_have_count(len(CELLS), timeout=4000 * PATIENCE_S)
        expect(page.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute(
            "data-status", "idle", timeout=4000 * PATIENCE_S
        )
        frames = page.locator("iframe[srcdoc]")
        saved = frames.get_attribute("data-tensorpad-view") or ""
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        # The cell has run again: its view is another one.
        expect(frames).not_to_have_attribute("data-tensorpad-view", saved, timeout=4000 * PATIENCE_S)
        shown = page.frame_locator("iframe[srcdoc]")
        slider = shown.get_by_role("slider")
        expect(slider).to_be_visible()
        # What is saved is no widget.
        expect(cells.nth(1).locator(".jp-OutputArea-child")).to_have_count(1)
        shown.get_by_role("button", name="First step").click()
        expect(slider).to_have_js_property("value", "0")
        first = int(result_of(page, "shown.step"))
        shown.get_by_role("button", name="One step forward").click()
        expect(slider).to_have_js_property("value", "1")
        assert int(result_of(page, "shown.step")) > first
        assert result_of(page, f"shown.step = {first}; shown.view") == "'steps'"
        expect(slider).to_have_js_property("value", "0")
        result_of(page, "shown.view = 'values'; shown.view")
        expect(shown.get_by_role("tab", name="Values")).to_have_attribute("aria-selected", "true")
        assert int(result_of(page, "shown.step")) == first


def result_of(page: Page, source: str) -> str:
    """What a new cell at the end gives."""
    results = page.locator(".jp-OutputArea-executeResult")
    before = results.count()
    cells = page.locator(".jp-CodeCell")
    count = cells.count()
    page.locator(".jp-Notebook-footer").click()
    expect(cells).to_have_count(count + 1)
    cells.last.locator(".cm-content").click()
    page.keyboard.insert_text(source)
    expect(cells.last.locator(".cm-content")).to_have_text(source)
    page.keyboard.press("Control+Enter")
    expect(results).to_have_count(before + 1)
    return results.last.locator("pre").inner_text()
