"""Another site, for the pages that programs are embedded in."""

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.support.host_pages import ICON
from tests.support.patience import PATIENCE_S


@dataclass(frozen=True)
class Resource:
    """What the site answers with at one path."""

    content: str
    media_type: str = "text/html"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    data: bytes | None = None
    """What is sent instead of the text, if there is such."""


@dataclass
class Site:
    """A site on an origin of its own. `pages` can be changed while it is up; `asked` has what was asked for."""

    url: str
    pages: dict[str, Resource] = field(default_factory=dict[str, Resource])
    asked: list[str] = field(default_factory=list[str])


@contextmanager
def site(host: str = "127.0.0.1") -> Generator[Site]:
    """A site on loopback, empty at first, under this name of it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == ICON:
                self.send_response(204)
                self.end_headers()
                return
            found.asked.append(self.path)
            page = found.pages.get(self.path.partition("?")[0])
            content = b"" if page is None else page.data or page.content.encode()
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Length", str(len(content)))
            if page is not None:
                self.send_header(
                    "Content-Type", f"{page.media_type}; charset=utf-8" if page.data is None else page.media_type
                )
                for name, value in page.headers.items():
                    self.send_header(name, value)
            self.end_headers()
            # Who asked may have left.
            with suppress(ConnectionError):
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Site(f"http://{host}:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join(PATIENCE_S)
        server.server_close()
