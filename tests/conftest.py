"""A real service, started by the command that the README gives, for the tests that go through HTTP."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.ports import free_port

START_S = 60.0


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that is ready. Its log is shown where it does not become so."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "log"
    command = Path(sys.executable).with_name("tensorpad")
    environment = {
        **os.environ,
        "TENSORPAD_PORT": str(port),
        "TENSORPAD_LIMITS_REQUESTS_PER_MINUTE": "100000",
        "TENSORPAD_LIMITS_TIMEOUT_S": "5",
    }
    with log.open("wb") as output:
        process = subprocess.Popen([command, "serve"], env=environment, stdout=output, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(url, process, log)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


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
    raise AssertionError(f"the service did not become ready:\n{log.read_text()}")
