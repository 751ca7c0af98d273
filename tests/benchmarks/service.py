"""Tensorpad as its users meet it: the command that serves, and HTTP over a connection that stays open."""

import http.client
import json
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.requirements import CannotRun
from tests.benchmarks.timing import Sample
from tests.support.service import NotReady, running_service

_SETTLED_S: Final = 10.0
_PARTS: Final = {"queue": "queued_ms", "run": "run_ms", "drawing": "render_ms"}


class Service:
    """One client of a running service."""

    def __init__(self, url: str) -> None:
        # The plainest client there is: what a client costs beyond this is not the service's.
        self._connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
        self._parked = int(json.loads(self._get("/api/v1/about"))["limits"]["parked"])

    def run(self, code: str) -> dict[str, Any]:
        """Run a program and give the whole answer, decoded. Raises CannotRun unless it went well."""
        body = json.dumps({"code": code})
        answer: dict[str, Any] = json.loads(self._ask("POST", "/api/v1/runs", body, {"Content-Type": "application/json"}))
        if answer.get("status") != "ok":
            raise CannotRun(f"Tensorpad answered {json.dumps(answer)[:500]}")
        return answer

    def timed_run(self, code: str) -> Sample:
        """Run a program that draws a graph. What the answer's own times leave is HTTP, encoding and decoding."""
        began = time.perf_counter()
        answer = self.run(code)
        seconds = time.perf_counter() - began
        if not any(graph["svg"] for graph in answer["graphs"]):
            raise CannotRun("Tensorpad drew no graph")
        parts = {name: answer["timing"][key] / 1_000 for name, key in _PARTS.items()}
        parts["HTTP and encoding"] = seconds - sum(parts.values())
        return Sample(seconds, parts)

    def settle(self) -> None:
        """Wait until as many workers are parked as the service keeps."""
        full = f'tensorpad_workers{{state="parked"}} {self._parked:.1f}'
        until = time.monotonic() + _SETTLED_S
        while full not in self._get("/metrics").splitlines():
            if time.monotonic() > until:
                raise CannotRun(f"Tensorpad did not park {self._parked} workers within {_SETTLED_S:g} s")
            time.sleep(0.01)

    def close(self) -> None:
        self._connection.close()

    def _get(self, path: str) -> str:
        return self._ask("GET", path).decode()

    def _ask(self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None) -> bytes:
        try:
            self._connection.request(method, path, body, headers or {})
            return self._connection.getresponse().read()
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            # The service closes a connection that has long been idle, as one is while kernels start.
            self._connection.close()
            self._connection.request(method, path, body, headers or {})
            return self._connection.getresponse().read()


@contextmanager
def started() -> Generator[str]:
    """The address of a service with its defaults, but for the rate limit: one address asks for everything here."""
    with tempfile.TemporaryDirectory() as directory:
        try:
            with running_service(Path(directory, "log"), requests_per_minute=1_000_000) as url:
                yield url
        except NotReady as error:
            raise CannotRun(str(error)) from error
