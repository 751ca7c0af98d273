"""The headers of a page for frames, against a real browser: in frames as other sites make them, its scripts load and ask."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from tensorpad.app import Site, assemble
from tensorpad.protocol.limits import Limits
from tensorpad.snippets.store import SnippetStore

from tests.support.host_pages import ICON
from tests.support.patience import PATIENCE_S
from tests.support.served import served
from tests.support.stages import ScriptedDrawer, ScriptedPool

FRAMED = """<!doctype html><html lang="en"><head><title>framed</title>
<link rel="stylesheet" crossorigin href="./assets/a.css"><script type="module" crossorigin src="./assets/a.js"></script>
</head><body></body></html>"""
SCRIPT = """
const { answer } = await import("./b.js");
const run = await fetch(`${document.documentElement.dataset.root}api/v1/runs`, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ code: "1" }),
});
const colour = getComputedStyle(document.documentElement).color;
parent.postMessage([origin === "null" ? "opaque" : "own", run.status, answer, colour].join(" "), "*");
"""
HOST = """<!doctype html><html lang="en"><head><title>host</title>
<script>onmessage = ({{ data }}) => {{ document.body.dataset.said = data; }};</script></head>
<body><iframe title="framed" src="{src}" {attributes}></iframe></body></html>"""


class Host(SimpleHTTPRequestHandler):
    """Another site. A page whose name begins with `isolated` isolates itself, as JupyterLite's pages do."""

    def end_headers(self) -> None:
        """Add what isolates."""
        if self.path.startswith("/isolated"):
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        super().end_headers()

    def do_GET(self) -> None:
        """Send a file, or that there is no icon."""
        if self.path == ICON:
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the other site's pages are."""
    return tmp_path_factory.mktemp("host")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service with a page of our own making, whose programs do nothing."""
    pages = tmp_path_factory.mktemp("pages")
    (pages / "assets").mkdir()
    for name, text in (
        ("index.html", FRAMED),
        ("embed.html", FRAMED),
        ("assets/a.js", SCRIPT),
        ("assets/b.js", "export const answer = 42;"),
        ("assets/a.css", ":root { color: rgb(1, 2, 3); }"),
    ):
        (pages / name).write_text(text)
    limits = Limits()
    app = assemble(ScriptedPool(), ScriptedDrawer(), limits, SnippetStore(None, limits.snippets), site=Site(pages))
    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """The other site's origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    thread.join(PATIENCE_S)
    server.server_close()


@pytest.mark.parametrize(
    ("name", "attributes", "origin"),
    [
        ("plain.html", "", "own"),
        ("sandboxed.html", 'sandbox="allow-scripts"', "opaque"),
        ("isolated.html", "", "own"),
        ("isolated-sandboxed.html", 'sandbox="allow-scripts"', "opaque"),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "file"])
def test_embedded_page_works_in_every_frame(
    context: BrowserContext, service: str, site: str, folder: Path, name: str, attributes: str, origin: str, scheme: str
) -> None:
    (folder / name).write_text(HOST.format(src=f"{service}/embed", attributes=attributes))
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site}/{name}" if scheme == "http" else (folder / name).as_uri())
    expect(page.locator("body")).to_have_attribute("data-said", f"{origin} 200 42 rgb(1, 2, 3)")
    assert complaints == []


def test_playground_is_not_shown_in_a_frame(context: BrowserContext, service: str, site: str, folder: Path) -> None:
    (folder / "playground.html").write_text(HOST.format(src=f"{service}/", attributes=""))
    page = context.new_page()
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(f"{site}/playground.html")
    expect(page.locator("body")).not_to_have_attribute("data-said", "own 200 42 rgb(1, 2, 3)")
