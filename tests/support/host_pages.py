"""Pages of somebody else that frame ours: served from an origin of their own."""

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ICON = "/favicon.ico"
"""Some browsers ask for it by themselves, and complain where there is none."""


@contextmanager
def hosted(html: str, headers: Mapping[str, str] | None = None) -> Generator[str]:
    """The address of a page with this content. Its name is `localhost`: another origin than that of the service."""
    body = html.encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204 if self.path == ICON else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body) if self.path == "/" else 0))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            if self.path == "/":
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
