"""A real service, started by the command that the README gives."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.ports import free_port

TENSORPAD = str(Path(sys.executable).with_name("tensorpad"))
START_S = 180.0
STOP_S = 30.0


class NotReady(Exception):
    """The service did not become ready; the message holds its log."""


@contextmanager
def running_service(
    log: Path, *, command: Sequence[str] = (TENSORPAD, "serve"), settings: Mapping[str, str] | None = None, **limits: float
) -> Generator[str]:
    """The address of a service that is ready, on loopback, with its log in `log`. Raises NotReady.

    `settings` are further environment variables, `limits` those of the limits by their names.
    """
    port = free_port()
    environment = {
        **os.environ,
        "TENSORPAD_HOST": "127.0.0.1",
        "TENSORPAD_PORT": str(port),
        "TENSORPAD_SNIPPETS": str(log.with_name("snippets.sqlite3")),
        **(settings or {}),
        **{f"TENSORPAD_LIMITS_{name.upper()}": str(value) for name, value in limits.items()},
    }
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(url, process, log)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=STOP_S)


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_S
    # The service answers nothing before it is ready, so there is nothing else to wait on.
    with httpx.Client(transport=httpx.HTTPTransport(retries=2)) as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if client.get(f"{url}/readyz").is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
    raise NotReady(f"the service did not become ready:\n{log.read_text()}")
