"""An application over scripted stages, behind a real port: for clients that speak HTTP themselves."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from tests.support.client import until
from tests.support.patience import PATIENCE_S


@contextmanager
def served(app: FastAPI) -> Generator[str]:
    """The address of the application while it is served, in a thread of its own. Its lifespan is not entered."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started, "the service listens")
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(PATIENCE_S)
