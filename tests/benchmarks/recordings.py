"""Recordings: how large the file and the page of some programs are, and how soon after its opening a page has its graph."""

import gzip
import statistics
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright
from tensorpad.recordings.page import page
from tensorpad.recordings.recording import encode

from tests.benchmarks.sizes import PROGRAMS
from tests.e2e.conftest import FLAGS, installed_chromium
from tests.support.recordings import recorded

_NAMES: Final = ("the example of the README", "a step of a perceptron", "100 steps of SGD")
_LEVEL: Final = 6
_TIMES: Final = 5
_DRAWN: Final = """() => {
  const inner = (host, name) => host?.shadowRoot?.querySelector(name);
  const graphs = inner(inner(document.querySelector("tp-player"), "tp-viewer"), "tp-graphs");
  return inner(inner(graphs, "tp-graph"), "[data-node]") ? performance.now() : null;
}"""


def run() -> None:
    """Measure and print."""
    recordings = recorded({name: PROGRAMS[name] for name in _NAMES})
    print("Recordings: kB of the file, of the page, and of the page as it is sent (gzip); ms from opening it to the graph")
    print(f"{'':28}{'file':>10}{'page':>10}{'sent':>10}{'graph':>10}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_chromium(), args=list(FLAGS))
        for name, recording in recordings.items():
            html = page(recording).encode()
            file = Path(folder) / "page.html"
            file.write_bytes(html)
            sizes = (len(encode(recording)), len(html), len(gzip.compress(html, _LEVEL)))
            written = "".join(f"{size / 1e3:>10.1f}" for size in sizes)
            print(f"{name:28}{written}{statistics.median(_opened(browser, file) for _ in range(_TIMES)):>10.0f}")
        browser.close()


def _opened(browser: Browser, file: Path) -> float:
    """Milliseconds from when the page was asked for until its graph is there."""
    context = browser.new_context(offline=True)
    opened = context.new_page()
    opened.goto(file.as_uri())
    took: float = opened.wait_for_function(_DRAWN, polling="raf").json_value()
    context.close()
    return took
