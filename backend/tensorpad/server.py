"""The HTTP server around the application: starts the stages, then listens, and ends both in order."""

import asyncio
import errno
import gc
import logging
import signal
import socket
import sys

import uvicorn
import uvloop
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tensorpad.app import create_app
from tensorpad.settings import ConfigurationError, Settings

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_DRAIN_S = 5
"""Seconds that open requests have to end after a signal to stop."""
_PARSED_BYTES = 65_535
"""The longest address that the parser of HTTP takes."""


class _Protocol(HttpToolsProtocol):
    """HTTP that keeps of an address only as much as is parsed.

    A longer one would be gathered whole in memory, and then be refused as no HTTP. Cut, it is still above any limit on
    addresses, so that `api.boundary` says what is wrong with it.
    """

    def on_url(self, url: bytes) -> None:
        super().on_url(url[: _PARSED_BYTES - len(self.url)])


def serve(settings: Settings) -> int:
    """Serve until a signal. Raises Unavailable, IsolationMissing, and ConfigurationError if the address is taken."""
    logging.basicConfig(
        level=settings.log_level.upper(), stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            runner.run(_serve(settings))
        except asyncio.CancelledError:
            # A signal came before the service was ready.
            return 130
    return 0


async def _serve(settings: Settings) -> None:
    app = create_app(settings)
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None
    for number in _SIGNALS:
        loop.add_signal_handler(number, task.cancel)
    # The application's lifespan is entered here, so that what it refuses is printed alone, without the server's traceback.
    async with app.router.lifespan_context(app):
        config = uvicorn.Config(
            app,
            http=_Protocol,
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            date_header=True,
            # The application knows its proxies itself (api/proxies.py).
            proxy_headers=False,
            timeout_graceful_shutdown=_DRAIN_S,
        )
        # All that is loaded by now stays; a collection that went through it would delay the answers under way.
        gc.collect()
        gc.freeze()
        listener = listen(settings.host, settings.port)
        # The server sends a signal that it has obeyed once more after its end; by then only the stages are left to close.
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
            signal.signal(number, _obeyed)
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        print(f"Tensorpad is ready at http://{shown}:{port}{settings.root_path}/", file=sys.stderr, flush=True)
        await uvicorn.Server(config).serve([listener])


def _obeyed(_number: int, _frame: object) -> None:
    return


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 means any. Raises ConfigurationError if the address cannot be bound."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as error:
        hint = "; choose another with --port" if error.errno == errno.EADDRINUSE else ""
        raise ConfigurationError(f"cannot listen on {host}, port {port}: {error.strerror or error}{hint}") from None
